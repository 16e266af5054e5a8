"""Pilot actions: set up by the lead, begun by who decides, read by everybody from then on."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pilots.declarations.pilots import carried_out, search_document
from pilots.models import Pilot, PilotChange
from pilots.selectors import pilots as selectors
from pilots.services import pilot_changes, pilots as services, reports
from platform_core.exchange.cases import services as cases
from platform_core.exchange.cases.models import Case
from platform_core.materials.trails import selectors as trails
from platform_core.programme.events.models import CalendarEvent
from tests.factories.pilots import call, finished, own, prepared, proposal, report, running, scheme, set_up, today
from tests.people import browser_of
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def seeing(people, selector) -> list[str]:
    return [name for name, person in people.each() if selector(person).exists()]


def with_partner(people) -> Pilot:
    """Marko's with ana as partner."""
    made = prepared(people, partners=[own(people.ana)])
    return services.begin(set_up(made, people.marko), by=people.wanda)


def test_while_it_is_prepared_only_those_see_it_who_work_on_it(people):
    made = prepared(people)
    before = seeing(people, selectors.pilots)

    services.begin(set_up(made, people.marko), by=people.wanda)

    everybody = [name for name, _person in people.each()]
    assert (before, seeing(people, selectors.pilots)) == (["lena", "wanda", "marko"], everybody)


def test_its_workspace_stays_with_those_who_work_on_it(people):
    with_partner(people)

    assert seeing(people, selectors.entered) == ["lena", "wanda", "marko", "ana"]


def test_right_and_selector_agree_on_the_workspace(people):
    made = with_partner(people)

    may = [name for name, person in people.each() if person.has_perm("pilots.enter_pilot", made)]
    assert may == seeing(people, selectors.entered)


@pytest.mark.parametrize("lacking", ["milestones", "indicators", "risks"])
def test_without_milestones_indicators_and_risks_it_does_not_begin(people, lacking):
    made = set_up(prepared(people), people.marko)
    getattr(made, lacking).all().delete()

    with pytest.raises(ValidationError, match="Before it begins"):
        services.begin(made, by=people.wanda)
    assert selectors.hindrances(made) == [lacking]


def test_the_lead_does_not_let_itself_begin(people):
    made = set_up(prepared(people), people.marko)

    with pytest.raises(PermissionDenied):
        services.begin(made, by=people.marko)


def test_begun_its_milestones_and_indicators_stand(people):
    made = running(people)

    with pytest.raises(PermissionDenied):
        set_up(made, people.marko)
    with pytest.raises(PermissionDenied):
        services.remove(made.indicators.get(), by=people.marko)


def test_a_target_is_not_the_baseline(people):
    with pytest.raises(ValidationError, match="nothing would change"):
        services.set_indicator(
            prepared(people),
            by=people.marko,
            name={"en": "Firms"},
            unit="firms",
            baseline=Decimal(3),
            target=Decimal(3),
        )


def test_risks_are_owned_inside_and_read_gravest_first(people):
    made = prepared(people)
    fields = {"answer": "Tell firms", "owner": made.lead, "by": people.marko}
    services.name_risk(made, text="small", likelihood=1, impact=1, **fields)
    services.name_risk(made, text="grave", likelihood=3, impact=3, **fields)

    with pytest.raises(ValidationError, match="lead or a partner"):
        services.name_risk(made, text="foreign", likelihood=1, impact=1, **{**fields, "owner": own(people.ana)})
    assert [risk.text for risk in made.risks.all()] == ["grave", "small"]


def test_a_running_pilot_weighs_its_risks_anew(people):
    made, browser = running(people), browser_of(people.marko)
    risk = made.risks.get()
    typed = {"text": risk.text, "likelihood": "1", "impact": "1", "answer": "Told them", "owner": made.lead_id}

    status = browser.post(reverse("pilots:change_risk", args=[risk.pk]), typed).status_code

    risk.refresh_from_db()
    stranger = browser_of(people.ana).post(reverse("pilots:change_risk", args=[risk.pk]), typed)
    assert (status, risk.weight, made.risks.count(), stranger.status_code) == (302, 1, 1, 404)


def test_a_milestone_is_not_reached_tomorrow(people):
    milestone = running(people).milestones.get()

    with pytest.raises(ValidationError, match="still to come"):
        services.reach(milestone, today() + timedelta(days=1), by=people.marko)


def test_nothing_is_reached_before_it_begins(people):
    milestone = set_up(prepared(people), people.marko).milestones.get()

    with pytest.raises(ValidationError, match="has not begun yet"):
        services.reach(milestone, today(), by=people.marko)


def test_it_is_finished_when_every_milestone_is_reached(people):
    made = running(people)
    with pytest.raises(ValidationError, match="not reached yet"):
        services.finish(made, by=people.marko)

    services.reach(made.milestones.get(), today(), by=people.marko)
    services.finish(made, by=people.marko)

    assert [(one.pk, one.day, one.region, one.topic) for one in carried_out()] == [(made.pk, today(), "AT12", 4)]


CHANGES = {
    "milestone": (lambda made, people: {"milestone": made.milestones.get(), "due_on": today() + timedelta(days=99)}),
    "budget": (lambda made, people: {"band": 1}),
    "partner_in": (lambda made, people: {"organisation": own(people.petra)}),
    "partner_out": (lambda made, people: {"organisation": own(people.ana)}),
}


def state_of(made: Pilot) -> dict:
    made = Pilot.objects.get(pk=made.pk)
    return {
        "milestone": made.milestones.get().due_on,
        "budget": made.band,
        "partners": sorted(made.partners.values_list("code", flat=True)),
    }


@pytest.mark.parametrize(
    ("kind", "after"),
    [
        ("milestone", {"milestone": 99}),
        ("budget", {"budget": 1}),
        ("partner_in", {"partners": ["org-ana", "org-petra"]}),
        ("partner_out", {"partners": []}),
    ],
)
def test_a_change_is_made_when_the_lead_partner_grants_it(people, kind, after):
    made = with_partner(people)
    before = state_of(made)
    pilot_changes.ask(made, kind, "It is needed.", by=people.ana, **CHANGES[kind](made, people))
    settle()
    case = Case.objects.get()
    untouched = state_of(made)

    cases.answer(case, "granted", by=people.lena, reason="Agreed.")

    if "milestone" in after:
        after = {"milestone": today() + timedelta(days=99)}
    assert (untouched, state_of(made)) == (before, {**before, **after})
    assert PilotChange.objects.get().state == "granted"


def test_a_refused_change_changes_nothing(people):
    made = with_partner(people)
    before = state_of(made)
    pilot_changes.ask(made, "budget", "Dearer.", by=people.marko, band=1)
    settle()

    cases.answer(Case.objects.get(), "refused", by=people.lena, reason="No money.")

    assert (state_of(made), PilotChange.objects.get().state) == (before, "refused")


@pytest.mark.parametrize(
    ("kind", "fields", "field"),
    [
        ("milestone", {}, "milestone"),
        ("budget", {"band": 2}, "band"),
        ("budget", {"band": 9}, "band"),
        ("partner_in", {}, "organisation"),
    ],
)
def test_what_cannot_be_changed_is_not_asked_for(people, kind, fields, field):
    with pytest.raises(ValidationError) as problem:
        pilot_changes.ask(with_partner(people), kind, "Why not", by=people.marko, **fields)

    assert (list(problem.value.message_dict), PilotChange.objects.count()) == ([field], 0)


def test_a_partner_that_leaves_hands_its_risks_to_the_lead(people):
    made = prepared(people, partners=[own(people.ana)])
    set_up(made, people.marko)
    made.risks.update(owner=own(people.ana))
    services.begin(made, by=people.wanda)
    pilot_changes.ask(made, "partner_out", "They moved on.", by=people.ana, organisation=own(people.ana))
    settle()

    cases.answer(Case.objects.get(), "granted", by=people.lena, reason="Agreed.")

    assert made.risks.get().owner == made.lead
    assert seeing(people, selectors.entered) == ["lena", "wanda", "marko"]


def test_finishing_ends_what_is_still_asked_for(people):
    made = running(people)
    pilot_changes.ask(made, "budget", "Cheaper.", by=people.marko, band=1)
    settle()
    services.reach(made.milestones.get(), today(), by=people.marko)

    services.finish(made, by=people.marko)

    assert (PilotChange.objects.get().state, Case.objects.get().is_open) == ("withdrawn", False)


def test_the_final_workshop_is_an_event_linked_to_it(people):
    made, browser = running(people), browser_of(people.marko)
    day = (today() + timedelta(days=20)).isoformat()
    data = {"title": "Vouchers: what we learned", "day": day, "begins": "10:00", "ends": "09:00", "place": "Wien"}
    address = reverse("pilots:hold_workshop", args=[made.pk])
    wrong = browser.post(address, data)
    key = wrong.context["form"].initial["key"]

    for _twice in range(2):
        browser.post(address, {**data, "ends": "16:00", "key": key})

    event = CalendarEvent.objects.get()
    assert (wrong.status_code, event.kind, event.organisation, event.state) == (400, "workshop", made.lead, "proposed")
    related = [(row.words, str(row.title)) for row in trails.around(people.lena, made)]
    assert related == [("ends with the workshop", "Vouchers: what we learned")]


def test_everybody_reads_the_public_parts_and_no_risk(people):
    made = running(people)
    reports.accept(report(made, people.marko), by=people.wanda)

    page = browser_of(people.guest).get(made.get_absolute_url())

    text = page.content.decode()
    assert [words in text for words in ("First vouchers", "Vouchers given", "1: 5", "Nobody asks for one")] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("name", "status"), [("marko", 200), ("wanda", 200), ("lena", 200), ("ana", 404), ("petra", 404)]
)
def test_the_workspace_over_http(people, name, status):
    made = running(people)

    assert browser_of(people.named(name)).get(made.desk_address).status_code == status


def test_the_lead_sets_it_up_over_http(people):
    made, browser = prepared(people), browser_of(people.marko)
    day = (today() + timedelta(days=30)).isoformat()
    risk = {"text": "Late", "likelihood": "2", "impact": "3", "answer": "Hurry", "owner": made.lead_id}
    indicator = {"name": "Firms", "unit": "firms", "baseline": "0", "target": "10"}
    posts = {"add_milestone": {"title": "Begun", "due_on": day}, "add_indicator": indicator, "add_risk": risk}

    told = [browser.post(reverse(f"pilots:{name}", args=[made.pk]), typed).status_code for name, typed in posts.items()]
    leader = browser_of(people.wanda)
    leader.post(reverse("pilots:begin_pilot", args=[made.pk]))
    made.refresh_from_db()
    browser.post(reverse("pilots:reach_milestone", args=[made.milestones.get().pk]), {"done_on": today().isoformat()})
    browser.post(reverse("pilots:finish_pilot", args=[made.pk]))

    state = made.state
    made.refresh_from_db()
    assert (told, state, made.state) == ([302, 302, 302], "running", "finished")


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(people):
    made = set_up(prepared(people), people.marko)
    row, browser = made.milestones.get(), browser_of(people.marko)
    address = reverse("pilots:change_milestone", args=[row.pk])
    seen = browser.get(address).context["form"].stamp
    services.set_milestone(made, by=people.marko, milestone=row, title={"en": "Second"}, due_on=today())

    answer = browser.post(address, {"title": "Third", "due_on": today().isoformat(), "seen": seen})

    row.refresh_from_db()
    assert (answer.status_code, str(row.title)) == (400, "Second")


def three(people) -> None:
    made = scheme(people.wanda)
    for person in (people.marko, people.ana, people.lena):
        one = proposal(
            call(people.wanda, made), person, submitted=True, region="HU21" if person is people.ana else "AT12"
        )
        services.begin(set_up(services.prepare(one), person), by=people.wanda)


@pytest.mark.parametrize(
    ("query", "number"),
    [("", 3), ("?country=HU", 1), ("?region=AT12", 2), ("?topic=4", 3), ("?topic=1", 0), ("?state=finished", 0)],
)
def test_the_list_is_filtered(people, query, number):
    three(people)

    page = browser_of(people.guest).get(reverse("pilots:pilots") + query)
    assert page.context["page"].paginator.count == number


def test_list_and_table_cost_the_same_for_three(people):
    running(people)
    browser, costs = browser_of(people.carl), []
    for _turn in range(2):
        for address in (reverse("pilots:pilots"), reverse("pilots:pilots") + "?csv", reverse("pilots:desk")):
            browser.get(address)
            with CaptureQueriesContext(connection) as asked:
                b"".join(browser.get(address))
            costs.append(len(asked))
        three(people)

    assert costs[:3] == costs[3:]


def test_the_table_has_a_row_for_each_indicator_and_period(people):
    made = finished(people)

    table = b"".join(browser_of(people.guest).get(made.get_absolute_url() + "?csv")).decode("utf-8-sig")

    rows = [line.split(",")[-7:] for line in table.splitlines()[1:]]
    head = ["Vouchers given", "vouchers", "0.0", "40.0", "5.0"]
    assert rows == [[*head, "1", "5.0"], [*head, "2", "0.0"]]


def test_it_is_found_from_the_day_it_begins(people):
    made = set_up(prepared(people), people.marko)
    before = search_document(made.pk)

    services.begin(made, by=people.wanda)

    assert before is None
    assert search_document(made.pk).facets == {"topic": ["4"], "country": ["AT"], "region": ["AT12"]}


def test_the_leader_of_the_group_decides_where_the_lead_partner_takes_part(people):
    made = with_partner(people)
    made.partners.add(own(people.lena))
    asked = pilot_changes.ask(made, "budget", "Cheaper.", by=people.marko, band=1)

    assert pilot_changes.handler(asked) == "role:wg_leader@group:4"
    with pytest.raises(ValidationError, match="somebody else decides"):
        pilot_changes.refuse(asked, by=people.lena, reason="No.")
    pilot_changes.grant(asked, by=people.wanda, reason="Yes.")
    made.refresh_from_db()
    assert made.band == 1
