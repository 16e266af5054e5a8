"""What is offered while typing, when nothing was found, and beside a record."""

import pytest
from django.core.cache import cache
from django.utils.translation import override

from platform_core.programme.search import relating, suggesting
from platform_core.programme.search.services import note_use
from tests.factories.repository import collection, record
from tests.people import browser_of
from tests.settling import settle

from .asking import LABEL, ask, open_to, written

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def suggested(person, typed: str, language: str = "en") -> list[str]:
    with override(language):
        return suggesting.suggestions(person, typed, LABEL)


@pytest.mark.parametrize(
    ("typed", "language", "expected"),
    [
        ("vouch", "en", ["Innovation voucher", "Vouchers for bakers"]),
        ("bakers vou", "en", ["Vouchers for bakers"]),
        ("VOUCHERS BAK", "en", ["Vouchers for bakers"]),
        ("κουπ", "el", ["Κουπόνι καινοτομίας", "Κουπόνια για αρτοποιούς"]),
        ("koyp", "el", ["Κουπόνι καινοτομίας", "Κουπόνια για αρτοποιούς"]),
        ("zzz", "en", []),
        ("v", "en", []),
        ("", "en", []),
        ('"*: (', "en", []),
    ],
)
def test_keywords_then_titles(people, typed, language, expected):
    titles = {"en": "Vouchers for bakers", "el": "Κουπόνια για αρτοποιούς"}
    written("vouchers", titles, {"en": "What came of it."})
    record("Guarantees")
    settle()

    assert suggested(people.guest, typed, language) == expected


def test_nothing_is_suggested_that_may_not_be_seen(people):
    record("Bakery draft", publish=False, by=people.marko)
    open_to(record("Bakery for members"), "members")
    settle()

    found = {name: suggested(person, "bake") for name, person in people.each()}

    assert found == {
        **{name: ["Bakery for members"] for name in ("lena", "wanda", "marko", "ana")},
        **{name: [] for name in ("petra", "carl", "guest")},
    }


def test_options_are_escaped(client):
    record('"><script>bakers</script>')
    settle()

    answer = client.get("/en/search/suggest/?q=baker")

    assert answer.content.decode().strip() == '<option value="&quot;&gt;&lt;script&gt;bakers&lt;/script&gt;"></option>'


def ways(client, query: str) -> tuple[list[tuple[str, int, str]], list[str]]:
    context = client.get(f"/en/repository/?{query}").context
    rows = [(row["way"].label, row["way"].total, row["address"]) for row in context["ways"]]
    return rows, [word["label"] for word in context["keywords"]]


def test_nothing_found_helps_on(client):
    record("Bakers", topics=[4])
    record("More bakers", topics=[4])
    record("Millers", topics=[1])
    settle()

    assert ways(client, "q=bakers&topic=1") == ([("Topic: Innovation and R&D", 2, "/en/repository/?q=bakers")], [])
    assert ways(client, "q=bakers+millers") == (
        [("bakers", 2, "/en/repository/?q=bakers"), ("millers", 1, "/en/repository/?q=millers")],
        [],
    )
    assert ways(client, "q=inovation+vouchr")[1][0] == "Innovation voucher"


def test_help_counts_only_what_may_be_seen(people):
    open_to(record("Bakers", topics=[4]), "members")
    settle()

    found = {name: ways(browser_of(people.named(name)), "q=bakers&topic=1")[0] for name in ("ana", "guest")}

    assert [len(found["ana"]), len(found["guest"])] == [1, 0]


def related(person, made) -> list[tuple[str, str]]:
    return [(row.title, row.reason) for row in relating.related(person, LABEL, made.pk)]


def test_related_records_say_why(people):
    own = record("Own", concepts=["venture-capital"], topics=[4], regions=["EL30"], countries=["EL"])
    record("Same keyword", concepts=["venture-capital"], topics=[1], countries=["AT"])
    record("Same region", topics=[2], regions=["EL30"], countries=["EL"], kind="report")
    record("Same topic", topics=[4], countries=["AT"], kind="report")
    record("Stranger", topics=[3], countries=["AT"], kind="report")
    open_to(record("For members", concepts=["venture-capital"], topics=[3], countries=["AT"], kind="report"), "members")
    settle()

    assert related(people.guest, own) == [
        ("Same keyword", "Both about: Venture capital"),
        ("Same region", "Same region: Attiki (EL30)"),
        ("Same topic", "Same topic: Financial framework"),
    ]
    assert [title for title, _reason in related(people.ana, own)][:2] == ["Same keyword", "For members"]


def test_related_records_are_a_part_and_a_page(client):
    record("Own", code="own")
    record("Other")
    settle()

    part, page = client.get("/en/repository/own/related/?part"), client.get("/en/repository/own/related/")

    assert [row.title for row in part.context["rows"]] == [row.title for row in page.context["rows"]] == ["Other"]
    assert (b"<html" in part.content, b"<html" in page.content) == (False, True)


def test_the_most_used_come_first(people):
    made = {title: record(title).pk for title in ("One", "Two", "Three")}
    settle()
    note_use(LABEL, {made["One"]: 5, made["Three"]: 9})

    assert [str(entry.title) for entry in ask(people.guest, order="used").entries] == ["Three", "One", "Two"]
    assert [str(entry.title) for entry in ask(people.guest, "what", order="used").entries] == ["Three", "One", "Two"]
    assert [str(entry.title) for entry in ask(people.guest, topic=["4"], order="used").entries] == [
        "Three",
        "One",
        "Two",
    ]


def test_collections_ask_their_question_and_let_it_be_narrowed(people):
    for title, topics, country in (("Bakers", [4], "AT"), ("Millers", [4], "EL"), ("Smiths", [1], "AT")):
        record(title, topics=topics, countries=[country])
    settle()
    made = collection("Money", query="topic=4&page=2&sort=used", topic_id=4)
    browser = browser_of(people.guest)

    found = {
        query: [row.title for row in browser.get(f"{made.get_absolute_url()}{query}").context["rows"]]
        for query in ("", "?country=AT", "?topic=1", "?q=millers")
    }

    assert found == {
        "": ["Millers", "Bakers"],
        "?country=AT": ["Bakers"],
        "?topic=1": ["Millers", "Bakers"],
        "?q=millers": ["Millers"],
    }
    cache.clear()
    codes = [facet["code"] for facet in browser.get(made.get_absolute_url()).context["facets"]]
    assert ("topic" in codes, "country" in codes) == (False, True)
