"""Measurements are run by hand; that they still fit the program is seen here."""

from importlib import import_module

import pytest

from benchmarks import formats_run, prepare, statistics_run
from benchmarks.questionnaires import ASKED, answered
from consultations.models import Consultation

from .floors import ROOT

NAMES = sorted(path.stem for path in (ROOT / "benchmarks").glob("*.py") if path.stem not in {"__init__", "settings"})


@pytest.mark.parametrize("name", NAMES)
def test_every_module_can_be_read(name):
    assert import_module(f"benchmarks.{name}").__name__ == f"benchmarks.{name}"


@pytest.mark.django_db
def test_links_to_answer_are_prepared():
    assert prepare.answers(3)["code"] == ASKED


@pytest.mark.django_db
def test_statistics_are_measured():
    spent = statistics_run.measure(answered(100), rounds=1)

    bare = {"reading, bare", "frames, bare", "coding, bare", "counting, bare", "all pairs, bare"}
    own = {"reading", "frames", "summarise", "all pairs", "equal ticks", "equal texts"}
    assert {name: len(times) for name, times in spent.items()} == dict.fromkeys(bare | own, 1)


@pytest.mark.django_db
def test_files_of_answers_are_measured():
    formats_run.prepare(20)

    spent = formats_run.measure(Consultation.objects.get(code=ASKED), rounds=1)

    assert sorted(spent) == ["columns", "csv", "csv, bare", "grown", "reading, bare", "xlsx", "xlsx, bare"]
