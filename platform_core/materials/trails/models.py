from django.db import models
from django.utils.translation import gettext_lazy as _


class Shown(models.Manager):
    """Relations as readers have them now."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().exclude(standing=self.model.Standing.COMING)


class Trail(models.Model):
    """One thing leads to another: `kind` is the code of a declared TrailKind, read from the first to the second.

    Where the first is written anew while its published version stands, a relation is shown from the next publication on
    (`coming`), or until then (`going`).
    """

    class Standing(models.TextChoices):
        SHOWN = ""
        COMING = "coming"
        GOING = "going"

    kind = models.CharField(max_length=40)
    thing = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    other_thing = models.CharField(max_length=80)
    other_id = models.BigIntegerField()
    note = models.CharField(_("note"), max_length=300, blank=True)
    standing = models.CharField(max_length=6, choices=Standing, default=Standing.SHOWN, blank=True)
    drawn_at = models.DateTimeField(auto_now_add=True)

    objects = models.Manager()
    shown = Shown()

    class Meta:
        verbose_name = _("relation")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["thing", "object_id", "kind", "other_thing", "other_id"], name="one_trail_of_a_kind"
            ),
            models.CheckConstraint(
                condition=~models.Q(thing=models.F("other_thing"), object_id=models.F("other_id")),
                name="a_trail_leads_elsewhere",
            ),
        ]
        indexes = [models.Index(fields=["other_thing", "other_id"], name="trail_backwards")]

    def __str__(self) -> str:
        return f"{self.thing} {self.object_id} {self.kind} {self.other_thing} {self.other_id}"


class WebAddress(models.Model):
    """An address outside the platform. `status` is the last HTTP status, 0 when there was no answer; `misses` counts the
    times in a row without one.
    """

    LONGEST = 500

    address = models.CharField(max_length=LONGEST, unique=True)
    status = models.PositiveSmallIntegerField(default=0)
    misses = models.PositiveSmallIntegerField(default=0)
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("address outside the platform")

    def __str__(self) -> str:
        return self.address


class LinkUse(models.Model):
    """A thing whose text points to an address."""

    address = models.ForeignKey(WebAddress, on_delete=models.CASCADE, related_name="uses")
    thing = models.CharField(max_length=80)
    object_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("use of an address")
        indexes = [models.Index(fields=["thing", "object_id"], name="link_uses_of_a_thing")]

    def __str__(self) -> str:
        return f"{self.thing} {self.object_id} {self.address_id}"
