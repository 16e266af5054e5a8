import secrets

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from platform_core.ground.vocabulary.models import Topic

THRESHOLD = 5  # groups with fewer answers are not published


def random_key() -> int:
    """A random positive 63-bit key, so that neither keys nor the order of rows tell when a row was written."""
    return secrets.randbits(62) + 1


class Consultation(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", _("In preparation")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        PUBLISHED = "published", _("Results published")

    class Mode(models.TextChoices):
        ANONYMOUS = "anonymous", _("Anonymous")
        TOKEN = "token", _("By the respondent's own link")
        ATTRIBUTED = "attributed", _("With name")

    code = models.SlugField(unique=True)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+", verbose_name=_("topic"))
    title = TranslatedField(_("title"), max_length=300)
    summary = TranslatedField(_("summary"))
    languages = models.JSONField(default=list)
    minutes = models.PositiveSmallIntegerField(default=10)
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.ANONYMOUS)
    threshold = models.PositiveSmallIntegerField(default=THRESHOLD)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    time_zone = models.CharField(max_length=50, default="Europe/Vienna")
    is_demonstration = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("consultation")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="consultation_closes_later"
            )
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("consultations:consultation", args=[self.code])

    @property
    def scope(self) -> str:
        return f"group:{self.topic_id}"

    @property
    def takes_answers(self) -> bool:
        return self.state == self.State.OPEN and self.opens_at <= timezone.now() < self.closes_at


class Questionnaire(models.Model):
    """One version of the questions. Once published its structure is never changed; `sha256` is of its canonical JSON."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    structure = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("questionnaire")
        ordering = ["consultation_id", "number"]
        constraints = [models.UniqueConstraint(fields=["consultation", "number"], name="one_questionnaire_per_number")]

    def __str__(self) -> str:
        return f"{self.consultation_id} v{self.number}"


class AnswerDraft(models.Model):
    """Answers on their way, reached by a secret link alone. Sending them deletes this row and writes a `Response`."""

    id = models.BigAutoField(primary_key=True, default=random_key)
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="drafts")
    secret_hash = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=5)
    answers = models.JSONField(default=dict)
    day = models.DateField()

    class Meta:
        verbose_name = _("unfinished answers")

    def __str__(self) -> str:
        return f"{self.questionnaire_id}"


class Response(models.Model):
    """Answers as sent, under the version they were given to. Nothing here says who wrote them or at which hour.

    `person` is set in attributed consultations only.
    """

    id = models.BigAutoField(primary_key=True, default=random_key)
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="responses")
    language = models.CharField(max_length=5)
    answers = models.JSONField()
    day = models.DateField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_demonstration = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("response")

    def __str__(self) -> str:
        return f"{self.questionnaire_id}"


class Participation(models.Model):
    """That a person took part, kept apart from what was answered: no time, no common key, mixed every hour."""

    id = models.BigAutoField(primary_key=True, default=random_key)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="participations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("participation")
        constraints = [models.UniqueConstraint(fields=["consultation", "person"], name="one_participation_per_person")]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.person_id}"


class ResultSet(models.Model):
    """Frozen figures of one computation: already suppressed, so no page or file ever works on the answers themselves."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="results")
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="+")
    figures = models.JSONField()
    base = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    computed_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("results")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.consultation_id}: {self.base}"
