from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from platform_core.people.members.models import Organisation

HIGHEST = 4  # of the scale from 0 (not at all) to 4 (fully); gates know 0 and 1


class Grid(models.Model):
    """Published criteria. A grid in use is never changed: other criteria are another version under the same code."""

    code = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField()
    title = TranslatedField(_("title"))
    published_on = models.DateField()

    class Meta:
        verbose_name = _("criteria grid")
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="one_grid_per_version")]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("assessment:grid", args=[self.code, self.version])


class Step(models.Model):
    """A step of a grid's own scale, from 0 up; a grid without steps is judged from "not at all" to "fully".

    A score on a step that `needs_evidence` names at least one piece of what the thing offers as evidence.
    """

    grid = models.ForeignKey(Grid, on_delete=models.CASCADE, related_name="steps")
    value = models.PositiveSmallIntegerField()
    name = TranslatedField(_("name"))
    text = TranslatedField(_("description"), blank=True)
    needs_evidence = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("step of a scale")
        ordering = ["value"]
        constraints = [
            models.UniqueConstraint(fields=["grid", "value"], name="one_step_per_value"),
            models.CheckConstraint(condition=models.Q(value__lte=HIGHEST), name="step_within_the_scale"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Criterion(models.Model):
    """`part` is the heading it stands under, `reference` where it comes from. From the score `threshold` it is met; where
    it is not, `advice` says what to do.
    """

    class Kind(models.TextChoices):
        GATE = "gate", _("Gate: must be met")
        CORE = "core", _("Core criterion")
        QUALIFIER = "qualifier", _("Qualifier: raises the level")

    grid = models.ForeignKey(Grid, on_delete=models.CASCADE, related_name="criteria")
    code = models.SlugField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind)
    question = TranslatedField(_("question"))
    weight = models.PositiveSmallIntegerField(default=1)
    part = TranslatedField(_("part"), blank=True)
    reference = models.CharField(_("source"), max_length=60, blank=True)
    threshold = models.PositiveSmallIntegerField(_("met from"), null=True, blank=True)
    advice = TranslatedField(_("advice"), blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("criterion")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["grid", "code"], name="one_criterion_per_code")]

    def __str__(self) -> str:
        return str(self.question)


class Assessment(models.Model):
    """Several evaluators judge one version of a thing by a grid; whoever `handler` names concludes.

    `kind` is a declared AssessmentKind, `version` names what was judged, `outcome` is one of the kind's and `score` the
    weighted share of the core criteria, in percent.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Being evaluated")
        CONCLUDED = "concluded", _("Concluded")
        ABANDONED = "abandoned", _("Abandoned")

    kind = models.CharField(max_length=60)
    grid = models.ForeignKey(Grid, on_delete=models.PROTECT, related_name="+")
    thing = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    version = models.CharField(max_length=40, blank=True)
    handler = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    opened_on = models.DateField()
    due_on = models.DateField(_("evaluate by"))
    reminded = models.BooleanField(default=False)
    outcome = models.CharField(max_length=20, blank=True)
    score = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    reason = models.TextField(_("reasons"), blank=True)
    concluded_on = models.DateField(null=True)
    concluded_for = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("assessment")
        indexes = [models.Index(fields=["thing", "object_id"], name="assessment_thing")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "thing", "object_id"], condition=models.Q(state="open"), name="one_open_assessment"
            ),
            models.CheckConstraint(
                condition=models.Q(state="concluded", concluded_on__isnull=False) & ~models.Q(outcome="")
                | ~models.Q(state="concluded"),
                name="a_concluded_assessment_has_its_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"

    def get_absolute_url(self) -> str:
        return reverse("assessment:assessment", args=[self.pk])


class Evaluation(models.Model):
    """What one evaluator says. Outsiders know her by her number; she is told apart from the others and not named."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        CONFLICT = "conflict", _("Stepped back: conflict of interest")
        BEGUN = "begun", _("Begun")
        SUBMITTED = "submitted", _("Submitted")

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="evaluations")
    evaluator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="evaluations"
    )
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    why_conflict = models.CharField(_("conflict of interest"), max_length=500, blank=True)
    remark = models.TextField(_("remark"), max_length=4000, blank=True)
    submitted_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("evaluation")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="one_evaluation_per_number"),
            models.UniqueConstraint(fields=["assessment", "evaluator"], name="one_evaluation_per_evaluator"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}/{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("assessment:evaluate", args=[self.pk])


class Score(models.Model):
    """`value` None: the evaluator cannot judge it."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("score")
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "criterion"], name="one_score_per_criterion"),
            models.CheckConstraint(
                condition=models.Q(value__isnull=True) | models.Q(value__lte=HIGHEST), name="score_within_the_scale"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.value}"


class ScoreEvidence(models.Model):
    """A piece of evidence that a score stands on, by the key its kind of assessment gives it."""

    score = models.ForeignKey(Score, on_delete=models.CASCADE, related_name="evidence")
    key = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("evidence of a score")
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["score", "key"], name="one_piece_once_per_score")]

    def __str__(self) -> str:
        return self.key
