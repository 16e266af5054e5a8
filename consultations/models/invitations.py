from django.db import models
from django.utils.translation import gettext_lazy as _

from platform_core.people.members.models import Organisation

from .consultations import Consultation
from .keys import random_key


class Invitation(models.Model):
    """Somebody asked by mail to answer once. Whether she did stands in `InvitationUse`, apart from what she answered."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=5)
    audience = models.CharField(_("audience"), max_length=32, blank=True)
    mails = models.PositiveSmallIntegerField(default=0)
    declined = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("invitation")
        constraints = [models.UniqueConstraint(fields=["consultation", "email"], name="one_invitation_per_address")]

    def __str__(self) -> str:
        return self.email


class InvitationUse(models.Model):
    """That an invitation was answered: no time, no common key with the answers, mixed every hour."""

    id = models.BigAutoField(primary_key=True, default=random_key)
    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="use")

    class Meta:
        verbose_name = _("use of an invitation")

    def __str__(self) -> str:
        return f"{self.invitation_id}"


class InvitationLetter(models.Model):
    """That a mail of a round was written to somebody, so that none is written twice. Round 0 is the invitation itself."""

    id = models.BigAutoField(primary_key=True, default=random_key)
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="letters")
    round = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("mail of an invitation")
        constraints = [models.UniqueConstraint(fields=["invitation", "round"], name="one_letter_per_round")]

    def __str__(self) -> str:
        return f"{self.invitation_id} {self.round}"


class Reminder(models.Model):
    """A day on which those who have not answered are reminded."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="reminders")
    day = models.DateField(_("day"))
    is_sent = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("reminder")
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["consultation", "day"], name="one_reminder_per_day")]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.day}"


class Outreach(models.Model):
    """A link by which one organisation spreads a consultation; answers keep its code, so that it sees its share."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="outreach")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=32, unique=True)
    goal = models.PositiveSmallIntegerField(_("answers wanted"), default=20)

    class Meta:
        verbose_name = _("outreach link")
        constraints = [
            models.UniqueConstraint(fields=["consultation", "organisation"], name="one_outreach_per_organisation")
        ]

    def __str__(self) -> str:
        return self.code
