"""What is used, and why: counted without keeping who reads, shown to leaders for their topic."""

import pytest

from pilots import reach
from pilots.models import MissedWords, Reach, Usefulness
from pilots.selectors import usage as selectors
from pilots.services import usage as services
from tests.consultations.views.pages import parsed, texts
from tests.factories.consultations import consultation
from tests.factories.readings import run
from tests.factories.repository import record
from tests.factories.reviews import published
from tests.people import browser_of
from tests.settling import settle

pytestmark = pytest.mark.django_db
TOPICS_OF_ONE = "Innovation and R&D, Financial framework"
PAGE, FIREFOX = "/en/desk/usage/", "Mozilla/5.0 Firefox/140"
SAID = {"useful": "yes", "purpose": "policy"}


@pytest.fixture(autouse=True)
def nothing_waits():
    reach.waiting.clear()


def rows(topic: int, code: str) -> list:
    return next(list(table.rows) for table in selectors.tables(topic) if table.code == code)


def search(browser, words: str, reader: str, topic: str = "", language: str = "en") -> None:
    place = f"/{language}/search/" if reader in ("one", "2") else f"/{language}/repository/"
    browser.get(place, {"q": words, **({"topic": topic} if topic else {})}, headers={"user-agent": f"Firefox {reader}"})


def test_a_reader_says_once_a_day_whether_a_record_is_useful(people):
    found, guest = record("Vouchers"), browser_of(people.guest)
    page = guest.get(found.get_absolute_url())
    (address,) = {form.get("action") for form in page_forms(page)}
    for reader in ("one", "one", "two"):
        guest.post(address, SAID, headers={"user-agent": f"Firefox {reader}"})
    guest.post(address, SAID, headers={"user-agent": "Googlebot"})

    assert [(row.record, row.is_useful, row.purpose, row.number) for row in Usefulness.objects.all()] == [
        (found, True, "policy", 2)
    ]
    assert page.cookies == {}


def page_forms(page) -> list:
    return parsed(page).xpath("//form[contains(@action, '/useful/')]")


@pytest.mark.parametrize("typed", [{}, {"useful": "maybe", "purpose": "policy"}, {"useful": "yes", "purpose": "fun"}])
def test_half_an_answer_is_asked_for_again(people, typed):
    page = browser_of(people.guest).post(f"/en/useful/{record().code}/", typed, headers={"user-agent": FIREFOX})

    assert (page.status_code, Usefulness.objects.count()) == (400, 0)


def test_a_record_that_is_not_open_takes_no_answers(people):
    hidden = record("Hidden", publish=False, by=people.ana)

    assert browser_of(people.guest).post(f"/en/useful/{hidden.code}/", SAID).status_code == 404
    assert browser_of(people.ana).post(f"/en/useful/{hidden.code}/", SAID).status_code == 404


def test_few_answers_are_not_told(people):
    few, many = record("Few"), record("Many")
    for found, number in ((few, 4), (many, 5)):
        Usefulness.objects.create(record=found, month="2026-11-01", is_useful=True, purpose="policy", number=number)

    assert rows(0, "useful") == [["Many", 5, 0, "100 %"]]


def test_where_readers_come_from_is_counted_one_fact_at_a_time(people):
    found = record("Vouchers", topics=[4])
    guest, marko = browser_of(people.guest), browser_of(people.marko)
    for _time in range(2):  # the second time the page is one kept for guests
        guest.get(
            found.get_absolute_url(), headers={"user-agent": FIREFOX, "referer": "https://www.google.com/search?q=me"}
        )
    marko.get(found.get_absolute_url(), headers={"user-agent": FIREFOX})
    guest.get(found.get_absolute_url(), headers={"user-agent": "Googlebot"})
    reach.write()

    held = sorted(Reach.objects.values_list("topic", "dimension", "value", "number"))
    assert [row[1:] for row in held if row[0] == 0] == [row[1:] for row in held if row[0] == 4]
    assert held[5:] == [
        (4, "country", "AT", 1),
        (4, "referrer", "direct", 1),
        (4, "referrer", "engine", 2),
        (4, "tier", "full", 1),
        (4, "tier", "guest", 2),
    ]


def test_what_fewer_than_five_visits_tell_of_is_put_together(people):
    for value, number in [("example.org", 7), ("a.example", 4), ("b.example", 3)]:
        Reach.objects.create(month="2026-11-01", topic=4, dimension="referrer", value=value, number=number)

    assert rows(4, "referrer") == [["example.org", 7], ["Others, fewer than five each", 7]]
    assert rows(3, "referrer") == []


def test_what_has_several_topics_counts_once_in_all_and_under_each(people):
    found = record("Vouchers", topics=[2, 4])
    browser_of(people.guest).get(found.get_absolute_url(), headers={"user-agent": FIREFOX})
    reach.write()

    assert list(Reach.objects.filter(dimension="tier").order_by("topic").values_list("topic", "number")) == [
        (0, 1),
        (2, 1),
        (4, 1),
    ]


def test_pages_beside_records_count_by_what_they_are(people):
    held = published(people)
    guest = browser_of(people.guest)
    for reader in ("one", "two"):
        guest.get(held.get_absolute_url(), headers={"user-agent": f"Firefox {reader}"})

    assert (rows(0, "kinds"), rows(4, "kinds"), rows(3, "kinds")) == (
        [["Peer review", 2, 0]],
        [["Peer review", 2, 0]],
        [],
    )


def test_only_the_months_asked_for_count(people):
    old, new = selectors.months_ago(5), selectors.months_ago(1)
    for month, number in ((old, 9), (new, 7)):
        Reach.objects.create(month=month, topic=4, dimension="referrer", value="example.org", number=number)

    tables = {table.code: table.rows for table in selectors.tables(4, selectors.months_ago(3))}
    page = browser_of(people.wanda).get(PAGE, {"months": "3"})

    assert list(tables["referrer"]) == [["example.org", 7]]
    assert rows(4, "referrer") == [["example.org", 16]]
    assert (page.status_code, page.context["months"]) == (200, 3)


def test_words_are_kept_from_the_third_reader_on(people):
    guest = browser_of(people.guest)
    for reader in ("one", "one", "two"):
        search(guest, "Förderquote", reader)
    before = MissedWords.objects.count()
    for reader in ("three", "four"):
        search(guest, "förderquote ", reader)

    assert before == 0
    assert [(row.words, row.language, row.readers) for row in MissedWords.objects.all()] == [("förderquote", "en", 4)]


def test_words_that_name_a_keyword_are_of_its_topics_in_any_language(people):
    for reader in "123":
        search(browser_of(people.guest), "Bürgschaft Quokka", reader, topic="2", language="de")
        search(browser_of(people.guest), "garanciaalap", reader)

    assert sorted(MissedWords.objects.values_list("words", "language", "topics")) == [
        ("bürgschaft quokka", "de", "|4|"),
        ("garanciaalap", "en", "|4|"),
    ]


@pytest.mark.parametrize(
    ("filters", "topics"),
    [
        (["4", "4", "4"], "|4|"),
        (["4", "4", "4", "2"], ""),
        (["", "4", "4"], ""),
        (["9", "x", ""], ""),
    ],
)
def test_other_words_are_of_the_topic_everybody_had_filtered_by(people, filters, topics):
    for reader, topic in enumerate(filters):
        search(browser_of(people.guest), "Quokka", str(reader), topic=topic)

    assert [(row.words, row.topics) for row in MissedWords.objects.all()] == [("quokka", topics)]


def test_leaders_see_missed_words_of_their_topic_and_of_none(people):
    month = selectors.months_ago(1)
    for words, topics in (("one", "|1|4|"), ("two", "|2|"), ("none", "")):
        MissedWords.objects.create(month=month, language="en", words=words, readers=3, topics=topics)

    assert [row[:2] for row in selectors.missed(4, None).rows] == [["none", "no topic"], ["one", TOPICS_OF_ONE]]
    assert [row[0] for row in selectors.missed(0, None).rows] == ["none", "one", "two"]


@pytest.mark.parametrize("words", ["mayor@example.net", "0043 6601234567", "ab"])
def test_what_may_tell_of_a_person_is_not_counted(people, words):
    for reader in "12345":
        search(browser_of(people.guest), words, reader)

    assert MissedWords.objects.count() == 0


def test_what_is_found_is_not_missed(people):
    record("Vouchers")
    settle()
    for reader in "1234":
        search(browser_of(people.guest), "vouchers", reader)

    assert MissedWords.objects.count() == 0


def test_leaders_see_their_topic_and_the_lead_partner_all(people):
    for person, topics in ((people.wanda, [4]), (people.lena, list(range(7)))):
        assert list(selectors.topics_for(person)) == topics
    wanda = browser_of(people.wanda)

    assert wanda.get(PAGE, {"topic": 3}).context["topic"] == 4
    assert [browser_of(one).get(PAGE).status_code for one in (people.lena, people.marko, people.guest)] == [
        200,
        403,
        302,
    ]


def test_each_table_is_taken_along(people):
    MissedWords.objects.create(month="2026-11-01", language="en", words="=guarantee", readers=3)
    lena = browser_of(people.lena)

    lines = b"".join(lena.get(PAGE, {"table": "missed", "csv": ""})).decode("utf-8-sig").splitlines()

    assert lines == ["Words,Topic,Month,Language,Readers", "'=guarantee,no topic,2026-11,en,3"]
    assert "Searched and not found" in texts(lena.get(PAGE), "//h2")


def test_one_address_does_not_say_it_a_thousand_times(people, monkeypatch):
    monkeypatch.setattr(services, "AN_HOUR", 3)
    guest = browser_of(people.guest)
    (address,) = {form.get("action") for form in page_forms(guest.get(record("Vouchers").get_absolute_url()))}
    for number in range(6):
        guest.post(address, SAID, headers={"user-agent": f"Firefox {number}"})

    assert [row.number for row in Usefulness.objects.all()] == [3]


def test_hosts_anybody_can_name_are_kept_up_to_a_number(people, monkeypatch):
    monkeypatch.setattr(reach, "MOST_HOSTS", 2)
    found, guest = record("Vouchers"), browser_of(people.guest)
    for number in range(5):
        headers = {"user-agent": f"Firefox {number}", "referer": f"https://host-{number}.example/"}
        guest.get(found.get_absolute_url(), headers=headers)
    reach.write()

    told = Reach.objects.filter(dimension="referrer", topic=0).order_by("value").values_list("value", "number")
    assert list(told) == [("host-0.example", 1), ("host-1.example", 1), ("other", 3)]


def test_consultations_benchmarks_places_and_briefs_are_counted_too(people):
    asked = consultation(topic_id=3)
    consultation("draft", open_now=False, topic_id=3)
    compared = run().benchmark
    guest, lena = browser_of(people.guest), browser_of(people.lena)
    pages = [
        asked.get_absolute_url(),
        compared.get_absolute_url(),
        f"{compared.get_absolute_url()}reading/",
        "/en/regions/EL30/",
        "/en/countries/EL/",
        "/en/countries/AT/",
        "/en/learning/brief/EL30/4/",
        "/en/learning/brief/EL30/3/",
    ]
    for page in pages:
        assert guest.get(page, headers={"user-agent": FIREFOX}).status_code == 200
        guest.get(page, headers={"user-agent": "Googlebot"})
    lena.get("/en/consultations/draft/", headers={"user-agent": FIREFOX})
    reach.write()

    told = {number: {name: views for name, views, _downloads in rows(number, "kinds")} for number in (0, 3, 4, 5)}
    assert told == {
        0: {"Brief for a region": 2, "Benchmark": 1, "Consultation": 1, "Country": 2, "Region": 1},
        3: {"Brief for a region": 1, "Consultation": 1},
        4: {"Brief for a region": 1, "Benchmark": 1},
        5: {},
    }
    held = Reach.objects.filter(dimension="tier").order_by("topic").values_list("topic", "number")
    assert list(held) == [(0, 8), (3, 2), (4, 3)]


def test_a_countrys_page_kept_for_guests_counts_again_and_an_unknown_one_never(people):
    guest = browser_of(people.guest)
    for reader in ("one", "two"):
        guest.get("/en/countries/EL/", headers={"user-agent": f"Firefox {reader}"})
    assert guest.get("/en/countries/GR/", headers={"user-agent": FIREFOX}).status_code == 404

    page = browser_of(people.lena).get(PAGE, {"topic": 0})
    told = {
        row[0]: row[1:] for table, _numbers in page.context["tables"] if table.code == "kinds" for row in table.rows
    }
    assert told == {"Country": [2, 0]}
    assert rows(4, "kinds") == []
