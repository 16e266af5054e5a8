from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from platform_core.ground.vocabulary.models import Topic
from platform_core.people.members.models import Organisation

LEAST, COUNTRIES = 3, 2  # organisations and countries that make a cooperation network


class Network(models.Model):
    """Organisations that have joined for a purpose. It counts with three confirmed members of two countries."""

    code = models.SlugField(max_length=80, unique=True)
    title = TranslatedField(_("title"), max_length=200)
    purpose = TranslatedField(_("purpose"), max_length=3000)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    founder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    begun_on = models.DateField(_("since"))

    class Meta:
        verbose_name = _("cooperation network")
        ordering = ["-begun_on", "-pk"]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("network:network", args=[self.code])


class Seat(models.Model):
    """An organisation in a network: asked, confirmed, or gone."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        CONFIRMED = "confirmed", _("Confirmed")
        DECLINED = "declined", _("Declined or left")

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="seats")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="seats")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    confirmed_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("member of a network")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["network", "organisation"], name="one_seat_per_organisation")]

    def __str__(self) -> str:
        return f"{self.organisation_id} @ {self.network_id}"


class Activity(models.Model):
    """Something a network did."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="activities")
    day = models.DateField(_("day"))
    what = models.CharField(_("what was done"), max_length=500)
    language = models.CharField(max_length=5)
    address = models.URLField(_("address"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("activity of a network")
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return self.what
