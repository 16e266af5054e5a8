"""What stands behind a number: entries, who may see which of them, and how many there are of each kind."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from platform_core.ground.registry.catalogue import declared, thing_kind
from platform_core.ground.registry.kinds import IndicatorRule
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.people.members.models import Organisation

from ..models import Evidence, Indicator, Period

MANUAL = "monitoring.manualevidence"
NAMES = "members.view_contacts"
PACKED = ("country", "topic", "stage")


@dataclass(frozen=True, kw_only=True)
class Question:
    """Which entries somebody asks for; `partner` is the code of an organisation."""

    period: str = ""
    country: str = ""
    partner: str = ""
    topic: str = ""
    stage: str = ""

    @property
    def asked(self) -> dict[str, str]:
        names = ("period", "country", "partner", "topic", "stage")
        return {name: getattr(self, name) for name in names if getattr(self, name)}

    @property
    def first(self) -> "Question":
        """Only its first condition: what stands for people is never cut down to a few of them by several."""
        return Question(**dict(list(self.asked.items())[:1]))


NOTHING = Question()


@dataclass(frozen=True)
class Choice:
    code: str
    label: str
    count: int


@dataclass(frozen=True)
class Entry:
    """One line of a list, as its reader sees it."""

    title: Any
    address: str
    kind: str
    row: Evidence


@dataclass(frozen=True)
class Fold:
    """How many people, by country; `rest` are those of countries with too few to be named. `declared` is how many of all
    only declared themselves what is counted, None where that would tell of a few.
    """

    countries: Sequence[Choice]
    rest: int
    declared: int | None = None

    @property
    def total(self) -> int:
        return sum(choice.count for choice in self.countries) + self.rest


@dataclass(frozen=True)
class Proof:
    """A number and what it is the length of: `entries` that are shown, people only counted, and what is not open."""

    total: int
    entries: QuerySet[Evidence]
    people: Fold
    closed: int
    question: Question

    @property
    def shown(self) -> int:
        return self.total - self.people.total - self.closed


@cache
def rules() -> Mapping[str, IndicatorRule]:
    return {rule.code: rule for rule in declared(IndicatorRule)}


def rule_of(code: str) -> IndicatorRule | None:
    return rules().get(code)


def packed(codes: Iterable[Any]) -> str:
    """Codes between bars, each once, in order; empty for none."""
    found = sorted({str(code) for code in codes if code not in (None, "")})
    return f"|{'|'.join(found)}|" if found else ""


def unpacked(words: str) -> list[str]:
    return words.strip("|").split("|") if words else []


def asked_for(rows: QuerySet[Evidence], question: Question) -> QuerySet[Evidence]:
    if question.period:
        period = Period.objects.filter(code=question.period, ends__isnull=False).first()
        rows = rows.filter(day__range=(period.begins, period.ends)) if period else rows.none()
    if question.partner:
        rows = rows.filter(organisation__code=question.partner)
    for name, field in (("country", "countries"), ("topic", "topics"), ("stage", "stages")):
        if code := getattr(question, name):
            rows = rows.filter(**{f"{field}__contains": f"|{code}|"})
    return rows


def sees_names(user) -> bool:
    return user.is_authenticated and user.has_perm(NAMES)


def seen(user, labels: Collection[str]) -> Q:
    """Entries whose thing a person may see, of the kinds named."""
    found = Q(pk__in=[])
    for label in labels:
        if kind := thing_kind(label):
            found |= Q(thing=label, object_id__in=kind.visible(user).order_by().values("pk"))
    return found


def proof(user, indicator: Indicator, question: Question = NOTHING) -> Proof:
    """The length of the list is the number, whoever asks; what of it is shown depends on the reader."""
    has_people = indicator.evidence.filter(personal=True).exists()
    named = Q(personal=False) | Q(person__isnull=False) if sees_names(user) else Q(personal=False)
    question = offered(indicator, question.first) if has_people else question
    rows = asked_for(indicator.evidence.all(), question)
    total = rows.count()
    open_rows = rows.filter(named)
    labels = list(open_rows.order_by().values_list("thing", flat=True).distinct())
    entries = open_rows.filter(seen(user, labels)).select_related("organisation", "person").order_by("-day", "key")
    people = folded(rows.exclude(named), with_declared=not question.asked) if has_people else Fold([], 0)
    return Proof(total, entries, people, total - people.total - entries.count(), question)


def offered(indicator: Indicator, question: Question) -> Question:
    """What stands for people is cut down only by what is offered: each choice and what it leaves are enough of them."""
    given = choices(indicator)
    kept = {name: code for name, code in question.asked.items() if code in {choice.code for choice in given[name]}}
    return Question(**kept)


def folded(rows: QuerySet[Evidence], *, with_declared: bool = True) -> Fold:
    """People by country. Countries with fewer than the threshold are put together, with the next smallest where these
    would still be too few, so that no small number follows from the others; for the same reason those who only declared
    themselves are told of the whole list alone."""
    counts = sorted(tally(rows, "countries").items(), key=lambda pair: (pair[1], pair[0]))
    total = rows.count()
    few, rest = settings.PEOPLE_THRESHOLD, total - sum(count for _code, count in counts)
    shown = [pair for pair in counts if pair[1] >= few]
    rest += sum(count for _code, count in counts if count < few)
    while 0 < rest < few and shown:
        rest += shown.pop(0)[1]
    labels = vocabulary.country_labels()
    declared = rows.filter(is_self_declared=True).count() if with_declared else 0
    named = [Choice(code, labels.get(code, _("another country")), count) for code, count in shown[::-1]]
    return Fold(named, rest, told_apart(declared, total))


def told_apart(declared: int, total: int) -> int | None:
    """How many of all only declared themselves, None where that or what it leaves would be a few people."""
    few = settings.PEOPLE_THRESHOLD
    return declared if few <= declared and (declared == total or declared <= total - few) else None


def tally(rows: QuerySet[Evidence], field: str) -> Counter[str]:
    """How many entries have each of the codes packed in a field."""
    found: Counter[str] = Counter()
    for words, count in rows.order_by().values_list(field).annotate(Count("pk")):
        for code in unpacked(words):
            found[code] += count
    return found


def choices(indicator: Indicator) -> dict[str, list[Choice]]:
    """By what its list can be cut down, with counts; where entries stand for people only those with enough of them."""
    rows = indicator.evidence.all()
    least = settings.PEOPLE_THRESHOLD if rows.filter(personal=True).exists() else 1
    stages = vocabulary.term_labels("cycle_stage")
    found = {
        "period": by_period(rows),
        "country": labelled(tally(rows, "countries"), vocabulary.country_labels()),
        "partner": by_partner(rows),
        "topic": labelled(tally(rows, "topics"), vocabulary.topic_labels()),
        "stage": labelled(tally(rows, "stages"), stages),
    }
    total = rows.count() if least > 1 else 0
    return {name: enough(given, least, total) for name, given in found.items()}


def enough(given: list[Choice], least: int, total: int) -> list[Choice]:
    """None that has too few, or leaves too few over."""
    kept = [choice for choice in given if choice.count >= least]
    left = total - sum(choice.count for choice in kept)
    while least > 1 and kept and 0 < left < least:
        smallest = min(kept, key=lambda choice: choice.count)
        kept.remove(smallest)
        left += smallest.count
    return kept


def labelled(counts: Mapping[str, int], labels: Mapping[str, str]) -> list[Choice]:
    return [Choice(code, str(words), counts[code]) for code, words in labels.items() if code in counts]


def by_period(rows: QuerySet[Evidence]) -> list[Choice]:
    periods = [period for period in Period.objects.all() if period.has_days]
    if not periods:
        return []
    counts = rows.aggregate(
        **{f"p{row.code}": Count("pk", filter=Q(day__range=(row.begins, row.ends))) for row in periods}
    )
    return [
        Choice(row.code, period_name(row.code), counts[f"p{row.code}"]) for row in periods if counts[f"p{row.code}"]
    ]


def period_name(code: str) -> str:
    return _("Period %(number)s") % {"number": code}


def by_partner(rows: QuerySet[Evidence]) -> list[Choice]:
    counts = dict(rows.filter(organisation__isnull=False).order_by().values_list("organisation").annotate(Count("pk")))
    found = Organisation.objects.filter(pk__in=counts)
    return [Choice(row.code, str(row.name), counts[row.pk]) for row in found]


def entries(user, rows: Iterable[Evidence]) -> list[Entry]:
    """Lines for a page of entries the reader may see; a fixed number of queries for each kind of thing."""
    rows = list(rows)
    things: dict[str, set[int]] = {}
    for row in rows:
        things.setdefault(row.thing, set()).add(row.object_id)
    told = {label: lines(user, label, pks) for label, pks in things.items()}
    return [Entry(*told[row.thing][row.object_id], row) for row in rows if row.object_id in told[row.thing]]


def lines(user, label: str, pks: Collection[int]) -> dict[int, tuple[Any, str, str]]:
    kind = thing_kind(label)
    if kind is None:
        return {}
    found = list(kind.visible(user).filter(pk__in=pks))
    titles = kind.titles(found) if kind.titles else {thing.pk: kind.title(thing) for thing in found}
    return {thing.pk: (titles.get(thing.pk, ""), kind.address(thing), str(kind.name)) for thing in found}


def self_declared() -> dict[int, int]:
    """By indicator: how many of its people only declared themselves, as far as everybody is told; one query."""
    some = Evidence.objects.filter(is_self_declared=True).order_by().values("indicator")
    people = Evidence.objects.filter(indicator__in=some, personal=True).order_by().values_list("indicator")
    counts = people.annotate(declared=Count("pk", filter=Q(is_self_declared=True)), total=Count("pk"))
    return {pk: told for pk, declared, total in counts if (told := told_apart(declared, total))}


def values(*, until: date | None = None) -> dict[int, int]:
    """The length of every indicator's list, in one query."""
    rows = Evidence.objects.filter(day__lte=until) if until else Evidence.objects.all()
    return dict(rows.order_by().values_list("indicator").annotate(Count("pk")))
