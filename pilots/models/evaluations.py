from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from platform_core.exchange.assessment.models import Criterion
from platform_core.ground.texts.fields import TranslatedField
from repository.models import Record

from .pilots import Pilot


class SelfRating(models.Model):
    """What the lead says of its pilot by one criterion, from 0 to 4, before others evaluate it."""

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="self_ratings")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(_("why"), blank=True, max_length=2000)

    class Meta:
        verbose_name = _("self-assessment of a pilot action")
        ordering = ["criterion__order"]
        constraints = [
            models.UniqueConstraint(fields=["pilot", "criterion"], name="one_self_rating_per_criterion"),
            models.CheckConstraint(
                condition=models.Q(value__isnull=True) | models.Q(value__lte=4), name="a_self_rating_within_the_scale"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pilot_id} {self.criterion_id}"


class PilotLesson(models.Model):
    """Something learned in a pilot; `record` is what it became in the repository."""

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="lessons")
    title = TranslatedField(_("in one sentence"), max_length=200)
    problem = TranslatedField(_("problem"), max_length=1200)
    attempt = TranslatedField(_("what was tried"), max_length=2000)
    failure = TranslatedField(_("what did not work, and why"), max_length=2000)
    differently = TranslatedField(_("what would be done differently"), blank=True, max_length=2000)
    record = models.OneToOneField(Record, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    key = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("lesson of a pilot action")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pilot", "key"], condition=~models.Q(key=""), name="one_pilot_lesson_of_a_double_click"
            )
        ]

    def __str__(self) -> str:
        return str(self.title)
