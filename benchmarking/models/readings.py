from django.db import models
from django.utils.translation import gettext_lazy as _

from platform_core.materials.files.models import StoredFile

from .runs import Run


class RunReport(models.Model):
    """The report of a run as a file, in one language."""

    class Form(models.TextChoices):
        PDF = "pdf", "PDF"
        XLSX = "xlsx", "XLSX"

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="reports")
    language = models.CharField(max_length=5)
    form = models.CharField(max_length=4, choices=Form)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("report of a run")
        ordering = ["language", "form"]
        constraints = [models.UniqueConstraint(fields=["run", "language", "form"], name="one_report_per_run_and_form")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.language} {self.form}"
