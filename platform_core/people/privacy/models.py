from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField


class PrivacyNotice(models.Model):
    """A version of what the platform says it does with personal data; a version is never changed once in force."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    in_force_from = models.DateField()
    text = TranslatedField()

    class Meta:
        verbose_name = _("privacy notice")
        ordering = ["-number"]

    def __str__(self) -> str:
        return str(self.number)


class Consent(models.Model):
    """A person agreed to something in the version of the day; withdrawn, never deleted while she has an account."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=60)
    notice = models.ForeignKey(PrivacyNotice, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("consent")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose", "notice"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_consent_per_version",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.purpose} v{self.notice_id}"


class Export(models.Model):
    """Everything the platform holds about a person, as a file for her alone, for a few days."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports")
    file = models.FileField(upload_to="exports", max_length=200, blank=True)
    made_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("copy of personal data")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.pk}"
