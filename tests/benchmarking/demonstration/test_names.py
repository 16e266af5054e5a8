"""What the demonstration measures is called in every language, and says of itself that it is invented."""

import json

import pytest

from benchmarking.demonstration import told
from benchmarking.demonstration.benchmarks import TOLD
from benchmarking.demonstration.figures import SECTORS, STRUCTURE, filed, named
from platform_core.ground.texts.codes import CODES

EVERY = STRUCTURE | SECTORS
OTHERS = set(CODES) - {"en"}


@pytest.mark.parametrize("code", EVERY)
def test_every_indicator_has_a_name_and_a_unit_in_every_language(code):
    name, unit, *_rest = EVERY[code]

    assert (set(named("names", code, name)), set(named("units", unit))) == (set(CODES), set(CODES))


@pytest.mark.parametrize("one", told(), ids=lambda one: one["code"])
def test_every_compared_indicator_has_its_name_and_question_in_every_language(one):
    assert [set(one[name]) for name in ("name", "question")] == [set(CODES)] * 2
    assert all(text.endswith(";" if language == "el" else "?") for language, text in one["question"].items())


def test_nothing_is_filed_that_is_not_used():
    units = {unit for _name, unit, *_rest in EVERY.values()} | {one["unit"] for one in told()}

    assert (set(filed()["names"]), set(filed()["units"])) == (set(EVERY), units)


def test_names_of_invented_figures_say_so():
    marks = {language: {name[language].rpartition(" ")[2] for name in filed()["names"].values()} for language in OTHERS}

    assert {language: len(found) for language, found in marks.items()} == dict.fromkeys(OTHERS, 1)
    assert all(mark.startswith("(") for found in marks.values() for mark in found)


@pytest.mark.parametrize("part", ["published", "draft"])
def test_benchmarks_are_called_in_every_language(part):
    texts = json.loads(TOLD.read_text(encoding="utf-8"))[part]

    assert [set(texts[name]) for name in ("title", "question")] == [set(CODES)] * 2
