from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from platform_core.ground.vocabulary.models import Country, Region, Topic
from platform_core.people.members.models import Organisation

from .records import Record


class GapRequest(models.Model):
    """An organisation is asked for what the repository lacks: about a topic, from its region or country, of a kind.

    It `is_open` until it was answered, with a record or without, or taken back.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+", verbose_name=_("topic"))
    country = models.ForeignKey(Country, null=True, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40, blank=True)
    cycle_stage = models.CharField(max_length=40, blank=True)
    text = models.TextField(_("what is asked for"), max_length=2000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    is_open = models.BooleanField(default=True)
    answered_with = models.ForeignKey(Record, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("request for what the repository lacks")

    def __str__(self) -> str:
        return f"{self.topic_id} {self.organisation_id}"
