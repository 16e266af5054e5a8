import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from platform_core.exchange.cases.models import Case
from platform_core.identity.access import services as access
from platform_core.identity.audit.services import dispatch_events
from platform_core.programme.governance import services
from platform_core.programme.governance.models import Decision, Opinion, SecretVote, Vote
from tests.factories.governance import ballot, decision, discussed, over, taken
from tests.people import browser_of

NAMES = ["lena", "wanda", "marko", "ana", "petra", "carl", "guest"]
PROPOSAL = {
    "body": "steering",
    "title": "Two reviews",
    "text": "Each group holds two.",
    "language": "el",
    "other_title": "Δύο αξιολογήσεις",
    "other_text": "Κάθε ομάδα.",
    "kind": "proposal",
}


def seen(people, found) -> list[str]:
    return [name for name in NAMES if browser_of(people.named(name)).get(found.get_absolute_url()).status_code == 200]


@pytest.mark.parametrize(
    ("make", "names"), [(decision, ["lena"]), (discussed, NAMES[:4]), (ballot, NAMES[:4]), (taken, NAMES)]
)
def test_who_sees_a_decision_follows_from_its_state(people, make, names):
    assert seen(people, make(people.lena)) == names


def test_the_register_is_the_same_for_everyone(people):
    found = taken(people.lena)
    ballot(people.lena)

    for name in NAMES:
        page = browser_of(people.named(name)).get(reverse("governance:register"))
        assert list(page.context["page"]) == [found]


def test_what_is_running_is_for_who_may_see_it(people):
    ballot(people.lena)
    decision(people.lena)
    numbers = {
        name: len(browser_of(people.named(name)).get(reverse("governance:running")).context["rows"])
        for name in NAMES[:-1]
    }

    assert numbers == {"lena": 2, "wanda": 1, "marko": 1, "ana": 1, "petra": 0, "carl": 0}


def test_from_proposal_to_register_over_http(people):
    access.give_role(people.marko, "sc_member")
    lena, marko = browser_of(people.lena), browser_of(people.marko)

    lena.post(reverse("governance:propose"), PROPOSAL | {"silence_consents": "on"})
    found = Decision.objects.get()
    lena.post(reverse("governance:discuss", args=[found.pk]))
    marko.post(reverse("governance:say", args=[found.pk]), {"text": "Good."})
    lena.post(reverse("governance:open_ballot", args=[found.pk]), {"day": "2099-01-31", "hour": "23:59"})
    voter = people.marko.affiliations.get().organisation_id
    receipt = marko.post(reverse("governance:vote", args=[found.pk, voter]), {"vote": "agree", "comment": "Yes"})
    services.close(over(found).pk)

    found.refresh_from_db()
    page = browser_of(people.guest).get(f"/el{found.get_absolute_url()[3:]}")
    assert receipt.context["receipt"] == Vote.objects.get().receipt
    assert (page.status_code, "Δύο αξιολογήσεις" in page.content.decode()) == (200, True)
    assert page.context["outcome"]["passed"]
    assert [vote.choice for vote, _words in page.context["votes"]] == ["agree"]
    assert b"Good." not in page.content


@pytest.mark.parametrize(("name", "status"), list(zip(NAMES, [200, 200, 403, 403, 403, 403, 302], strict=True)))
def test_who_proposes(people, name, status):
    assert browser_of(people.named(name)).get(reverse("governance:propose")).status_code == status


@pytest.mark.parametrize("page", ["change", "withdraw", "open_ballot"])
@pytest.mark.parametrize(
    ("name", "status"), [("lena", 200), ("marko", 403), ("ana", 403), ("petra", 404), ("guest", 302)]
)
def test_who_leads_a_decision_on(people, name, status, page):
    found = discussed(people.lena)

    assert browser_of(people.named(name)).get(reverse(f"governance:{page}", args=[found.pk])).status_code == status


@pytest.mark.parametrize("name", ["lena", "ana", "petra"])
def test_a_vote_that_is_not_ones_own_does_not_exist(people, name):
    found = ballot(people.lena, seats=[people.marko])
    voter = people.marko.affiliations.get().organisation_id

    for page in ("vote", "proxy"):
        response = browser_of(people.named(name)).post(
            reverse(f"governance:{page}", args=[found.pk, voter]), {"vote": "agree"}
        )
        assert response.status_code == 404


@pytest.mark.parametrize(
    ("kind", "typed", "choice"),
    [
        ("choice", {"vote": "o2"}, "o2"),
        ("ranked", {"o1": "2", "o2": "", "o3": "1"}, ["o3", "o1"]),
        ("dates", {"o1": "yes", "o2": "no", "o3": "maybe"}, {"o1": "yes", "o2": "no", "o3": "maybe"}),
    ],
)
def test_every_kind_of_ballot_can_be_filled_in(people, kind, typed, choice):
    found = ballot(people.lena, seats=[people.marko], kind=kind)
    address = reverse("governance:vote", args=[found.pk, people.marko.affiliations.get().organisation_id])
    browser = browser_of(people.marko)

    assert browser.get(address).status_code == 200
    assert browser.post(address, typed).status_code == 200
    assert Vote.objects.get().choice == choice
    services.close(over(found).pk)
    assert browser.get(found.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("kind", "typed"), [("proposal", {}), ("ranked", {"o1": "1", "o2": "1"}), ("ranked", {}), ("dates", {"o1": "yes"})]
)
def test_an_incomplete_vote_is_an_error(people, kind, typed):
    found = ballot(people.lena, seats=[people.marko], kind=kind)
    address = reverse("governance:vote", args=[found.pk, people.marko.affiliations.get().organisation_id])

    assert (browser_of(people.marko).post(address, typed).status_code, Vote.objects.count()) == (400, 0)


def test_a_secret_vote_shows_its_receipt_once_and_the_result_lists_it(people):
    found = ballot(people.lena, seats=[people.marko], is_secret=True)
    address = reverse("governance:vote", args=[found.pk, people.marko.affiliations.get().organisation_id])
    browser = browser_of(people.marko)

    receipt = browser.post(address, {"vote": "disagree"}).context["receipt"]
    before = browser.get(found.get_absolute_url())
    services.close(over(found).pk)
    after = browser_of(people.guest).get(found.get_absolute_url())

    assert receipt not in before.content.decode()
    assert (after.context["receipts"], after.context["votes"]) == ([(receipt, "Disagree")], [])
    assert SecretVote.objects.count() == 1


def test_the_page_costs_the_same_for_one_and_three_votes(people):
    found = ballot(people.lena, seats=[people.marko, people.wanda, people.lena])
    browser, numbers = browser_of(people.ana), []
    for voters in ([people.marko], [people.wanda, people.lena]):
        for person in voters:
            services.cast(found, person.affiliations.get().organisation, "agree", by=person)
        browser.get(found.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            browser.get(found.get_absolute_url())
        numbers.append(len(queries))

    assert numbers[0] == numbers[1]


def test_an_opinion_is_asked_and_given_as_a_case(people):
    access.give_role(people.marko, "stc_member")
    browser_of(people.ana).post(reverse("governance:ask_opinion"), {"title": "Vouchers", "question": "Is it sound?"})
    dispatch_events()
    case = Case.objects.get()
    address = reverse("cases:answer", args=[case.pk, "give"])
    marks = {"relevance": "3", "specialisation": "2", "coherence": "1"}

    browser_of(people.marko).post(address, {**marks, "verdict": "conditional", "reason": "Show the costs."})

    opinion = Opinion.objects.get()
    assert (opinion.verdict, opinion.marks) == ("conditional", {"relevance": 3, "specialisation": 2, "coherence": 1})
    assert browser_of(people.ana).get(case.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("page", ["register", "committees"])
@pytest.mark.parametrize("name", NAMES)
def test_register_and_committees_are_public(people, name, page):
    assert browser_of(people.named(name)).get(reverse(f"governance:{page}")).status_code == 200


@pytest.mark.parametrize("year", ["0", "1", "99999999", "x", "2026"])
def test_any_year_can_be_asked_for(people, year):
    assert browser_of(people.guest).get(reverse("governance:register"), {"year": year}).status_code == 200


def test_the_register_can_be_taken_along(people, client):
    found = taken(people.lena)
    response = client.get(reverse("governance:register"), {"csv": ""})

    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert (len(lines), lines[1].split(",")[:3]) == (2, [found.number, "Steering Committee", "Two peer reviews"])
