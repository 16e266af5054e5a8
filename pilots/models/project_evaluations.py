from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.models import Consultation
from platform_core.ground.texts.fields import TranslatedField
from platform_core.materials.files.models import StoredFile
from platform_core.people.members.models import Organisation
from platform_core.programme.monitoring.models import Indicator


class ProjectEvaluation(models.Model):
    """The evaluation of the project while it runs: questions, what was found, what is recommended and done about it.

    Members follow it from the beginning; everybody reads what a published report holds. `key` is the form's.
    """

    title = TranslatedField(_("title"), max_length=200)
    purpose = TranslatedField(_("what it is for"), max_length=3000)
    evaluator = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("who evaluates")
    )
    begins = models.DateField(_("from"))
    ends = models.DateField(_("to"))
    is_demonstration = models.BooleanField(default=False)
    key = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("evaluation of the project")
        ordering = ["-begins", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("begins")), name="an_evaluation_ends_later"),
            models.UniqueConstraint(
                fields=["key"], condition=~models.Q(key=""), name="one_evaluation_of_a_double_click"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("pilots:project_evaluation", args=[self.pk])


class EvaluationReport(models.Model):
    """An interim summary or the final report. Once published, `content` keeps everything as it stood."""

    class Kind(models.TextChoices):
        INTERIM = "interim", _("Interim summary")
        FINAL = "final", _("Final report")

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        PUBLISHED = "published", _("Published")

    evaluation = models.ForeignKey(ProjectEvaluation, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.INTERIM)
    title = TranslatedField(_("title"), max_length=200)
    summary = TranslatedField(_("summary"), max_length=10_000)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    published_on = models.DateField(null=True, blank=True)
    content = models.JSONField(default=dict, blank=True)
    key = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("report of an evaluation")
        ordering = ["-published_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(published_on__isnull=False),
                name="a_published_report_has_a_day",
            ),
            models.UniqueConstraint(
                fields=["evaluation", "key"], condition=~models.Q(key=""), name="one_report_of_a_double_click"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("pilots:evaluation_report", args=[self.pk])


class EvaluationFile(models.Model):
    """A published report as a file, in one language."""

    report = models.ForeignKey(EvaluationReport, on_delete=models.CASCADE, related_name="files")
    language = models.CharField(max_length=5)
    form = models.CharField(max_length=4, choices=[("pdf", "PDF"), ("docx", "DOCX")])
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("file of a report")
        ordering = ["language", "-form"]
        constraints = [models.UniqueConstraint(fields=["report", "language", "form"], name="one_file_of_a_report")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.language} {self.form}"


class EvaluationQuestion(models.Model):
    """`measured` are indicators whose values stand beside the answer; `report` is the first that published it."""

    evaluation = models.ForeignKey(ProjectEvaluation, on_delete=models.CASCADE, related_name="questions")
    text = TranslatedField(_("question"), max_length=500)
    method = TranslatedField(_("how it is answered"), blank=True, max_length=2000)
    indicators = TranslatedField(_("other indicators looked at"), blank=True, max_length=1000)
    measured = models.ManyToManyField(
        Indicator, blank=True, related_name="+", verbose_name=_("indicators of the programme looked at")
    )
    report = models.ForeignKey(EvaluationReport, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    key = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("evaluation question")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "key"], condition=~models.Q(key=""), name="one_question_of_a_form"
            )
        ]

    def __str__(self) -> str:
        return str(self.text)


class EvaluationSource(models.Model):
    """Whom or what was asked for a question: never a person by name. `report` is the first that published it."""

    class Kind(models.TextChoices):
        INTERVIEW = "interview", _("Interviews")
        SURVEY = "survey", _("Survey")
        DOCUMENT = "document", _("Documents")
        FIGURES = "figures", _("Figures of the platform")

    evaluation = models.ForeignKey(ProjectEvaluation, on_delete=models.CASCADE, related_name="sources")
    question = models.ForeignKey(
        EvaluationQuestion, on_delete=models.CASCADE, related_name="sources", verbose_name=_("evaluation question")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    text = TranslatedField(_("whom or what, without names"), max_length=300)
    number = models.PositiveIntegerField(_("how many"), null=True, blank=True)
    day = models.DateField(_("when"), null=True, blank=True)
    consultation = models.ForeignKey(
        Consultation,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("consultation"),
    )
    report = models.ForeignKey(EvaluationReport, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    key = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("source of an evaluation")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "key"], condition=~models.Q(key=""), name="one_source_of_a_form"
            )
        ]

    def __str__(self) -> str:
        return str(self.text)


class EvaluationFinding(models.Model):
    evaluation = models.ForeignKey(ProjectEvaluation, on_delete=models.CASCADE, related_name="findings")
    question = models.ForeignKey(
        EvaluationQuestion, on_delete=models.CASCADE, related_name="findings", verbose_name=_("evaluation question")
    )
    text = TranslatedField(_("what was found"), max_length=3000)
    found_on = models.DateField(_("when"))
    report = models.ForeignKey(EvaluationReport, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    key = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("finding of an evaluation")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "key"], condition=~models.Q(key=""), name="one_finding_of_a_form"
            )
        ]

    def __str__(self) -> str:
        return str(self.text)


class EvaluationRecommendation(models.Model):
    """Whose it is, until when, and what was done about it. `report` is the first that published it."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ACCEPTED = "accepted", _("Accepted")
        PARTLY = "partly", _("Done in part")
        DONE = "done", _("Done")
        REJECTED = "rejected", _("Not followed")

    evaluation = models.ForeignKey(ProjectEvaluation, on_delete=models.CASCADE, related_name="recommendations")
    finding = models.ForeignKey(
        EvaluationFinding,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("finding it follows from"),
    )
    text = TranslatedField(_("recommendation"), max_length=2000)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("for whom"))
    due_on = models.DateField(_("until"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    done = TranslatedField(_("what was done about it, or why not"), blank=True, max_length=2000)
    state_on = models.DateField(null=True, blank=True)
    reminded = models.BooleanField(default=False)
    report = models.ForeignKey(EvaluationReport, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    key = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("recommendation of an evaluation")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "key"], condition=~models.Q(key=""), name="one_recommendation_of_a_form"
            )
        ]

    def __str__(self) -> str:
        return str(self.text)

    def get_absolute_url(self) -> str:
        return reverse("pilots:evaluation_recommendation", args=[self.pk])
