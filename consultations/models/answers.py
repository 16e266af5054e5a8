from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from platform_core.materials.files.models import StoredFile

from .consultations import Questionnaire
from .keys import random_key


class AnswerDraft(models.Model):
    """Answers on their way, reached by a secret link alone. Sending them deletes this row and writes a `Response`.

    `audience` and `channel` come with the link somebody was asked by. Answers of a test are never sent on. `revises` are
    answers sent before that are being changed. With `sign_off_hash` only who holds that second secret may send; `remark`
    is what she gave back with it. `windows` are the last pages shown that wrote here, with what each wrote as marks.
    """

    id = models.BigAutoField(primary_key=True, default=random_key)
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="drafts")
    secret_hash = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=5)
    audience = models.CharField(max_length=32, blank=True)
    channel = models.CharField(max_length=32, blank=True)
    is_test = models.BooleanField(default=False)
    revises = models.ForeignKey("Response", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    sign_off_hash = models.CharField(max_length=64, blank=True, db_index=True)
    remark = models.CharField(max_length=1000, blank=True)
    answers = models.JSONField(default=dict)
    windows = models.JSONField(default=dict)
    day = models.DateField()

    class Meta:
        verbose_name = _("unfinished answers")

    def __str__(self) -> str:
        return f"{self.questionnaire_id}"

    @property
    def can_go_on(self) -> bool:
        """Whether answers are taken: those of a test always are."""
        return self.is_test or self.questionnaire.consultation.takes_answers


class Response(models.Model):
    """Answers as sent, under the version they were given to. Nothing here says who wrote them or at which hour.

    `person` is set in attributed consultations only, `name` where the respondent wants to be published with it.
    `revision` counts how often the answers were changed; `FormerAnswers` holds those before.
    """

    class State(models.TextChoices):
        COUNTED = "counted", _("Counted")
        HELD = "held", _("To be looked at")
        ASIDE = "aside", _("Set aside")

    class Publication(models.TextChoices):
        UNASKED = "", _("Not asked")
        NAMED = "named", _("With name")
        ANONYMOUS = "anonymous", _("Without name")
        NEVER = "never", _("Not at all")

    id = models.BigAutoField(primary_key=True, default=random_key)
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="responses")
    language = models.CharField(max_length=5)
    audience = models.CharField(max_length=32, blank=True)
    channel = models.CharField(max_length=32, blank=True)
    answers = models.JSONField()
    revision = models.PositiveSmallIntegerField(default=1)
    day = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.COUNTED)
    reason = models.CharField(max_length=40, blank=True)
    publication = models.CharField(max_length=10, choices=Publication, default=Publication.UNASKED, blank=True)
    name = models.CharField(max_length=200, blank=True)
    notice = models.CharField(max_length=20, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_demonstration = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("response")

    def __str__(self) -> str:
        return f"{self.questionnaire_id}"


class FormerAnswers(models.Model):
    """What a response said before it was changed, and to which version of the questions."""

    id = models.BigAutoField(primary_key=True, default=random_key)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="former")
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    day = models.DateField()

    class Meta:
        verbose_name = _("former answers")
        constraints = [models.UniqueConstraint(fields=["response", "revision"], name="one_former_per_revision")]

    def __str__(self) -> str:
        return f"{self.response_id} {self.revision}"


class FileAnswer(models.Model):
    """A file handed in with answers: first with the unfinished ones, then with those sent."""

    id = models.BigAutoField(primary_key=True, default=random_key)
    draft = models.ForeignKey(AnswerDraft, null=True, on_delete=models.CASCADE, related_name="files")
    response = models.ForeignKey(Response, null=True, on_delete=models.CASCADE, related_name="files")
    question = models.CharField(max_length=32)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("file handed in")

    def __str__(self) -> str:
        return self.name
