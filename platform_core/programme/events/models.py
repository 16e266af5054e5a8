from zoneinfo import ZoneInfo

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from platform_core.ground.vocabulary.models import Topic


class CalendarEvent(models.Model):
    """A meeting, conference or date to keep; times are stored in UTC and shown in the event's own zone."""

    class Kind(models.TextChoices):
        MEETING = "meeting", _("Meeting")
        WORKSHOP = "workshop", _("Workshop")
        CONFERENCE = "conference", _("Conference")
        DEADLINE = "deadline", _("Deadline")

    code = models.SlugField(unique=True)
    title = TranslatedField(max_length=300)
    summary = TranslatedField(blank=True)
    kind = models.CharField(max_length=12, choices=Kind)
    starts = models.DateTimeField(db_index=True)
    ends = models.DateTimeField()
    time_zone = models.CharField(max_length=50)
    place = TranslatedField(blank=True)
    url = models.URLField(blank=True)
    topics = models.ManyToManyField(Topic, blank=True, related_name="+")

    class Meta:
        verbose_name = _("event")
        constraints = [
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="event_ends_later")
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("events:event", args=[self.code])

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def local_starts(self):
        return self.starts.astimezone(self.zone)

    @property
    def local_ends(self):
        return self.ends.astimezone(self.zone)
