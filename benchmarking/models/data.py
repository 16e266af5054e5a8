from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from platform_core.materials.files.models import StoredFile
from workinggroups.models import WorkingGroup

from .areas import Area
from .indicators import Indicator


class DataSet(models.Model):
    """Figures a group brings together; what they are is in its versions, which never change.

    `key` is the form's, so that a double click makes one.
    """

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="data_sets")
    code = models.SlugField(_("code"), max_length=60, unique=True)
    title = TranslatedField(_("title"), max_length=200)
    description = TranslatedField(_("description"), blank=True, max_length=4000)
    source = models.CharField(_("source"), max_length=300, blank=True)
    source_link = models.URLField(_("address of the source"), blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    is_demonstration = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    key = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("data set")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~models.Q(key=""), name="one_data_set_of_a_double_click")
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("benchmarking:data_set", args=[self.code])

    @property
    def scope(self) -> str:
        return f"group:{self.group_id}"


class DataVersion(models.Model):
    """One state of a data set, whole or not there at all, and never changed.

    `sha256` is of the file it came from, `digest` of the observations themselves: a run names both. `options` say how
    the file was read, `report` what was noticed. Only versions with `published_at` are shown outside the group.
    """

    data_set = models.ForeignKey(DataSet, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    options = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    vintage = models.PositiveSmallIntegerField(null=True)
    cells = models.PositiveIntegerField()
    values = models.PositiveIntegerField()
    area_count = models.PositiveIntegerField()
    indicator_count = models.PositiveIntegerField()
    first_year = models.PositiveSmallIntegerField(null=True)
    last_year = models.PositiveSmallIntegerField(null=True)
    note = models.CharField(_("what is new in it"), max_length=500, blank=True)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    imported_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("version of a data set")
        ordering = ["data_set", "-number"]
        constraints = [models.UniqueConstraint(fields=["data_set", "number"], name="one_data_version_per_number")]

    def __str__(self) -> str:
        return f"{self.data_set.code} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("benchmarking:data_version", args=[self.data_set.code, self.number])

    @property
    def missing(self) -> int:
        return self.cells - self.values


class Observation(models.Model):
    """A figure of an area in a year. One that is missing has a flag and no value. Rows are written by `loading` alone."""

    class Provenance(models.TextChoices):
        OWN = "", _("The area's own figure")
        RECODED = "recoded", _("Brought under a former code of the area")
        NATIONAL = "national", _("The country's figure, put on its regions")

    pk = models.CompositePrimaryKey("version_id", "indicator_id", "area_id", "year")
    version = models.ForeignKey(DataVersion, on_delete=models.CASCADE, related_name="observations", db_index=False)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="observations", db_index=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="observations", db_index=False)
    year = models.SmallIntegerField()
    value = models.FloatField(null=True)
    flag = models.CharField(max_length=8, blank=True)
    provenance = models.CharField(max_length=8, choices=Provenance, blank=True)

    class Meta:
        verbose_name = _("observation")

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.area_id} {self.year}"


class VersionIndicator(models.Model):
    """What a version holds of an indicator, counted once when it was stored, so that lists read no observations."""

    version = models.ForeignKey(DataVersion, on_delete=models.CASCADE, related_name="indicators")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="held")
    cells = models.PositiveIntegerField()
    values = models.PositiveIntegerField()
    area_count = models.PositiveIntegerField()
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("indicator in a version")
        ordering = ["indicator__code"]
        constraints = [models.UniqueConstraint(fields=["version", "indicator"], name="one_count_per_indicator")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.indicator_id}"

    @property
    def missing(self) -> int:
        return self.cells - self.values


class DataImport(models.Model):
    """A file somebody brought for a data set: looked at by a job, then stored as a version or given up; deleted soon.

    `options` say how to read it, `found` what the last look saw; empty while one is under way.
    """

    data_set = models.ForeignKey(DataSet, on_delete=models.CASCADE, related_name="imports")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    file = models.FileField(upload_to="incoming", max_length=200)
    options = models.JSONField(default=dict)
    found = models.JSONField(default=dict)
    version = models.ForeignKey(DataVersion, null=True, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("file of data brought")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("benchmarking:data_import", args=[self.pk])
