from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from platform_core.identity.audit.models import Event


class Notice(models.Model):
    """Somebody is told of an event, once per channel; the words are those of the day, in the reader's language."""

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
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("notice")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "recipient", "channel", "kind"], name="each_notice_once")
        ]

    def __str__(self) -> str:
        return self.subject


class OutboxMail(models.Model):
    """A mail on its way or sent. Its Message-ID is derived from what caused it, so a repeated sending is recognised."""

    message_id = models.CharField(max_length=200, unique=True)
    recipient = models.CharField(max_length=320)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("mail")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.subject}"
