"""Which of the answers everybody may have, one row per response.

Left out are columns of words, days, regions and files, and responses that are not to be published. Who could be told apart
by country, audience, type of organisation and size together with fewer than `threshold` others has values taken away: size
first, then type, then country. A value that decides what else is shown cannot be hidden by taking it away; where that
or the last of them is not enough, the response is left out.
"""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from ..models import Response
from ..profile import PROFILES
from ..structure import depends_on
from .answers import Answers
from .columns import CHOICE, COUNT, NUMBER, TICK, WITHHELD, Column

OPEN = (CHOICE, TICK, COUNT, NUMBER)
OF_RESPONSE = ("response.number", "response.version")
TAKEN_AWAY = ("size", "org_type", "country")


class OpenData:
    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.all = answers.columns
        results = answers.consultation.results.first()
        left_out = set(results.left_out) if results else set()
        self.columns = [column for column in self.all if is_open(column) and column.question not in left_out]
        self.told = {"values": 0, "responses": 0, "withheld": 0}

    def rows(self) -> list[list]:
        """Numbered anew, so that a gap tells nothing."""
        places = [self.all.index(column) for column in self.columns]
        rows = [[row[place] for place in places] for row in self.published()]
        rows = self.protected(rows)
        return [[number, *row[1:]] for number, row in enumerate(rows, 1)]

    def published(self) -> list[list]:
        """Without those whose respondents wished no publication."""
        named = [place for place, column in enumerate(self.all) if column.name == "response.publication"]
        rows = list(self.answers.rows())
        kept = [row for row in rows if all(row[place] != Response.Publication.NEVER for place in named)]
        self.told["withheld"] = len(rows) - len(kept)
        return kept

    def protected(self, rows: list[list]) -> list[list]:
        least = max(5, self.answers.consultation.threshold)
        names = [column.name for column in self.columns]
        known = [names.index(name) for name in PROFILES if name in names]
        for name in TAKEN_AWAY:
            if name in names and not self.decides(name):
                self.told["values"] += take_away(rows, known, names.index(name), least)
        kept, left = without_few(rows, known, least)
        self.told["responses"] = left
        return kept

    def decides(self, name: str) -> bool:
        return any(depends_on(version.structure, name) for version in self.answers.versions.values())

    def description(self) -> str:
        told = _(
            "Answers without words, regions, organisations and files. To protect respondents %(values)s values were taken "
            "away and %(responses)s responses left out; %(withheld)s more are not published at their wish."
        )
        return told % self.told


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


def without_few(rows: list[list], places: Sequence[int], least: int) -> tuple[list[list], int]:
    sizes = groups(rows, places)
    kept = [row for row in rows if sizes[tuple(row[place] for place in places)] >= least]
    return kept, len(rows) - len(kept)
