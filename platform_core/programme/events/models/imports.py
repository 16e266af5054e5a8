from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.vocabulary.models import Country, Topic

from .events import CalendarEvent


class ImportSource(models.Model):
    """A calendar of others that is read: from its address once a day, or from a file that somebody brought.

    `etag` and `modified` are what its server said last; `problems` what could not be read, in words; `is_asked` while a case
    about its new entries is open.
    """

    name = models.CharField(_("name"), max_length=150)
    address = models.URLField(_("address"), max_length=500, blank=True)
    time_zone = models.CharField(_("time zone of entries that name none"), max_length=50)
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("topics"))
    country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("country")
    )
    language = models.CharField(_("language"), max_length=5, default="en")
    is_active = models.BooleanField(_("read every day"), default=True)
    etag = models.CharField(max_length=200, blank=True)
    modified = models.CharField(max_length=60, blank=True)
    read_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)
    problems = models.JSONField(default=list)
    is_asked = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("calendar of others")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("events:source", args=[self.pk])


class ImportedEntry(models.Model):
    """What a calendar of others holds, as it was read last. `starts` is empty where a news item names no date.

    `uid` and `recurrence` are its identity there; `gone_at` says since when it is no longer listed there.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("to be decided")
        TAKEN = "taken", _("in the calendar")
        DECLINED = "declined", _("not taken")

    source = models.ForeignKey(ImportSource, on_delete=models.CASCADE, related_name="entries")
    uid = models.CharField(max_length=300)
    recurrence = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    starts = models.DateTimeField(null=True)
    ends = models.DateTimeField(null=True)
    is_whole_day = models.BooleanField(default=False)
    time_zone = models.CharField(max_length=50)
    place = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=500, blank=True)
    call = models.CharField(max_length=500, blank=True)
    organiser = models.CharField(max_length=200, blank=True)
    is_cancelled = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    event = models.OneToOneField(CalendarEvent, null=True, on_delete=models.SET_NULL, related_name="imported")
    gone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("entry of a calendar of others")
        ordering = ["starts", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "uid", "recurrence"], name="one_row_per_imported_entry")
        ]

    def __str__(self) -> str:
        return self.title
