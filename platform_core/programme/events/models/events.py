from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from platform_core.ground.vocabulary.models import Country, Region, Topic
from platform_core.people.members.models import Organisation

from .series import Series


class CalendarEvent(models.Model):
    """A meeting, conference or date to keep; times are stored in UTC and belong to the event's own zone.

    Whole days last from midnight to the midnight after the last of them, in that zone. `seen_by` is the audience key it is
    meant for once it is announced; `slot` the day its series gave it; `form_key` tells a second click from a second event.
    """

    class Kind(models.TextChoices):
        MEETING = "meeting", _("Meeting")
        WORKSHOP = "workshop", _("Workshop")
        CONFERENCE = "conference", _("Conference")
        DEADLINE = "deadline", _("Deadline")

    class Mode(models.TextChoices):
        ONSITE = "onsite", _("On site")
        ONLINE = "online", _("Online")
        HYBRID = "hybrid", _("On site and online")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waiting for the editors")
        RETURNED = "returned", _("Changes are asked for")
        ANNOUNCED = "announced", _("Announced")
        DECLINED = "declined", _("Not taken into the calendar")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    code = models.SlugField(unique=True)
    title = TranslatedField(_("title"), max_length=300)
    summary = TranslatedField(_("summary"), blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.ANNOUNCED)
    starts = models.DateTimeField(_("begins"), db_index=True)
    ends = models.DateTimeField(_("ends"))
    is_whole_day = models.BooleanField(_("whole days"), default=False)
    time_zone = models.CharField(_("time zone"), max_length=50)
    mode = models.CharField(_("where it takes place"), max_length=8, choices=Mode, default=Mode.ONSITE)
    place = TranslatedField(_("place"), blank=True)
    country = models.ForeignKey(Country, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    call = models.URLField(_("address of the call"), max_length=500, blank=True)
    url = models.URLField(_("web page"), max_length=500, blank=True)
    languages = models.JSONField(_("languages spoken"), default=list, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="calendar_events"
    )
    organiser = models.CharField(_("organiser"), max_length=200, blank=True)
    is_european = models.BooleanField(_("held by others in Europe"), default=False)
    registration_url = models.URLField(_("address for registration"), max_length=500, blank=True)
    registration_until = models.DateTimeField(_("register by"), null=True, blank=True)
    seen_by = models.CharField(max_length=60, default="public")
    topics = models.ManyToManyField(Topic, blank=True, related_name="+")
    series = models.ForeignKey(Series, null=True, blank=True, on_delete=models.PROTECT, related_name="events")
    slot = models.DateField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    moved_from = models.DateTimeField(null=True, blank=True)
    why = models.TextField(_("reason"), max_length=500, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    form_key = models.UUIDField(null=True, blank=True, unique=True)
    words = models.TextField(editable=False, default="")

    class Meta:
        verbose_name = _("event")
        indexes = [models.Index(fields=["state", "ends"], name="events_state_ends")]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="event_ends_later"),
            models.UniqueConstraint(fields=["series", "slot"], name="one_event_per_slot"),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("events:event", args=[self.code])

    @property
    def uid(self) -> str:
        """Its identity in calendars; the code is given once and kept."""
        return f"{self.code}@clusterpolisee"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def local_starts(self):
        return self.starts.astimezone(self.zone)

    @property
    def local_ends(self):
        return self.ends.astimezone(self.zone)

    @property
    def is_announced(self) -> bool:
        return self.state == self.State.ANNOUNCED

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None


class Follow(models.Model):
    """A person keeps an event among hers and is told when it moves or is cancelled."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    event = models.ForeignKey(CalendarEvent, on_delete=models.CASCADE, related_name="follows")

    class Meta:
        verbose_name = _("event somebody keeps")
        constraints = [models.UniqueConstraint(fields=["person", "event"], name="one_follow_per_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.event_id}"
