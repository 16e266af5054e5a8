from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from platform_core.ground.vocabulary.models import Region, Topic
from platform_core.people.members.models import Organisation


class Condition(models.Model):
    """One line of the checklist, a reference row. `precondition` is the term of that scheme it answers."""

    code = models.SlugField(max_length=60, unique=True)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()
    precondition = models.CharField(max_length=40, blank=True)
    text = TranslatedField(max_length=300)

    class Meta:
        verbose_name = _("condition")
        ordering = ["topic", "order"]

    def __str__(self) -> str:
        return str(self.text)


class ConditionSheet(models.Model):
    """What is there in a region and what is not. `check_on` is the day on which somebody is asked whether it still holds."""

    region = models.OneToOneField(Region, on_delete=models.PROTECT, related_name="+")
    checked_on = models.DateField()
    check_on = models.DateField()
    is_reminded = models.BooleanField(default=False)
    is_demonstration = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("conditions sheet")
        ordering = ["region__code"]
        indexes = [models.Index(fields=["is_reminded", "check_on"], name="sheets_to_check")]

    def __str__(self) -> str:
        return str(self.region)

    def get_absolute_url(self) -> str:
        return reverse("pilots:sheet", args=[self.region.code])


class ConditionAnswer(models.Model):
    """What was declared of a condition. A later answer takes its place and both are kept."""

    class Value(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")
        UNKNOWN = "unknown", _("Unknown")

    sheet = models.ForeignKey(ConditionSheet, on_delete=models.CASCADE, related_name="answers")
    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="+")
    value = models.CharField(max_length=8, choices=Value)
    evidence = models.CharField(_("how this is known"), max_length=500, blank=True)
    link = models.URLField(_("address"), blank=True, max_length=500)
    language = models.CharField(max_length=5)
    declared_on = models.DateField()
    declared_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_current = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("answer to a condition")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "condition"], condition=models.Q(is_current=True), name="one_answer_holds"
            )
        ]

    def __str__(self) -> str:
        return f"{self.condition_id}: {self.value}"
