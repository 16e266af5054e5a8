"""What respondents of consultations read is there in all eleven languages, not in the desk's three alone."""

import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from .floors import ROOT, told
from .test_catalogues import CATALOGUES

TEMPLATES = ROOT / "templates"
PUBLIC = ('{% extends "layouts/public.html" %}', '{% extends "consultations/results.html" %}')
NAMED = re.compile(r'{% (?:include|extends) "((?:consultations|layouts)/[\w/]+\.html)"')
ELSEWHERE = ("400", "403", "404", "trails/panel")
MODULES = (
    *("answering", "blocks", "charts", "crosses", "dates", "evidence", "groups", "paper", "presentation", "profile"),
    *("publication", "respondents", "sensitivity", "turnout", "forms/answers", "models/answers", "models/findings"),
    *("forms/participation", "services/answers", "services/invitations", "services/links", "services/registration"),
    *("views/answering", "views/invited", "views/public", "views/sending"),
)


def pages() -> set[Path]:
    """Templates of the pages everybody may open, with those they are made of, and those of all types of questions."""
    first = [page for page in (TEMPLATES / "consultations").glob("*.html") if page.read_text().startswith(PUBLIC)]
    found: set[Path] = set()
    waiting = [
        *first,
        *(TEMPLATES / "consultations/questions").glob("*.html"),
        TEMPLATES / "consultations/question.html",
    ]
    while waiting:
        page = waiting.pop()
        if page not in found:
            found.add(page)
            waiting += [TEMPLATES / name for name in NAMED.findall(page.read_text())]
    return found | {TEMPLATES / f"{name}.html" for name in ELSEWHERE}


def places() -> set[str]:
    modules = [ROOT / "consultations" / f"{name}.py" for name in MODULES]
    return {told(path) for path in (*pages(), *modules, *(ROOT / "consultations/questions").glob("*.py"))}


def lacking(path: Path, wanted: set[str]) -> Iterator[str]:
    for entry in polib.pofile(str(path)):
        if not entry.translated() and wanted & {place for place, _line in entry.occurrences}:
            yield entry.msgid


def test_pages_are_those_of_respondents():
    names = {page.relative_to(TEMPLATES).as_posix() for page in pages()}
    of_desks = {page for page in names if "layouts/desk.html" in NAMED.findall((TEMPLATES / page).read_text())}

    read = {
        f"consultations/{name}.html"
        for name in ("answer", "review", "receipt", "later", "results_section", "finding_row")
    }
    assert read | {"layouts/public.html", "consultations/questions/date.html"} <= names
    assert of_desks == set()


def test_places_are_files_that_exist():
    assert [place for place in places() if not (ROOT / place).is_file()] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=told)
def test_catalogues_say_where_words_stand(path):
    entries = polib.pofile(str(path))
    said = {place for entry in entries for place, _line in entry.occurrences}

    assert {told(ROOT / "templates/consultations/review.html"), told(ROOT / "consultations/respondents.py")} <= said


@pytest.mark.parametrize("path", CATALOGUES, ids=told)
def test_respondents_read_their_own_language(path):
    assert list(lacking(path, places())) == []
