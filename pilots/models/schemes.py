from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.exchange.assessment.models import Grid
from platform_core.ground.texts.fields import TranslatedField
from platform_core.ground.vocabulary.days import platform_day
from platform_core.people.members.models import Organisation
from workinggroups.models import WorkingGroup


class Scheme(models.Model):
    """The guideline pilot actions follow. `limits` are the ends of its budget bands in euro, ascending; proposals are judged
    by its `grid`.

    From `begins` on there are `number` periods of `months` months; a report is due `days` days after each.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        APPROVED = "approved", _("Approved")

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="+", verbose_name=_("working group"))
    title = TranslatedField(_("title"), max_length=200)
    text = TranslatedField(_("guideline"), max_length=20_000)
    grid = models.ForeignKey(Grid, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    limits = models.JSONField(default=list)
    begins = models.DateField(_("first day of the first period"))
    number = models.PositiveSmallIntegerField(_("number of periods"))
    months = models.PositiveSmallIntegerField(_("months of a period"))
    days = models.PositiveSmallIntegerField(_("days until a report is due"))
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    approved_on = models.DateField(null=True, blank=True)
    approved_for = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_demonstration = models.BooleanField(default=False)
    key = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("guideline for pilot actions")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "key"], condition=~models.Q(key=""), name="one_pilot_scheme_of_a_double_click"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="approved") | models.Q(approved_on__isnull=False, grid__isnull=False),
                name="an_approved_pilot_scheme_has_a_day_and_a_grid",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("pilots:scheme", args=[self.pk])

    @property
    def scope(self) -> str:
        return f"group:{self.group_id}"


class Period(models.Model):
    """A time pilots report on, in the order of `number`; the report is in on `due_on` at the latest."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="periods")
    number = models.PositiveSmallIntegerField()
    begins = models.DateField()
    ends = models.DateField()
    due_on = models.DateField()

    class Meta:
        verbose_name = _("reporting period")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="one_reporting_period_per_number"),
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("begins"), due_on__gte=models.F("ends")),
                name="a_reporting_period_ends_before_its_report_is_due",
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Call(models.Model):
    """Proposals are taken from the first to the last day."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="calls")
    title = TranslatedField(_("title"), max_length=200)
    text = TranslatedField(_("what is called for"), blank=True, max_length=5000)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    is_demonstration = models.BooleanField(default=False)
    key = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("call for pilot actions")
        ordering = ["-closes_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "key"], condition=~models.Q(key=""), name="one_pilot_call_of_a_double_click"
            ),
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="a_pilot_call_closes_later"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("pilots:call", args=[self.pk])

    @property
    def scope(self) -> str:
        return self.scheme.scope

    @property
    def state(self) -> str:
        """`coming`, `open` or `closed`, by the calendar."""
        today = platform_day()
        if today < self.opens_on:
            return "coming"
        return "open" if today <= self.closes_on else "closed"
