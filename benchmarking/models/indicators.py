from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from workinggroups.models import WorkingGroup


class Indicator(models.Model):
    """What is measured, whoever brings figures for it. Structural ones tell what a region is like and never rank it.

    `denominator` is what the figure is to be divided by before regions are compared. Without `group` it is everybody's.
    """

    class Direction(models.IntegerChoices):
        MORE = 1, _("More is better")
        LESS = -1, _("Less is better")
        NONE = 0, _("Neither: it only describes")

    class Role(models.TextChoices):
        PERFORMANCE = "performance", _("Performance: what a region achieves")
        ENABLING = "enabling", _("Conditions: what policy can change")
        STRUCTURAL = "structural", _("Structure: what a region is like")

    class Periodicity(models.TextChoices):
        YEARLY = "yearly", _("Every year")
        TWO_YEARS = "two_years", _("Every two years")
        SEVERAL_YEARS = "several_years", _("Every few years")
        ONCE = "once", _("Once")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = TranslatedField(_("name"), max_length=200)
    description = TranslatedField(_("description"), blank=True, max_length=4000)
    unit = TranslatedField(_("unit"), blank=True, max_length=80)
    question = TranslatedField(_("policy question it serves"), blank=True, max_length=500)
    direction = models.SmallIntegerField(_("direction"), choices=Direction, default=Direction.MORE)
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.PERFORMANCE)
    denominator = models.ForeignKey(
        "self", verbose_name=_("denominator"), null=True, blank=True, on_delete=models.PROTECT, related_name="divides"
    )
    decimals = models.PositiveSmallIntegerField(_("decimals shown"), default=1)
    source = models.CharField(_("source"), max_length=300, blank=True)
    source_link = models.URLField(_("address of the source"), blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    periodicity = models.CharField(_("periodicity"), max_length=14, choices=Periodicity, default=Periodicity.YEARLY)
    group = models.ForeignKey(
        WorkingGroup,
        verbose_name=_("group"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="indicators",
    )
    is_demonstration = models.BooleanField(default=False)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("indicator")
        ordering = ["code"]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("benchmarking:indicator", args=[self.code])

    @property
    def scope(self) -> str:
        return f"group:{self.group_id}" if self.group_id else ""
