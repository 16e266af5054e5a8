from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from platform_core.ground.vocabulary.days import platform_day

from .consultations import Consultation


class Finding(models.Model):
    """What a group concludes from a consultation, and what becomes of it.

    `key` is the form's, so that a double click makes one.
    """

    class State(models.TextChoices):
        HEARD = "heard", _("Heard")
        TAKEN_UP = "taken_up", _("Taken up")
        DONE = "done", _("Done")
        NOT_FOLLOWED = "not_followed", _("Not followed")

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="findings")
    title = TranslatedField(_("title"), max_length=200)
    text = TranslatedField(_("what was found"), max_length=4000)
    state = models.CharField(max_length=12, choices=State, default=State.HEARD)
    reason = TranslatedField(_("why, and what was done"), blank=True, max_length=2000)
    written_on = models.DateField(default=platform_day)
    key = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("finding")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "key"], condition=~models.Q(key=""), name="one_finding_of_a_double_click"
            )
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("consultations:finding", args=[self.pk])

    @property
    def scope(self) -> str:
        return self.consultation.scope


class FindingQuestion(models.Model):
    """A question whose published figures a finding stands on."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="questions")
    code = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("evidence of a finding")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["finding", "code"], name="one_question_once_per_finding")]

    def __str__(self) -> str:
        return self.code


class FindingStep(models.Model):
    """A state a finding came into: nothing of what became of it is forgotten. `reason` is in the language it was given in."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=12, choices=Finding.State)
    reason = models.TextField(blank=True)
    language = models.CharField(max_length=5)
    day = models.DateField(default=platform_day)

    class Meta:
        verbose_name = _("step of a finding")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.state}"
