from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.exchange.discussions.models import Comment, Round

from .mechanisms import MechanismVersion
from .patterns import Pattern


class ReflectiveRound(models.Model):
    """Partners comment on exactly one version of a mechanism, by the questions of exactly one version of a pattern."""

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(MechanismVersion, on_delete=models.PROTECT, related_name="rounds")
    pattern = models.ForeignKey(Pattern, on_delete=models.PROTECT, related_name="rounds")

    class Meta:
        verbose_name = _("reflective round")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.version} {self.round_id}"

    def get_absolute_url(self) -> str:
        return reverse("pilots:round", args=[self.pk])

    @property
    def scope(self) -> str:
        return self.version.mechanism.scope

    @property
    def is_closed(self) -> bool:
        return self.round.closed_on is not None

    def takes_comments(self, today: date) -> bool:
        return self.round.takes_comments(today)


class CommentAnswer(models.Model):
    """What the group says to a comment of a round, with its reasons."""

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        PARTLY = "partly", _("Partly accepted")
        NOT = "not", _("Not accepted")

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="+")
    round = models.ForeignKey(ReflectiveRound, on_delete=models.CASCADE, related_name="answers")
    verdict = models.CharField(_("answer"), max_length=10, choices=Verdict)
    reasons = models.TextField(_("reasons"), max_length=4000)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_on = models.DateField()

    class Meta:
        verbose_name = _("answer to a comment")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.verdict}"
