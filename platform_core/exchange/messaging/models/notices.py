from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from platform_core.identity.audit.models import Event

from .wishes import Pace


class Notice(models.Model):
    """Somebody is told of an event, once per channel; the words are those of the day, in the reader's language.

    What goes by mail at once has `mailed_as`, the id of its mail, from the beginning; what waits for a digest has `due_at`
    until then, and the id of the digest afterwards. `thread` is the key that notices are bundled by.
    """

    class Channel(models.TextChoices):
        SITE = "site", _("On the platform")
        MAIL = "mail", _("By e-mail")

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    channel = models.CharField(max_length=4, choices=Channel)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    address = models.CharField(max_length=300)
    thread = models.CharField(max_length=120, blank=True)
    thread_title = models.CharField(max_length=200, blank=True)
    pace = models.CharField(max_length=6, choices=Pace, blank=True)
    due_at = models.DateTimeField(null=True)
    mailed_as = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("notice")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["event", "recipient", "channel"], name="each_notice_once")]
        indexes = [
            models.Index(fields=["recipient", "channel", "thread"], name="messaging_notice_thread"),
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="messaging_notice_due"),
        ]

    def __str__(self) -> str:
        return self.subject
