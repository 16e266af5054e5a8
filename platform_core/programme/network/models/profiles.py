from datetime import date, timedelta

import reversion
from django.db import models
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from platform_core.ground.vocabulary.days import platform_day
from platform_core.ground.vocabulary.models import Term
from platform_core.people.members.models import Organisation

GOOD_FOR = timedelta(days=365)


@reversion.register()
class ClusterProfile(models.Model):
    """What a cluster or another organisation tells of its work. `terms` are of the schemes sector and technology.

    `confirmed_on` is the day on which somebody last said that it is still correct.
    """

    class Label(models.TextChoices):
        BRONZE = "bronze", _("Bronze")
        SILVER = "silver", _("Silver")
        GOLD = "gold", _("Gold")

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="cluster_profile")
    terms = models.ManyToManyField(Term, blank=True, related_name="+")
    services = TranslatedField(_("services"), max_length=3000, blank=True)
    projects = TranslatedField(_("projects"), max_length=3000, blank=True)
    founded = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)
    firms = models.PositiveIntegerField(_("member firms"), null=True, blank=True)
    research = models.PositiveIntegerField(_("member research organisations"), null=True, blank=True)
    public = models.PositiveIntegerField(_("member public bodies and others"), null=True, blank=True)
    staff = models.DecimalField(_("staff, in full posts"), max_digits=5, decimal_places=1, null=True, blank=True)
    label = models.CharField(_("cluster-management quality label"), max_length=6, choices=Label, blank=True)
    label_until = models.DateField(_("label valid until"), null=True, blank=True)
    confirmed_on = models.DateField()

    class Meta:
        verbose_name = _("profile of a cluster")

    def __str__(self) -> str:
        return f"{self.organisation_id}"

    @property
    def members(self) -> int:
        return sum(number or 0 for number in (self.firms, self.research, self.public))

    def is_stale(self, today: date | None = None) -> bool:
        return self.confirmed_on + GOOD_FOR < (today or platform_day())

    @property
    def label_in_force(self) -> str:
        """The label, while it is valid."""
        over = self.label_until is not None and self.label_until < platform_day()
        return "" if over else self.label


class Inquiry(models.Model):
    """The day on which an organisation was last asked whether its profile is still correct, or to make one."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="+")
    asked_on = models.DateField()

    class Meta:
        verbose_name = _("yearly question to an organisation")

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.asked_on}"
