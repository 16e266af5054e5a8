import secrets
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from platform_core.exchange.assessment.models import Criterion
from platform_core.ground.texts.fields import TranslatedField

from .groups import WorkingGroup

FIRST_REMINDER = 14  # days before the end
FURTHER_REMINDERS = (7, 1)


def random_key() -> int:
    """Keys that do not count: nobody can tell from hers how many others there are."""
    return secrets.randbits(62)


class Call(models.Model):
    """A call for expressions of interest in a group's seats. Its end is a moment, shown in `zone` and the reader's own.

    Whoever has not answered is reminded `remind_days` before it, never for 0, and again at each of the further reminders
    that are nearer; `reminded_days` is how many days before the end that was done last.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Being prepared")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed, being evaluated")
        EVALUATED = "evaluated", _("Ranked, being short-listed")
        CONCLUDED = "concluded", _("Concluded")
        CANCELLED = "cancelled", _("Cancelled")

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="calls")
    title = TranslatedField(_("title"), max_length=200)
    text = TranslatedField(_("what is sought, and why"), max_length=20_000)
    representatives = models.PositiveSmallIntegerField(_("organisations sought"), default=2)
    experts = models.PositiveSmallIntegerField(_("experts sought"), default=2)
    people_limit = models.PositiveSmallIntegerField(_("people one organisation can name"), default=3)
    is_public = models.BooleanField(_("everyone can read it"), default=True)
    zone = models.CharField(_("time zone"), max_length=50, default=settings.DISPLAY_TIME_ZONE)
    seats_begin = models.DateField(_("seats from"), null=True, blank=True)
    seats_end = models.DateField(_("seats to"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    opened_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    extensions = models.PositiveSmallIntegerField(default=0)
    remind_days = models.PositiveSmallIntegerField(_("reminder, days before"), default=FIRST_REMINDER)
    reminded_days = models.PositiveSmallIntegerField(null=True)
    evaluate_by = models.DateField(null=True)
    ranked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.TextField(_("reasons"), max_length=4000, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("call for expressions of interest")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "closes_at"], name="calls_that_close")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "cancelled"]) | models.Q(closes_at__isnull=False),
                name="an_open_call_closes",
            )
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("workinggroups:call", args=[self.pk])

    @property
    def scope(self) -> str:
        return f"group:{self.group_id}"

    @property
    def clock(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def grid(self) -> str:
        """The code under which its criteria are published."""
        return f"call-{self.pk}"

    @property
    def takes_answers(self) -> bool:
        return self.state == self.State.OPEN and self.closes_at is not None and self.closes_at > timezone.now()

    @property
    def is_sealed(self) -> bool:
        """Nobody but their own organisations knows of expressions."""
        return self.state in (self.State.DRAFT, self.State.OPEN)


class Condition(models.Model):
    """What an organisation must meet. Of the conditions of one automatic kind it meets one; by hand, each is judged."""

    class Kind(models.TextChoices):
        TIER = "tier", _("Membership tier")
        TYPE = "type", _("Type of organisation")
        COUNTRY = "country", _("Country")
        MANUAL = "manual", _("Judged by hand, yes or no")

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="conditions")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    value = models.CharField(max_length=40, blank=True)
    text = TranslatedField(_("condition"), blank=True, max_length=500)

    class Meta:
        verbose_name = _("condition of a call")
        ordering = ["kind", "pk"]

    def __str__(self) -> str:
        return str(self.text) if self.kind == self.Kind.MANUAL else self.value


class CallQuestion(models.Model):
    """`most` is the longest text in signs, or the largest number; `least` the smallest number."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Short text")
        LONG = "long", _("Long text")
        NUMBER = "number", _("Number")
        CHOICE = "choice", _("One of several options")
        FILE = "file", _("File")

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="questions")
    kind = models.CharField(_("kind of answer"), max_length=10, choices=Kind)
    text = TranslatedField(_("question"), max_length=500)
    is_required = models.BooleanField(_("must be answered"), default=True)
    least = models.IntegerField(_("smallest number"), null=True, blank=True)
    most = models.IntegerField(_("most signs, or largest number"), null=True, blank=True)

    class Meta:
        verbose_name = _("question of a call")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.text)


class CallOption(models.Model):
    question = models.ForeignKey(CallQuestion, on_delete=models.CASCADE, related_name="options")
    text = TranslatedField(max_length=300)

    class Meta:
        verbose_name = _("option of a question")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.text)


class CallCriterion(models.Model):
    """A criterion as it is prepared; with the opening of the call all are published as a grid and change no more."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="criteria")
    kind = models.CharField(_("kind"), max_length=10, choices=Criterion.Kind, default=Criterion.Kind.CORE)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    text = TranslatedField(_("question"), max_length=500)

    class Meta:
        verbose_name = _("criterion of a call")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.text)


class CallEvaluator(models.Model):
    """Somebody who scores the expressions of a call, but those she has an interest in."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="evaluators")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("evaluator of a call")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["call", "person"], name="one_evaluator_once")]

    def __str__(self) -> str:
        return f"{self.call_id} {self.person_id}"


class LetterText(models.Model):
    """What letters of a call say with one outcome, instead of the usual words."""

    class Outcome(models.TextChoices):
        ACCEPT = "accept", _("Accepted")
        RESERVE = "reserve", _("On the reserve list")
        DECLINE = "decline", _("Declined")

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="letter_texts")
    outcome = models.CharField(max_length=10, choices=Outcome)
    subject = TranslatedField(_("subject"), max_length=150)
    text = TranslatedField(_("text"), max_length=5000)

    class Meta:
        verbose_name = _("text of a letter")
        constraints = [models.UniqueConstraint(fields=["call", "outcome"], name="one_letter_text_per_outcome")]

    def __str__(self) -> str:
        return f"{self.call_id} {self.outcome}"
