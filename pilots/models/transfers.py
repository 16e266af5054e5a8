from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.vocabulary.models import Region
from platform_core.people.members.models import Organisation
from repository.models import Record


class Transfer(models.Model):
    """A practice held against a region, as it was found on a day, for an organisation; people discuss it.

    `share` is how far its preconditions were met (0 to 1), None where something was not known. `found` keeps what it stood
    on: `answers` by code of the precondition, `distances` by region to those where it worked.
    """

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    made_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_on = models.DateField()
    share = models.FloatField(null=True, blank=True)
    found = models.JSONField(default=dict)
    is_demonstration = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("transfer assessment")
        ordering = ["-made_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["record", "region", "made_for"], name="one_transfer_per_organisation")
        ]

    def __str__(self) -> str:
        return gettext("“%(record)s” in %(region)s") % {"record": self.record, "region": self.region}

    def get_absolute_url(self) -> str:
        return reverse("pilots:transfer", args=[self.pk])


class Judgement(models.Model):
    """What an expert thinks of a transfer; it stands beside what was computed and is never replaced by it.

    Where the transfer was kept anew since, `fit_on`, `fit_share` and `fit_found` hold the fit it was given on; else empty.
    """

    class Verdict(models.TextChoices):
        FITS = "fits", _("It would work here as it is")
        ADAPT = "adapt", _("It would work here if it is adapted")
        FIRST = "first", _("Something has to be there first")
        NOT = "not", _("It would not work here")

    transfer = models.ForeignKey(Transfer, on_delete=models.CASCADE, related_name="judgements")
    verdict = models.CharField(_("judgement"), max_length=8, choices=Verdict)
    reasons = models.TextField(_("reasons"), max_length=3000)
    language = models.CharField(max_length=5)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    judged_for = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    judged_on = models.DateField()
    fit_on = models.DateField(null=True, blank=True)
    fit_share = models.FloatField(null=True, blank=True)
    fit_found = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("judgement of an expert")
        ordering = ["-judged_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["transfer", "judged_by"], name="one_judgement_per_person")]

    def __str__(self) -> str:
        return f"{self.transfer_id}: {self.verdict}"

    @property
    def fit_percent(self) -> int | None:
        return None if self.fit_share is None else round(100 * self.fit_share)
