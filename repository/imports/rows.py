"""From the cells of one row to what a record takes, or to what is wrong with it, column by column."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from platform_core.ground.texts.codes import CODES
from platform_core.ground.vocabulary import selectors as vocabulary, thesaurus
from platform_core.ground.vocabulary.days import platform_day
from platform_core.people.members.selectors import own_organisations

from ..creators import LONGEST, Creator, fields_of, read
from ..forms.records import LICENCES, wrong_in
from ..kinds import BY_CODE, LONG, SHORT, Detail, details_of
from ..models import Record
from .columns import CORE, NEEDED, SCHEMES, SEVERAL, columns

LIMITS = {"title": 300, "summary": 1200, "description": 40_000, "funding": 300}
YES = {"yes", "y", "1", "true", "x"}
NO = {"no", "n", "0", "false", ""}


@dataclass(frozen=True)
class Problem:
    column: str
    words: str


class Known:
    """The vocabulary and the organisations a person acts for, looked up once for a whole table."""

    def __init__(self, person=None) -> None:
        self.person = person

    @cached_property
    def organisations(self) -> dict[str, int]:
        """Keys by code."""
        return dict(own_organisations(self.person).values_list("code", "pk")) if self.person else {}

    @cached_property
    def topics(self) -> set[str]:
        return {str(topic.pk) for topic in vocabulary.topics()}

    @cached_property
    def countries(self) -> set[str]:
        return {country.pk for country in vocabulary.countries()}

    @cached_property
    def regions(self) -> dict[str, str]:
        return {region.code: region.country_id for region in vocabulary.regions()}

    @cached_property
    def terms(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for term in vocabulary.all_terms():
            found.setdefault(term.scheme, set()).add(term.code)
        return found


class Row:
    """Reads the cells of one row; `problems` says what is wrong, `fields` what services take when nothing is."""

    def __init__(self, cells: Mapping[str, Any], known: Known) -> None:
        self.cells, self.known = cells, known
        self.problems: list[Problem] = []
        self.fields = self.read()

    def wrong(self, column: str, words: str) -> None:
        self.problems.append(Problem(column, words))

    def text(self, column: str, limit: int = SHORT) -> str:
        value = self.cells.get(column)
        found = "" if value is None else str(value).strip()
        if column in NEEDED and not found:
            self.wrong(column, _("This is needed."))
        if len(found) > limit:
            self.wrong(
                column,
                _("At most %(limit)s characters; these are %(number)s.") % {"limit": limit, "number": len(found)},
            )
        return found

    def one_of(self, column: str, allowed: Iterable[str], default: str = "") -> str:
        found = self.text(column) or default
        if found and found not in allowed:
            self.wrong(column, _("“%(value)s” is not known.") % {"value": found[:80]})
        return found

    def several(self, column: str, allowed: Iterable[str]) -> list[str]:
        value = self.cells.get(column)
        typed = (
            [str(int(value))]
            if isinstance(value, float) and value.is_integer()
            else self.text(column, LONG).split(SEVERAL)
        )
        found = list(dict.fromkeys(part.strip() for part in typed if part.strip()))
        for one in found:
            if one not in allowed:
                self.wrong(column, _("“%(value)s” is not known.") % {"value": one[:80]})
        return found

    def day(self, column: str) -> date | None:
        value = self.cells.get(column)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date) or value in (None, ""):
            return value or None
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            self.wrong(column, _("“%(value)s” is no day such as 2024-05-31.") % {"value": str(value)[:40]})
            return None

    def year(self) -> int:
        words, last = self.text("year"), platform_day().year + 1
        try:
            found = int(float(words))
        except (ValueError, OverflowError):
            found = 0
        if words and not 1980 <= found <= last:
            self.wrong("year", _("A year from 1980 to %(last)s.") % {"last": last})
        return found

    def yes(self, column: str) -> bool:
        found = self.text(column).lower()
        if found not in YES | NO:
            self.wrong(column, _("yes or no"))
        return found in YES

    def keywords(self) -> list[str]:
        named, unknown = thesaurus.named(self.text("keywords", LONG).split(SEVERAL))
        for one in unknown:
            self.wrong("keywords", _("“%(value)s” is no keyword.") % {"value": one[:80]})
        return named

    def creators(self) -> list[Creator]:
        found = {}
        for one in map(read, self.text("creators", 2000).split(SEVERAL)):
            if wrong := wrong_in(one):
                self.wrong("creators", wrong)
            if one.name:
                found[one.name[:LONGEST]] = replace(one, name=one.name[:LONGEST])
        return list(found.values())

    def organisation(self) -> int | None:
        """The one named, or the only one there is."""
        own = self.known.organisations
        named = self.one_of("organisation", own)
        return own.get(named) if named or len(own) != 1 else next(iter(own.values()))

    def detail(self, detail: Detail, language: str) -> Any:
        if detail.scheme:
            allowed = self.known.terms.get(detail.scheme, set())
            return self.several(detail.code, allowed) if detail.several else self.one_of(detail.code, allowed)
        found = self.text(detail.code, LONG if detail.long else SHORT)
        if detail.link and found:
            try:
                URLValidator(schemes=["http", "https"])(found)
            except ValidationError:
                self.wrong(detail.code, _("This is no address of a page."))
        return {language: found} if detail.is_text and found else found

    def read(self) -> dict[str, Any]:
        kind = self.one_of("kind", BY_CODE)
        language = self.one_of("language", CODES)
        texts = {name: self.text(name, limit) for name, limit in LIMITS.items() if name != "funding"}
        begins, ends = self.day("begins"), self.day("ends")
        if begins and ends and ends < begins:
            self.wrong("ends", _("The end is before the beginning."))
        countries = self.several("countries", self.known.countries)
        regions = self.several("regions", self.known.regions)
        for code in regions:
            if countries and self.known.regions.get(code, countries[0]) not in countries:
                self.wrong("regions", _("This region is in another country."))
        people = self.creators()
        asked = details_of(kind)
        answers = {detail.code: self.detail(detail, language) for detail in asked}
        for detail in asked:
            if detail.required and not answers[detail.code]:
                self.wrong(detail.code, _("This is needed."))
        if kind in BY_CODE:
            self.refuse_strangers(kind)
        return {
            **{name: {language: text} if text else {} for name, text in texts.items()},
            "kind": kind,
            "languages": sorted(self.several("languages", CODES)) or [language],
            "organisation_id": self.organisation(),
            "year": self.year(),
            "topics": [int(number) for number in self.several("topics", self.known.topics) if number.isdecimal()],
            "concepts": self.keywords(),
            "countries": countries,
            "regions": regions,
            "begins": begins,
            "ends": ends,
            "terms": {
                scheme: found for scheme in SCHEMES if (found := self.several(scheme, self.known.terms.get(scheme, ())))
            },
            **fields_of(people),
            "funding": self.text("funding", LIMITS["funding"]),
            "licence": self.one_of("licence", LICENCES, "CC-BY-4.0"),
            "for_members": self.yes("for_members"),
            "files_for": self.one_of("files_for", Record.FilesFor.values, Record.FilesFor.ALL),
            "files_from": self.day("files_from"),
            "details": {code: value for code, value in answers.items() if value},
        }

    def refuse_strangers(self, kind: str) -> None:
        """What the kind does not ask is not dropped in silence."""
        asked = {*CORE, *(detail.code for detail in details_of(kind))}
        for name, value in self.cells.items():
            if value not in (None, "") and name not in asked:
                words = _("This kind does not ask for it.") if name in columns() else _("There is no such column.")
                self.wrong(name, words)
