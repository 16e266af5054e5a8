from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from platform_core.people.members.models import Organisation


class Period(models.Model):
    """A period of the programme, whose days the lead partner sets; without them nothing is late yet."""

    code = models.SlugField(_("code"), max_length=4, unique=True)
    begins = models.DateField(_("from"), null=True, blank=True)
    ends = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        verbose_name = _("period of the programme")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(begins__isnull=True, ends__isnull=True) | models.Q(ends__gte=models.F("begins")),
                name="a_programme_period_ends_later",
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def number(self) -> int:
        return int(self.code)

    @property
    def has_days(self) -> bool:
        return self.ends is not None


class Indicator(models.Model):
    """What the programme promises, counted by the rule of that code; its value is how many entries its evidence has.

    `target` is due by the end of `period`. `partner_target` is what each full member owes, unless a target of its own says
    otherwise. `baseline` tells how many there were before the programme; they are in no list and no value.
    """

    class Kind(models.TextChoices):
        OUTPUT = "output", _("Output")
        RESULT = "result", _("Result")
        PLATFORM = "platform", _("Performance of the platform")

    code = models.SlugField(_("code"), max_length=12, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = TranslatedField(_("name"), max_length=300)
    definition = TranslatedField(_("definition"), max_length=2000)
    unit = TranslatedField(_("unit"), max_length=80)
    baseline = models.PositiveIntegerField(_("baseline"), default=0)
    target = models.PositiveIntegerField(_("target"), null=True, blank=True)
    period = models.ForeignKey(
        Period, null=True, blank=True, on_delete=models.PROTECT, related_name="indicators", verbose_name=_("due by")
    )
    partner_target = models.PositiveIntegerField(_("target of each full member"), null=True, blank=True)
    owner = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("owner")
    )
    rule = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("indicator of the programme")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("monitoring:indicator", args=[self.code])


class PartnerTarget(models.Model):
    """What one partner owes of an indicator, where that is not what each of them owes."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="partner_targets")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    target = models.PositiveIntegerField(_("target"))

    class Meta:
        verbose_name = _("target of a partner")
        constraints = [models.UniqueConstraint(fields=["indicator", "organisation"], name="one_target_per_partner")]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.organisation_id}: {self.target}"


class Reminder(models.Model):
    """That a partner was reminded of what it owes; once a day at most."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    sent_on = models.DateField()

    class Meta:
        verbose_name = _("reminder of a partner")
        ordering = ["-sent_on"]
        constraints = [models.UniqueConstraint(fields=["organisation", "sent_on"], name="one_reminder_of_a_day")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.sent_on}"
