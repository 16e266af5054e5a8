from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.vocabulary.models import Topic

from .consultations import Consultation


class AnswerExport(models.Model):
    """Answers as a file for one person, made by a job and kept for a few days.

    `labels`: texts instead of codes; `people`: who gave them.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="exports")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    format = models.CharField(max_length=10)
    language = models.CharField(max_length=5)
    labels = models.BooleanField(default=False)
    mark = models.BooleanField(default=True)
    people = models.BooleanField(default=False)
    file = models.FileField(upload_to="answers", max_length=200, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("file of answers")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.format}"

    def get_absolute_url(self) -> str:
        return reverse("consultations:export", args=[self.pk])


class Incoming(models.Model):
    """A file somebody brought: looked at first, then taken over, and in either case deleted soon.

    Without `consultation` a questionnaire becomes a new one on `topic`.
    """

    class Kind(models.TextChoices):
        QUESTIONNAIRE = "questions", _("Questionnaire")
        ANSWERS = "answers", _("Answers")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    consultation = models.ForeignKey(Consultation, null=True, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=200)
    file = models.FileField(upload_to="incoming", max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("file brought")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("consultations:incoming", args=[self.pk])
