"""An approved run becomes a record of the repository in every language its texts exist in; nothing of it moves afterwards."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext, override

from platform_core.ground.texts.codes import CODES, interface_code
from platform_core.ground.texts.fields import as_text
from platform_core.ground.ui.components.numbers import in_words
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.keys import PUBLIC
from platform_core.identity.audit import services as audit
from platform_core.materials.trails import services as trails
from repository import services as repository
from repository.creators import made_by_organisation
from repository.models import Record
from repository.selectors import record_about

from . import recipes
from .choices import recipe_in_words, robustness_in_words
from .models import Benchmark, Run, RunNode
from .selectors import benchmarks as selectors, runs, sources
from .services import readings
from .services.benchmarks import held

TOLD = 10


def hindrances(benchmark: Benchmark) -> list[str]:
    """What stands between a benchmark and its publication."""
    run, found = runs.approved_run(benchmark), []
    if run is None:
        found.append(_("A run of it needs the approval of somebody else who decides for a full member."))
    elif run.choices_sha256 != recipes.fingerprint(benchmark):
        found.append(_("The choices or points were changed since the approved run. Please compute it again."))
    if unpublished := list(sources.unpublished(benchmark)[:5]):
        names = ", ".join(str(version) for version in unpublished)
        found.append(
            _("These data are not published, so nobody could check the figures: %(names)s.") % {"names": names}
        )
    study = benchmark.peer_study
    if study and not study.is_published:
        found.append(_("Its study of peers “%(title)s” is not published yet.") % {"title": study.title})
    return found


@transaction.atomic
def publish(benchmark: Benchmark, *, by=None) -> Record:
    """Freeze it, open its approved run to everybody and file it; `by` None is the platform with a demonstration."""
    benchmark = held(benchmark, by, "benchmarking.publish_benchmark")
    if by is not None and (hindering := hindrances(benchmark)):
        raise ValidationError(hindering)
    run = runs.approved_run(benchmark) if by is not None else benchmark.runs.filter(state=Run.State.DONE).first()
    benchmark.published_at = run.published_at = timezone.now()
    benchmark.state = Benchmark.State.PUBLISHED
    benchmark.save(update_fields=["state", "published_at"])
    run.save(update_fields=["published_at"])
    access.set_audience(benchmark, {PUBLIC})
    access.set_audience(run, {PUBLIC})
    name_anew(benchmark, run)
    record = repository.publish(deposit(benchmark, run))
    replace(benchmark, record, by=by)
    audit.record("benchmarking.benchmark_published", benchmark, by=by, run=run.number, record=record.pk)
    readings.write_published(run, by=by)
    return record


@transaction.atomic
def withdraw(benchmark: Benchmark, why: str, *, by, instead: Benchmark | None = None) -> Benchmark:
    """Out of every list, with its runs and its record; its address says from now on why, and what to read instead."""
    benchmark = held(benchmark, by, "benchmarking.withdraw_benchmark")
    benchmark.state, benchmark.withdrawn_at = Benchmark.State.WITHDRAWN, timezone.now()
    benchmark.why_withdrawn, benchmark.replaced_by = why, instead
    benchmark.save(update_fields=["state", "withdrawn_at", "why_withdrawn", "replaced_by"])
    for thing in (benchmark, *benchmark.runs.filter(published_at__isnull=False)):
        access.set_audience(thing, benchmark.audience_before)
    record = record_about(selectors.LABEL, benchmark.pk)
    if record and record.state == Record.State.PUBLISHED:
        repository.withdraw(record, by=None, why=why)
    audit.record("benchmarking.benchmark_withdrawn", benchmark, by=by)
    return benchmark


def name_anew(benchmark: Benchmark, run: Run) -> None:
    """Readers get what was translated since the run; names change no figure and are in no fingerprint."""
    names = {node["code"]: as_text(node["name"]) for node in recipes.structure(benchmark)}
    nodes = [node for node in run.nodes.all() if names.get(node.code, node.name) != node.name]
    for node in nodes:
        node.name = names[node.code]
    RunNode.objects.bulk_update(nodes, ["name"])


def replace(benchmark: Benchmark, record: Record, *, by) -> None:
    """The version before stays to be read, and says what replaced it."""
    before = benchmark.supersedes
    if before is None:
        return
    Benchmark.objects.filter(pk=before.pk).update(state=Benchmark.State.SUPERSEDED)
    audit.record("benchmarking.benchmark_superseded", before, by=by, later=benchmark.pk)
    if old := record_about(selectors.LABEL, before.pk):
        trails.draw("repository.supersedes", record, old)


def deposit(benchmark: Benchmark, run: Run) -> Record:
    texts = {code: texts_in(code, benchmark, run) for code in CODES}
    return repository.deposit(
        code=f"benchmark-{benchmark.code}",
        kind="benchmark",
        title={code: texts[code]["title"] for code in benchmark.title},
        summary={code: texts[code]["summary"] for code in benchmark.question},
        description={code: text["description"] for code, text in texts.items()},
        details={
            "method": as_text({code: text["method"] for code, text in texts.items()}).stored(),
            "findings": as_text({code: text["findings"] for code, text in texts.items()}).stored(),
        },
        topics=[benchmark.group_id],
        regions=[code for code in run.areas_asked if len(code) == 4],
        terms={"cycle_stage": ["monitoring_evaluation"]},
        year=platform_day().year,
        languages=list(benchmark.title),
        **made_by_organisation(f"ClusterPoliSEE, {benchmark.group.topic.name['en']}"),
        is_demonstration=benchmark.is_demonstration,
        about_thing=selectors.LABEL,
        about_id=str(benchmark.pk),
    )


def texts_in(code: str, benchmark: Benchmark, run: Run) -> dict[str, str]:
    """What is computed is said in every language; what people wrote only where it was written or translated."""
    with override(interface_code(code)):
        title = _("Benchmark: %(title)s") % {"title": benchmark.title.localise(code).text}
        ranked = runs.ranked(run).count()
        regions = ngettext("%(n)s region", "%(n)s regions", ranked) % {"n": ranked}
        indicators = run.nodes.filter(level=1).count()
        told = ngettext("%(n)s indicator", "%(n)s indicators", indicators) % {"n": indicators}
        summary = _("%(question)s Compared are %(regions)s by %(indicators)s.") % {
            "question": benchmark.question.localise(code).text,
            "regions": regions,
            "indicators": told,
        }
        method = lines([*recipe_in_words(run.recipe), *robustness_in_words(run.robustness)])
        found = ranking(run)
        reading = benchmark.reading.get(code, "")
        heading = _("First places, with the ranks each may have")
        description = f"## {heading}\n\n{found}" + (f"\n\n{reading}" if reading else "")
        return {
            "title": title[:300],
            "summary": summary,
            "description": description,
            "method": method,
            "findings": found,
        }


def lines(told: list[tuple[str, str]]) -> str:
    return "\n".join(f"- {name}: {value}" for name, value in told)


def ranking(run: Run) -> str:
    """The first places as Markdown, in the active language."""
    return "\n".join(line(area) for area in runs.ranked(run)[:TOLD])


def line(area) -> str:
    told = {"rank": area.rank, "name": area.called, "score": in_words(area.score)}
    if area.rank_low is None or area.rank_high is None:
        return "- " + _("%(rank)s. %(name)s (%(score)s)") % told
    told |= {"low": round(area.rank_low), "high": round(area.rank_high)}
    return "- " + _("%(rank)s. %(name)s (%(score)s), rank %(low)s to %(high)s") % told
