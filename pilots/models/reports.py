from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.materials.files.models import StoredFile
from platform_core.people.members.models import Organisation

from .pilots import Pilot, PilotIndicator
from .schemes import Period


class Report(models.Model):
    """What a pilot did in a period. Once accepted it never moves: its figures keep what was reported before them."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        SUBMITTED = "submitted", _("Submitted")
        RETURNED = "returned", _("Returned")
        ACCEPTED = "accepted", _("Accepted")

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="reports")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="reports")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    narrative = models.TextField(_("what was done"), blank=True, max_length=10_000)
    problems = models.TextField(_("problems, and what is done about them"), blank=True, max_length=5000)
    remark = models.TextField(_("why it was returned"), blank=True, max_length=2000)
    submitted_on = models.DateField(null=True, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    reviewed_for = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_reminded = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("report of a pilot action")
        ordering = ["period__number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pilot", "period"], name="one_pilot_report_per_period"),
            models.CheckConstraint(
                condition=~models.Q(state="accepted") | models.Q(reviewed_on__isnull=False),
                name="an_accepted_pilot_report_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pilot_id} {self.period_id}"

    def get_absolute_url(self) -> str:
        return reverse("pilots:report", args=[self.pk])

    @property
    def scope(self) -> str:
        return self.pilot.scope


class Figure(models.Model):
    """What an indicator gained in a period, with what shows it; `previous` is kept when the report is accepted."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="figures")
    indicator = models.ForeignKey(PilotIndicator, on_delete=models.PROTECT, related_name="figures")
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    previous = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=150, blank=True)

    class Meta:
        verbose_name = _("figure of a pilot action")
        ordering = ["indicator", "pk"]
        constraints = [models.UniqueConstraint(fields=["report", "indicator"], name="one_pilot_figure_per_report")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.indicator_id}"
