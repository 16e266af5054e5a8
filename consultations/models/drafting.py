from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .consultations import Questionnaire


class DraftState(models.Model):
    """The questions of a draft as somebody left them. `back_to` names the state an undoing brought back."""

    class Deed(models.TextChoices):
        BEGUN = "begun", _("Begun")
        SECTION_ADDED = "section_added", _("Section added")
        SECTION_CHANGED = "section_changed", _("Section changed")
        SECTION_DELETED = "section_deleted", _("Section deleted")
        QUESTION_ADDED = "question_added", _("Question added")
        QUESTION_CHANGED = "question_changed", _("Question changed")
        QUESTION_DELETED = "question_deleted", _("Question deleted")
        QUESTION_DUPLICATED = "question_duplicated", _("Question duplicated")
        MOVED = "moved", _("Moved")
        CONDITION = "condition", _("Condition changed")
        AUDIENCES = "audiences", _("Audiences changed")
        TRANSLATED = "translated", _("Translated")
        BROUGHT = "brought", _("Brought from a file")
        RESTORED = "restored", _("An earlier state brought back")

    version = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="states")
    structure = models.JSONField()
    sha256 = models.CharField(max_length=64)
    deed = models.CharField(max_length=24, choices=Deed)
    place = models.CharField(max_length=32, blank=True)
    back_to = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("state of a draft")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.version_id} {self.deed}"
