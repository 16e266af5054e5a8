import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from platform_core.ground.vocabulary.days import platform_day
from platform_core.people.members.models import Organisation

from .documents import Document
from .groups import WorkingGroup


class Meeting(models.Model):
    """A meeting of a group. Without `starts` its date is still being found.

    Times are stored in UTC and shown in the zone the meeting is held in and in the reader's own. `uid` and `sequence` are
    those of its calendar entry: the first never changes, the second grows whenever those invited must be told again.
    Of one of a `series`, `apart` are the names of the fields that were changed for it alone.
    """

    class State(models.TextChoices):
        PREPARED = "prepared", _("Being prepared")
        CALLED = "called", _("Invitations are out")
        CANCELLED = "cancelled", _("Cancelled")

    class Form(models.TextChoices):
        IN_PERSON = "in_person", _("In one place")
        ONLINE = "online", _("Online")
        BOTH = "both", _("In one place, and online")

    class Room(models.TextChoices):
        NONE = "", _("None yet")
        JITSI = "jitsi", _("A Jitsi room, made here")
        BIGBLUEBUTTON = "bigbluebutton", _("A BigBlueButton room, made here")
        ADDRESS = "address", _("An address of your own")

    class Marking(models.TextChoices):
        GROUP = "group", _("The working group and those invited")
        MEMBERS = "members", _("Members")
        PUBLIC = "public", _("Everyone")

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what it is about"), max_length=10_000, blank=True)
    language = models.CharField(_("language"), max_length=5)
    starts = models.DateTimeField(null=True, blank=True)
    ends = models.DateTimeField(null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=50)
    form = models.CharField(_("how you meet"), max_length=10, choices=Form, default=Form.ONLINE)
    place = models.CharField(_("place"), max_length=300, blank=True)
    room = models.CharField(_("online room"), max_length=14, choices=Room, default=Room.NONE, blank=True)
    call = models.URLField(_("address of the online room"), max_length=500, blank=True)
    recording = models.URLField(_("address of the recording"), max_length=500, blank=True)
    marking = models.CharField(_("who sees it"), max_length=8, choices=Marking, default=Marking.GROUP)
    state = models.CharField(max_length=10, choices=State, default=State.PREPARED)
    why_cancelled = models.CharField(_("why"), max_length=500, blank=True)
    dates_until = models.DateField(_("answers until"), null=True, blank=True)
    dates_reminded = models.BooleanField(default=False)
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="following")
    series = models.UUIDField(null=True, blank=True)
    apart = models.JSONField(default=list, blank=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    sequence = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    reminded = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("meeting")
        ordering = ["-starts", "-pk"]
        indexes = [models.Index(fields=["group", "starts"], name="meetings_of_a_group")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts__isnull=True, ends__isnull=True) | models.Q(ends__gt=models.F("starts")),
                name="meeting_ends_later",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="called") | models.Q(starts__isnull=False),
                name="invitations_have_a_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("workinggroups:meeting", args=[self.pk])

    @property
    def scope(self) -> str:
        return f"group:{self.group_id}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def local_starts(self) -> datetime | None:
        return self.starts.astimezone(self.zone) if self.starts else None

    @property
    def has_begun(self) -> bool:
        return self.starts is not None and self.starts <= timezone.now()

    @property
    def is_over(self) -> bool:
        return self.ends is not None and self.ends <= timezone.now()

    @property
    def takes_dates(self) -> bool:
        """Whether those on the list can say which dates suit them: until the date is set, to the end of the last day."""
        is_open = self.starts is None and self.state != self.State.CANCELLED
        return is_open and (self.dates_until is None or self.dates_until >= platform_day())

    @property
    def duration(self) -> timedelta:
        return self.ends - self.starts if self.starts and self.ends else timedelta(hours=2)


class AgendaItem(models.Model):
    """A point of the agenda, `position` from 1.

    One that approves names the meeting whose minutes are to be approved; `outcome` is what came of it, as its minutes say.
    """

    class Kind(models.TextChoices):
        TALK = "talk", _("To discuss")
        REPORT = "report", _("To hear")
        DECISION = "decision", _("To decide")
        APPROVAL = "approval", _("To approve the minutes of an earlier meeting")

    class Outcome(models.TextChoices):
        NONE = "", _("Not noted yet")
        APPROVED = "approved", _("Approved")
        CORRECTED = "corrected", _("Approved with corrections")
        REFUSED = "refused", _("Not approved")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what it is about"), max_length=5000, blank=True)
    kind = models.CharField(_("what for"), max_length=10, choices=Kind, default=Kind.TALK)
    duration = models.PositiveSmallIntegerField(_("minutes"), default=15)
    speaker = models.CharField(_("who speaks"), max_length=200, blank=True)
    approves = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="approvals")
    outcome = models.CharField(max_length=9, choices=Outcome, default=Outcome.NONE, blank=True)
    documents = models.ManyToManyField(Document, blank=True, related_name="agenda_items")

    class Meta:
        verbose_name = _("item of an agenda")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def scope(self) -> str:
        return self.meeting.scope

    @property
    def decides_minutes(self) -> bool:
        """Whether it has to say what became of earlier minutes."""
        return self.kind == self.Kind.APPROVAL and self.approves_id is not None


class Participant(models.Model):
    """Somebody invited to a meeting. `organisation` is the one she acted for; it is fixed with her attendance.

    A guest does not belong to the group; the meeting `is_open` to her until some time after its end.
    """

    class Answer(models.TextChoices):
        NONE = "", _("Has not answered")
        YES = "yes", _("Comes")
        MAYBE = "maybe", _("May come")
        NO = "no", _("Does not come")

    class Way(models.TextChoices):
        HERE = "here", _("in the room")
        ONLINE = "online", _("online")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_guest = models.BooleanField(default=False)
    is_open = models.BooleanField(default=True)
    answer = models.CharField(_("answer"), max_length=5, choices=Answer, default=Answer.NONE, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)
    attended = models.BooleanField(null=True)
    way = models.CharField(max_length=6, choices=Way, blank=True)

    class Meta:
        verbose_name = _("participant of a meeting")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="one_participant_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.person_id}"


class DateOption(models.Model):
    """A date that could suit everybody."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="options")
    starts = models.DateTimeField()
    ends = models.DateTimeField()

    class Meta:
        verbose_name = _("possible date")
        ordering = ["starts"]
        constraints = [models.UniqueConstraint(fields=["meeting", "starts", "ends"], name="each_date_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.starts:%Y-%m-%d %H:%M}"


class DateAnswer(models.Model):
    class Value(models.TextChoices):
        YES = "yes", _("Yes")
        IF_NEEDED = "if_needed", _("If need be")
        NO = "no", _("No")

    option = models.ForeignKey(DateOption, on_delete=models.CASCADE, related_name="answers")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="dates")
    value = models.CharField(max_length=9, choices=Value)

    class Meta:
        verbose_name = _("answer to a possible date")
        constraints = [models.UniqueConstraint(fields=["option", "participant"], name="one_answer_to_each_date")]

    def __str__(self) -> str:
        return f"{self.option_id} {self.participant_id}: {self.value}"
