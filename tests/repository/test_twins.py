"""What may be the same: titles that share most of their words, and at what cost they are found."""

import json
from pathlib import Path
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from repository import demonstration, services, twins
from repository.models import TitleWord
from tests.factories.repository import record

from .test_kinds import deposit

FOLDER = Path(demonstration.__file__).parent


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


ROWS = [
    row
    for name in ("practices", "recommendations", "brief")
    for row in json.loads((FOLDER / f"{name}.json").read_text())
    if isinstance(row, dict)
]


def told(row: dict, language: str) -> dict:
    """A row of the demonstration as somebody tells it in one language."""
    texts = {name: {language: row[name][language]} for name in ("title", "summary")}
    return {**texts, **{name: row.get(name, []) for name in ("kind", "year", "countries")}}


@pytest.fixture
def in_english(people):
    for row in ROWS:
        fields = {name: value for name, value in told(row, "en").items() if name != "title"}
        record(row["title"]["en"], code=row["code"], concepts=[], **fields)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["el", "bg"])
def test_the_demonstration_told_in_another_language_raises_few_false_alarms(people, in_english, language):
    found = {row["code"]: [one.code for one in twins.perhaps(told(row, language), people.guest)] for row in ROWS}

    right = [code for code, codes in found.items() if code in codes]
    wrong = [(code, other) for code, codes in found.items() for other in codes if other != code]
    assert (len(right) >= 10, len(wrong) <= 4) == (True, True), (right, wrong)


GUARANTEE = {
    "title": {"de": "Garantien und Wagniskapital"},
    "summary": {"de": "Für Start-ups"},
    "kind": "good_practice",
    "year": 2024,
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ["a"]),
        ({"title": {"de": "Wagniskapital", "en": "Venture capital"}}, []),
        ({"year": 2020}, []),
        ({"kind": "lesson"}, []),
        ({"countries": ["EL"]}, ["a"]),
        ({"countries": ["BG"]}, []),
        ({"regions": ["BG31"]}, []),
        ({"title": {"de": "Wagniskapital"}, "summary": {"de": "Kurz"}, "concepts": []}, []),
    ],
)
def test_what_may_be_the_same_in_another_language(people, fields, expected):
    record("Capital", code="a", countries=["EL"], concepts=["venture-capital", "start-up"], summary={"en": "Short"})
    keywords = {"concepts": ["venture-capital", "start-up"]}

    found = twins.perhaps({**GUARANTEE, **keywords, **fields}, people.guest)

    assert [one.code for one in found] == expected


@pytest.mark.django_db
def test_the_form_says_why_it_may_be_the_same(people):
    found = record(
        "Capital", code="a", kind="good_practice", year=2024, concepts=["venture-capital", "start-up"], countries=["AT"]
    )

    page = deposit(
        people.marko,
        language="el",
        title="Κεφάλαια",
        concepts="venture capital, start-up",
        year="2024",
        regions=[],
        countries=["AT"],
    )

    assert [(one.pk, [concept.pk for concept in one.shared]) for one in page.context["twins"]] == [
        (found.pk, ["start-up", "venture-capital"])
    ]
