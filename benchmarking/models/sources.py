from django.db import models
from django.utils.translation import gettext_lazy as _

from .benchmarks import Benchmark
from .data import DataVersion
from .runs import Run


class BenchmarkSource(models.Model):
    """A version of a data set a benchmark takes figures from; of several that hold one, the first in `order` is taken."""

    benchmark = models.ForeignKey(Benchmark, on_delete=models.CASCADE, related_name="sources")
    version = models.ForeignKey(DataVersion, on_delete=models.PROTECT, related_name="benchmarks")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("data of a benchmark")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["benchmark", "version"], name="one_version_once_per_benchmark")]

    def __str__(self) -> str:
        return f"{self.benchmark_id} {self.version_id}"


class RunSource(models.Model):
    """A version of a data set a run was computed from: as long as the run is kept, so is the version."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="sources")
    version = models.ForeignKey(DataVersion, on_delete=models.PROTECT, related_name="runs")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("data of a run")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["run", "version"], name="one_version_once_per_run")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.version_id}"
