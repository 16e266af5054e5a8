from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from platform_core.ground.vocabulary.models import Topic
from platform_core.people.members.models import Organisation
from repository.models import Record
from workinggroups.models import WorkingGroup

from .areas import Area
from .indicators import Indicator
from .policies import YEARS, period_of


class Swot(models.Model):
    """Strengths, weaknesses, opportunities and threats of an area in a period. Approved ones never change; what is
    found later belongs to another period. `key` is the form's, so that a double click makes one.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        APPROVED = "approved", _("Approved")

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="+", verbose_name=_("working group"))
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="swots", verbose_name=_("area"))
    begins = models.PositiveSmallIntegerField(_("from (year)"), validators=YEARS)
    ends = models.PositiveSmallIntegerField(_("to (year)"), validators=YEARS)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    approved_on = models.DateField(null=True, blank=True)
    approved_for = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_demonstration = models.BooleanField(default=False)
    key = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("SWOT")
        ordering = ["-ends", "-begins", "area__code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "area", "begins", "ends"], name="one_swot_per_group_area_and_period"
            ),
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("begins")), name="a_swot_ends_later"),
            models.CheckConstraint(
                condition=~models.Q(state="approved") | models.Q(approved_on__isnull=False),
                name="an_approved_swot_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}, {self.period}"

    def get_absolute_url(self) -> str:
        return reverse("benchmarking:swot", args=[self.pk])

    @property
    def scope(self) -> str:
        return f"group:{self.group_id}"

    @property
    def period(self) -> str:
        return period_of(self.begins, self.ends)


class SwotEntry(models.Model):
    """One point of a SWOT, with what it stands on. `copied_from` is the same point of an earlier period.

    `key` is the form's, so that a double click makes one.
    """

    class Quadrant(models.TextChoices):
        STRENGTH = "strength", _("Strength")
        WEAKNESS = "weakness", _("Weakness")
        OPPORTUNITY = "opportunity", _("Opportunity")
        THREAT = "threat", _("Threat")

    swot = models.ForeignKey(Swot, on_delete=models.CASCADE, related_name="entries")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+", verbose_name=_("topic"))
    quadrant = models.CharField(_("kind"), max_length=12, choices=Quadrant)
    title = TranslatedField(_("in one sentence"), max_length=200)
    text = TranslatedField(_("explanation"), blank=True, max_length=3000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_for = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    written_on = models.DateField()
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="later")
    key = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("point of a SWOT")
        ordering = ["topic", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["swot", "key"], condition=~models.Q(key=""), name="one_swot_entry_of_a_double_click"
            )
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("benchmarking:swot_entry", args=[self.pk])

    @property
    def scope(self) -> str:
        return self.swot.scope


class SwotEvidence(models.Model):
    """What a point stands on: a figure as it was read then, a record of the repository, another thing of the platform such as
    the finding of a consultation (`thing` and `object_id` name it), or an address outside."""

    entry = models.ForeignKey(SwotEntry, on_delete=models.CASCADE, related_name="evidence")
    indicator = models.ForeignKey(Indicator, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    value = models.FloatField(null=True, blank=True)
    flag = models.CharField(max_length=8, blank=True)
    record = models.ForeignKey(Record, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    thing = models.CharField(max_length=80, blank=True)
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    link = models.URLField(blank=True, max_length=500)
    words = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("evidence of a point of a SWOT")
        ordering = ["pk"]
        indexes = [models.Index(fields=["thing", "object_id"], name="swot_evidence_by_thing")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(indicator__isnull=False, year__isnull=False, value__isnull=False)
                | models.Q(record__isnull=False)
                | (~models.Q(thing="") & models.Q(object_id__isnull=False))
                | ~models.Q(link=""),
                name="evidence_leads_somewhere",
            )
        ]

    def __str__(self) -> str:
        return self.words or f"{self.entry_id}"
