from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from workinggroups.models import WorkingGroup

from .data import DataVersion

FIRST_YEAR, LAST_YEAR = 1990, 2100


class Study(models.Model):
    """What a group computes from versions of data sets. Once published neither what went in nor its rows ever change.

    `age` is how many years before `year` a figure may be. `inputs` names the versions by number and hash as they were
    when it was computed; `digest` is of the results. `key` is the form's, so that a double click makes one.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("In preparation")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    group = models.ForeignKey(WorkingGroup, verbose_name=_("group"), on_delete=models.PROTECT, related_name="+")
    code = models.SlugField(max_length=60, unique=True)
    title = TranslatedField(_("title"), max_length=200)
    summary = TranslatedField(_("what it is for"), blank=True, max_length=2000)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    versions = models.ManyToManyField(DataVersion, verbose_name=_("data"), related_name="+")
    countries = models.JSONField(_("countries"), default=list, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    age = models.PositiveSmallIntegerField(
        _("years a figure may be older"), default=2, validators=[MaxValueValidator(10)]
    )
    inputs = models.JSONField(default=list, blank=True)
    diagnosis = models.JSONField(default=dict, blank=True)
    code_version = models.CharField(max_length=40, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    computed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    why_withdrawn = models.TextField(_("why it was withdrawn"), max_length=2000, blank=True)
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("to be read instead")
    )
    is_demonstration = models.BooleanField(default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    key = models.CharField(max_length=36, null=True, blank=True, unique=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.title)

    @property
    def scope(self) -> str:
        return f"group:{self.group_id}"

    @property
    def audience_before(self) -> set[str]:
        """Who sees it in preparation."""
        return {self.scope, "role:lead_partner"}

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED
