from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DatedQuerySet(models.QuerySet):
    def on(self, day):
        """Rows in force on a day; the end day still counts."""
        return self.during(day, day)

    def during(self, first, last):
        """Rows in force on any day from the first to the last; without a last day, on any day from the first on."""
        rows = self.filter(Q(ends__isnull=True) | Q(ends__gte=first))
        return rows if last is None else rows.filter(begins__lte=last)


class RoleAssignment(models.Model):
    """A role a person holds from a day to a day, over all or within a scope such as `group:3`."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(_("role"), max_length=40)
    scope = models.CharField(max_length=60, blank=True)
    begins = models.DateField(_("from"))
    ends = models.DateField(_("to"), null=True, blank=True)
    given_by = models.CharField(max_length=32, blank=True)
    why = models.TextField(_("reason"), blank=True)
    why_ended = models.TextField(_("reason for its end"), blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        indexes = [models.Index(fields=["person", "role"], name="access_role_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=models.F("begins")), name="role_ends_later"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role}@{self.scope}" if self.scope else self.role


class Audience(models.Model):
    """One key under which a thing may be seen. The only table that lists, counts, search, feeds and checks read."""

    thing = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    key = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("audience")
        constraints = [models.UniqueConstraint(fields=["thing", "object_id", "key"], name="one_row_per_audience_key")]
        indexes = [models.Index(fields=["thing", "key", "object_id"], name="access_audience_key")]

    def __str__(self) -> str:
        return f"{self.thing} {self.object_id}: {self.key}"


class Look(models.Model):
    """Somebody who looks after the platform saw it with another person's eyes; that person reads here by whom and why."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="looks")
    watcher = models.CharField(max_length=32)
    begun_at = models.DateTimeField(auto_now_add=True)
    why = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("look with another person's eyes")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.begun_at:%F}"


class SecretLink(models.Model):
    """A link that opens one thing for whoever holds its secret; only the secret's hash is kept.

    A token for programs opens its owner's account within its `scopes`.
    """

    purpose = models.CharField(max_length=30)
    secret_hash = models.CharField(max_length=64, unique=True)
    thing = models.CharField(max_length=80)
    object_id = models.CharField(max_length=40)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    expires_at = models.DateTimeField(null=True)
    uses_left = models.PositiveIntegerField(null=True)
    uses = models.PositiveIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    scopes = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("secret link")
        indexes = [models.Index(fields=["thing", "object_id"], name="access_link_thing")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.thing} {self.object_id}"
