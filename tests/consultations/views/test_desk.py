import pytest

from consultations import services
from consultations.models import Consultation, ResultSet
from platform_core.identity.access import services as access
from platform_core.materials.jobs.models import Job
from repository.models import Record
from tests.factories.consultations import consultation
from tests.people import browser_of, hold_anyway
from tests.settling import settle

from .pages import parsed, press_button, queries, texts

DESK = "/en/desk/consultations/"
NAMES = ("lena", "wanda", "marko", "ana", "petra", "carl", "guest")
LEADERS = {"lena": 200, "wanda": 200}


def statuses(people, address, send=False) -> dict[str, int]:
    browsers = {name: browser_of(people.named(name)) for name in NAMES}
    return {name: (browser.post if send else browser.get)(address).status_code for name, browser in browsers.items()}


def expected(otherwise=403, **named) -> dict[str, int]:
    return {**dict.fromkeys(NAMES, otherwise), "guest": 302, **named}


@pytest.mark.parametrize("rest", ["", "finance/"])
def test_who_sees_the_desk(people, rest):
    consultation()

    assert statuses(people, DESK + rest) == expected(**LEADERS)


def test_the_leader_of_another_group_sees_an_empty_desk(people):
    consultation()
    access.give_role(people.marko, "wg_leader", scope="group:3")

    browser = browser_of(people.marko)

    assert texts(browser.get(DESK), "//article//h2") == []
    assert browser.get(DESK + "finance/").status_code == 403


@pytest.mark.parametrize("deed", ["open", "close", "compute", "publish"])
def test_deeds_are_refused_to_everyone_else(people, deed):
    found = consultation(open_now=deed != "open")
    before = found.state
    hold_anyway(people.ana, "wg_leader", "group:3")

    answers = [
        browser_of(person).post(f"{DESK}finance/{deed}/").status_code
        for person in (people.marko, people.ana, people.petra, people.carl, people.guest)
    ]

    assert answers == [403, 403, 403, 403, 302]
    assert (Consultation.objects.get().state, Job.objects.count(), Record.objects.count()) == (before, 0, 0)


@pytest.mark.parametrize("deed", ["open", "close", "publish"])
def test_an_associated_leader_does_not_decide(people, deed):
    found = consultation(open_now=deed == "close")
    Consultation.objects.filter(pk=found.pk).update(state={"publish": "closed"}.get(deed, found.state))
    hold_anyway(people.ana, "wg_leader", "group:4")

    browser = browser_of(people.ana)

    assert browser.get(f"{DESK}finance/").status_code == 200
    assert browser.post(f"{DESK}finance/{deed}/").status_code == 403


def test_an_associated_leader_is_offered_no_decision(people):
    consultation()
    hold_anyway(people.ana, "wg_leader", "group:4")

    page = browser_of(people.ana).get(f"{DESK}finance/")

    assert page.context["may"] == {
        "open": False,
        "close": False,
        "compute_results": False,
        "publish_results": False,
        "read_texts": False,
    }


@pytest.mark.parametrize("deed", ["open", "close", "compute"])
def test_looking_does_nothing(people, deed):
    consultation()

    assert browser_of(people.wanda).get(f"{DESK}finance/{deed}/").status_code == 405


@pytest.mark.parametrize(
    ("state", "deeds"),
    [
        ("draft", []),
        ("approved", ["open"]),
        ("open", ["close"]),
        ("closed", ["compute"]),
        ("published", []),
    ],
)
def test_the_leader_is_offered_what_comes_next(people, state, deeds):
    found = consultation(open_now=state not in ("draft", "approved"))
    Consultation.objects.filter(pk=found.pk).update(state=state)

    page = browser_of(people.wanda).get(f"{DESK}finance/")

    actions = parsed(page).xpath("//main//form/@action")
    assert actions == [f"{DESK}finance/{deed}/" for deed in deeds]


def test_a_deed_in_the_wrong_state_is_refused(people):
    consultation()
    browser = browser_of(people.wanda)

    answers = [browser.post(f"{DESK}finance/{deed}/").status_code for deed in ("open", "compute", "publish")]

    assert (answers, Job.objects.count()) == ([403] * 3, 0)


def test_publishing_without_results_says_so(people):
    services.close(consultation())

    page = browser_of(people.wanda).post(f"{DESK}finance/publish/", follow=True)

    assert [str(message) for message in page.context["messages"]] == [
        "There are no results to publish yet. Please compute them first."
    ]


def test_progress_is_shown_while_the_job_waits_and_moves_with_htmx(people):
    services.compute(services.close(consultation()), by=people.wanda)
    browser, job = browser_of(people.wanda), Job.objects.get()

    waiting = parsed(browser.get(f"{DESK}finance/")).xpath("//*[@hx-get]/@hx-get")
    settle()
    part = browser.get(waiting[0], headers={"hx-request": "true"})

    assert waiting == [f"/en/jobs/{job.pk}/"]
    assert parsed(part).xpath("//*[@hx-get]") == []


@pytest.mark.parametrize(("name", "status"), [("wanda", 200), ("marko", 403), ("ana", 403), ("guest", 302)])
def test_who_sees_the_job(people, name, status):
    job = services.compute(services.close(consultation()), by=people.wanda)

    assert browser_of(people.named(name)).get(f"/en/jobs/{job.pk}/").status_code == status


def test_publishing_leads_to_the_record(computed, people):
    answer = press_button(browser_of(people.wanda), f"{DESK}finance/publish/", "publish")

    assert answer.url == Record.objects.get().get_absolute_url()
    assert ResultSet.objects.get().published_at is not None


def test_publishing_twice_is_refused(computed, people):
    browser, results = browser_of(people.wanda), computed.sha256
    sent = {"results": results, "told": ["audience"], "publish": "1"}

    answers = [browser.post(f"{DESK}finance/publish/", sent).status_code for _twice in range(2)]

    assert (answers, Record.objects.count()) == ([302, 403], 1)


def test_the_desk_costs_the_same_with_one_and_with_three(people):
    browser = browser_of(people.wanda)
    consultation("one")
    with_one = queries(browser, DESK)
    consultation("two"), consultation("three")

    assert queries(browser, DESK) == with_one


def test_the_list_has_pages_of_fifty(people):
    for number in range(51):
        consultation(f"c{number}", open_now=False)
    browser = browser_of(people.wanda)

    sizes = [len(texts(browser.get(f"/en/desk/consultations/?page={number}"), "//article")) for number in (1, 2)]

    assert sizes == [50, 1]
