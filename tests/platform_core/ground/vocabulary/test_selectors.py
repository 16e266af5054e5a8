import pytest
from django.utils.translation import override

from platform_core.ground.texts.codes import CODES, interface_code
from platform_core.ground.texts.sorting import sort_key
from platform_core.ground.vocabulary import selectors

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["AT", "BG", "HR", "EL", "HU", "IT", "RO", "RS", "SK", "SI"]),
        ("el", ["AT", "BG", "EL", "IT", "HR", "HU", "RO", "RS", "SK", "SI"]),
        ("bg", ["AT", "BG", "EL", "IT", "RO", "SK", "SI", "RS", "HU", "HR"]),
        ("de", ["BG", "EL", "IT", "HR", "AT", "RO", "RS", "SK", "SI", "HU"]),
    ],
)
def test_countries_come_in_the_alphabet_of_the_reader(language, expected):
    with override(language):
        assert list(selectors.country_labels()) == expected


@pytest.mark.parametrize("code", CODES)
def test_country_labels_are_sorted_in_every_language(code):
    with override(interface_code(code)):
        names = list(selectors.country_labels().values())

    assert names == sorted(names, key=sort_key)
    assert len(set(names)) == 10


def test_topics_are_named_for_the_reader():
    with override("el"):
        assert selectors.topic_labels()["1"] == "Καινοτομία και Ε&Α"


@pytest.mark.parametrize(
    ("language", "expected"), [("el", "Αττική (EL30)"), ("en", "Attiki (EL30)"), ("bg", "Attiki (EL30)")]
)
def test_region_is_called_natively_by_its_own_readers(language, expected):
    with override(language):
        assert selectors.region_labels()["EL30"] == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (lambda: selectors.topic(7), None),
        (lambda: selectors.country("GR"), None),
        (lambda: selectors.region("XX99"), None),
        (lambda: selectors.term_name("level", "galactic"), "galactic"),
        (lambda: selectors.term_name("level", "eu"), "EU level"),
        (lambda: selectors.country("EL").iso, "GR"),
    ],
)
def test_unknown_codes_are_told_apart(found, expected):
    assert found() == expected


def test_reference_rows_cost_no_query_once_read(django_assert_num_queries):
    selectors.topic_labels(), selectors.country_labels(), selectors.region_labels(), selectors.term_labels("level")

    with django_assert_num_queries(0):
        selectors.topic_labels(), selectors.country_labels(), selectors.region_labels(), selectors.term_labels("level")
