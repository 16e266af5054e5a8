from django.db import models
from django.utils.translation import gettext_lazy as _

from .answers import Response
from .consultations import Consultation
from .keys import random_key


class Quote(models.Model):
    """Words somebody read and released, as a copy of its own: nothing leads from here to the answers they come from."""

    id = models.BigAutoField(primary_key=True, default=random_key)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="quotes")
    question = models.CharField(max_length=32)
    language = models.CharField(max_length=5)
    text = models.TextField()
    name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("released quote")
        ordering = ["pk"]
        indexes = [models.Index(fields=["consultation", "question"], name="quotes_of_a_question")]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.question}"


class TextReading(models.Model):
    """That a text was read, and whether words of it were released; which words, and when, is not kept here."""

    class Verdict(models.TextChoices):
        RELEASED = "released", _("Released")
        REFUSED = "refused", _("Refused")

    id = models.BigAutoField(primary_key=True, default=random_key)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="readings")
    question = models.CharField(max_length=32)
    verdict = models.CharField(max_length=10, choices=Verdict)

    class Meta:
        verbose_name = _("reading of a text")
        constraints = [models.UniqueConstraint(fields=["response", "question"], name="one_reading_per_text")]

    def __str__(self) -> str:
        return f"{self.question} {self.verdict}"


class LikeText(models.Model):
    """A text that is nearly the same as others of its question, which share its `group`."""

    id = models.BigAutoField(primary_key=True, default=random_key)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="+")
    question = models.CharField(max_length=32)
    group = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("text like others")
        constraints = [models.UniqueConstraint(fields=["response", "question"], name="one_group_per_text")]

    def __str__(self) -> str:
        return f"{self.question} {self.group}"
