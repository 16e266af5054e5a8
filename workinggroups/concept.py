"""The sections of a concept paper inside its text: which there are, how far each is, and one of them replaced."""

import re
from dataclasses import dataclass
from functools import cache

from django.utils.translation import override

from platform_core.ground.texts.codes import interface_code

from .presets import RESULTS, SECTIONS, Section, in_all_languages

HEADING = re.compile(r"^## +(.+?) *#*$", re.MULTILINE)
NUMBER = re.compile(r"\d+")
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Part:
    """A stretch of the text under one heading; `section` is None for what stands before all of them or was added."""

    section: Section | None
    heading: str
    body: str

    @property
    def words(self) -> int:
        return len(WORD.findall(self.body)) - self.given

    @property
    def given(self) -> int:
        """Words that stood there from the beginning."""
        is_results = self.section is not None and self.section.code == "results" and "|---|" in self.body
        return len(WORD.findall(str(RESULTS))) if is_results else 0

    @property
    def is_complete(self) -> bool:
        return self.section is not None and self.words >= self.section.words


@cache
def by_heading() -> dict[str, Section]:
    """Sections by their headings in every language."""
    return {words.casefold(): one for one in SECTIONS for words in in_all_languages(one.heading).values()}


def parts(text: str) -> list[Part]:
    """The text in its order; joined again by `joined` it is the same."""
    found, heads = [], list(HEADING.finditer(text))
    first = text[: heads[0].start()] if heads else text
    if first.strip():
        found.append(Part(None, "", first.strip()))
    for place, head in enumerate(heads):
        end = heads[place + 1].start() if place + 1 < len(heads) else len(text)
        name = head[1].strip()
        found.append(Part(by_heading().get(name.casefold()), name, text[head.end() : end].strip()))
    return found


def joined(found: list[Part]) -> str:
    told = [f"## {part.heading}\n\n{part.body}" if part.heading else part.body for part in found]
    return "\n\n".join(one.strip() for one in told) + "\n"


def sections(text: str) -> list[Part]:
    """Every section a concept paper has, in its order, empty where the text lacks it."""
    held = {part.section.code: part for part in parts(text) if part.section}
    return [held.get(one.code) or Part(one, str(one.heading), "") for one in SECTIONS]


def replaced(text: str, code: str, body: str, language: str) -> str:
    """The text with one section saying something else; a section that was missing comes at its end."""
    found = parts(text)
    for place, part in enumerate(found):
        if part.section and part.section.code == code:
            found[place] = Part(part.section, part.heading, body.strip())
            return joined(found)
    section = section_named(code)
    with override(interface_code(language)):
        return joined([*found, Part(section, str(section.heading), body.strip())])


def section_named(code: str) -> Section:
    return next(one for one in SECTIONS if one.code == code)


@dataclass(frozen=True)
class Promise:
    """A line of the tables of outputs and results: `target` and `periods` as far as they can be read as numbers."""

    is_result: bool
    name: str
    target: int | None
    periods: tuple[int, ...]


@cache
def heads() -> dict[str, bool]:
    """The first cells of both tables in every language; whether they head the results."""
    found: dict[str, bool] = {}
    for text in in_all_languages(RESULTS).values():
        firsts = [cells_of(line)[0].casefold() for line in text.splitlines() if WORD.search(line)]
        found |= dict(zip(firsts, (False, True), strict=True))
    return found


def cells_of(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def promises(text: str) -> list[Promise]:
    """What the tables of outputs and results say, line by line, in the first three columns."""
    section = next(part for part in sections(text) if part.section and part.section.code == "results")
    found: list[Promise] = []
    is_result = False
    for line in section.body.splitlines():
        cells = cells_of(line) if "|" in line else []
        if cells and cells[0].casefold() in heads():
            is_result = heads()[cells[0].casefold()]
        elif len(cells) >= 2 and WORD.search(cells[0]):
            name, target, period = [*cells, ""][:3]
            read = NUMBER.search(target)
            periods = tuple(int(number) for number in NUMBER.findall(period))
            found.append(Promise(is_result, name, int(read[0]) if read else None, periods))
    return found


def template(language: str) -> str:
    with override(interface_code(language)):
        bodies = {"results": str(RESULTS)}
        return joined([Part(one, str(one.heading), bodies.get(one.code, "")) for one in SECTIONS])
