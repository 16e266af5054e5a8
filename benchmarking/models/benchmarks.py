from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from workinggroups.models import WorkingGroup


class Benchmark(models.Model):
    """A question of policy, and what is chosen step by step to answer it with figures.

    `recipe` holds the choices of method, `robustness` what is varied and how often, `kept` the steps somebody has kept.
    Values are of `year`, or of one of the `years_back` years before it where that year has none.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("In preparation")
        REVIEW = "review", _("In review")
        APPROVED = "approved", _("Approved")
        PUBLISHED = "published", _("Published")
        SUPERSEDED = "superseded", _("Superseded by a later version")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    code = models.SlugField(unique=True)
    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="+", verbose_name=_("working group"))
    title = TranslatedField(_("title"), max_length=300)
    question = TranslatedField(_("policy question"), max_length=2000)
    reading = TranslatedField(_("how to read it, and what it does not say"), max_length=5000, blank=True)
    year = models.PositiveSmallIntegerField(_("year"))
    years_back = models.PositiveSmallIntegerField(_("years a value may be older"), default=2)
    peer_study = models.ForeignKey(
        "PeerStudy",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("structural peers"),
    )
    recipe = models.JSONField(default=dict, blank=True)
    robustness = models.JSONField(default=dict, blank=True)
    kept = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="later", verbose_name=_("supersedes")
    )
    is_demonstration = models.BooleanField(default=False)
    key = models.CharField(max_length=36, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    why_withdrawn = models.TextField(_("why it was withdrawn"), max_length=2000, blank=True)
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("to be read instead")
    )

    class Meta:
        verbose_name = _("benchmark")
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "key"], condition=~models.Q(key=""), name="one_benchmark_of_a_double_click"
            ),
            models.UniqueConstraint(
                fields=["supersedes"],
                condition=models.Q(supersedes__isnull=False),
                name="one_next_version_of_a_benchmark",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("benchmarking:benchmark", args=[self.code])

    @property
    def desk_address(self) -> str:
        return reverse("benchmarking:overview", args=[self.code])

    @property
    def scope(self) -> str:
        return f"group:{self.group_id}"

    @property
    def audience_before(self) -> set[str]:
        """Who sees it before it is published."""
        return {self.scope, "role:lead_partner", "role:translator", "role:reviewer"}

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed."""
        return self.state in (self.State.DRAFT, self.State.REVIEW, self.State.APPROVED)


class BenchmarkNode(models.Model):
    """A place in the hierarchy: an aggregate, or an indicator (`indicator` is its code) below one.

    The one without a parent is the index itself. `direction` is -1 where less is better. `lower` and `upper` are figures of
    the indicator, whatever its direction.
    """

    benchmark = models.ForeignKey(Benchmark, on_delete=models.CASCADE, related_name="nodes")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="children")
    code = models.CharField(max_length=60)
    name = TranslatedField(_("name"), max_length=200, blank=True)
    indicator = models.CharField(max_length=60, blank=True)
    weight = models.FloatField(_("weight"), default=1.0)
    direction = models.SmallIntegerField(_("direction"), default=1)
    target = models.FloatField(_("target"), null=True, blank=True)
    lower = models.FloatField(_("lower goalpost"), null=True, blank=True)
    upper = models.FloatField(_("upper goalpost"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("place in a hierarchy")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["benchmark", "code"], name="one_node_per_code"),
            models.CheckConstraint(condition=models.Q(weight__gte=0), name="benchmark_weight_not_negative"),
            models.CheckConstraint(condition=models.Q(direction__in=(-1, 1)), name="benchmark_direction"),
        ]

    def __str__(self) -> str:
        return self.code


class BenchmarkArea(models.Model):
    """A territory that is compared, by its code."""

    benchmark = models.ForeignKey(Benchmark, on_delete=models.CASCADE, related_name="areas")
    code = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("region of a benchmark")
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["benchmark", "code"], name="one_area_once_per_benchmark")]

    def __str__(self) -> str:
        return self.code


class BudgetShare(models.Model):
    """Points a member of the group gives to a place in the hierarchy; each spreads a hundred over those side by side."""

    node = models.ForeignKey(BenchmarkNode, on_delete=models.CASCADE, related_name="shares")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    points = models.PositiveSmallIntegerField(_("points"))
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("points for a weight")
        ordering = ["node", "person"]
        constraints = [models.UniqueConstraint(fields=["node", "person"], name="one_share_per_person_and_node")]

    def __str__(self) -> str:
        return f"{self.node_id}: {self.points}"


class Diagnosis(models.Model):
    """What the choices made so far do to the figures; `sha256` names the choices it was computed from."""

    benchmark = models.OneToOneField(Benchmark, on_delete=models.CASCADE, related_name="diagnosis")
    figures = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    computed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("diagnosis of a benchmark")

    def __str__(self) -> str:
        return f"{self.benchmark_id}"
