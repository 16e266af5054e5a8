import pytest
from lxml import html

from platform_core.identity.access import services as access
from platform_core.materials.trails import services as trails
from repository import services
from tests.factories.repository import record
from tests.people import browser_of

from .filing import attach

pytestmark = pytest.mark.django_db

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


def page_of(made, language: str = "en", person=None, client=None):
    answer = (client or browser_of(person)).get(f"/{language}/repository/{made.code}/")
    assert answer.status_code == 200
    return answer, html.fromstring(answer.content.decode())


def alerts(page) -> int:
    return len(page.xpath("//main//*[contains(concat(' ', @class, ' '), ' alert ')]"))


def test_record_in_the_readers_language_is_not_marked(client):
    made = record("Vouchers")
    made.title, made.summary = {"en": "Vouchers", "el": "Κουπόνια"}, {"en": "x", "el": "Περίληψη"}
    made.save()

    _answer, page = page_of(made, "el", client=client)

    assert [heading.text_content() for heading in page.xpath("//h1")] == ["Κουπόνια"]
    assert page.xpath("//h1/@lang | //h1/*/@lang") == []
    assert alerts(page) == 1  # translations nobody noted are stale


def test_record_in_another_language_says_so(client):
    made = record("Vouchers")

    _answer, page = page_of(made, "it", client=client)

    assert page.xpath("//h1/span/@lang") == ["en"]
    assert page.xpath("//h1")[0].text_content() == "Vouchers"
    assert alerts(page) == 1


def translated(code="translated"):
    texts = {"title": {"el": "Κουπόνια", "en": "Vouchers", "_source": "el"}, "summary": {"el": "Π", "en": "S"}}
    texts["summary"]["_source"] = "el"
    return services.publish(services.deposit(code=code, kind="report", year=2024, languages=["el"], **texts))


@pytest.mark.parametrize(("language", "expected"), [("el", 0), ("en", 0), ("it", 1)])
def test_fresh_translation_carries_no_warning(client, language, expected):
    answer, page = page_of(translated(), language, client=client)

    assert (answer.context["stale"], alerts(page)) == (False, expected)


@pytest.mark.parametrize(("language", "stale", "expected"), [("el", False, 0), ("en", True, 1), ("it", False, 1)])
def test_translation_is_stale_once_its_source_changed(client, language, stale, expected):
    made = translated()
    made.title = made.title.with_text("el", "Επιταγές")
    made.save()

    answer, page = page_of(made, language, client=client)

    assert (answer.context["stale"], alerts(page)) == (stale, expected)


def test_languages_are_listed_with_their_state(client):
    made = translated()
    made.summary = made.summary.with_text("el", "Νέα")
    made.save()

    answer, _page = page_of(made, client=client)

    assert [(row["code"], row["state"]) for row in answer.context["languages"]] == [("en", "stale"), ("el", "source")]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ({"is_demonstration": True}, ["Demonstration data: invented"]),
        ({"is_demonstration": True, "is_retold": True}, ["Demonstration data: retold after a real source"]),
        ({}, []),
    ],
)
def test_demonstration_data_says_so_and_whether_it_is_invented(client, marks, expected):
    made = record(**marks)

    _answer, page = page_of(made, client=client)

    badges = page.xpath("//h1/..//*[contains(@class, 'badge') and contains(@class, 'warning')]")
    assert [badge.text_content() for badge in badges] == expected


def test_facts_come_in_words(client):
    made = record(
        topics=[4, 1], countries=["EL", "AT"], regions=["EL30"], terms={"level": ["eu"], "maturity": ["growth"]}
    )

    answer, _page = page_of(made, client=client)

    assert [value for _term, value in answer.context["facts"]] == [
        *("Good practice", "Innovation and R&D, Financial framework", "Austria, Greece", "Attiki (EL30)", "2024"),
        *("EU level", "Growth", "A regional authority", "English", "CC-BY-4.0"),
    ]


def test_countries_come_in_the_alphabet_of_the_reader(client):
    made = record(countries=["AT", "SI", "HU"])

    answer, _page = page_of(made, "de", client=client)

    assert answer.context["facts"][2][1] == "Österreich, Slowenien, Ungarn"


def test_hostile_texts_are_only_texts(people):
    made = record(HOSTILE, publish=False, by=people.marko, summary={"en": HOSTILE}, description={"en": HOSTILE})
    made.creators = [HOSTILE]
    made.save()
    attach(made, name=f"{HOSTILE[:20]}.txt".replace("/", ""))

    answer, page = page_of(made, person=people.marko)

    assert page.xpath("//h1")[0].text_content() == HOSTILE
    assert page.xpath("//*[@onerror] | //img | //script[contains(., 'alert')]") == []
    assert HOSTILE not in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "state", "expected"),
    [
        ("lena", "draft", (True, False)),
        ("marko", "draft", (False, False)),
        ("lena", "published", (False, True)),
        ("wanda", "published", (False, False)),
        ("guest", "published", (False, False)),
        ("lena", "withdrawn", (True, False)),
    ],
)
def test_page_offers_what_the_reader_may_do(people, name, state, expected):
    made = record(publish=False, by=people.marko)
    if state != "draft":
        services.publish(made)
    if state == "withdrawn":
        services.withdraw(made, by=people.lena, why="x")

    answer, page = page_of(made, person=people.named(name))

    assert (answer.context["can_publish"], answer.context["can_withdraw"]) == expected
    forms = page.xpath(f"//main//form[@action='/en/repository/{made.code}/publish/']")
    assert [len(forms), len(page.xpath(f"//a[contains(@href, '/{made.code}/withdraw/')]"))] == [*map(int, expected)]


def test_draft_says_who_sees_it(people):
    made = record(publish=False, by=people.marko, topics=[])

    assert page_of(made, person=people.marko)[0].context["audience"] == "One person, Editors, Lead partner"
    services.publish(made)
    assert page_of(made, person=people.marko)[0].context["audience"] == ""


def test_source_of_a_record_is_named_to_those_who_may_see_it(people):
    about = people.lena.affiliations.get().organisation
    made = record(about_thing="members.organisation", about_id=str(about.pk))
    assert page_of(made, person=people.guest)[0].context["about"].title == "Organisation org-lena"

    access.set_audience(about, {"members"})
    made = record("Another", about_thing="members.organisation", about_id=str(about.pk))

    assert page_of(made, person=people.guest)[0].context["about"] is None
    assert page_of(made, person=people.ana)[0].context["about"].title == "Organisation org-lena"


@pytest.mark.parametrize("files", [0, 3])
def test_page_costs_the_same_whatever_it_holds(client, files, django_assert_max_num_queries):
    made = record(publish=False, topics=[1, 4], countries=["AT", "EL"], regions=["EL30", "AT12"])
    for number in range(files):
        attach(made, f"text {number}".encode(), f"{number}.txt")
    services.publish(made)

    with django_assert_max_num_queries(10):
        page_of(made, client=client)


@pytest.mark.parametrize(("name", "may"), [("guest", False), ("marko", False), ("lena", True)])
def test_without_relations_the_trail_says_so_and_offers_to_relate(people, name, may):
    found = record()
    _answer, page = page_of(found, person=people.named(name))
    links = page.xpath("//section[@aria-labelledby='trail']//a/@href")

    assert links == ([f"/en/relations/repository.record/{found.pk}/new/"] if may else [])
    assert len(page.xpath("//section[@aria-labelledby='trail']/p[@class='hint']")) == 1
    assert page.xpath("//section[@aria-labelledby='relations']") == []


def test_what_is_related_to_something_hidden_has_a_trail(people):
    found = record()
    trails.draw("repository.supersedes", record("Hidden", publish=False), found)
    _answer, page = page_of(found, person=people.guest)

    assert len(page.xpath("//section[@aria-labelledby='trail']/div[@data-later]")) == 1
