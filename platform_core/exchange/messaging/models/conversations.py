from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.markdown import render_markdown
from platform_core.people.members.models import Organisation


class Conversation(models.Model):
    """Private messages between people, or between a person and whoever acts for an organisation on the day of reading."""

    subject = models.CharField(_("subject"), max_length=150)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="conversations"
    )
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    begun_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("conversation")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("messaging:conversation", args=[self.pk])


class Participant(models.Model):
    """A person who takes part for herself; the row of one who left the platform stays without her."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("part in a conversation")
        constraints = [models.UniqueConstraint(fields=["conversation", "person"], name="one_part_per_person")]

    def __str__(self) -> str:
        return f"{self.conversation_id} {self.person_id}"


class Message(models.Model):
    """One message; it stays when its author leaves. `folded` is its text as words are searched, `key` that of the form."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="written_messages"
    )
    for_organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("message"), max_length=10_000)
    folded = models.TextField(blank=True)
    key = models.CharField(max_length=36, blank=True)
    said_at = models.DateTimeField(auto_now_add=True)
    hidden_because = models.TextField(blank=True)

    class Meta:
        verbose_name = _("private message")
        ordering = ["id"]
        indexes = [models.Index(fields=["author", "said_at"], name="messaging_message_author")]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "key"], condition=~models.Q(key=""), name="one_message_per_sent_form"
            )
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id} {self.pk}"

    @property
    def html(self) -> SafeString:
        return render_markdown(self.text)


class Reading(models.Model):
    """How far a person has read a conversation: the key of the last message she was shown."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="readings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    until = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("how far somebody has read")
        constraints = [models.UniqueConstraint(fields=["conversation", "person"], name="one_reading_per_person")]

    def __str__(self) -> str:
        return f"{self.conversation_id} {self.person_id} {self.until}"
