from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from platform_core.ground.vocabulary.selectors import place_name

from .benchmarks import Benchmark


class Run(models.Model):
    """One computation of a benchmark, frozen: what went in, how it was computed, and what came out.

    `choices_sha256` names the choices of the benchmark it was made from, `sha256` everything that went in and came out.
    `inputs` are the versions of data sets with their hashes, `structure` the hierarchy as it was, `peers_digest` says which
    results of its study of peers were used.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Being computed")
        DONE = "done", _("Computed")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    benchmark = models.ForeignKey(Benchmark, on_delete=models.CASCADE, related_name="runs")
    number = models.PositiveIntegerField()
    note = models.CharField(_("what was tried"), max_length=200, blank=True)
    recipe = models.JSONField()
    robustness = models.JSONField(default=dict)
    structure = models.JSONField(default=list)
    areas_asked = models.JSONField(default=list)
    years = models.JSONField(default=list)
    inputs = models.JSONField(default=list)
    peer_study = models.ForeignKey("PeerStudy", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    peers_digest = models.CharField(max_length=64, blank=True)
    code_version = models.CharField(max_length=40)
    seed = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    choices_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64, blank=True)
    job = models.UUIDField(null=True)
    error = models.TextField(blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("run of a benchmark")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["benchmark", "number"], name="one_run_per_number")]

    def __str__(self) -> str:
        return f"{self.benchmark} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("benchmarking:run", args=[self.benchmark.code, self.number])

    @property
    def scope(self) -> str:
        return self.benchmark.scope

    @property
    def is_over(self) -> bool:
        return self.state not in (self.State.WAITING, self.State.RUNNING)


class RunNode(models.Model):
    """A place in the hierarchy of a run; level 1 are the indicators. `parent` is a code, empty at the index itself."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="nodes")
    code = models.CharField(max_length=60)
    name = TranslatedField(max_length=300, blank=True)
    parent = models.CharField(max_length=60, blank=True)
    level = models.PositiveSmallIntegerField()
    order = models.PositiveSmallIntegerField(default=0)
    unit = models.CharField(max_length=100, blank=True)
    direction = models.SmallIntegerField(default=1)
    weight = models.FloatField()
    effective_weight = models.FloatField(null=True)

    class Meta:
        verbose_name = _("place in the hierarchy of a run")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["run", "code"], name="one_node_per_run_and_code")]

    def __str__(self) -> str:
        return self.code

    @property
    def is_indicator(self) -> bool:
        return self.level == 1


class RunArea(models.Model):
    """A territory in a run: its score and rank of the index, between which ranks it may stand, and everything else about it.

    `profile`: `nodes` {code: {score, rank, low, high}}, `indicators` {code: {value, year, flag, imputed, treated, normalised,
    contribution}}, `peers` [{code, distance}]. One the coverage rule left out has no score, and `left_out` says so.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="areas")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=160)
    country = models.CharField(max_length=4, blank=True)
    score = models.FloatField(null=True)
    rank = models.PositiveIntegerField(null=True)
    rank_low = models.FloatField(null=True)
    rank_median = models.FloatField(null=True)
    rank_high = models.FloatField(null=True)
    left_out = models.CharField(max_length=40, blank=True)
    profile = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("region in a run")
        ordering = ["rank", "code"]
        constraints = [models.UniqueConstraint(fields=["run", "code"], name="one_area_per_run_and_code")]

    def __str__(self) -> str:
        return self.code

    @property
    def called(self) -> str:
        """Its name as readers of the active language know it; `name` is the one its country gives it."""
        return place_name(self.code, self.name)


class RunFigure(models.Model):
    """Where a region stands in a run, in the index or at another place of its hierarchy: stored once something starts from
    it, so that relations lead to the region, the indicator and the run they were drawn from."""

    area = models.ForeignKey(RunArea, on_delete=models.CASCADE, related_name="figures")
    node = models.ForeignKey(RunNode, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("figure of a region in a run")
        ordering = ["node__order", "pk"]
        constraints = [models.UniqueConstraint(fields=["area", "node"], name="one_figure_per_area_and_node")]

    def __str__(self) -> str:
        return f"{self.area_id} {self.node_id}"

    def get_absolute_url(self) -> str:
        """The region's page as of this run, whichever is published since."""
        run = self.area.run
        page = reverse("benchmarking:reading_region", args=[run.benchmark.code, self.area.code])
        return f"{page}?{urlencode({'run': run.number, 'at': self.node.code})}"


class RunResult(models.Model):
    """One of the other results of a run: correlations, sensitivity, uncertainty, treatment, removal …"""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="results")
    code = models.CharField(max_length=40)
    figures = models.JSONField()

    class Meta:
        verbose_name = _("result of a run")
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["run", "code"], name="one_result_per_run_and_code")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.code}"


class RunApproval(models.Model):
    """Somebody is asked whether exactly this run, the one of this `sha256`, may be published. Any change makes it void."""

    class Answer(models.TextChoices):
        NONE = "", _("Has not answered")
        APPROVE = "approve", _("Approves")
        CHANGES = "changes", _("Asks for changes")
        RELEASED = "released", _("Is not asked any more")

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="approvals")
    sha256 = models.CharField(max_length=64)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(_("answers until"))
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.NONE, blank=True)
    remarks = models.TextField(max_length=5000, blank=True)
    answered_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("approval of a run")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.run_id} {self.person_id}"
