from django.db import models
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField


class Topic(models.Model):
    """One of the six themes; its number is its identity on screen."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    code = models.SlugField(unique=True)
    name = TranslatedField()
    short = TranslatedField()
    summary = TranslatedField()

    class Meta:
        ordering = ["number"]
        verbose_name = _("topic")

    def __str__(self) -> str:
        return str(self.name)


class Country(models.Model):
    """A programme country under its NUTS prefix (EL, not GR)."""

    code = models.CharField(max_length=2, primary_key=True)
    iso = models.CharField(max_length=2, unique=True)
    name = TranslatedField()
    in_eu = models.BooleanField()

    class Meta:
        ordering = ["code"]
        verbose_name = _("country")
        verbose_name_plural = _("countries")

    def __str__(self) -> str:
        return str(self.name)


class Region(models.Model):
    """A region under its code in one vintage of NUTS; Serbia's statistical regions are kept beside them.

    `column` and `row` place it on the tile map (1–15, 0–10).
    """

    code = models.CharField(max_length=5)
    vintage = models.PositiveSmallIntegerField(default=2021)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="regions")
    name = models.CharField(max_length=120)
    native = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120)
    column = models.PositiveSmallIntegerField(null=True)
    row = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["code", "vintage"], name="one_region_per_code_and_vintage")]
        verbose_name = _("region")

    def __str__(self) -> str:
        return f"{self.native or self.name} ({self.code})"


class Term(models.Model):
    """A word of a closed list: organisation types, levels, stages, kinds of record; some lists go by topic."""

    scheme = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    name = TranslatedField()
    order = models.PositiveSmallIntegerField()
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["scheme", "order"]
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="one_term_per_scheme_and_code")]
        verbose_name = _("term")

    def __str__(self) -> str:
        return str(self.name)


class Concept(models.Model):
    """A keyword of the field, the same one in every language; `alternatives` gives by language what else it is called."""

    code = models.SlugField(max_length=60, primary_key=True)
    label = TranslatedField()
    alternatives = models.JSONField(default=dict, blank=True)
    broader = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="narrower")
    topics = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("keyword")

    def __str__(self) -> str:
        return str(self.label)
