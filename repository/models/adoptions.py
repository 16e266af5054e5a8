from django.db import models
from django.utils.translation import gettext_lazy as _

from platform_core.ground.vocabulary.models import Region
from platform_core.people.members.models import Organisation

from .records import Record


class Adoption(models.Model):
    """An organisation has taken over what a record describes: how it was adapted and what came of it."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="adoptions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="adoptions")
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="adoptions")
    year = models.PositiveSmallIntegerField(_("year"))
    adapted = models.TextField(_("how it was adapted"), max_length=2000)
    outcome = models.TextField(_("what came of it"), max_length=2000, blank=True)
    language = models.CharField(max_length=5)

    class Meta:
        verbose_name = _("adoption")
        ordering = ["-year", "-pk"]
        constraints = [models.UniqueConstraint(fields=["record", "organisation"], name="one_adoption_per_organisation")]

    def __str__(self) -> str:
        return f"{self.organisation_id} ← {self.record_id}"
