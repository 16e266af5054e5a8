"""Words are looked for in every language of a text, and not in how it is stored."""

import pytest

from benchmarking.models import Benchmark, Indicator
from benchmarking.selectors import benchmarks, datasets, sources
from platform_core.identity.access import services as access
from tests.factories.benchmarks import begun, complete, figures

pytestmark = pytest.mark.database

WORDS = [("Österreich", 1), ("österr", 1), ("Förder", 1), ("Europe", 1), ("_source", 0), ("ELLÁDA", 0), ("u00d6", 0)]
TEXT = {"en": "Funding in Europe", "de": "Förderung in Österreich", "_source": "en"}


@pytest.mark.parametrize(("word", "count"), WORDS)
def test_benchmarks(people, word, count):
    found = begun(people.wanda)
    Benchmark.objects.filter(pk=found.pk).update(title=TEXT, state="published")
    access.set_audience(found, {"public"})

    assert len(benchmarks.published(people.guest, words=word)) == count


@pytest.mark.parametrize(("word", "count"), WORDS)
def test_data_sets(people, word, count):
    told = figures().data_set
    type(told).objects.update(title=TEXT)
    access.set_audience(told.versions.get(), {"public"})

    assert len(datasets.listed(people.guest, words=word)) == count


@pytest.mark.parametrize(("word", "count"), WORDS)
def test_indicators_a_benchmark_can_add(people, word, count):
    found = complete(people.wanda)
    found.nodes.get(code="grants").delete()
    Indicator.objects.filter(code="grants").update(name=TEXT)

    assert len(sources.held_indicators(found, word)) == count
