from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.vocabulary.models import Country, Region, Topic
from platform_core.materials.files.models import StoredFile
from platform_core.people.members.models import Organisation

from .indicators import Indicator


class Evidence(models.Model):
    """One entry of an indicator's list: an index over the tables of the rooms and apps, written by their rules alone.

    `countries`, `topics` and `stages` hold codes between bars (`|AT|BG|`). A `personal` entry stands for somebody: whom
    `person` names is shown to members, nobody where it is empty. `key` is counted once.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="evidence")
    thing = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    key = models.CharField(max_length=120)
    day = models.DateField()
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.SET_NULL, related_name="+")
    countries = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=5, blank=True)
    topics = models.CharField(max_length=20, blank=True)
    stages = models.CharField(max_length=80, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    personal = models.BooleanField(default=False)
    is_self_declared = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("evidence of an indicator")
        constraints = [models.UniqueConstraint(fields=["indicator", "key"], name="counted_once")]
        indexes = [
            models.Index(fields=["indicator", "day"], name="evidence_by_day"),
            models.Index(fields=["indicator", "organisation"], name="evidence_by_partner"),
            models.Index(
                fields=["indicator"], condition=models.Q(is_self_declared=True), name="evidence_self_declared"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.key}"


class ManualEvidence(models.Model):
    """Something that counts and that no table of the platform tells: one entry, with a file, approved by the lead partner.

    `key` is the form's, so that a double click makes one.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waiting for the lead partner")
        APPROVED = "approved", _("Approved")
        DECLINED = "declined", _("Not accepted")
        WITHDRAWN = "withdrawn", _("Taken back")

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="by_hand")
    title = models.CharField(_("what it is"), max_length=200)
    text = models.TextField(_("why it counts"), max_length=3000)
    day = models.DateField(_("day"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    country = models.ForeignKey(Country, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(_("stage of the policy cycle"), max_length=40, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=150)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    proposed_on = models.DateField()
    decided_for = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    reason = models.TextField(_("reasons"), max_length=2000, blank=True)
    is_demonstration = models.BooleanField(default=False)
    key = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("evidence handed in")
        ordering = ["-proposed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "key"], condition=~models.Q(key=""), name="one_evidence_of_a_double_click"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("monitoring:handed_in", args=[self.pk])
