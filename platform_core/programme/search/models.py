from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField


class SearchEntry(models.Model):
    """One searchable thing. Its words lie in a full-text table beside the models (see `backends`).

    `openness` counts it in the maintained facet counts: 0 everyone, 1 members, 2 narrower. Who may see it is always asked
    of the audience table. `marks` repeats the facets, one `dimension=value` to a line, for lists that show and count them.
    `used` is how often it was looked at, as far as its room says so.
    """

    thing = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    title = TranslatedField()
    summary = TranslatedField(blank=True)
    route = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    day = models.DateField()
    openness = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    marks = models.TextField(blank=True, default="")
    used = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("search entry")
        constraints = [models.UniqueConstraint(fields=["thing", "object_id"], name="one_entry_per_thing")]
        indexes = [
            models.Index(fields=["thing", "-day", "-id"], name="search_entry_newest"),
            models.Index(fields=["-day", "-id"], name="search_all_newest"),
            models.Index(fields=["thing", "-used", "-id"], name="search_most_used"),
        ]

    def __str__(self) -> str:
        return f"{self.thing} {self.object_id}"

    @property
    def values(self) -> dict[str, list[str]]:
        """Facet values by dimension."""
        found: dict[str, list[str]] = {}
        for mark in self.marks.splitlines():
            dimension, _sign, value = mark.partition("=")
            found.setdefault(dimension, []).append(value)
        return found


class SearchPage(models.Model):
    """One page of a file inside an entry. `words` are its tokens, so that a page that stays is analysed once."""

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="pages")
    file = models.BigIntegerField()
    name = models.CharField(max_length=200)
    number = models.PositiveIntegerField()
    is_part = models.BooleanField(default=False)
    language = models.CharField(max_length=5)
    text = models.TextField()
    words = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = _("page in search")

    def __str__(self) -> str:
        return f"{self.name} p. {self.number}"


class SearchFacet(models.Model):
    """A facet value of an entry. `day` repeats that of the entry, so that the newest with a value are come by in order."""

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="facets")
    dimension = models.CharField(max_length=30)
    value = models.CharField(max_length=40)
    day = models.DateField()

    class Meta:
        verbose_name = _("facet of an entry")
        constraints = [models.UniqueConstraint(fields=["entry", "dimension", "value"], name="one_row_per_facet_value")]
        indexes = [models.Index(fields=["dimension", "value", "-day", "-entry"], name="search_facet_newest")]

    def __str__(self) -> str:
        return f"{self.dimension}={self.value}"


class SavedSearch(models.Model):
    """A question somebody keeps. `query` is what stands in its address, `seen_up_to` the key of the newest entry known to
    its owner."""

    class Alert(models.TextChoices):
        NEVER = "", _("Never")
        DAILY = "daily", _("Daily")
        WEEKLY = "weekly", _("Weekly")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="searches")
    name = models.CharField(_("name"), max_length=120)
    thing = models.CharField(max_length=80, blank=True)
    query = models.CharField(max_length=1500, blank=True)
    alert = models.CharField(_("tell me of new results"), max_length=6, choices=Alert, blank=True)
    told_at = models.DateTimeField()
    seen_up_to = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("saved search")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "thing", "query"], name="one_saved_search_per_question")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("search:run", args=[self.pk])


class FacetTally(models.Model):
    """How many entries of a kind of thing have a facet value, by openness; the empty dimension counts them all."""

    thing = models.CharField(max_length=80)
    openness = models.PositiveSmallIntegerField()
    dimension = models.CharField(max_length=30, blank=True)
    value = models.CharField(max_length=40, blank=True)
    count = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("facet count")
        constraints = [
            models.UniqueConstraint(fields=["thing", "openness", "dimension", "value"], name="one_tally_per_value")
        ]

    def __str__(self) -> str:
        return f"{self.thing} {self.dimension}={self.value}: {self.count}"
