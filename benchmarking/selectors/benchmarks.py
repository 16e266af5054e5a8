from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404

from platform_core.ground.registry.kinds.things import Tombstone
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import visible
from platform_core.identity.accounts.models import User
from workinggroups.models import WorkingGroup
from workinggroups.selectors import groups

from ..models import Benchmark, BenchmarkNode, BudgetShare, Indicator
from .texts import having

LABEL = "benchmarking.benchmark"
SHOWN = (Benchmark.State.PUBLISHED, Benchmark.State.SUPERSEDED, Benchmark.State.WITHDRAWN)


def benchmarks(user) -> QuerySet[Benchmark]:
    return visible(Benchmark.objects.select_related("group__topic"), user)


def published(user, *, topic: str = "", words: str = "") -> QuerySet[Benchmark]:
    """Published ones in their latest version, the newest first."""
    rows = benchmarks(user).filter(state=Benchmark.State.PUBLISHED).order_by("-published_at", "-pk")
    if topic in vocabulary.topic_labels():
        rows = rows.filter(group=int(topic))
    for word in words.split()[:5]:
        rows = rows.filter(having(word, "title", "question"))
    return rows


def in_preparation(user, group: int | None = None) -> QuerySet[Benchmark]:
    """Those not published yet that a person may see, with the number of their runs."""
    rows = benchmarks(user).exclude(state__in=SHOWN)
    rows = rows.filter(group=group) if group else rows
    return rows.annotate(run_count=Count("runs")).order_by("-changed_at", "-pk")


def benchmark_for(user, code: str) -> Benchmark:
    return get_object_or_404(benchmarks(user), code=code)


def withdrawn(code: str) -> Benchmark:
    """For everybody: what was published once and is not any more, with the reason."""
    rows = Benchmark.objects.select_related("group__topic", "replaced_by")
    return get_object_or_404(rows, code=code, state=Benchmark.State.WITHDRAWN)


def gone(user, thing) -> Tombstone | None:
    """What trails tell of a benchmark or study that was withdrawn: its page says it to everybody."""
    if thing.state != Benchmark.State.WITHDRAWN:
        return None
    day = platform_day(thing.withdrawn_at) if thing.withdrawn_at else None
    return Tombstone(title=thing.title, address=thing.get_absolute_url(), day=day, reason=thing.why_withdrawn)


def read_for(user, code: str) -> Benchmark:
    """A benchmark whose desk a person may read: how it is made, its runs and its diagnosis."""
    found = benchmark_for(user, code)
    if not user.has_perm("benchmarking.read_benchmark_desk", found):
        raise PermissionDenied
    return found


def changed_for(user, code: str) -> Benchmark:
    found = read_for(user, code)
    if not user.has_perm("benchmarking.change_benchmark", found):
        raise PermissionDenied
    return found


def may_begin_for(user) -> QuerySet[WorkingGroup]:
    """Groups a person may begin benchmarks of."""
    seen = groups(user)
    return seen.filter(pk__in=[group.pk for group in seen if user.has_perm("benchmarking.draw_up_benchmark", group)])


def nodes(benchmark: Benchmark) -> list[BenchmarkNode]:
    """The hierarchy from the index down, each before those below it; `label` says what it is, `above` what it is part
    of, `depth` how far down."""
    below: dict[int | None, list[BenchmarkNode]] = {}
    every = list(benchmark.nodes.all())
    for node in every:
        below.setdefault(node.parent_id, []).append(node)
    known = Indicator.objects.in_bulk([node.indicator for node in every if node.indicator], field_name="code")
    return list(walked(below, known, None))


def walked(below, known, above: BenchmarkNode | None) -> Iterator[BenchmarkNode]:
    for node in below.get(above and above.pk, ()):
        indicator = known.get(node.indicator)
        node.depth, node.above = (above.depth + 1, above.label) if above else (0, "")
        node.label = str(indicator.name if indicator else node.name) or node.code
        yield node
        yield from walked(below, known, node)


def node_for(benchmark: Benchmark, pk: int) -> BenchmarkNode:
    return get_object_or_404(benchmark.nodes.select_related("parent"), pk=pk)


def shares(benchmark: Benchmark) -> QuerySet[BudgetShare]:
    return BudgetShare.objects.filter(node__benchmark=benchmark).select_related("node", "person")


def people_who_gave(benchmark: Benchmark) -> QuerySet[User]:
    return User.objects.filter(pk__in=shares(benchmark).values("person")).order_by("name", "pk")


def own_points(benchmark: Benchmark, user) -> dict[int, int]:
    """What a person gave, by place."""
    return dict(shares(benchmark).filter(person=user).values_list("node", "points"))


def next_version(user, benchmark: Benchmark) -> Benchmark | None:
    return benchmarks(user).filter(supersedes=benchmark).first()
