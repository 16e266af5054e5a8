"""Which vintage of NUTS the codes of a file belong to, and what they are called today."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

VINTAGES = (2006, 2010, 2013, 2016, 2021)
FINER = 5  # letters of a code of NUTS 3
ELSEWHERE = ({"Z"}, {"X"})  # what belongs to no region (embassies, platforms at sea) or is not said


class Meaning(NamedTuple):
    first: int
    last: int
    fate: str
    area: str
    successors: str
    name: str


@dataclass
class Recoding:
    """`areas`: today's code by that of the file. The rest of the file's codes is left out, each for a reason."""

    vintage: int
    fits: dict[int, int]
    areas: dict[str, str] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    lost: dict[str, Meaning] = field(default_factory=dict)
    finer: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def recode(codes: Iterable[str], known: Mapping[str, Sequence[Meaning]], vintage: int = 0) -> Recoding:
    """`vintage` 0: the one that knows most of the codes, the newest of several. A code that this vintage does not know
    means what it meant last: files of Eurostat mix them.
    """
    told = sorted(set(codes))
    fits = {
        year: sum(any(m.first <= year <= m.last for m in known.get(code, ())) for code in told) for year in VINTAGES
    }
    chosen = vintage or max(VINTAGES, key=lambda year: (fits[year], year))
    found = Recoding(chosen, fits)
    for code in told:
        place(code, known.get(code, ()), found)
    return found


def place(code: str, meanings: Sequence[Meaning], found: Recoding) -> None:
    if not meanings:
        kind = found.elsewhere if is_elsewhere(code) else found.finer if is_finer(code) else found.unknown
        kind.append(code)
        return
    fitting = [meaning for meaning in meanings if meaning.first <= found.vintage <= meaning.last]
    meaning = max(fitting or meanings, key=lambda meaning: meaning.first)
    if meaning.area:
        found.areas[code] = meaning.area
        if meaning.area != code:
            found.renamed[code] = meaning.area
    else:
        found.lost[code] = meaning


def is_elsewhere(code: str) -> bool:
    return 3 <= len(code) <= FINER and code[:2].isalpha() and set(code[2:]) in ELSEWHERE


def is_finer(code: str) -> bool:
    return len(code) == FINER and code[:2].isalpha() and code.isalnum() and code.isupper()


def meanings(rows: Iterable) -> dict[str, list[Meaning]]:
    """From rows of AreaCode, read with their area."""
    found = defaultdict(list)
    for row in rows:
        area = row.area.code if row.area else ""
        found[row.code].append(Meaning(row.first, row.last, row.fate, area, row.successors, row.name))
    return dict(found)
