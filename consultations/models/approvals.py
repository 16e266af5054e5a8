from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .consultations import Questionnaire


class Approval(models.Model):
    """Somebody is asked whether exactly these questions are good: those whose hash is `sha256`. Any change makes it void."""

    class Answer(models.TextChoices):
        NONE = "", _("Has not answered")
        APPROVE = "approve", _("Approves")
        CHANGES = "changes", _("Asks for changes")
        RELEASED = "released", _("Is not asked any more")

    version = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="approvals")
    sha256 = models.CharField(max_length=64)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(_("answers until"))
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.NONE, blank=True)
    remarks = models.TextField(max_length=5000, blank=True)
    answered_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("approval of a questionnaire")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.version_id} {self.person_id}"
