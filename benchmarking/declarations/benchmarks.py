from importlib import import_module

from django.utils.translation import gettext_lazy as _

from platform_core.exchange.messaging.selectors.following import followers, others
from platform_core.ground.registry.kinds import (
    Demonstration,
    EventKind,
    MenuEntry,
    NoticeKind,
    Panel,
    PersonalData,
    Searchable,
    SearchDocument,
    Thing,
    TrailKind,
)
from platform_core.ground.texts.notices import teller
from platform_core.materials.languages.fields import of_fields

from ..models import Benchmark, BenchmarkNode
from ..permissions import benchmarks as rights
from ..selectors import benchmarks as selectors

SHOWN = 4
VERBS = {
    "benchmark_begun": _("A benchmark was begun"),
    "benchmark_changed": _("The choices of a benchmark were changed"),
    "benchmark_deleted": _("A benchmark in preparation was deleted"),
    "benchmark_taken_back": _("A benchmark was taken back into preparation"),
    "benchmark_published": _("A benchmark was published"),
    "benchmark_withdrawn": _("A published benchmark was withdrawn"),
    "benchmark_superseded": _("A benchmark was replaced by a later version"),
    "points_given": _("Somebody gave points for weights"),
    "points_withdrawn": _("Somebody took points for weights out"),
}


def demonstrate() -> str:
    """The statistics are read only where something is computed, so that web processes stay free of them."""
    return import_module("benchmarking.demonstration.benchmarks").load()


def search_document(pk: int) -> SearchDocument | None:
    found = Benchmark.objects.filter(pk=pk, state=Benchmark.State.PUBLISHED).first()
    if found is None:
        return None
    return SearchDocument(
        title=found.title.stored(),
        summary=found.question.stored(),
        body=found.reading.stored(),
        route="benchmarking:benchmark",
        key=found.code,
        day=found.published_at.date(),
        facets={"topic": [str(found.group_id)]},
    )


def of_the_group(request, topic, **subject) -> dict | None:
    """On the page of a group: what is in preparation, for those who see it, and what is published."""
    user = request.user
    drafts = list(selectors.in_preparation(user, topic.pk)[: SHOWN + 1]) if user.is_authenticated else []
    published = list(selectors.published(user, topic=str(topic.pk))[:SHOWN])
    may_begin = user.is_authenticated and user.has_perm("benchmarking.draw_up_benchmark", topic.group)
    if not (drafts or published or may_begin):
        return None
    return {
        "drafts": drafts[:SHOWN],
        "more": len(drafts) > SHOWN,
        "published": published,
        "topic": topic,
        "may_begin": may_begin,
    }


def newest(request, topic=None, **subject) -> dict | None:
    rows = list(selectors.published(request.user, topic=str(topic.number) if topic else "")[:SHOWN])
    return {"published": rows, "topic": topic} if rows else None


def following(event) -> list[int]:
    """Those who follow the group or the benchmark, but for whoever did it."""
    found = Benchmark.objects.filter(pk=event.thing_id).select_related("group").first()
    if found is None or found.is_demonstration:
        return []
    return others(event, [*followers(found), *followers(found.group)])


def at_its_page(event) -> tuple[dict, str]:
    found = Benchmark.objects.get(pk=event.thing_id)
    return {"title": found.title}, found.get_absolute_url()


def nodes(user):
    """Groups of indicators, which have names of their own, of the benchmarks a person sees."""
    return BenchmarkNode.objects.filter(
        benchmark__in=selectors.benchmarks(user).values("pk"), indicator="", parent__isnull=False
    )


benchmarks = [
    *rights.RIGHTS,
    Thing(
        label=selectors.LABEL,
        name=_("Benchmark"),
        title=lambda benchmark: benchmark.title,
        address=lambda benchmark: benchmark.get_absolute_url(),
        visible=selectors.benchmarks,
        public=True,
        route="benchmarking:benchmark",
        lookup="code",
        gone=selectors.gone,
    ),
    Thing(
        label="benchmarking.benchmarknode",
        name=_("Group of indicators"),
        title=lambda node: node.name,
        address=lambda node: node.benchmark.get_absolute_url(),
        visible=nodes,
    ),
    Searchable(
        label=selectors.LABEL,
        name=_("Benchmarks"),
        document=search_document,
        every=lambda: Benchmark.objects.filter(state=Benchmark.State.PUBLISHED).values_list("pk", flat=True),
        order=24,
        list_route="benchmarking:listing",
    ),
    of_fields(selectors.LABEL, selectors.benchmarks, markdown=("reading",), order=14),
    of_fields("benchmarking.benchmarknode", nodes, order=15),
    TrailKind(
        code="benchmarking.record_uses",
        name=_("uses the benchmark"),
        inverse=_("is used by"),
        sources=("repository.record",),
        targets=(selectors.LABEL,),
        right="repository.relate_record",
        order=31,
    ),
    *(EventKind(verb=f"benchmarking.{verb}", name=name) for verb, name in VERBS.items()),
    NoticeKind(
        code="benchmarking.benchmark_published",
        name=_("A group you follow has published a benchmark"),
        verb="benchmarking.benchmark_published",
        recipients=following,
        content=teller(at_its_page)(
            _("Benchmark: %(title)s"), _("“%(title)s” is published. Read there who stands where, and how sure that is.")
        ),
        pace="daily",
    ),
    NoticeKind(
        code="benchmarking.benchmark_withdrawn",
        name=_("A benchmark you follow was withdrawn"),
        verb="benchmarking.benchmark_withdrawn",
        recipients=following,
        content=teller(at_its_page)(
            _("Withdrawn: %(title)s"), _("The benchmark “%(title)s” was withdrawn. Read there why.")
        ),
        pace="daily",
    ),
    MenuEntry(place="public", name=_("Benchmarks"), route="benchmarking:listing", order=35),
    MenuEntry(place="desk", name=_("Benchmarks"), route="benchmarking:desk", order=35, right="benchmarking.view_desk"),
    Panel(place="group.main", order=35, template="benchmarking/panel_group.html", context=of_the_group),
    Panel(place="topic.aside", order=15, template="benchmarking/panel_newest.html", context=newest),
    Demonstration(order=63, load=demonstrate),
    PersonalData(
        label=selectors.LABEL,
        fields=("made_by", "title", "question", "reading"),
        holder="made_by",
        purpose=_("To know who began a benchmark"),
        erasure="unlink",
    ),
    PersonalData(
        label="benchmarking.budgetshare",
        fields=("person", "points"),
        holder="person",
        purpose=_("To make weights from what members of a group find important"),
        erasure="delete",
    ),
]
