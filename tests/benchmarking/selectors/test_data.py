import numpy as np
import pytest

from benchmarking.models import Observation
from benchmarking.selectors.data import Latest, matrix
from tests.factories import data as factory

pytestmark = pytest.mark.django_db

CELLS = [
    ("gdp", "AT11", 2019, 20.0),
    ("gdp", "AT11", 2020, 21.5, "p"),
    ("gdp", "AT12", 2018, 30.0),
    ("gdp", "AT12", 2020, None, ":"),
    ("jobs", "AT11", 2020, 5.0, "", "national"),
]


@pytest.fixture
def version(people):
    return factory.version(factory.data_set(), *CELLS, sha256="f" * 64)


def test_one_year(version):
    found = matrix([version.pk], ["jobs", "gdp"], ["AT12", "AT11"], 2020)

    expected = np.array([[np.nan, np.nan], [5.0, 21.5]])
    np.testing.assert_array_equal(found.value.to_numpy(), expected)
    assert found.value.index.tolist() == ["AT12", "AT11"]
    assert found.value.columns.tolist() == ["jobs", "gdp"]
    assert found.flag.to_numpy().tolist() == [["", ":"], ["", "p"]]
    assert found.provenance.to_numpy().tolist() == [["", ""], ["national", ""]]
    assert found.year.to_numpy().tolist() == [[0, 2020], [2020, 2020]]


def test_latest_takes_the_newest_value_that_is_known(version):
    found = matrix([version.pk], ["gdp"], ["AT11", "AT12", "AT13"], Latest(2020, age=2))

    assert found.value["gdp"].tolist()[:2] == [21.5, 30.0]
    assert found.year["gdp"].tolist() == [2020, 2018, 0]
    assert found.version["gdp"].tolist() == [version.pk, version.pk, 0]


def test_latest_is_at_most_as_old_as_said(version):
    found = matrix([version.pk], ["gdp"], ["AT12"], Latest(2020, age=1))

    assert np.isnan(found.value.loc["AT12", "gdp"])
    assert found.flag.loc["AT12", "gdp"] == ":"


def test_the_version_named_first_goes_before(version):
    other = factory.version(version.data_set, ("gdp", "AT11", 2020, 99.0), number=2)

    first = matrix([other.pk, version.pk], ["gdp"], ["AT11"], 2020)
    second = matrix([version.pk, other.pk], ["gdp"], ["AT11"], 2020)

    assert [frame.value.loc["AT11", "gdp"] for frame in (first, second)] == [99.0, 21.5]


def test_hashes_say_what_it_was_made_of(version):
    assert matrix([version.pk], ["gdp"], ["AT11"], 2020).hashes == {
        version.pk: {"data_set": "figures", "number": 1, "sha256": "f" * 64, "digest": version.digest}
    }


def test_nothing_at_all(people):
    found = matrix([], ["gdp"], ["AT11"], 2020)

    assert found.value.shape == (1, 1)
    assert found.flag.loc["AT11", "gdp"] == ""


def test_two_questions_whatever_the_size(version, django_assert_num_queries):
    with django_assert_num_queries(2):
        matrix([version.pk], ["gdp", "jobs"], ["AT11", "AT12"], Latest(2020, age=5))


@pytest.mark.database
def test_observations_are_stored_as_they_are(version):
    told = Observation.objects.values_list("indicator__code", "area__code", "year", "value", "flag", "provenance")

    assert set(told) == {(*cell, *("", "")[len(cell) - 4 :]) for cell in CELLS}


def test_the_digest_does_not_depend_on_the_order(version):
    again = factory.version(version.data_set, *reversed(CELLS), number=2)
    changed = factory.version(version.data_set, *CELLS[1:], number=3)

    assert again.digest == version.digest
    assert changed.digest != version.digest
