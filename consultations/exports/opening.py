"""Which of the answers everybody may have, one row per response.

Left out are columns of words, days, regions and files, and responses that are not to be published. Who could be told apart
by country, audience, type of organisation and size together with fewer than `threshold` others has values taken away: size
first, then type, then country. A value that decides what else is shown cannot be hidden by taking it away; where that
or the last of them is not enough, the response is left out. Fewer than `threshold` are never left out of a group, for its
published figures without its rows would tell theirs.

The audience is a profile question also where it is known from links alone. Left out is who came by the link of another
audience than she said, where that decides what is shown; the audience is given up where more than half would be left out.
What is shown for an audience that is not told, or for a language, is given up.

What the page of the results hides of a question is taken away here too (`withholding`). Where that cannot be done value by
value, profile questions are given up, the finest first, and in the end the question. Questions that are asked for the
answers of such a one are given up with it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from django.utils.translation import gettext as _

from ..models import Response
from ..models.consultations import THRESHOLD
from ..profile import AUDIENCE, PROFILES, audience_of
from ..questions import SEVERAL_TYPES
from ..structure import LANGUAGE, depends_on, questions
from .answers import Answers
from .columns import CHOICE, COUNT, NUMBER, TICK, WITHHELD, Column, Missing
from .withholding import Reading, ticks_taken, told_in

OPEN = (CHOICE, TICK, COUNT, NUMBER)
OF_RESPONSE = ("response.number", "response.version")
TAKEN_AWAY = ("size", "org_type", "country")
BY_LINK = "response.audience"  # where the audience stands that came with a link
VERSION = 1  # the place of `response.version`
Rows = list[list]


class OpenData:
    """`told` counts what was taken away; `given_up` are the columns of which nothing is left."""

    def __init__(self, answers: Answers) -> None:
        self.answers = replace(answers, audience=True)
        self.all = self.answers.columns
        results = answers.consultation.results.first()
        left_out = set(results.left_out) if results else set()
        self.figures = results.figures if results else None
        self.page = told_in(results.figures) if results else {}
        self.columns = [column for column in self.all if is_open(column) and column.question not in left_out]
        self.names = [column.name for column in self.columns]
        self.least = max(THRESHOLD, answers.consultation.threshold)
        self.told = {"values": 0, "responses": 0}
        self.given_up: list[str] = []

    def rows(self) -> Rows:
        """Numbered anew, so that a gap tells nothing."""
        places = [self.all.index(column) for column in self.columns]
        whole = list(self.placed())
        every = [[row[place] for place in places] for row in whole]
        wished = self.wished()
        found = self.tried(every, wished & self.of_one_audience(whole), ()) if AUDIENCE in self.names else []
        if all(2 * len(rows) < len(every) for rows, _given_up in found):
            found += self.tried(every, wished, (AUDIENCE,))
        rows, given_up = max(found, key=lambda pair: told_in_rows(pair[0]))
        self.given_up = [name for name in self.names if name in given_up]
        self.told = {
            "values": sum(value is WITHHELD for row in rows for value in row),
            "responses": len(every) - len(rows),
        }
        return [[number, *row[1:]] for number, row in enumerate(rows, 1)]

    def tried(self, every: Rows, stay: np.ndarray, without: Sequence[str]) -> list[tuple[Rows, set[str]]]:
        """Rows, and the columns of which nothing is left, with fewer and fewer profile questions."""
        fewer = [{*without, *TAKEN_AWAY[:number]} for number in range(len(TAKEN_AWAY) + 1)]
        profiles = [name for name in PROFILES if name in self.names]
        kept = dict.fromkeys(tuple(name for name in profiles if name not in gone) for gone in fewer)
        return [self.protected(every, stay, names) for names in kept]

    def placed(self) -> Iterator[list]:
        """All rows; who did not say her audience belongs to that of her link, as in the figures."""
        places = {column.name: place for place, column in enumerate(self.all)}
        said, link = places.get(AUDIENCE), places[BY_LINK]
        known = () if said is None else [code for code, _words in self.all[said].values]
        for row in self.answers.rows():
            if said is not None:
                row[said] = audience_of(row[said], row[link], known) or row[said]
            yield row

    def of_one_audience(self, whole: Rows) -> np.ndarray:
        """Who was shown nothing for the link of another audience than the one that is told of her."""
        if not self.decides(AUDIENCE):
            return np.ones(len(whole), dtype=bool)
        places = {column.name: place for place, column in enumerate(self.all)}
        told, link = places[AUDIENCE], places[BY_LINK]
        return np.array([isinstance(row[link], Missing) or row[link] == row[told] for row in whole], dtype=bool)

    def wished(self) -> np.ndarray:
        """Whose respondents did not wish that nothing is published."""
        named = [place for place, column in enumerate(self.all) if column.name == "response.publication"]
        rows = self.answers.rows()
        return np.array([all(row[place] != Response.Publication.NEVER for place in named) for row in rows], dtype=bool)

    def protected(self, every: Rows, wished: np.ndarray, kept: Sequence[str]) -> tuple[Rows, set[str]]:
        """Rows that tell these profile questions, and the columns of which nothing is left."""
        stay, known = wished.copy(), [self.names.index(name) for name in kept]
        if AUDIENCE in kept:
            stay &= self.of_large_audiences(every, wished)
        open_rows = [[*row] if is_in else None for row, is_in in zip(every, stay, strict=True)]
        present = [row for row in open_rows if row]
        for name in TAKEN_AWAY:
            if name in kept and not self.decides(name):
                take_away(present, known, self.names.index(name), self.least)
        stay = without_few(every, open_rows, stay, known, self.least)
        true = [row for row, is_in in zip(every, stay, strict=True) if is_in]
        rows = [row for row, is_in in zip(open_rows, stay, strict=True) if is_in and row]
        return rows, self.taken_away(true, rows, kept)

    def of_large_audiences(self, every: Rows, wished: np.ndarray) -> np.ndarray:
        """Not of an audience that is small or that the page of the results hides."""
        place = self.names.index(AUDIENCE)
        sizes = Counter(row[place] for row, is_in in zip(every, wished, strict=True) if is_in)
        page = self.page.get(AUDIENCE)
        large = {name for name, size in sizes.items() if size >= self.least}
        if page:
            large = {name for name in large if not isinstance(name, str) or name in page.options}
        return np.array([row[place] in large for row in every], dtype=bool)

    def taken_away(self, true: Rows, rows: Rows, kept: Sequence[str]) -> set[str]:
        """Takes values out of `rows`; gives the columns of which nothing is left."""
        profiles = {name: self.large_groups(name, [row[self.names.index(name)] for row in true]) for name in kept}
        readings = {
            column.name: Reading(column, [row[place] for row in true], profiles, self.page.get(column.name), self.least)
            for place, column in enumerate(self.columns)
            if column.question and column.name not in {*PROFILES} - {*kept} and column.name != AUDIENCE
        }
        taken = {name: reading.widened(reading.in_hidden_cells()) for name, reading in readings.items()}
        settled = {name: np.zeros(len(true), dtype=bool) for name in readings}
        for question, together in self.ticked_together():
            found = ticks_taken(question, [readings[name] for name in together], [taken[name] for name in together])
            for name, rows_taken, rows_settled in zip(together, *found, strict=True):
                taken[name], settled[name] = rows_taken, rows_settled
        lost = set()
        for name, reading in readings.items():
            missing = np.array([row[self.names.index(name)] is WITHHELD for row in rows], dtype=bool)
            is_read = self.figures is None or name in self.page or reading.column.of not in COUNTED
            if not is_read or not reading.is_safe((taken[name] | missing) & ~settled[name]):
                lost.add(name)
        given_up = lost | {name for name in self.names if name in PROFILES and name not in kept}
        given_up |= self.dependents(given_up | {name for name, rows_taken in taken.items() if rows_taken.any()})
        if few_in(Counter(row[VERSION] for row in rows).values(), self.least):
            given_up.add(self.names[VERSION])
        for place, name in enumerate(self.names):
            for number, row in enumerate(rows):
                if name in given_up or (name in taken and taken[name][number]):
                    row[place] = WITHHELD
        return given_up

    def large_groups(self, name: str, values: list) -> list:
        """Answers to a profile question; those that no figures or few rows have are one, for they are told of nobody."""
        sizes, page = Counter(values), self.page.get(name)
        small = {value for value, size in sizes.items() if size < self.least}
        if page:
            small |= {value for value in sizes if isinstance(value, str) and value not in page.options}
        return [WITHHELD if value in small else value for value in values]

    def ticked_together(self) -> Iterator[tuple[dict, list[str]]]:
        """The columns of one list of ticks, with its question: what stands beside a tick can tell it."""
        asked = {one["code"]: one for one in questions(self.answers.newest.structure)}
        found: dict[tuple[str, str], list[str]] = {}
        for column in self.columns:
            if column.of in SEVERAL_TYPES:
                found.setdefault((column.question, column.name.rpartition(".")[0]), []).append(column.name)
        yield from ((asked.get(code, {}), together) for (code, _list), together in found.items())

    def dependents(self, hidden: set[str]) -> set[str]:
        """Columns of questions that are shown for answers that are hidden, or are in no column here."""
        told = {column.question for column in self.columns} - {self.of(name) for name in hidden}
        found: set[str] = set()
        for version in self.answers.versions.values():
            structure = version.structure
            for code in [AUDIENCE, LANGUAGE, *(asked["code"] for asked in questions(structure))]:
                if code not in told:
                    found |= behind(structure, code)
        return {column.name for column in self.columns if column.question in found}

    def of(self, name: str) -> str:
        return self.columns[self.names.index(name)].question

    def decides(self, name: str) -> bool:
        return any(depends_on(version.structure, name) for version in self.answers.versions.values())

    def description(self) -> str:
        told = _(
            "Answers without words, regions, organisations and files. To protect respondents %(values)s values were taken "
            "away (code %(code)s) and %(responses)s responses left out, among them those of people who wished it."
        )
        lines = [told % {**self.told, "code": WITHHELD.code}]
        lines.append(_("What the published results hide cannot be worked out from these answers either."))
        if self.given_up:
            lines.append(_("Nothing is left of: %(columns)s.") % {"columns": ", ".join(self.given_up)})
        return " ".join(lines)


def told_in_rows(rows: Rows) -> int:
    return sum(value is not WITHHELD for row in rows for value in row)


COUNTED = ("single", "country", "multiple", "matrix", "matrix_multiple", "likert", "rating", "consent")


def behind(structure: dict, code: str) -> set[str]:
    """Questions that are shown or required for the answer to one, and those behind them."""
    found: set[str] = set()
    waiting = [code]
    while waiting:
        named = set(depends_on(structure, waiting.pop()))
        for section in structure["sections"]:
            named |= {asked["code"] for asked in section["questions"]} if section["code"] in named else set()
        waiting += named - found
        found |= named
    return found


def is_open(column: Column) -> bool:
    """Profile columns are those of the questions; what tells of the response itself could tell who it was."""
    return column.kind in OPEN and (bool(column.question) or column.name in OF_RESPONSE)


def groups(rows: Sequence[list], places: Sequence[int]) -> Counter:
    return Counter(tuple(row[place] for place in places) for row in rows)


def take_away(rows: list[list], places: Sequence[int], place: int, least: int) -> int:
    """Values at one place are taken from rows in groups that are too small; gives how many."""
    sizes, taken = groups(rows, places), 0
    for row in rows:
        if sizes[tuple(row[known] for known in places)] < least and row[place] is not WITHHELD:
            row[place], taken = WITHHELD, taken + 1
    return taken


def few_in(sizes, least: int) -> bool:
    return any(0 < size < least for size in sizes)


def without_few(
    every: Sequence[list], shown: Sequence[list | None], stay: np.ndarray, places: Sequence[int], least: int
) -> np.ndarray:
    """Who stays, so that at least `least` show the same, and of each group nobody or at least `least` are left out."""
    stay = stay.copy()
    while True:
        sizes = groups([row for row, is_in in zip(shown, stay, strict=True) if row and is_in], places)
        small = [not row or sizes[tuple(row[place] for place in places)] < least for row in shown]
        more = stay & ~np.array(small, dtype=bool)
        for part in [[], *([place] for place in places)]:
            leave_more_out(every, more, part, least)
        if (more == stay).all():
            return stay
        stay = more


def leave_more_out(every: Sequence[list], stay: np.ndarray, part: Sequence[int], least: int) -> None:
    """The last first, where one to `least` - 1 are left out of a group."""
    found: dict[tuple, list[int]] = {}
    for number, row in enumerate(every):
        found.setdefault(tuple(row[place] for place in part), []).append(number)
    for members in found.values():
        staying = [number for number in members if stay[number]]
        out = len(members) - len(staying)
        if 0 < out < least:
            stay[staying[out - least :]] = False
