"""The job of a run: figures in, statistics, rows out. Cancelled or overtaken, it writes nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Any

import pandas as pd
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.identity.audit import services as audit
from platform_core.materials.jobs.services import LeaseLostError, kind_of

from . import freezing, recipes, results, robustness, wording
from .models import Area, Benchmark, Diagnosis, Run, RunArea, RunNode, RunResult
from .selectors import data
from .statistics.composite import Composite, build
from .statistics.panel import TIME
from .statistics.problems import StatisticsError
from .statistics.running import nothing

STAGES = 5
LOOK_SECONDS = 1
BATCH = 500
# Columns of groups, with what of an area they hold; no code of an indicator has a dot.
GROUPS = {"country": "country", "nuts.1": "major"}


class CancelledError(Exception):
    """Somebody does not want this run any more."""


@dataclass(frozen=True)
class Inputs:
    """What the statistics are given: figures with the country and the major region of every area, the tree, and where each
    figure comes from."""

    figures: pd.DataFrame
    metadata: pd.DataFrame
    matrix: data.Matrix
    areas: dict[str, Area]
    peers: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Computed:
    """Everything a run stores: rows as dictionaries, and the other results by their code."""

    nodes: list[dict[str, Any]]
    areas: list[dict[str, Any]]
    results: dict[str, Any]

    @property
    def digest(self) -> str:
        nodes = [{name: told for name, told in row.items() if name not in results.WORDS} for row in self.nodes]
        return freezing.digest({"nodes": nodes, "areas": self.areas, "results": self.results})


def compute(job, run: int) -> dict[str, Any]:
    """Carries out a run. What the figures do not allow ends it with a reason; anything else is tried again."""
    found = begun(run)
    if found is None:
        return {}
    try:
        computed = computed_from(found, lambda done, told: step(job, found, done, told), lookout(found))
        with job.writing():
            keep(found, computed)
    except CancelledError:
        return {}
    except StatisticsError as problem:
        end(found, wording.problem(problem))
    except LeaseLostError:
        raise
    except Exception:
        end(found, _("The computation broke off, and nothing was kept. Please try again."), job)
        raise
    return {"run": found.pk}


def at_once(run: Run) -> Run:
    """Here and now, for content that comes with the program; the job finds it done."""
    found = begun(run.pk)
    with transaction.atomic():
        keep(found, computed_from(found, lambda done, told: None))
    return found


def begun(pk: int) -> Run | None:
    """The run, marked as being computed; None when it was cancelled or done before."""
    wanted = Run.objects.filter(pk=pk, state__in=(Run.State.WAITING, Run.State.RUNNING))
    if not wanted.update(state=Run.State.RUNNING):
        return None
    return Run.objects.select_related("benchmark").get(pk=pk)


def step(job, run: Run, done: int, told: str) -> None:
    """Between two stages: says how far it is, and stops where the run was cancelled."""
    check_wanted(run)
    job.progress(done, STAGES, told)


def check_wanted(run: Run) -> None:
    if not Run.objects.filter(pk=run.pk, state=Run.State.RUNNING).exists():
        raise CancelledError


def lookout(run: Run) -> Callable[[], None]:
    """Asks within a stage whether the run is still wanted, but not more often than every second."""
    asked = monotonic()

    def look() -> None:
        nonlocal asked
        if monotonic() - asked >= LOOK_SECONDS:
            asked = monotonic()
            check_wanted(run)

    return look


def end(run: Run, reason: str, job=None) -> None:
    """A failure with its reason; with a `job` only after the last of its attempts."""
    if job is not None and job.job.attempt < kind_of(job.job.kind).attempts:
        return
    waiting = Run.objects.filter(pk=run.pk, state=Run.State.RUNNING)
    if waiting.update(state=Run.State.FAILED, error=reason, finished_at=timezone.now()):
        audit.record("benchmarking.run_failed", run)


def computed_from(run: Run, say: Callable[[int, str], None], between: Callable[[], None] = nothing) -> Computed:
    say(0, _("Reading the figures"))
    given = inputs(run)
    say(1, _("Gaps, outliers, scale, weights, means"))
    recipe = recipes.recipe_of(run.recipe, run.years[0])
    composite = build(given.figures, given.metadata, recipe)
    say(2, _("Computing again with other choices"))
    varied = robustness.analyse(given.figures, given.metadata, recipe, run.robustness, run.seed, composite, between)
    say(4, _("Keeping the results"))
    return Computed(
        nodes=results.nodes(run, composite),
        areas=results.areas(run, composite, given, varied),
        results=results.others(composite, varied) | results.national(given.matrix),
    )


def inputs(run: Run) -> Inputs:
    versions = list(run.sources.values_list("version", flat=True))
    given = inputs_of(run.structure, run.areas_asked, run.years, versions, run.recipe)
    return replace(given, peers=peers_of(run)) if run.peer_study else given


def peers_of(run: Run) -> dict[str, list[dict[str, Any]]]:
    """The nearest regions of each, by the study's own distance and rule, of those that are compared here."""
    study, asked = run.peer_study, set(run.areas_asked)
    if study.digest != run.peers_digest:
        raise StatisticsError("other_peers", value=study.code)
    scope = "all" if study.own_country else "abroad"
    found = {}
    for row in study.rows.filter(area__code__in=asked).select_related("area"):
        near = [code for code in row.peers["lists"][study.distance][scope] if code in asked][: study.number]
        found[row.area.code] = [{"code": code, "distance": row.peers["cells"][code][study.distance]} for code in near]
    return found


def inputs_of(
    nodes: Sequence[Mapping],
    codes: Sequence[str],
    years: Sequence[int],
    versions: Sequence[int],
    recipe: Mapping[str, Any],
) -> Inputs:
    """Where gaps are filled from other years, the rows of these stand below, told apart by the column Time."""
    year, back = years
    wanted = [*recipes.indicators_of(nodes), *recipes.denominators_of(nodes)]
    is_linear = recipe["imputation"] == recipes.LINEAR
    matrix = data.matrix(versions, wanted, codes, data.Latest(year, 0 if is_linear else back))
    areas = Area.objects.in_bulk(list(codes), field_name="code")
    found = [areas[code] for code in matrix.value.index]
    figures = matrix.value.assign(**{code: [getattr(one, name) for one in found] for code, name in GROUPS.items()})
    if is_linear:
        around = {one: data.matrix(versions, wanted, codes, one).value for one in range(year - back, year + back + 1)}
        others = [value.assign(**{TIME: one}) for one, value in around.items() if one != year]
        figures = pd.concat([figures.assign(**{TIME: year}), *others])
    return Inputs(figures, metadata(nodes), matrix, areas)


def metadata(nodes: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """The rows the statistics read the tree from."""
    rows = [
        {
            "iCode": node["code"],
            "Parent": node["parent"],
            "Direction": node.get("direction", 1),
            "Weight": node["weight"],
            "Target": node.get("target"),
            "goalpost_lower": (node.get("goalposts") or [None, None])[0],
            "goalpost_upper": (node.get("goalposts") or [None, None])[1],
            "goalpost_scale": 100,
            "Denominator": node.get("denominator") or "",
            "Type": "Indicator" if node.get("indicator") else "Aggregate",
        }
        for node in nodes
    ]
    return pd.DataFrame(rows)


def keep(run: Run, computed: Computed) -> None:
    """All rows at once, in the caller's transaction; nothing when the run was cancelled meanwhile."""
    if not Run.objects.select_for_update().filter(pk=run.pk, state=Run.State.RUNNING).exists():
        raise CancelledError
    bulk(RunNode, run, computed.nodes)
    bulk(RunArea, run, computed.areas)
    bulk(RunResult, run, [{"code": code, "figures": figures} for code, figures in computed.results.items()])
    run.state, run.finished_at, run.error = Run.State.DONE, timezone.now(), ""
    run.sha256 = freezing.digest(
        {"choices": run.choices_sha256, "inputs": run.inputs, "seed": run.seed, "results": computed.digest}
    )
    run.save(update_fields=["state", "finished_at", "error", "sha256"])
    audit.record("benchmarking.run_computed", run)


def bulk(model, run: Run, rows: Iterable[Mapping[str, Any]]) -> None:
    model.objects.bulk_create((model(run=run, **row) for row in rows), batch_size=BATCH)


def diagnose(job, benchmark: int) -> dict[str, Any]:
    """What the choices of a draft do to its figures, without varying anything."""
    found = Benchmark.objects.get(pk=benchmark)
    chosen = recipes.frozen(found)
    job.progress(0, 2, _("Reading the figures"))
    figures = examined(chosen)
    with job.writing():
        Diagnosis.objects.update_or_create(
            benchmark=found,
            defaults={"figures": figures, "sha256": recipes.fingerprint_of(chosen), "computed_at": timezone.now()},
        )
    return {"benchmark": benchmark}


def examined(chosen: Mapping[str, Any]) -> dict[str, Any]:
    """The diagnosis as stored, or the problem that stands in its way in terms of codes."""
    given = inputs_of(*(chosen[name] for name in ("structure", "areas", "years", "sources", "recipe")))
    try:
        composite: Composite = build(
            given.figures, given.metadata, recipes.recipe_of(chosen["recipe"], chosen["years"][0])
        )
    except StatisticsError as problem:
        return {"problem": {"code": problem.code, "place": recipes.plain(problem.place)}}
    return results.diagnosis(composite)


def reproduce(job, run: int) -> dict[str, Any]:
    """Everything once more from the frozen choices and data; says where it differs from what is stored."""
    found = Run.objects.select_related("benchmark").get(pk=run)
    return compared(found, computed_from(found, lambda done, told: job.progress(done, STAGES, told)))


def compared(run: Run, again: Computed) -> dict[str, Any]:
    differences = [
        *results.differing("nodes", run.nodes.order_by("order"), again.nodes),
        *results.differing("areas", run.areas.order_by(F("rank").asc(nulls_last=True), "code"), again.areas),
        *results.differing_results(dict(run.results.values_list("code", "figures")), again.results),
    ]
    return {
        "identical": not differences,
        "differences": differences[:50],
        "count": len(differences),
        "code_then": run.code_version,
        "code_now": recipes.code_version(),
    }
