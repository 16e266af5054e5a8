"""The practices and boxes of the policy brief on clusters, as records in three languages with real places."""

from collections import Counter

import pytest

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.models import Term
from platform_core.materials.trails import selectors as trails
from platform_core.people.members import demonstration as members
from repository import demonstration
from repository.demonstration import FILES, read
from repository.kinds import LONG, SHORT, details_of
from repository.models import Record
from tests.people import browser_of

ROWS = read("brief")
LANGUAGES = {"en", "el", "bg"}
BOXES = {
    "mech-fr-poles-de-competitivite": 1,
    "report-five-pandemic-challenges": 2,
    "report-hu22-health-to-rehabilitation": 3,
    "link-policy-learning-platform": 4,
    "mech-es-basque-plans-of-action": 5,
    "gp-ith1-design-before-prototype": 5,
    "link-dk-strategic-use-of-design": 5,
    "gp-nl-from-gas-to-green-energy": 6,
    "gp-itc1-seven-clusters-for-the-strategy": 7,
    "gp-ro-innovation-audit": 8,
    "gp-ith5-agrofood-research-at-scale": 9,
    "gp-lt-santara-valley": 9,
    "gp-de-c3-saxony": 10,
}
LABELS = {
    "en": "Demonstration: the facts are retold in our own words after box {} of the policy brief on clusters ",
    "el": "Επίδειξη: τα στοιχεία αποδίδονται με δικά μας λόγια, σύμφωνα με το πλαίσιο {} του ",
    "bg": "Демонстрация: фактите са преразказани с наши думи по каре {} от аналитичната записка ",
}


def test_every_box_has_its_records():
    assert [row["code"] for row in ROWS] == [*BOXES]
    assert {*BOXES.values()} == {*range(1, 11)}
    assert Counter(row["kind"] for row in ROWS) == {
        "good_practice": 7,
        "policy_mechanism": 2,
        "report": 2,
        "link": 2,
    }


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["code"])
def test_each_says_in_every_language_that_it_is_retold_and_after_which_box(row):
    said = {code: text.startswith(LABELS[code].format(BOXES[row["code"]])) for code, text in row["description"].items()}

    assert (said, row["demonstration"], row["retold"]) == (dict.fromkeys(LANGUAGES, True), True, True)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["code"])
def test_each_answers_what_its_kind_requires_in_every_language(row):
    asked = {detail.code: detail for detail in details_of(row["kind"])}
    told = {code: answer for code, answer in row["details"].items() if asked[code].is_text}
    texts = [row[name] for name in ("title", "summary", "description")] + [*told.values()]

    assert {code for code, detail in asked.items() if detail.required} - {*row["details"]} == set()
    assert [text for text in texts if {code for code, words in text.items() if words.strip()} != LANGUAGES] == []
    assert [
        code for code, answer in told.items() if max(map(len, answer.values())) > (LONG if asked[code].long else SHORT)
    ] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["code"])
def test_the_three_languages_tell_the_same_figures(row):
    figures = {
        code: sorted(word for word in words_of(row, code) if word.isdecimal() and len(word) > 1) for code in LANGUAGES
    }

    assert figures["el"] == figures["en"]
    assert figures["bg"] == figures["en"]


def words_of(row: dict, language: str) -> list[str]:
    texts = [answer[language] for answer in row["details"].values() if isinstance(answer, dict)]
    joined = " ".join([row["title"][language], row["summary"][language], row["description"][language], *texts])
    return "".join(letter if letter.isalnum() else " " for letter in joined).split()


@pytest.mark.django_db
def test_places_topics_and_words_are_those_of_the_vocabulary():
    regions = {region.code for region in vocabulary.regions()}
    countries = {country.code for country in vocabulary.countries()}
    known = {*Term.objects.values_list("scheme", "code")}
    chosen = {(scheme, code) for row in ROWS for scheme, codes in row["terms"].items() for code in codes}
    answered = {
        (detail.scheme, code)
        for row in ROWS
        for detail in details_of(row["kind"])
        if detail.scheme and (answer := row["details"].get(detail.code))
        for code in (answer if isinstance(answer, list) else [answer])
    }

    assert {code for row in ROWS for code in row["regions"]} - regions == set()
    assert {code for row in ROWS for code in row["countries"]} - countries == set()
    assert (chosen | answered) - known == set()
    assert {topic for row in ROWS for topic in row["topics"]} == {topic.pk for topic in vocabulary.topics()}


@pytest.mark.django_db
def test_they_are_filed_and_what_is_based_on_another_says_so(people):
    members.load()

    assert demonstration.load() == f"{sum(len(read(name)) for name in FILES)} records"
    assert demonstration.load() == ""
    held = Record.objects.filter(code__in=BOXES, state="published", is_demonstration=True, is_retold=True)
    assert {row.code for row in held} == {*BOXES}
    assert Record.objects.filter(is_retold=True).count() == len(BOXES)
    design = held.get(code="link-dk-strategic-use-of-design")
    assert [(str(one.words), str(one.title)) for one in trails.around(people.guest, design)] == [
        ("is the basis of", "Design thinking in the workshop for prototypes: the Makerspace of NOI in South Tyrol")
    ]
    assert browser_of(people.guest).get(design.get_absolute_url()).status_code == 200
