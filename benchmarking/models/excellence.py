from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.exchange.assessment.models import Criterion, Grid
from platform_core.ground.texts.fields import TranslatedField
from platform_core.people.members.models import Organisation


class LabelRule(models.Model):
    """What a label asks: percent of the indicators that are met, percent that could be judged; how long it is good for."""

    grid = models.ForeignKey(Grid, on_delete=models.CASCADE, related_name="labels")
    code = models.SlugField(max_length=40)
    name = TranslatedField(_("name"))
    share = models.PositiveSmallIntegerField()
    judged = models.PositiveSmallIntegerField()
    months = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("rule of a label")
        ordering = ["grid", "-share"]
        constraints = [models.UniqueConstraint(fields=["grid", "code"], name="one_label_rule_per_code")]

    def __str__(self) -> str:
        return str(self.name)


class SelfAssessment(models.Model):
    """A cluster organisation on its own management, indicator by indicator; then two others verify it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being filled in")
        SUBMITTED = "submitted", _("Waiting for verifiers")
        VERIFYING = "verifying", _("Being verified")
        VERIFIED = "verified", _("Verified")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="self_assessments")
    grid = models.ForeignKey(Grid, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    begun_on = models.DateField()
    submitted_on = models.DateField(null=True, blank=True)
    verified_on = models.DateField(null=True, blank=True)
    met = models.PositiveSmallIntegerField(null=True, blank=True)
    judged = models.PositiveSmallIntegerField(null=True, blank=True)
    remark = models.TextField(_("why it was returned"), blank=True, max_length=2000)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_demonstration = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("self-assessment of a cluster organisation")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=~models.Q(state="verified"), name="one_self_assessment_under_way"
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    def get_absolute_url(self) -> str:
        return reverse("benchmarking:self_assessment", args=[self.pk])


class SelfScore(models.Model):
    """What the organisation says of one indicator, and what the verifiers found: the median of their scores."""

    assessment = models.ForeignKey(SelfAssessment, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(_("what shows it"), blank=True, max_length=1500)
    link = models.URLField(_("address"), blank=True, max_length=500)
    verified = models.DecimalField(max_digits=2, decimal_places=1, null=True, blank=True)

    class Meta:
        verbose_name = _("indicator of a self-assessment")
        ordering = ["criterion__order"]
        constraints = [models.UniqueConstraint(fields=["assessment", "criterion"], name="one_answer_per_indicator")]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.criterion_id}"

    @property
    def met(self) -> bool | None:
        """None where it was not judged, or while nobody has verified it."""
        return None if self.verified is None else self.verified >= (self.criterion.threshold or 0)


class Label(models.Model):
    """A label an organisation holds from a day to a day. Nobody else is told of it unless the organisation publishes it."""

    class State(models.TextChoices):
        VALID = "valid", _("Valid")
        RENEWED = "renewed", _("Followed by a newer one")
        EXPIRED = "expired", _("Expired")
        REVOKED = "revoked", _("Revoked")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="labels")
    assessment = models.OneToOneField(SelfAssessment, on_delete=models.CASCADE, related_name="label")
    rule = models.ForeignKey(LabelRule, on_delete=models.PROTECT, related_name="+")
    begins = models.DateField()
    ends = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.VALID)
    ended_on = models.DateField(null=True, blank=True)
    reason = models.TextField(_("reasons"), blank=True, max_length=2000)
    is_published = models.BooleanField(default=False)
    warned = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("label of cluster management")
        ordering = ["-begins", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(state="valid"), name="one_valid_label_per_organisation"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="revoked") | ~models.Q(reason=""), name="a_revoked_label_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.organisation_id}"


class GroupFigures(models.Model):
    """What is told of verified organisations since a day, all together and in groups; never changed, never deleted.

    `groups` are by their code: `members`, the keys of self-assessments, then `quarters` and, by the key of the indicator,
    `shares`, both in percent rounded to five. `judged` says of which members each indicator was judged. What is told later
    has to be safe beside it, so keys stay here of what is no more.
    """

    grid = models.ForeignKey(Grid, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    groups = models.JSONField()
    judged = models.JSONField()

    class Meta:
        verbose_name = _("figures of groups of cluster organisations")
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["grid", "day"], name="one_group_figures_per_day")]

    def __str__(self) -> str:
        return f"{self.grid_id} {self.day}"
