from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from platform_core.ground.vocabulary.models import Region, Topic
from platform_core.materials.files.models import StoredFile
from platform_core.people.members.models import Organisation


class PolicyChange(models.Model):
    """What changed in the cluster policy of a region; it counts once the authority responsible has confirmed it.

    `level` is a term of the scheme level. What it was learned from are relations (see `selectors.changes.LEARNED`).
    `key` is the form's, so that a double click makes one.
    """

    class Instrument(models.TextChoices):
        STRATEGY = "strategy", _("Strategy or smart specialisation")
        LAW = "law", _("Law or regulation")
        PROGRAMME = "programme", _("Programme or operational programme")
        SCHEME = "scheme", _("Funding scheme or call")
        ACTION_PLAN = "action_plan", _("Action plan")
        GOVERNANCE = "governance", _("Body or way of deciding")
        SERVICE = "service", _("Public service or agency")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        ASKED = "asked", _("Waiting for the authority")
        RETURNED = "returned", _("Returned")
        CONFIRMED = "confirmed", _("Confirmed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    title = TranslatedField(_("title"), max_length=200)
    text = TranslatedField(_("what changed, and why"), max_length=4000)
    instrument = models.CharField(_("instrument"), max_length=12, choices=Instrument)
    level = models.CharField(_("level"), max_length=40)
    changed_on = models.DateField(_("in force from"))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("region"))
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+", verbose_name=_("topic"))
    authority = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("responsible authority")
    )
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=150, blank=True)
    link = models.URLField(_("address of the document"), blank=True, max_length=500)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    recorded_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    reason = models.TextField(_("reasons"), blank=True)
    is_demonstration = models.BooleanField(default=False)
    key = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("policy change")
        ordering = ["-changed_on", "-pk"]
        indexes = [models.Index(fields=["state", "-changed_on"], name="policy_changes_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="confirmed") | models.Q(confirmed_on__isnull=False),
                name="a_confirmed_change_has_a_day",
            ),
            models.UniqueConstraint(
                fields=["recorded_for", "key"], condition=~models.Q(key=""), name="one_change_of_a_double_click"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("pilots:change", args=[self.pk])
