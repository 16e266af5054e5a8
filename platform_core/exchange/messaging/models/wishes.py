from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Pace(models.TextChoices):
    ONCE = "once", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")
    NEVER = "never", _("never")


class Wish(models.Model):
    """How a person wants to be told. `scope` is a kind of notice, or the room whose kinds have no wish of their own."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_wishes")
    scope = models.CharField(max_length=60)
    pace = models.CharField(_("by e-mail"), max_length=6, choices=Pace, blank=True)
    on_site = models.BooleanField(_("on the platform"), default=True)

    class Meta:
        verbose_name = _("how a person wants to be told")
        constraints = [models.UniqueConstraint(fields=["person", "scope"], name="one_wish_per_scope")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.scope}: {self.pace}"


class Rhythm(models.Model):
    """When a person's digests come, by the clocks of her own time zone; none while they are stopped."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_rhythm")
    hour = models.PositiveSmallIntegerField(_("hour of the digest"), default=7, validators=[MaxValueValidator(23)])
    weekday = models.PositiveSmallIntegerField(
        _("day of the weekly digest"), default=0, validators=[MaxValueValidator(6)]
    )
    is_stopped = models.BooleanField(_("no digests"), default=False)

    class Meta:
        verbose_name = _("when digests come")

    def __str__(self) -> str:
        return f"{self.person_id} {self.weekday} {self.hour}"
