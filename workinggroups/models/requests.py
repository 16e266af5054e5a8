from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds.exchange import USUAL
from platform_core.ground.vocabulary.days import platform_day
from platform_core.materials.files.models import StoredFile
from platform_core.people.members.models import Organisation
from repository.models import Record

from .groups import WorkingGroup


class InformationRequest(models.Model):
    """A group asks many organisations the same; they answer by a form, or with a record of the kind `record_kind`."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Not sent yet")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="requests")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what is asked"), max_length=10_000)
    language = models.CharField(_("language"), max_length=5)
    record_kind = models.CharField(_("kind of record"), max_length=40, blank=True)
    due_on = models.DateField(_("answers until"))
    remind_days = models.PositiveSmallIntegerField(_("reminder, days before"), default=USUAL)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=150, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("information request")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("workinggroups:request", args=[self.pk])

    @property
    def scope(self) -> str:
        return f"group:{self.group_id}"


class RequestQuestion(models.Model):
    """One question of a request's form, in its place. For a choice, its answers are rows."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Short text")
        LONG = "long", _("Long text")
        NUMBER = "number", _("Number")
        CHOICE = "choice", _("Choice")
        DATE = "date", _("Day")
        FILE = "file", _("File")

    request = models.ForeignKey(InformationRequest, on_delete=models.CASCADE, related_name="questions")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(_("answered by"), max_length=6, choices=Kind)
    text = models.CharField(_("question"), max_length=300)
    is_required = models.BooleanField(_("has to be answered"), default=False)

    class Meta:
        verbose_name = _("question of an information request")
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.text


class RequestChoice(models.Model):
    question = models.ForeignKey(RequestQuestion, on_delete=models.CASCADE, related_name="choices")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("choice of a question")
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.text


class StandingAsked(models.Manager):
    """Without those that another row of the same organisation stands for."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(stood_for_by=None)


class Asked(models.Model):
    """An organisation that is asked, until when, and what became of it. `sequence` grows with every kept answer.

    Where two that were asked turned out to be one organisation, one row stands for the other.

    `asked_at` is when it was asked first, `given_at` when it gave its answer, until that was returned to it.

    `recorded` is what its answer last brought into the draft of its record: `text`, the hash of the description, and
    `files`, the keys of stored files. Empty where the record was not made of the answer.
    """

    class State(models.TextChoices):
        CHOSEN = "chosen", _("Not asked yet")
        ASKED = "asked", _("Asked")
        GIVEN = "given", _("Given")
        RETURNED = "returned", _("Asked again")
        DECLINED = "declined", _("Nothing to report")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    request = models.ForeignKey(InformationRequest, on_delete=models.CASCADE, related_name="asked")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.CHOSEN)
    due_on = models.DateField(_("answers until"))
    asked_at = models.DateTimeField(null=True, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    remarks = models.TextField(_("remarks"), max_length=5000, blank=True)
    reason = models.TextField(_("reason"), max_length=5000, blank=True)
    record = models.ForeignKey(Record, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    recorded = models.JSONField(default=dict, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    stood_for_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    everything = models.Manager()
    objects = StandingAsked()

    class Meta:
        default_manager_name = "objects"
        verbose_name = _("organisation asked for information")
        ordering = ["organisation__sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "organisation"],
                condition=models.Q(stood_for_by=None),
                name="one_request_to_an_organisation",
            )
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.organisation_id}"

    def get_absolute_url(self) -> str:
        return reverse("workinggroups:asked", args=[self.pk])

    @property
    def scope(self) -> str:
        return self.request.scope

    @property
    def status(self) -> str:
        return self.status_on(platform_day())

    def status_on(self, day: date) -> str:
        """`given` in time, `late` after its day, `missing` when that has passed without an answer, else the state."""
        if self.state == self.State.GIVEN:
            return "late" if platform_day(self.given_at) > self.due_on else "given"
        if self.state in (self.State.ASKED, self.State.RETURNED) and self.due_on < day:
            return "missing"
        return self.state

    @property
    def days(self) -> int | None:
        """From the question to the answer, in whole days."""
        return (self.given_at - self.asked_at).days if self.given_at and self.asked_at else None

    @property
    def takes_answers(self) -> bool:
        """Until it is given; a given one can be corrected until its day. What another row stands for takes none."""
        if self.stood_for_by_id or self.request.state != InformationRequest.State.OPEN:
            return False
        if self.state == self.State.GIVEN:
            return self.due_on >= platform_day()
        return self.state in (self.State.ASKED, self.State.RETURNED, self.State.DECLINED)


class GivenAnswer(models.Model):
    """What an organisation answers to a question, kept as it is typed: `text` is a text, a number, a day or a choice."""

    asked = models.ForeignKey(Asked, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(RequestQuestion, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField(max_length=10_000, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=150, blank=True)

    class Meta:
        verbose_name = _("answer to an information request")
        constraints = [models.UniqueConstraint(fields=["asked", "question"], name="one_answer_to_a_question")]

    def __str__(self) -> str:
        return f"{self.asked_id} {self.question_id}"
