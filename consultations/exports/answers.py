"""The answers of a consultation as rows under one set of columns, over all versions of its questions.

Rows come in the order of their random keys, which tells nothing of when they were sent; `response.number` counts them.
The day stands there only where the consultation is not anonymous, and who answered only where it is attributed and asked for.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from platform_core.ground.texts.codes import CODES, interface_code
from platform_core.ground.ui.languages import native_name
from platform_core.identity.accounts.models import User
from platform_core.people.members import selectors as members

from ..conditions import Condition, Facts, holds
from ..models import Consultation, Response
from ..profile import as_counted
from ..structure import Structure, audiences, questions
from .columns import (
    CHOICE,
    COUNT,
    DAY,
    NOT_ANSWERED,
    NOT_SHOWN,
    TEXT,
    Column,
    Texts,
    blocks,
    in_every_language,
)

AT_ONCE = 1000
FIELDS = (
    "questionnaire_id",
    "language",
    "audience",
    "channel",
    "day",
    "publication",
    "name",
    "person_id",
    "pk",
    "answers",
)
PERSON, KEY = FIELDS.index("person_id"), FIELDS.index("pk")


class Version:
    """One version of the questions: its blocks, and when each is hidden from a respondent."""

    def __init__(self, number: int, structure: Structure) -> None:
        self.number, self.structure = number, structure
        self.blocks = blocks(questions(self.structure))
        hidden = hiding(self.structure)
        self.steps = [(block, hidden.get(block.code), len(block.columns)) for block in self.blocks]

    @property
    def columns(self) -> list[Column]:
        return [column for block in self.blocks for column in block.columns]

    def values(self, answers: dict, facts: Facts) -> list:
        found: list = []
        for block, is_hidden, width in self.steps:
            value = answers.get(block.code)
            if value is None:
                found += [NOT_SHOWN if is_hidden and is_hidden(answers, facts) else NOT_ANSWERED] * width
            else:
                found += block.spread(value)
                if block.other:
                    found.append(answers.get(block.other) or NOT_ANSWERED)
        return found


def hiding(structure: dict) -> dict[str, Callable[[dict, Facts], bool]]:
    """Which questions can be hidden, and whether one was: answers to hidden questions were dropped when they were sent."""
    found = {}
    for section in structure["sections"]:
        wanted = section.get("audiences")
        outer = [section.get("show"), {"any": [{"audience": code} for code in wanted]} if wanted else None]
        for question in section["questions"]:
            if conditions := [condition for condition in (*outer, question.get("show")) if condition]:
                found[question["code"]] = unmet(conditions)
    return found


def unmet(conditions: Sequence[Condition]) -> Callable[[dict, Facts], bool]:
    return lambda answers, facts: not all(holds(condition, answers, facts) for condition in conditions)


@dataclass
class Answers:
    """What is written to a file. `language` and `labels` say how, `people` whether with names.

    `audience` asks for it as a question where it is known from links alone. `told` is called with the rows done and all of
    them; `numbers` holds those of the responses that were read, by key.
    """

    consultation: Consultation
    language: str = "en"
    labels: bool = False
    mark: bool = True
    people: bool = False
    audience: bool = False
    told: Callable[[int, int], Any] = lambda done, total: None
    versions: dict[int, Version] = field(init=False)
    numbers: dict[int, int] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        held = self.consultation.versions.filter(published_at__isnull=False) or self.consultation.versions.all()
        links = responses(held).order_by().values_list("audience", flat=True).distinct() if self.audience else ()
        self.versions = {one.pk: Version(one.number, as_counted(one.structure, links)) for one in held}

    @property
    def newest(self) -> Version:
        return max(self.versions.values(), key=lambda version: version.number)

    @cached_property
    def of_response(self) -> list[tuple[Column, str]]:
        """Columns of the response itself, with the field each is read from."""
        return list(response_columns(self.consultation, self.newest.structure))

    @cached_property
    def of_person(self) -> list[Column]:
        return list(person_columns()) if self.people and is_attributed(self.consultation) else []

    @cached_property
    def respondents(self) -> dict[int, list]:
        """Name, address and organisation of those who answered, by person."""
        if not self.of_person:
            return {}
        people = User.objects.filter(pk__in=self.responses.exclude(person=None).order_by().values("person"))
        organisations = members.acting_for([person.pk for person in people])
        return {
            person.pk: [person.name or NOT_ANSWERED, person.email, named(organisations.get(person.pk))]
            for person in people
        }

    @cached_property
    def merged(self) -> tuple[list[Column], dict[int, list[int] | None]]:
        """Columns of all versions, the newest first, and where each version's own stand among them."""
        return merge(self.versions)

    @cached_property
    def columns(self) -> list[Column]:
        return [*(column for column, _field in self.of_response), *self.of_person, *self.merged[0]]

    @property
    def responses(self) -> QuerySet[Response]:
        return responses(self.versions)

    def rows(self) -> Iterator[list]:
        """Plain values, one row per response."""
        told = [FIELDS.index(name) for _column, name in self.of_response if name in FIELDS]
        columns, places = self.merged
        total, done = self.responses.count(), 0
        nobody = [NOT_ANSWERED] * len(self.of_person)
        read = self.responses.order_by("pk").values_list(*FIELDS).iterator(chunk_size=AT_ONCE)
        for done, row in enumerate(read, 1):
            version, answers = self.versions[row[0]], row[-1]
            self.numbers[row[KEY]] = done
            values = version.values(answers, Facts(row[1], row[2]))
            place = places[row[0]]
            if place is not None:
                values = placed(values, place, len(columns))
            who = self.respondents.get(row[PERSON], nobody) if nobody else nobody
            yield [done, version.number, *[row[place] or NOT_ANSWERED for place in told], *who, *values]
            if done % AT_ONCE == 0:
                self.told(done, total)
        self.told(done, total)


def responses(versions: Iterable) -> QuerySet[Response]:
    return Response.objects.filter(questionnaire__in=versions, state=Response.State.COUNTED)


def placed(values: list, place: list[int], width: int) -> list:
    row: list = [NOT_SHOWN] * width
    for position, value in zip(place, values, strict=True):
        row[position] = value
    return row


def response_columns(consultation: Consultation, structure: dict) -> Iterator[tuple[Column, str]]:
    yield Column("response.number", COUNT, in_every_language(lambda: _("Number, in no order"))), "number"
    yield Column("response.version", COUNT, in_every_language(lambda: _("Version of the questions"))), "version"
    spoken = tuple((code, dict.fromkeys(CODES, native_name(interface_code(code)))) for code in CODES)
    yield Column("response.language", CHOICE, in_every_language(lambda: _("Language")), spoken), "language"
    kinds = tuple(audience_texts(structure).items())
    yield Column("response.audience", CHOICE, in_every_language(lambda: _("Audience")), kinds), "audience"
    yield Column("response.channel", TEXT, in_every_language(lambda: _("Way by which it came"))), "channel"
    if consultation.mode != Consultation.Mode.ANONYMOUS:
        yield Column("response.day", DAY, in_every_language(lambda: _("Day"))), "day"
    if consultation.asks_publication:
        label = in_every_language(lambda: _("How may your contribution be published?"))
        yield Column("response.publication", CHOICE, label, publication_texts()), "publication"
        yield Column("response.name", TEXT, in_every_language(lambda: _("Name to be published"))), "name"


def is_attributed(consultation: Consultation) -> bool:
    return consultation.mode == Consultation.Mode.ATTRIBUTED


def person_columns() -> Iterator[Column]:
    yield Column("response.person", TEXT, in_every_language(lambda: _("Who answered")))
    yield Column("response.email", TEXT, in_every_language(lambda: _("E-mail address")))
    yield Column("response.organisation", TEXT, in_every_language(lambda: _("Organisation she acts for")))


def named(organisation) -> Any:
    return str(organisation.name) if organisation else NOT_ANSWERED


def audience_texts(structure: dict) -> dict[str, Texts]:
    """Names of the audiences, and the answers to the question of that name."""
    asked = next((question for question in questions(structure) if question["code"] == "audience"), {})
    known = [*asked.get("options", []), *audiences(structure)]
    return {item["code"]: item["text"] for item in known}


def publication_texts() -> tuple[tuple[str, Texts], ...]:
    return tuple((code, in_every_language(partial(str, name))) for code, name in Response.Publication.choices)


def merge(versions: dict[int, Version]) -> tuple[list[Column], dict[int, list[int] | None]]:
    """Columns of the same name and kind are one; what an earlier version held differently is called after it.

    A version whose columns are all of them, in their order, has None for its places.
    """
    found: dict[str, Column] = {}
    names: dict[int, list[str]] = {}
    for pk, version in sorted(versions.items(), key=lambda item: -item[1].number):
        names[pk] = [take(column, version.number, found) for column in version.columns]
    order = {name: place for place, name in enumerate(found)}
    places = {pk: [order[name] for name in own] for pk, own in names.items()}
    whole = list(range(len(order)))
    return list(found.values()), {pk: None if place == whole else place for pk, place in places.items()}


def take(column: Column, number: int, found: dict[str, Column]) -> str:
    held = found.get(column.name)
    if held and held.kind != column.kind:
        column = replace(column, name=f"{column.name}.v{number}")
        held = found.get(column.name)
    if held is None:
        found[column.name] = column
    else:
        known = {code for code, _text in held.values}
        more = tuple(value for value in column.values if value[0] not in known)
        either = {name: getattr(held, name) or getattr(column, name) for name in ("low", "identifies")}
        found[column.name] = replace(held, values=held.values + more, **either)
    return column.name
