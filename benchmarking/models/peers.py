from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .areas import Area
from .indicators import Indicator
from .studies import Study


class PeerStudy(Study):
    """Which regions are alike by what they are. `blocks` gives the weight of each block, 1 where it names none."""

    class Distance(models.TextChoices):
        EUCLIDEAN = "euclidean", _("Weighted Euclidean")
        MANHATTAN = "manhattan", _("Manhattan")
        MAHALANOBIS = "mahalanobis", _("Mahalanobis")

    distance = models.CharField(_("distance"), max_length=12, choices=Distance, default=Distance.EUCLIDEAN)
    number = models.PositiveSmallIntegerField(
        _("peers shown"), default=10, validators=[MinValueValidator(3), MaxValueValidator(20)]
    )
    own_country = models.BooleanField(_("regions of the same country may be peers"), default=True)
    share = models.FloatField(
        _("share of the weights two regions have to share"),
        default=0.65,
        validators=[MinValueValidator(0.3), MaxValueValidator(1)],
    )
    skew = models.FloatField(
        _("skewness from which logarithms are taken"),
        default=1.0,
        validators=[MinValueValidator(0.5), MaxValueValidator(20)],
    )
    blocks = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("study of peers")
        ordering = ["-published_at", "-pk"]

    def get_absolute_url(self) -> str:
        return reverse("benchmarking:peer_study", args=[self.code])

    @property
    def desk_address(self) -> str:
        return reverse("benchmarking:peer_desk", args=[self.code])


class PeerVariable(models.Model):
    class Block(models.TextChoices):
        GEOGRAPHY = "geography", _("Geography and settlement")
        PEOPLE = "people", _("People and education")
        SECTORS = "sectors", _("Sectors of the economy")
        TECHNOLOGY = "technology", _("Fields of technology")
        FIRMS = "firms", _("Size of firms")
        OPENNESS = "openness", _("Openness")
        INSTITUTIONS = "institutions", _("Institutions and values")

    study = models.ForeignKey(PeerStudy, on_delete=models.CASCADE, related_name="variables")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    block = models.CharField(_("block"), max_length=12, choices=Block)
    weight = models.FloatField(_("weight"), default=1, validators=[MinValueValidator(0), MaxValueValidator(100)])

    class Meta:
        verbose_name = _("structural variable")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["study", "indicator"], name="one_structural_variable")]

    def __str__(self) -> str:
        return f"{self.study_id} {self.indicator_id}"


class PeerRow(models.Model):
    """One region of a study: its figures and its nearest regions, by every distance, with and without its own country.

    `values` by indicator: value, year, flag, provenance, scaled. `peers` has `lists` (by distance, then `all` and
    `abroad`, codes from near to far) and `cells` (by code, of all it was compared with: distances, share of weights shared).
    `stability` by pair of distances, then `all` and `abroad`: overlap of the nearest ten, Spearman over all.
    """

    study = models.ForeignKey(PeerStudy, on_delete=models.CASCADE, related_name="rows")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    values = models.JSONField()
    peers = models.JSONField()
    stability = models.JSONField()
    compared = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("region of a study of peers")
        ordering = ["area__code"]
        constraints = [models.UniqueConstraint(fields=["study", "area"], name="one_peer_row_per_area")]

    def __str__(self) -> str:
        return f"{self.study_id} {self.area_id}"
