"""Which conditions regions meet: by topic, with who said so, when, and what was said before."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
from platform_core.ground.vocabulary.models import Region, Topic
from platform_core.identity.access.selectors import visible
from platform_core.people.members.models import Organisation
from platform_core.people.members.selectors import own_organisations

from ..models import Condition, ConditionAnswer, ConditionSheet
from ..permissions.conditions import speakers

LABEL = "pilots.conditionsheet"
Value = ConditionAnswer.Value
TONES = {"yes": "good", "partly": "waiting", "no": "bad", "unknown": "neutral", "": "neutral"}


@dataclass(frozen=True)
class Line:
    """A condition with the answer that holds; None where nobody has said anything."""

    condition: Condition
    answer: ConditionAnswer | None

    @property
    def value(self) -> str:
        return self.answer.value if self.answer else ""

    @property
    def tone(self) -> str:
        return TONES[self.value]

    @property
    def is_known(self) -> bool:
        return self.value not in ("", Value.UNKNOWN)


@dataclass(frozen=True)
class Part:
    topic: Topic
    lines: Sequence[Line]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many lines have each answer, unknown ones with those nobody answered."""
        found = Counter(line.value or Value.UNKNOWN.value for line in self.lines)
        return [(Value(value).label, found[value]) for value in Value.values if found[value]]


def sheets(user) -> QuerySet[ConditionSheet]:
    return visible(ConditionSheet.objects.select_related("region__country"), user)


def sheet_if_any(user, region: Region) -> ConditionSheet | None:
    return sheets(user).filter(region__code=region.code).first()


def sheet_for(user, code: str) -> ConditionSheet:
    return get_object_or_404(sheets(user), region__code=code)


def blank(region: Region) -> ConditionSheet:
    """The sheet of a region of which nobody has said anything; asked for rights and for empty pages, never kept."""
    today = platform_day()
    return ConditionSheet(region=region, checked_on=today, check_on=today)


def conditions(topic: int | None = None) -> list[Condition]:
    rows = Condition.objects.select_related("topic")
    return list(rows.filter(topic=topic) if topic else rows)


def lines(sheet: ConditionSheet | None, topic: int | None = None) -> list[Line]:
    held = {}
    if sheet and sheet.pk:
        rows = sheet.answers.filter(is_current=True).select_related("declared_for")
        held = {row.condition_id: row for row in rows}
    return [Line(one, held.get(one.pk)) for one in conditions(topic)]


def parts(sheet: ConditionSheet | None) -> list[Part]:
    rows = lines(sheet)
    return [Part(topic, [row for row in rows if row.condition.topic_id == topic.pk]) for topic in vocabulary.topics()]


def by_precondition(sheet: ConditionSheet | None) -> dict[str, Line]:
    """The lines that answer a precondition of records, by its code."""
    return {line.condition.precondition: line for line in lines(sheet) if line.condition.precondition}


def history(sheet: ConditionSheet) -> QuerySet[ConditionAnswer]:
    """Everything that was ever declared, the newest first."""
    return sheet.answers.select_related("condition__topic", "declared_for").order_by("-declared_on", "-pk")


def declarers(user, sheet: ConditionSheet) -> QuerySet[Organisation]:
    """The organisations a person may declare for."""
    keys = {int(key.partition(":")[2]) for key in speakers(sheet)}
    return own_organisations(user).filter(pk__in=keys)


def listed(user, country: str = "") -> QuerySet[ConditionSheet]:
    rows = sheets(user)
    return rows.filter(region__country=country) if country else rows


def to_check() -> QuerySet[ConditionSheet]:
    return ConditionSheet.objects.filter(is_reminded=False, check_on__lte=platform_day())
