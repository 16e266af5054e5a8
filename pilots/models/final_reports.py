from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.materials.files.models import StoredFile
from platform_core.people.members.models import Organisation
from repository.models import Record
from workinggroups.models import WorkingGroup


class FinalReport(models.Model):
    """The final report of a working group, put together from what is stored and then edited, in one language.

    `job` is the last one that makes its files; `record` is where it is filed once it is final. `key` is the form's.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        FINAL = "final", _("Final")

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="+", verbose_name=_("working group"))
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=5)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    begun_on = models.DateField()
    final_on = models.DateField(null=True, blank=True)
    final_for = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    job = models.UUIDField(null=True, blank=True)
    record = models.ForeignKey(Record, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_demonstration = models.BooleanField(default=False)
    key = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("final report of a working group")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="final") | models.Q(final_on__isnull=False), name="a_final_report_has_a_day"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("pilots:final_report", args=[self.pk])

    @property
    def scope(self) -> str:
        return f"group:{self.group_id}"


class ReportSection(models.Model):
    """A part of a final report, in Markdown. `source` says what it is put together from, `assembled` is the hash of what
    was put together: a text that reads otherwise was edited, and is never overwritten.
    """

    report = models.ForeignKey(FinalReport, on_delete=models.CASCADE, related_name="sections")
    source = models.CharField(max_length=20, blank=True)
    order = models.PositiveSmallIntegerField()
    heading = models.CharField(_("heading"), max_length=200)
    text = models.TextField(_("text"), blank=True, max_length=100_000)
    assembled = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("part of a final report")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.heading


class ReportFile(models.Model):
    """The report as a file; `sha256` is the hash of the words it was made from, so that an old one says so."""

    class Form(models.TextChoices):
        DOCX = "docx", "DOCX"
        PDF = "pdf", "PDF"

    report = models.ForeignKey(FinalReport, on_delete=models.CASCADE, related_name="files")
    form = models.CharField(max_length=4, choices=Form)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("file of a final report")
        ordering = ["form"]
        constraints = [models.UniqueConstraint(fields=["report", "form"], name="one_file_per_final_report")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.form}"
