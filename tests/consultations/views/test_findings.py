import pytest

from consultations import services
from consultations.models import Finding
from platform_core.identity.access import services as access
from tests.factories.findings import finding, published
from tests.people import browser_of

from .pages import parsed, queries, texts

PAGE = "/en/consultations/finance/findings/"
NEEDS = "/en/consultations/findings/"
WORDS = {"title": "Too much paper", "text": "Many said so.", "questions": ["audience"]}


@pytest.fixture
def results(people):
    return published()


def test_the_group_writes_and_everybody_reads(results, people):
    browser, guest = browser_of(people.wanda), browser_of(people.guest)

    made = browser.post(f"{PAGE}write/", WORDS)

    found = Finding.objects.get()
    assert made.url == f"{NEEDS}{found.pk}/"
    assert texts(guest.get(PAGE), "//article//h2") == ["Too much paper"]
    assert texts(guest.get(made.url), "//h1") == ["Too much paper"]
    assert texts(guest.get(PAGE), "//article//strong") == ["Policy maker: 80 %"]


@pytest.mark.parametrize(
    ("missing", "field"), [({"title": ""}, "title"), ({"text": ""}, "text"), ({"questions": []}, "questions")]
)
def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(results, people, missing, field):
    page = browser_of(people.wanda).post(f"{PAGE}write/", {**WORDS, **missing})

    assert (page.status_code, list(page.context["form"].errors)) == (400, [field])
    assert Finding.objects.count() == 0
    assert page.context["form"].data.get("title") == {**WORDS, **missing}["title"]


@pytest.mark.parametrize(
    ("name", "status"), [("lena", 200), ("wanda", 200), ("marko", 403), ("ana", 403), ("petra", 403), ("guest", 302)]
)
def test_who_opens_the_form(results, people, name, status):
    made = finding(results, people.wanda)
    browser = browser_of(people.named(name))

    answers = {
        browser.get(address).status_code
        for address in (f"{PAGE}write/", *(f"{NEEDS}{made.pk}/{deed}/" for deed in ("change", "settle")))
    }

    assert answers == {status}


def test_a_stale_form_overwrites_nothing(results, people):
    made = finding(results, people.wanda)
    browser, address = browser_of(people.lena), f"{NEEDS}{made.pk}/change/"
    (seen,) = parsed(browser.get(address)).xpath("//input[@name='seen']/@value")
    services.change_finding(made, questions=["audience"], by=people.wanda, title=made.title.with_text("en", "Paper!"))

    page = browser.post(address, {**WORDS, "seen": seen})

    assert (page.status_code, str(Finding.objects.get().title)) == (400, "Paper!")


def test_not_following_without_a_reason_is_refused_at_the_field(results, people):
    made = finding(results, people.wanda)
    address = f"{NEEDS}{made.pk}/settle/"

    refused = browser_of(people.wanda).post(address, {"state": "not_followed", "reason": ""})
    kept = browser_of(people.wanda).post(address, {"state": "not_followed", "reason": "No money"})

    assert (refused.status_code, list(refused.context["form"].errors), kept.status_code) == (400, ["reason"], 302)
    page = browser_of(people.guest).get(kept.url)
    assert texts(page, "//span[@class='state']") == ["Not followed"]
    assert [line[-10:] for line in texts(page, "//main//ol[@class='plain']/li")][-1:] == ["(No money)"]


def test_the_page_is_linked_from_the_consultation_and_the_results(results, people):
    guest = browser_of(people.guest)

    links = [
        parsed(guest.get(address)).xpath(f"//main//a[@href='{PAGE}']")
        for address in ("/en/consultations/finance/", "/en/consultations/finance/results/")
    ]

    assert [len(found) for found in links] == [1, 1]


def test_before_any_finding_the_page_says_so(results, people):
    assert texts(browser_of(people.guest).get(PAGE), "//main//article") == []


def test_a_translation_is_shown_and_another_language_is_marked(results, people):
    made = finding(results, people.wanda)
    Finding.objects.filter(pk=made.pk).update(title=made.title.with_text("de", "Zu viel Papier"))
    guest = browser_of(people.guest)

    assert texts(guest.get(PAGE.replace("/en/", "/de/")), "//article//h2") == ["Zu viel Papier"]
    assert parsed(guest.get(PAGE.replace("/en/", "/it/"))).xpath("//article//h2//@lang") == ["en"]


def test_the_group_sees_its_needs_on_its_own_page(results, people):
    finding(results, people.wanda)
    guest = browser_of(people.guest)

    heads = {group: texts(guest.get(f"/en/groups/{group}/"), "//main//article/h3") for group in (3, 4)}

    assert heads == {3: [], 4: ["Too much paper"]}


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Two", "One"]),
        ("?topic=3", []),
        ("?state=done", ["One"]),
        ("?words=tw", ["Two"]),
        ("?topic=x", ["Two", "One"]),
    ],
)
def test_needs_are_filtered(results, people, query, titles):
    one, _two = (finding(results, people.wanda, title) for title in ("One", "Two"))
    services.settle_finding(one, "done", reason="", by=people.wanda)

    assert texts(browser_of(people.guest).get(f"{NEEDS}{query}"), "//article//h3") == titles


@pytest.mark.parametrize("address", [PAGE, NEEDS])
def test_the_lists_cost_the_same_with_one_and_with_three(results, people, address):
    browser = browser_of(people.marko)
    finding(results, people.wanda, "One")
    with_one = queries(browser, address)
    finding(results, people.wanda, "Two"), finding(results, people.wanda, "Three")

    assert queries(browser, address) == with_one


def test_a_representative_is_offered_to_write(results, people):
    access.give_role(people.marko, "wg_representative", scope="group:4")

    offered = {
        name: len(parsed(browser_of(people.named(name)).get(PAGE)).xpath(f"//a[@href='{PAGE}write/']"))
        for name in ("wanda", "marko", "ana", "guest")
    }

    assert offered == {"wanda": 1, "marko": 1, "ana": 0, "guest": 0}


def test_the_button_keeps_what_stands_in_the_form(results, people):
    made = finding(results, people.wanda)

    kept = browser_of(people.wanda)
    (form,) = parsed(kept.get(f"{NEEDS}{made.pk}/change/")).xpath("//form[.//input[@name='seen']]")
    answer = kept.post(f"{NEEDS}{made.pk}/change/", dict(form.form_values()))

    assert (answer.status_code, Finding.objects.get().title.stored()) == (302, {"en": "Too much paper"})
