from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from platform_core.ground.vocabulary.models import Region, Topic
from platform_core.people.members.models import Organisation

from .schemes import Call


class Tested(models.TextChoices):
    MECHANISM = "mechanism", _("A policy learning mechanism")
    METHOD = "method", _("A benchmarking method")
    FUNCTION = "function", _("A function of the platform")


class Proposal(models.Model):
    """What an organisation proposes to try out in its region; submitted once, and never changed afterwards."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        JUDGED = "judged", _("Being judged")
        SELECTED = "selected", _("Selected")
        REFUSED = "refused", _("Not selected")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="proposals")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="pilot_proposals", verbose_name=_("lead organisation")
    )
    partners = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name=_("partners"))
    title = TranslatedField(_("title"), max_length=200)
    summary = TranslatedField(_("what is done, for whom, and what is learned from it"), max_length=4000)
    baseline = TranslatedField(_("how things stand today"), max_length=3000)
    tests = models.CharField(_("what it tests"), max_length=10, choices=Tested)
    tested = models.CharField(_("name of what it tests"), max_length=300)
    subject = models.CharField(_("page of what it tests"), max_length=80, blank=True)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+", verbose_name=_("topic"))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("region"))
    band = models.PositiveSmallIntegerField(_("budget band"))
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    submitted_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_demonstration = models.BooleanField(default=False)
    key = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("proposal of a pilot action")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "organisation", "key"],
                condition=~models.Q(key=""),
                name="one_pilot_proposal_of_a_double_click",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "withdrawn"]) | models.Q(submitted_on__isnull=False),
                name="a_submitted_pilot_proposal_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("pilots:proposal", args=[self.pk])

    @property
    def scope(self) -> str:
        return self.call.scope
