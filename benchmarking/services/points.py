"""Budget allocation: members of a group spread a hundred points, and weights are made from them."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.identity.audit import services as audit

from ..models import Benchmark, BenchmarkNode, BudgetShare
from . import approvals
from .benchmarks import held

WHOLE = 100


@transaction.atomic
def give(benchmark: Benchmark, points: Mapping[int, int], *, by) -> None:
    """The points of one person for all places; beside each other they make a hundred."""
    benchmark = held(benchmark, by, "benchmarking.give_points")
    nodes = list(benchmark.nodes.filter(parent__isnull=False))
    check(nodes, points)
    BudgetShare.objects.filter(node__benchmark=benchmark, person=by).delete()
    BudgetShare.objects.bulk_create(BudgetShare(node=node, person=by, points=points[node.pk]) for node in nodes)
    weigh_anew(benchmark, by=by)
    audit.record("benchmarking.points_given", benchmark, by=by)


def check(nodes: list[BenchmarkNode], points: Mapping[int, int]) -> None:
    """Every group of places adds up to a hundred; the message stands at the first of those that do not."""
    groups: dict[int, list[BenchmarkNode]] = {}
    for node in nodes:
        groups.setdefault(node.parent_id, []).append(node)
    problems = {}
    for beside in groups.values():
        total = sum(points.get(node.pk, 0) for node in beside)
        if total != WHOLE:
            told = _("These add up to %(sum)s points; please make them %(whole)s.")
            problems[f"points_{beside[0].pk}"] = told % {"sum": total, "whole": WHOLE}
    if problems:
        raise ValidationError(problems)


@transaction.atomic
def withdraw(benchmark: Benchmark, *, by) -> None:
    benchmark = held(benchmark, by, "benchmarking.give_points")
    if BudgetShare.objects.filter(node__benchmark=benchmark, person=by).delete()[0]:
        weigh_anew(benchmark, by=by)
        audit.record("benchmarking.points_withdrawn", benchmark, by=by)


def weigh_anew(benchmark: Benchmark, *, by) -> None:
    """Other points are other weights, where weights are made from them."""
    if benchmark.recipe.get("weights") == "budget":
        approvals.void(benchmark, by=by)
