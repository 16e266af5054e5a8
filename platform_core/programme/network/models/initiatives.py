import reversion
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from platform_core.ground.vocabulary.models import Topic


@reversion.register()
class Initiative(models.Model):
    """A European initiative that matters to clusters, and how far cooperation with it has come."""

    class State(models.TextChoices):
        KNOWN = "known", _("Known, no contact yet")
        CONTACT = "contact", _("In contact")
        AGREED = "agreed", _("Cooperation agreed")
        RUNNING = "running", _("Working together")
        ENDED = "ended", _("Ended")

    code = models.SlugField(max_length=80, unique=True)
    title = TranslatedField(_("title"), max_length=200)
    summary = TranslatedField(_("summary"), max_length=2000)
    address = models.URLField(_("address"), max_length=500, blank=True)
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("topics"))
    state = models.CharField(_("state of cooperation"), max_length=10, choices=State, default=State.KNOWN)

    class Meta:
        verbose_name = _("European initiative")
        ordering = ["code"]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("network:initiative", args=[self.code])


@reversion.register(exclude=("owner", "reminded_for"))
class Synergy(models.Model):
    """One contact with an initiative: what was agreed, where both overlap, what comes next.

    `owner` noted it and is reminded of the next step; `reminded_for` is the day of it she was reminded on.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="synergies")
    day = models.DateField(_("day"))
    contact = models.CharField(_("with whom, by function"), max_length=200)
    agreed = models.TextField(_("what was agreed"), max_length=2000)
    overlaps = models.TextField(_("overlaps"), max_length=2000, blank=True)
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    next_on = models.DateField(_("next step by"), null=True, blank=True)
    language = models.CharField(max_length=5)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reminded_for = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("entry of the synergy register")
        verbose_name_plural = _("entries of the synergy register")
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return f"{self.initiative_id} {self.day}"
