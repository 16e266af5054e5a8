"""The demonstration is computed by the program itself, and computed again it is the same."""

import pytest

from benchmarking import computing, demonstration
from benchmarking.demonstration import benchmarks
from benchmarking.models import Benchmark, Run
from platform_core.ground.texts.codes import CODES
from repository.models import Record

pytestmark = pytest.mark.django_db


def test_two_benchmarks_are_there_once_labelled_and_reproducible():
    demonstration.load()
    told = [benchmarks.load(), benchmarks.load()]
    published = Benchmark.objects.get(state="published")
    run = Run.objects.get(published_at__isnull=False)
    again = computing.compared(run, computing.computed_from(run, lambda done, words: None))

    assert told == ["two benchmarks of invented figures, computed", ""]
    assert sorted(Benchmark.objects.values_list("state", "is_demonstration")) == [("draft", True), ("published", True)]
    assert (again["identical"], again["differences"]) == (True, [])
    assert (Run.objects.filter(state="done").count(), run.areas.count()) == (3, 79)
    assert set(published.title) == set(Record.objects.get().description) == set(CODES)
