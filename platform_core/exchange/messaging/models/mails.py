from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutboxMail(models.Model):
    """A mail on its way or sent. Its Message-ID is derived from what caused it, so a repeated sending is recognised.

    `unsubscribe` is the address that stops mails like it. The text of a private one is for its recipient alone.
    It is tried from `due_at` on, ever later after each failure, and given up after the last of the attempts.
    """

    MOST_ATTEMPTS = 8

    message_id = models.CharField(max_length=200, unique=True)
    recipient = models.CharField(max_length=320)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    unsubscribe = models.CharField(max_length=300, blank=True)
    is_private = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("mail")
        ordering = ["-id"]
        indexes = [models.Index(fields=["attempts", "id"], condition=models.Q(sent_at=None), name="mails_to_send")]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.subject}"

    @property
    def is_given_up(self) -> bool:
        return self.sent_at is None and self.attempts >= self.MOST_ATTEMPTS
