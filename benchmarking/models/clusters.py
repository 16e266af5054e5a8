from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .areas import Area
from .indicators import Indicator
from .studies import Study


class ClusterMap(Study):
    """Where sectors are strong. `thresholds` are values other than the edition's; `edition_used` is what was computed with.

    `total` is employment in all sectors; without it the total of a region with gaps is estimated.
    """

    edition = models.CharField(_("edition"), max_length=40)
    thresholds = models.JSONField(default=dict, blank=True)
    edition_used = models.JSONField(default=dict, blank=True)
    year_before = models.PositiveSmallIntegerField(_("earlier year to compare with"), null=True, blank=True)
    persons = models.FloatField(
        _("persons that a figure of 1 stands for"),
        default=1,
        validators=[MinValueValidator(0.001), MaxValueValidator(1e6)],
    )
    total = models.ForeignKey(
        Indicator,
        verbose_name=_("employment in all sectors"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("cluster map")
        ordering = ["-published_at", "-pk"]

    def get_absolute_url(self) -> str:
        return reverse("benchmarking:cluster_map", args=[self.code])

    @property
    def desk_address(self) -> str:
        return reverse("benchmarking:cluster_desk", args=[self.code])


class ClusterSector(models.Model):
    """A sector of a map: its employment, and what its productivity is measured by."""

    map = models.ForeignKey(ClusterMap, on_delete=models.CASCADE, related_name="sectors")
    employment = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    output = models.ForeignKey(Indicator, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("sector of a cluster map")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["map", "employment"], name="one_sector_per_indicator")]

    def __str__(self) -> str:
        return str(self.employment)


class ClusterRow(models.Model):
    """A sector in a region; figures are empty where the cell is missing or suppressed, never zero.

    `passed` tells by measure whether it is a strength. The parts of the change since the earlier year are in persons.
    """

    map = models.ForeignKey(ClusterMap, on_delete=models.CASCADE, related_name="rows")
    sector = models.ForeignKey(ClusterSector, on_delete=models.CASCADE, related_name="rows")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    employment = models.FloatField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    flag = models.CharField(max_length=8, blank=True)
    provenance = models.CharField(max_length=8, blank=True)
    lq = models.FloatField(null=True)
    size = models.FloatField(null=True)
    focus = models.FloatField(null=True)
    productivity = models.FloatField(null=True)
    is_small = models.BooleanField(default=False)
    stars = models.PositiveSmallIntegerField(null=True)
    passed = models.JSONField(default=dict)
    before = models.FloatField(null=True)
    national = models.FloatField(null=True)
    mix = models.FloatField(null=True)
    regional = models.FloatField(null=True)
    competitive = models.FloatField(null=True)
    allocation = models.FloatField(null=True)
    born = models.FloatField(null=True)

    class Meta:
        verbose_name = _("sector in a region")
        ordering = ["area__code", "sector"]
        constraints = [models.UniqueConstraint(fields=["map", "area", "sector"], name="one_cluster_row_per_cell")]

    def __str__(self) -> str:
        return f"{self.map_id} {self.area_id} {self.sector_id}"


class ClusterRegion(models.Model):
    """A region as a whole: how specialised it is, and what its employment changed by since the earlier year.

    `is_estimated`: some sectors are missing, its total is estimated from those it reports. `change` holds the parts of
    shift-share summed over sectors, Gerfin's factors and `covered`, the share of sectors both years have.
    """

    map = models.ForeignKey(ClusterMap, on_delete=models.CASCADE, related_name="regions")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    total = models.FloatField(null=True)
    is_estimated = models.BooleanField(default=False)
    known = models.FloatField(null=True)
    krugman = models.FloatField(null=True)
    hhi = models.FloatField(null=True)
    hachman = models.FloatField(null=True)
    entropy = models.FloatField(null=True)
    evenness = models.FloatField(null=True)
    change = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("region of a cluster map")
        ordering = ["area__code"]
        constraints = [models.UniqueConstraint(fields=["map", "area"], name="one_cluster_region_per_area")]

    def __str__(self) -> str:
        return f"{self.map_id} {self.area_id}"
