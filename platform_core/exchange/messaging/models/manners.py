from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .conversations import Message


class Openness(models.Model):
    """Who may begin to write to a person; answers to what she began always come through."""

    class Who(models.TextChoices):
        MEMBERS = "members", _("members, and people of my groups")
        GROUPS = "groups", _("people of my groups")
        NOBODY = "nobody", _("nobody but those I have written to")

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="openness")
    who = models.CharField(_("who may write to me"), max_length=7, choices=Who, default=Who.MEMBERS)

    class Meta:
        verbose_name = _("who may write to a person")

    def __str__(self) -> str:
        return f"{self.person_id} {self.who}"


class Block(models.Model):
    """A person takes no messages from another."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("blocked person")
        constraints = [models.UniqueConstraint(fields=["person", "blocked"], name="one_block_per_pair")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.blocked_id}"


class Report(models.Model):
    """Somebody who received a message says that it breaks the rules; answered as a case, which shows the message."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    why = models.TextField(_("what is wrong with it"), max_length=2000)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("report of a message")
        constraints = [models.UniqueConstraint(fields=["message", "reporter"], name="one_report_per_person")]

    def __str__(self) -> str:
        return f"{self.message_id}"
