from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.exchange.assessment.models import Criterion, Grid
from platform_core.ground.texts.fields import TranslatedField
from repository.models import Record
from workinggroups.models import WorkingGroup

from .areas import Area

YEARS = [MinValueValidator(1990), MaxValueValidator(2100)]


def period_of(begins: int, ends: int) -> str:
    return str(begins) if begins == ends else f"{begins}–{ends}"


class Scorecard(models.Model):
    """The cluster policy of an area in a period, rated line by line on a version of the published rubric.

    `kappa` and `alpha` tell how far its raters agreed, None where chance alone explains it. `key` is the form's, so that
    a double click makes one.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Measures are being entered")
        RATED = "rated", _("Being rated")
        PUBLISHED = "published", _("Published")

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="+", verbose_name=_("working group"))
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="scorecards", verbose_name=_("area"))
    grid = models.ForeignKey(Grid, on_delete=models.PROTECT, related_name="+")
    begins = models.PositiveSmallIntegerField(_("from (year)"), validators=YEARS)
    ends = models.PositiveSmallIntegerField(_("to (year)"), validators=YEARS)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    raters = models.PositiveSmallIntegerField(default=0)
    kappa = models.FloatField(null=True, blank=True)
    alpha = models.FloatField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    is_demonstration = models.BooleanField(default=False)
    key = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("policy scorecard")
        ordering = ["-ends", "-begins", "area__code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["area", "begins", "ends"], name="one_scorecard_per_area_and_period"),
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("begins")), name="a_scorecard_ends_later"),
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(published_on__isnull=False),
                name="a_published_scorecard_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}, {self.period}"

    def get_absolute_url(self) -> str:
        return reverse("benchmarking:scorecard", args=[self.pk])

    @property
    def scope(self) -> str:
        return f"group:{self.group_id}"

    @property
    def period(self) -> str:
        return period_of(self.begins, self.ends)


class Measure(models.Model):
    """Something a region does: evidence for the lines it is entered under, by a record of the repository or an address."""

    scorecard = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="measures")
    title = TranslatedField(_("title"), max_length=200)
    text = TranslatedField(_("what it does, for whom, with how much money"), blank=True, max_length=3000)
    since = models.PositiveSmallIntegerField(_("since (year)"), null=True, blank=True, validators=YEARS)
    record = models.ForeignKey(
        Record, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("record")
    )
    link = models.URLField(_("address outside"), blank=True, max_length=500)
    lines = models.ManyToManyField(Criterion, related_name="+", verbose_name=_("lines of the rubric"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    key = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("policy measure")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scorecard", "key"], condition=~models.Q(key=""), name="one_measure_of_a_double_click"
            )
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def scope(self) -> str:
        return self.scorecard.scope

    @property
    def evidence_key(self) -> str:
        return f"measure:{self.pk}"


class PolicyScore(models.Model):
    """What a line was rated: the median of at least two raters. A line that fewer judged has no row: it is missing."""

    scorecard = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    median = models.DecimalField(max_digits=2, decimal_places=1)
    lowest = models.PositiveSmallIntegerField()
    highest = models.PositiveSmallIntegerField()
    raters = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("rated line")
        constraints = [models.UniqueConstraint(fields=["scorecard", "criterion"], name="one_rating_per_line")]

    def __str__(self) -> str:
        return f"{self.scorecard_id} {self.criterion_id}: {self.median}"
