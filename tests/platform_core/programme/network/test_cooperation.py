"""Ties confirmed by both sides, networks that count, and the synergy register."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from platform_core.exchange.cases import services as cases
from platform_core.exchange.cases.models import Case
from platform_core.exchange.messaging.models import Notice
from platform_core.identity.audit.models import Event
from platform_core.people.members.models import Affiliation, Organisation
from platform_core.programme.network.models import Initiative, Network, Synergy, Tie
from platform_core.programme.network.selectors import cooperation
from platform_core.programme.network.services import initiatives, networks, ties
from platform_core.programme.network.services.initiatives import keep_initiative
from platform_core.programme.search import selectors as search
from tests.consultations.views.pages import queries
from tests.factories.network import initiative, network
from tests.people import browser_of
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def of(person) -> Organisation:
    return Affiliation.objects.get(person=person).organisation


@pytest.fixture
def sides(people):
    """Everybody looks after her organisation, so that each answers for it."""
    Affiliation.objects.update(is_admin=True)
    Organisation.objects.filter(code="org-ana").update(country="EL")
    return people


def tie(people, **fields) -> Tie:
    given = {"kind": "exchange", "what": "Visits", "begins": 2023, "ends": None, "topic": None, **fields}
    made = ties.propose_tie(of(people.marko), of(people.ana), by=people.marko, **given)
    settle()
    return made


def shown(person, code: str = "org-marko") -> list[str]:
    return [row["tie"].state for row in browser_of(person).get(f"/en/directory/{code}/ties/").context["rows"]]


def test_a_tie_is_public_when_the_other_side_has_confirmed(sides):
    tie(sides)
    assert [shown(person) for person in (sides.marko, sides.guest)] == [["proposed"], []]
    assert shown(sides.ana, "org-ana") == ["proposed"]

    cases.answer(Case.objects.get(), "confirm", by=sides.ana, reason="So it is.")
    settle()

    assert [shown(sides.guest, code) for code in ("org-marko", "org-ana")] == [["confirmed"], ["confirmed"]]


def test_a_declined_tie_is_seen_by_nobody_and_can_be_told_again(sides):
    tie(sides)
    cases.answer(Case.objects.get(), "decline", by=sides.ana, reason="We never met.")

    assert [shown(person) for person in (sides.marko, sides.ana)] == [[], []]
    assert tie(sides).state == "proposed"


def test_the_same_tie_is_told_once_from_whichever_side(sides):
    tie(sides)

    with pytest.raises(ValidationError, match="told already"):
        ties.propose_tie(
            of(sides.ana), of(sides.marko), by=sides.ana, kind="exchange", what="Visits", begins=2023, topic=None
        )


def test_nobody_speaks_for_others(sides):
    fields = {"kind": "exchange", "what": "Visits", "begins": 2023, "topic": None}
    with pytest.raises(PermissionDenied):
        ties.propose_tie(of(sides.marko), of(sides.ana), by=sides.carl, **fields)
    with pytest.raises(ValidationError):
        ties.propose_tie(of(sides.marko), of(sides.marko), by=sides.marko, **fields)
    made = tie(sides)
    with pytest.raises(PermissionDenied):
        cases.answer(Case.objects.get(), "confirm", by=sides.carl, reason="x")
    with pytest.raises(PermissionDenied):
        ties.end_tie(made, of(sides.ana), by=sides.carl, year=2024)


def test_either_side_says_until_when(sides):
    made = tie(sides)

    assert browser_of(sides.ana).post(f"/en/directory/org-ana/ties/{made.pk}/end/", {"year": "2020"}).status_code == 422
    assert browser_of(sides.ana).post(f"/en/directory/org-ana/ties/{made.pk}/end/", {"year": "2024"}).status_code == 302
    assert Tie.objects.get().ends == 2024
    assert (
        browser_of(sides.carl).post(f"/en/directory/org-carl/ties/{made.pk}/end/", {"year": "2024"}).status_code == 404
    )


def test_a_tie_over_http(sides):
    browser = browser_of(sides.marko)
    typed = {"other": of(sides.ana).pk, "kind": "agreement", "what": "We share a desk", "topic": "4", "begins": "2024"}

    assert browser.post("/en/directory/org-marko/ties/new/", {**typed, "ends": "2020"}).status_code == 422
    assert browser.post("/en/directory/org-marko/ties/new/", typed)["Location"] == "/en/directory/org-marko/ties/"
    assert browser.post("/en/directory/org-marko/ties/new/", typed).status_code == 422
    assert browser.post("/en/directory/org-ana/ties/new/", typed).status_code == 403
    assert Tie.objects.get().topic_id == 4


def answer_all(code: str, *people) -> None:
    for person in people:
        case = Case.objects.get(handler=f"admin:{of(person).pk}", state="open")
        cases.answer(case, code, by=person, reason="Gladly.")


def test_a_network_counts_with_three_of_two_countries(sides):
    made = network(sides.marko, [of(sides.ana), of(sides.wanda)])
    settle()

    def counts() -> tuple:
        found = cooperation.network_for(made.code)
        return found.confirmed, found.countries, cooperation.is_recognised(found)

    assert counts() == (1, 1, False)
    answer_all("join", sides.wanda)
    assert counts() == (2, 1, False)
    answer_all("join", sides.ana)
    assert counts() == (3, 2, True)
    networks.leave(made, of(sides.wanda), by=sides.wanda)
    assert counts() == (2, 2, False)
    assert [row.code for row in cooperation.recognised()] == []


def test_who_declined_can_be_asked_again(sides):
    made = network(sides.marko, [of(sides.ana)])
    settle()
    answer_all("decline", sides.ana)

    networks.ask_in(made, [of(sides.ana)], by=sides.marko)
    settle()

    assert Case.objects.filter(state="open").count() == 1


def test_seats_that_wait_are_seen_by_the_network_alone(sides):
    made = network(sides.marko, [of(sides.ana)])

    def seats(person) -> list[str]:
        return [seat.state for seat in browser_of(person).get(made.get_absolute_url()).context["seats"]]

    assert [seats(person) for person in (sides.marko, sides.ana, sides.guest)] == [
        ["confirmed", "asked"],
        ["confirmed"],
        ["confirmed"],
    ]


def test_only_its_members_run_a_network(sides):
    made = network(sides.marko, [of(sides.ana)])
    place = made.get_absolute_url()
    told = {"day": "2026-03-01", "what": "We met"}

    assert browser_of(sides.ana).post(f"{place}activity/", told).status_code == 403
    assert browser_of(sides.marko).post(f"{place}activity/", {**told, "day": "x"}).status_code == 422
    assert browser_of(sides.marko).post(f"{place}activity/", told).status_code == 302
    assert [row.what for row in made.activities.all()] == ["We met"]
    with pytest.raises(PermissionDenied):
        networks.ask_in(made, [of(sides.wanda)], by=sides.lena)


def test_a_network_is_founded_for_ones_own_organisation(sides):
    typed = {"title": "Δίκτυο", "purpose": "Μάθηση", "others": [of(sides.ana).pk], "topic": ""}
    browser = browser_of(sides.marko)

    wrong = browser.post("/el/networks/new/", {**typed, "founder": of(sides.lena).pk})
    right = browser.post("/el/networks/new/", {**typed, "founder": of(sides.marko).pk})

    assert (wrong.status_code, right["Location"]) == (422, "/el/networks/diktyo/")
    assert (dict(Network.objects.get().title), browser_of(sides.petra).get("/en/networks/new/").status_code) == (
        {"el": "Δίκτυο"},
        403,
    )


def test_the_register_is_read_by_members_and_kept_by_few(sides):
    made = initiative(code="danube")
    entry = {"day": "2026-02-01", "contact": "Secretariat", "agreed": "To share events", "state": "agreed"}
    place = "/en/initiatives/danube/contact/"

    assert browser_of(sides.ana).post(place, entry).status_code == 403
    assert browser_of(sides.wanda).post(place, {**entry, "next_on": "2026-05-01"}).status_code == 422
    assert browser_of(sides.wanda).post(place, entry)["Location"] == made.get_absolute_url()

    read = {
        name: browser_of(person).get(made.get_absolute_url()).context["entries"] is not None
        for name, person in sides.each()
    }
    assert read == {
        **dict.fromkeys(("lena", "wanda", "marko", "ana"), True),
        "petra": False,
        "carl": False,
        "guest": False,
    }
    assert Initiative.objects.get().state == "agreed"


def noted(by, **fields) -> Synergy:
    told = {"day": timezone.localdate(), "contact": "Secretariat", "agreed": "To share", "language": "en", **fields}
    return initiatives.note_contact(initiative(code="danube"), "agreed", by=by, **told)


def again(entry: Synergy, **fields) -> Synergy:
    told = {"day": entry.day, "contact": "Commission", "agreed": "To meet", "language": "en", **fields}
    return initiatives.note_contact(entry.initiative, "agreed", by=entry.owner, **told)


def test_an_entry_is_corrected_by_whoever_noted_it_and_its_history_read(sides):
    entry = noted(sides.wanda)
    place = f"/en/initiatives/danube/contact/{entry.pk}/"
    sent = {"day": entry.day.isoformat(), "contact": "Secretariat", "agreed": "To share events"}

    told = {name: browser_of(person).post(place, sent).status_code for name, person in sides.each()}

    assert told == {**dict.fromkeys(("marko", "ana", "petra", "carl"), 403), "lena": 302, "wanda": 302, "guest": 302}
    entry.refresh_from_db()
    (shown,) = browser_of(sides.ana).get("/en/initiatives/danube/").context["entries"]
    assert (entry.agreed, [before["agreed"] for _moment, before in shown.former]) == ("To share events", ["To share"])
    assert (shown.may_correct, Event.objects.filter(verb="network.entry_corrected").count()) == (False, 1)


def test_the_register_costs_the_same_at_1_and_3_entries(sides):
    browser, counts = browser_of(sides.ana), []
    entry = noted(sides.wanda)
    for more in (0, 2):
        for _place in range(more):
            again(entry)
        for one in Synergy.objects.all():
            initiatives.correct_entry(one, by=sides.wanda, agreed=f"More {more} {one.pk}")
        browser.get("/en/initiatives/danube/")
        counts.append(queries(browser, "/en/initiatives/danube/"))

    assert counts[0] == counts[1]


def test_whoever_noted_it_is_reminded_of_the_next_step_once_on_its_day(sides):
    today = timezone.localdate()
    entry = noted(sides.wanda, next_step="Send the list", next_on=today)
    again(entry, next_step="Later", next_on=today + timedelta(days=1))

    assert [initiatives.remind(), initiatives.remind()] == [1, 0]
    settle()
    told = Notice.objects.filter(channel="site", kind="network.step_due").values_list("recipient", "subject")
    assert list(told) == [(sides.wanda.pk, "Next step with Danube strategy")]
    initiatives.correct_entry(entry, by=sides.wanda, next_on=today - timedelta(days=1))
    assert initiatives.remind() == 1


def test_an_initiative_is_described_in_the_language_of_the_page(sides):
    browser = browser_of(sides.lena)
    browser.post("/en/initiatives/new/", {"title": "Danube", "summary": "Rivers", "topics": ["1", "3"]})
    browser.post("/el/initiatives/danube/change/", {"title": "Δούναβης", "summary": "Ποτάμια", "topics": ["3"]})

    kept = Initiative.objects.get()
    assert (dict(kept.title), [topic.pk for topic in kept.topics.all()]) == ({"en": "Danube", "el": "Δούναβης"}, [3])


@pytest.mark.parametrize("place", ["networks/", "initiatives/", "regions/", "regions/EL30/", "countries/EL/"])
@pytest.mark.parametrize("language", ["en", "el", "bg"])
def test_pages_are_there_with_nothing_to_show(client, place, language):
    assert client.get(f"/{language}/{place}").status_code == 200


@pytest.mark.parametrize(
    "place", ["regions/XX99/", "countries/XX/", "networks/none/", "initiatives/none/", "directory/x/ties/"]
)
def test_what_is_unknown_is_not_there(client, place):
    assert client.get(f"/en/{place}").status_code == 404


def test_leaving_a_network_one_never_joined_changes_nothing(sides):
    made = network(sides.marko, [])

    answer = browser_of(sides.ana).post(f"{made.get_absolute_url()}leave/org-ana/")

    assert (answer.status_code, made.seats.count()) == (302, 1)


def found(words: str, **filters) -> list[tuple[str, str]]:
    answer = search.find(AnonymousUser(), search.Question(words, filters=filters))
    return [(entry.thing, entry.key) for entry in answer.entries]


def test_initiatives_and_networks_are_found(sides):
    made = network(sides.ana, [of(sides.wanda)], "Bread from the valley")
    known = initiative("Alpine strategy")
    settle()

    assert found("valley bread") == [("network.network", made.code)]
    assert found("alpine") == [("network.initiative", known.code)]

    known.title = {"en": "Adriatic strategy"}
    keep_initiative(known, [2])
    settle()
    assert (found("alpine"), found("adriatic", topic=["2"])) == ([], [("network.initiative", known.code)])
