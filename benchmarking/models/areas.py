from django.db import models
from django.utils.translation import gettext_lazy as _


class Area(models.Model):
    """A territory statistics are made for, under its code of NUTS 2021 or of the statistical regions beside NUTS.

    `country` is the prefix of its codes (EL, not GR). `name` is the one its country gives it.
    """

    class Level(models.IntegerChoices):
        COUNTRY = 0, _("Country")
        MAJOR = 1, _("Major region (NUTS 1)")
        REGION = 2, _("Region (NUTS 2)")
        AGGREGATE = 9, _("Several countries")

    code = models.CharField(max_length=12, unique=True)
    level = models.PositiveSmallIntegerField(choices=Level)
    country = models.CharField(max_length=2, blank=True)
    name = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("area")
        ordering = ["code"]
        indexes = [models.Index(fields=["level", "country"])]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    @property
    def major(self) -> str:
        """The code of the major region (NUTS 1) it lies in or is; what is larger stands alone."""
        return self.code[:3]


class AreaCode(models.Model):
    """What a code meant in the vintages `first` to `last`. One territory kept: `area`; otherwise `successors` tells
    under which codes of 2021 it is found, wholly or in part.
    """

    class Fate(models.TextChoices):
        SAME = "same", _("Used today")
        RENAMED = "renamed", _("Has another code today")
        SPLIT = "split", _("Was split")
        MERGED = "merged", _("Was merged with others")
        SHIFTED = "shifted", _("Its borders were moved")

    code = models.CharField(max_length=12)
    first = models.PositiveSmallIntegerField()
    last = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField(choices=Area.Level)
    fate = models.CharField(max_length=8, choices=Fate)
    area = models.ForeignKey(Area, null=True, on_delete=models.CASCADE, related_name="codes")
    name = models.CharField(max_length=120, blank=True)
    successors = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("code of an area")
        ordering = ["code", "first"]
        constraints = [
            models.UniqueConstraint(fields=["code", "first"], name="one_meaning_of_a_code_per_vintage"),
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="vintages_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.first}–{self.last}"
