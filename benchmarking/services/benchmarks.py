"""Beginning a benchmark, and keeping what is chosen in its steps. Any change makes approvals void."""

from collections.abc import Collection, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.ground.texts.fields import as_text
from platform_core.ground.texts.names import free_code
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.languages.services import note_translations

from .. import recipes
from ..models import Area, Benchmark, BenchmarkArea, BenchmarkNode, BenchmarkSource, DataVersion
from ..selectors import sources
from . import approvals

RESERVED = {  # words that follow where codes do in addresses
    "areas",
    "charts",
    "clusters",
    "data",
    "excellence",
    "indicators",
    "labels",
    "measures",
    "methods",
    "new",
    "peers",
    "policies",
    "studies",
    "swots",
}
ROOT = "index"
MOST_AREAS = 1000
TEXTS = ("title", "question", "reading")


def code_for(title: str) -> str:
    taken = Benchmark.objects.filter
    return free_code(title[:40], lambda stem: {*taken(code__startswith=stem).values_list("code", flat=True), *RESERVED})


@transaction.atomic
def begin(group, *, by, title, question, preset: str = "default", year: int | None = None, key: str = "") -> Benchmark:
    """A benchmark in preparation, seen by its group; `title` and `question` in the language they are written in."""
    if by is not None:
        require(by, "benchmarking.draw_up_benchmark", group)
    if key and (held := Benchmark.objects.filter(group=group, key=key).first()):
        return held
    begun = recipes.preset(preset)
    benchmark = Benchmark(
        group=group,
        code=code_for(as_text(title).localise("en").text),
        title=as_text(title),
        question=as_text(question),
        year=year or platform_day().year - 2,
        recipe=begun["recipe"],
        robustness={**begun["robustness"], "seed": 1},
        kept=["question"],
        made_by=by,
        key=key,
    )
    return filed(benchmark, by=by)


def filed(benchmark: Benchmark, *, by) -> Benchmark:
    benchmark.full_clean()
    benchmark.save()
    benchmark.nodes.create(code=ROOT, name={"en": "Index"})
    note_translations(benchmark)
    access.set_audience(benchmark, benchmark.audience_before)
    audit.record("benchmarking.benchmark_begun", benchmark, by=by)
    return benchmark


def held(benchmark: Benchmark, by, right: str = "benchmarking.change_benchmark") -> Benchmark:
    """The benchmark under lock, as somebody may change it; `by` None is the platform itself."""
    found = Benchmark.objects.select_for_update().get(pk=benchmark.pk)
    if by is not None:
        require(by, right, found)
    return found


def changed(benchmark: Benchmark, *, by, step: str, fields: Collection[str] = ()) -> None:
    """Something is not as it was: approvals hold no longer."""
    benchmark.changed_at = timezone.now()
    benchmark.save(update_fields=["changed_at"])
    approvals.void(benchmark, by=by)
    audit.record("benchmarking.benchmark_changed", benchmark, by=by, step=step, fields=sorted(fields))


@transaction.atomic
def keep(benchmark: Benchmark, step: str, *, by, **fields: Any) -> Benchmark:
    """Keep what a step chose, and that it was looked at; `recipe` and `robustness` are added to what is chosen already."""
    benchmark = held(benchmark, by)
    for name in ("recipe", "robustness"):
        if name in fields:
            fields[name] = {**getattr(benchmark, name), **fields[name]}
    different = [name for name, value in fields.items() if getattr(benchmark, name) != value]
    for name in different:
        setattr(benchmark, name, fields[name])
    if step not in benchmark.kept:
        benchmark.kept = [*benchmark.kept, step]
    benchmark.full_clean()
    benchmark.save()
    if different:
        changed(benchmark, by=by, step=step, fields=different)
    if set(TEXTS) & set(different):
        note_translations(benchmark, by=by)
    return benchmark


@transaction.atomic
def choose_areas(benchmark: Benchmark, codes: Iterable[str], *, by) -> Benchmark:
    benchmark, wanted = held(benchmark, by), sorted(set(codes))
    if strange := set(wanted) - set(Area.objects.filter(code__in=wanted).values_list("code", flat=True)):
        told = _("These codes are not known: %(codes)s.") % {"codes": ", ".join(sorted(strange)[:10])}
        raise ValidationError({"areas": told})
    if len(wanted) > MOST_AREAS:
        raise ValidationError({"areas": _("At most %(n)s regions can be compared at once.") % {"n": MOST_AREAS}})
    if wanted != list(benchmark.areas.values_list("code", flat=True)):
        benchmark.areas.exclude(code__in=wanted).delete()
        rows = [BenchmarkArea(benchmark=benchmark, code=code) for code in wanted]
        BenchmarkArea.objects.bulk_create(rows, ignore_conflicts=True)
        changed(benchmark, by=by, step="regions", fields=["areas"])
    return keep(benchmark, "regions", by=by)


@transaction.atomic
def choose_sources(benchmark: Benchmark, versions: Iterable[DataVersion], *, by) -> Benchmark:
    """Where figures are taken from; of several versions that hold one, the first is taken."""
    benchmark, wanted = held(benchmark, by), [version.pk for version in versions]
    check_usable(benchmark, wanted, by=by)
    if wanted != list(benchmark.sources.values_list("version", flat=True)):
        benchmark.sources.all().delete()
        BenchmarkSource.objects.bulk_create(
            BenchmarkSource(benchmark=benchmark, version_id=pk, order=order) for order, pk in enumerate(wanted)
        )
        changed(benchmark, by=by, step="indicators", fields=["sources"])
    return benchmark


def check_usable(benchmark: Benchmark, wanted: Collection[int], *, by) -> None:
    """Nobody computes with what another group keeps to itself, nor with what she may not see; `by` None may see all."""
    if by is None:
        fitting = DataVersion.objects.filter(sources.usable(benchmark.group_id))
    else:
        fitting = sources.usable_versions(by, benchmark)
    if set(wanted) - set(fitting.filter(pk__in=wanted).values_list("pk", flat=True)):
        told = _("Only published data and those of your own group can be chosen. Please choose again.")
        raise ValidationError({"versions": told})


@transaction.atomic
def delete(benchmark: Benchmark, *, by) -> None:
    """A draft that was never published, with its runs; nothing that was published ever goes."""
    benchmark = held(benchmark, by, "benchmarking.delete_benchmark")
    for run in benchmark.runs.all():
        access.drop_audience(run)
    access.drop_audience(benchmark)
    audit.record("benchmarking.benchmark_deleted", benchmark, by=by, group=benchmark.group_id)
    benchmark.delete()


COPIED = ("title", "question", "reading", "year", "years_back", "peer_study", "recipe", "robustness", "kept")


@transaction.atomic
def copy(benchmark: Benchmark, group, *, by, key: str = "") -> Benchmark:
    """Everything that is chosen, as a new draft of a group; no runs, no points, no approvals, and no data that another group
    has not published."""
    require(by, "benchmarking.view_benchmark", benchmark)
    require(by, "benchmarking.draw_up_benchmark", group)
    if key and (made := Benchmark.objects.filter(group=group, key=key).first()):
        return made
    return copied(benchmark, by=by, group=group, key=key)


@transaction.atomic
def begin_next(benchmark: Benchmark, *, by) -> Benchmark:
    """The next version of a published benchmark as a draft, or the one that is there already."""
    benchmark = held(benchmark, by, "benchmarking.begin_next_version")
    if made := benchmark.later.first():
        return made
    return copied(benchmark, by=by, group=benchmark.group, supersedes=benchmark)


def copied(benchmark: Benchmark, *, by, **fields) -> Benchmark:
    choices = {name: getattr(benchmark, name) for name in COPIED}
    made = Benchmark(code=code_for(benchmark.title.localise("en").text), made_by=by, **choices, **fields)
    made.full_clean()
    made.save()
    copy_nodes(benchmark, made)
    BenchmarkArea.objects.bulk_create(BenchmarkArea(benchmark=made, code=one.code) for one in benchmark.areas.all())
    chosen = benchmark.sources.filter(version__in=DataVersion.objects.filter(sources.usable(made.group_id)))
    BenchmarkSource.objects.bulk_create(
        BenchmarkSource(benchmark=made, version_id=one.version_id, order=one.order) for one in chosen
    )
    note_translations(made)
    access.set_audience(made, made.audience_before)
    audit.record("benchmarking.benchmark_begun", made, by=by, copied=benchmark.pk)
    return made


def copy_nodes(benchmark: Benchmark, made: Benchmark) -> None:
    below: dict[int | None, list[BenchmarkNode]] = {}
    for node in benchmark.nodes.all():
        below.setdefault(node.parent_id, []).append(node)
    waiting: list[tuple[int | None, BenchmarkNode | None]] = [(None, None)]
    while waiting:
        old, parent = waiting.pop()
        for node in below.get(old, ()):
            old_pk, node.pk, node.benchmark, node.parent = node.pk, None, made, parent
            node._state.adding = True
            node.save()
            note_translations(node)
            waiting.append((old_pk, node))
