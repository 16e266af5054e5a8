"""What of the repository counts towards the indicators of the programme."""

from collections.abc import Iterator

from django.db.models import Min, QuerySet
from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Counted, IndicatorRule
from platform_core.ground.vocabulary import selectors as vocabulary

from .models import Record
from .selectors import LABEL

PRACTICE, GUIDANCE = ("good_practice",), ("guideline", "report", "recommendation")
PUBLISHED = frozenset({"repository.published", "repository.changed", "repository.withdrawn"})


def published(kinds: tuple[str, ...]) -> QuerySet[Record]:
    rows = Record.objects.filter(state=Record.State.PUBLISHED, published_on__isnull=False, kind__in=kinds)
    return rows.prefetch_related("topics", "countries", "regions", "terms").order_by("pk")


def counted(rows: QuerySet[Record]) -> Iterator[Counted]:
    for row in rows:
        regions = list(row.regions.all())
        yield Counted(
            thing=LABEL,
            pk=row.pk,
            key=f"record:{row.pk}",
            day=row.published_on,  # type: ignore[arg-type]
            organisation=row.organisation_id,
            region=regions[0].code if len(regions) == 1 else "",
            countries=[country.code for country in row.countries.all()],
            topics=[topic.pk for topic in row.topics.all()],
            stages=[term.code for term in row.terms.all() if term.scheme == "cycle_stage"],
        )


def practices() -> Iterator[Counted]:
    return counted(published(PRACTICE))


def guidance() -> Iterator[Counted]:
    return counted(published(GUIDANCE))


def online() -> Iterator[Counted]:
    """One entry, with the practice by which the last of the topics got its first."""
    rows = Record.objects.filter(state=Record.State.PUBLISHED, published_on__isnull=False, kind__in=PRACTICE)
    firsts = dict(rows.filter(topics__isnull=False).order_by().values_list("topics").annotate(Min("published_on")))
    topics = [topic.pk for topic in vocabulary.topics()]
    if not topics or set(topics) - set(firsts):
        return
    day = max(firsts.values())
    last = [topic for topic in topics if firsts[topic] == day][-1]
    record = rows.filter(topics=last, published_on=day).order_by("pk").first()
    if record is not None:
        yield Counted(thing=LABEL, pk=record.pk, key="repository", day=day, topics=topics)


RULES = [
    IndicatorRule(
        code="repository.practices",
        name=_("Good practices published"),
        once_per=_("record"),
        event=_("the record is published; one that is withdrawn leaves the list"),
        confirmed_by=_("the editor who publishes it"),
        counted=practices,
        verbs=PUBLISHED,
    ),
    IndicatorRule(
        code="repository.guidance",
        name=_("Guidelines, reports and recommendations published"),
        once_per=_("record"),
        event=_("the record is published; one that is withdrawn leaves the list"),
        confirmed_by=_("the editor who publishes it"),
        counted=guidance,
        verbs=PUBLISHED,
    ),
    IndicatorRule(
        code="repository.online",
        name=_("Repository on all six topics"),
        once_per=_("platform"),
        event=_("the last of the six topics gets its first published good practice"),
        confirmed_by=_("the editor who publishes that practice"),
        without_stage=_("It stands for the whole repository; each practice names its own stages."),
        counted=online,
        verbs=PUBLISHED,
        by_partner=False,
    ),
]
