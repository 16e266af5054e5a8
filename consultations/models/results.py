from django.db import models
from django.utils.translation import gettext_lazy as _

from platform_core.materials.files.models import StoredFile

from .consultations import Consultation, Questionnaire


class ResultSet(models.Model):
    """Frozen figures of one computation: already suppressed, so no page or file ever works on the answers themselves.

    `left_out` are codes of questions whose figures are not published.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="results")
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="+")
    figures = models.JSONField()
    left_out = models.JSONField(default=list)
    base = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    computed_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("results")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.consultation_id}: {self.base}"


class ResultReport(models.Model):
    """The report of a result set as a file, in one language."""

    class Form(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "DOCX"

    results = models.ForeignKey(ResultSet, on_delete=models.CASCADE, related_name="reports")
    language = models.CharField(max_length=5)
    form = models.CharField(max_length=4, choices=Form)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("report of results")
        ordering = ["language", "-form"]
        constraints = [models.UniqueConstraint(fields=["results", "language", "form"], name="one_report_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.results_id} {self.language} {self.form}"
