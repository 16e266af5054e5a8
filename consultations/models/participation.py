from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .consultations import Consultation
from .keys import random_key


class Participation(models.Model):
    """That a person took part, kept apart from what was answered: no time, no common key, mixed every hour."""

    id = models.BigAutoField(primary_key=True, default=random_key)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="participations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("participation")
        constraints = [models.UniqueConstraint(fields=["consultation", "person"], name="one_participation_per_person")]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.person_id}"


class Registration(models.Model):
    """A person counted once over all consultations, of her own will. `digest` is a keyed hash of her e-mail address."""

    id = models.BigAutoField(primary_key=True, default=random_key)
    digest = models.CharField(max_length=64, unique=True)
    audience = models.CharField(_("audience"), max_length=32)
    country = models.CharField(_("country"), max_length=5)
    org_type = models.CharField(_("type of organisation"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("entry in the register of participation")

    def __str__(self) -> str:
        return self.digest[:8]


class RegisteredPart(models.Model):
    """In which consultation a registered person took part."""

    id = models.BigAutoField(primary_key=True, default=random_key)
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="parts")
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="registered")

    class Meta:
        verbose_name = _("registered participation")
        constraints = [
            models.UniqueConstraint(fields=["registration", "consultation"], name="one_part_per_consultation")
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.consultation_id}"


class Trace(models.Model):
    """How often answers came from one device, as a keyed hash; deleted at the closing."""

    id = models.BigAutoField(primary_key=True, default=random_key)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="traces")
    digest = models.CharField(max_length=64)
    times = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("trace of a device")
        constraints = [models.UniqueConstraint(fields=["consultation", "digest"], name="one_trace_per_device")]

    def __str__(self) -> str:
        return self.digest[:8]
