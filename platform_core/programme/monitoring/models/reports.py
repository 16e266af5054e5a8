from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.codes import SOURCE
from platform_core.ground.texts.fields import TranslatedField
from platform_core.materials.files.models import StoredFile
from platform_core.people.members.models import Organisation

from .indicators import Indicator, Period


class PeriodReport(models.Model):
    """What the programme reports of a period. Frozen figures are what is approved; an approved report never moves.

    `digest` is the hash of all it says: introduction, narratives, figures and their evidence. Organisations keep the names
    they had: `approver`, and `called` of a narrative.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Being written")
        FROZEN = "frozen", _("Figures frozen, to be approved")
        APPROVED = "approved", _("Approved")

    period = models.OneToOneField(Period, on_delete=models.PROTECT, related_name="report")
    introduction = models.TextField(_("introduction"), max_length=20_000, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    digest = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    approved_for = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approver = TranslatedField(blank=True, max_length=300)

    class Meta:
        verbose_name = _("report of a period")
        ordering = ["period__code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open", digest="") | ~models.Q(state="open") & ~models.Q(digest=""),
                name="a_frozen_report_has_a_digest",
            )
        ]

    def __str__(self) -> str:
        return f"{self.period_id}"

    def get_absolute_url(self) -> str:
        return reverse("monitoring:report", args=[self.period.code])


class Narrative(models.Model):
    """What one partner tells of a period, in its own words."""

    report = models.ForeignKey(PeriodReport, on_delete=models.CASCADE, related_name="narratives")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    called = TranslatedField(blank=True, max_length=300)
    text = models.TextField(_("what was done in this period"), max_length=20_000, blank=True)
    language = models.CharField(max_length=5)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_on = models.DateField()

    class Meta:
        verbose_name = _("what a partner tells of a period")
        ordering = ["organisation__sort_name"]
        constraints = [models.UniqueConstraint(fields=["report", "organisation"], name="one_narrative_per_partner")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.organisation_id}"

    @property
    def name(self):
        return self.called or self.organisation.name

    @property
    def state(self) -> str:
        return self.report.state


class Figure(models.Model):
    """An indicator as it stood at the end of a period: `value` in all, `in_period` of it within the period."""

    report = models.ForeignKey(PeriodReport, on_delete=models.CASCADE, related_name="figures")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    name = TranslatedField(max_length=300)
    unit = TranslatedField(max_length=80)
    baseline = models.PositiveIntegerField()
    target = models.PositiveIntegerField(null=True)
    due = models.CharField(max_length=4, blank=True)
    value = models.PositiveIntegerField()
    in_period = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("frozen figure")
        ordering = ["indicator__order"]
        constraints = [models.UniqueConstraint(fields=["report", "indicator"], name="one_figure_per_indicator")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.indicator_id}: {self.value}"


class FrozenEntry(models.Model):
    """One entry of a figure's list as everybody could read it then; without a title where it was not open to everybody.

    Entries that stand for people keep their country alone.
    """

    figure = models.ForeignKey(Figure, on_delete=models.CASCADE, related_name="entries")
    number = models.PositiveIntegerField()
    day = models.DateField()
    title = TranslatedField(blank=True)
    address = models.CharField(max_length=300, blank=True)
    organisation = models.CharField(max_length=300, blank=True)
    countries = models.CharField(max_length=120, blank=True)
    topics = models.CharField(max_length=20, blank=True)
    stages = models.CharField(max_length=80, blank=True)
    personal = models.BooleanField(default=False)
    is_self_declared = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("frozen evidence")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["figure", "number"], name="one_frozen_entry_of_a_number")]

    def __str__(self) -> str:
        return f"{self.figure_id} {self.number}"


class ReportFile(models.Model):
    """An approved report as a file, in one language."""

    class Form(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "DOCX"
        XLSX = "xlsx", "XLSX"

    report = models.ForeignKey(PeriodReport, on_delete=models.CASCADE, related_name="files")
    language = models.CharField(max_length=5, default=SOURCE)
    form = models.CharField(max_length=4, choices=Form)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("report as a file")
        ordering = ["language", "form"]
        constraints = [models.UniqueConstraint(fields=["report", "language", "form"], name="one_report_file_per_form")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.form}"
