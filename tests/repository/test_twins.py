"""What may be the same: titles that share most of their words, and at what cost they are found."""

from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from repository import services, twins
from repository.models import TitleWord
from tests.factories.repository import record


def test_titles_alike_share_a_word_that_is_kept():
    draw, alike = Random(1), 0
    for _pair in range(20_000):
        one = frozenset(draw.sample("abcdefghijklmnop", draw.randint(1, 16)))
        other = frozenset(letter for letter in one if draw.random() < 0.9) | {draw.choice("abcdefghijklmnop")}
        if twins.share(one, other) >= twins.ALIKE:
            alike += 1
            assert set(twins.telling(one)) & set(twins.telling(other)), (one, other)
    assert alike > 5_000


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Innovation vouchers for small firms", ["vouchers"]),
        ("Firms small: INNOVATION vouchérs, for", ["vouchers"]),
        ("Innovation vouchers for small enterprises", []),
        ("Innovation vouchers for many small firms", ["vouchers"]),
        ("Guarantees", []),
        ("", []),
    ],
)
def test_titles_nearly_the_same(people, title, expected):
    record("Innovation vouchers for small firms", code="vouchers")
    record("Guarantees of the bank", code="guarantees")

    assert [one.code for one in twins.alike([title], people.guest)] == expected


@pytest.mark.django_db
def test_a_title_that_changed_is_found_by_its_new_words(people):
    found = record("Innovation vouchers", code="vouchers", publish=False)
    services.change(found, by=None, title={"en": "Guarantees of banks"})

    assert (twins.alike(["Innovation vouchers"], people.lena), twins.alike(["Guarantees of banks"], people.lena)) == (
        [],
        [found],
    )


@pytest.mark.django_db
def test_what_cannot_be_seen_is_no_twin(people):
    record("Innovation vouchers", publish=False, by=people.marko)

    assert twins.alike(["Innovation vouchers"], people.ana) == []


@pytest.mark.django_db
def test_other_titles_are_not_read(people):
    for number in range(5):
        record(f"Guarantees number{number} of banks")
    record("Innovation vouchers")

    with CaptureQueriesContext(connection) as queries:
        assert len(twins.alike(["Innovation vouchers"], people.guest)) == 1
    plain = [query["sql"] for query in queries if "repository_titleword" in query["sql"]]
    assert (len(plain), TitleWord.objects.filter(record__title__icontains="Innovation").count()) == (1, 1)
