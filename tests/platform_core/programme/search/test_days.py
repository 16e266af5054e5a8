"""The newest with a word or a value come first, also after their day was changed."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from platform_core.programme.search import selectors, services
from repository.models import Record
from tests.factories.repository import record
from tests.settling import settle

from .asking import LABEL, codes, snapshot

pytestmark = [pytest.mark.django_db, pytest.mark.database]

GUEST = AnonymousUser()
QUESTIONS = [
    {"words": "voucher"},
    {"topic": ["4"]},
    {"topic": ["4"], "country": ["AT"]},
    {"topic": ["4", "5"]},
    {"words": "voucher", "topic": ["4"]},
    {},
]


@pytest.fixture
def three():
    for code in ("one", "two", "three"):
        record("Voucher", code=code)
    settle()


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_newest_come_first(question, three):
    assert codes(GUEST, order="newest", **question) == ["three", "two", "one"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_changed_its_day_stands_in_its_place_once(question, three):
    moved = Record.objects.get(code="three")
    Record.objects.filter(pk=moved.pk).update(published_on=date(2001, 2, 28))
    services.index(selectors.kind_of(LABEL), moved.pk)

    assert codes(GUEST, order="newest", **question) == ["two", "one", "three"]
    before = snapshot()
    services.rebuild()
    assert snapshot() == before


@pytest.mark.parametrize("question", [question for question in QUESTIONS if question])
def test_what_is_gone_is_found_no_more(question, three):
    services.remove(selectors.SearchEntry.objects.get(key="two"))

    assert codes(GUEST, order="newest", **question) == ["three", "one"]
