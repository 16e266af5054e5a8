"""Proposals: by members, once, judged by people without an interest, and then a pilot action."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from pilots.models import Pilot, Proposal
from pilots.selectors import proposals as selectors
from pilots.services import proposals as services
from platform_core.exchange.assessment import selectors as assessment, services as evaluating
from platform_core.exchange.messaging.models import Notice
from platform_core.ground.vocabulary.models import Region
from platform_core.materials.trails.selectors import around
from tests.factories.assessments import add_experts
from tests.factories.mechanisms import mechanism, published
from tests.factories.pilots import call, close, judged, own, prepared, proposal, score, today
from tests.people import browser_of
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TYPED = {
    "title": "Vouchers",
    "summary": "For firms.",
    "baseline": "None.",
    "tests": "method",
    "tested": "Peers",
    "topic": "4",
    "band": "1",
}


@pytest.fixture
def judges(people):
    return add_experts()


def told(person) -> list[str]:
    return list(
        Notice.objects.filter(recipient=person, channel="site").order_by("pk").values_list("subject", flat=True)
    )


@pytest.mark.parametrize(
    ("name", "allowed"), [("marko", True), ("ana", True), ("petra", False), ("carl", False), ("guest", False)]
)
def test_full_and_associated_members_propose(people, name, allowed):
    person, found = people.named(name), call(people.wanda)

    if allowed:
        assert proposal(found, person).organisation == own(person)
    else:
        with pytest.raises(PermissionDenied):
            proposal(found, person) if name != "guest" else services.propose(found, own(people.marko), by=person)


def test_nobody_proposes_for_others(people):
    found = call(people.wanda)

    with pytest.raises(PermissionDenied):
        services.propose(found, own(people.ana), by=people.marko)


def test_a_draft_is_for_its_organisation_and_a_submitted_one_for_who_selects(people):
    made = proposal(call(people.wanda), people.marko)
    before = [name for name, person in people.each() if selectors.proposals(person).exists()]

    services.submit(made, by=people.marko)

    after = [name for name, person in people.each() if selectors.proposals(person).exists()]
    assert (before, after) == (["marko"], ["lena", "wanda", "marko"])


def test_it_is_submitted_once(people):
    made = proposal(call(people.wanda), people.marko, submitted=True)

    with pytest.raises(PermissionDenied):
        services.submit(made, by=people.marko)
    with pytest.raises(PermissionDenied):
        services.change(made, by=people.marko, band=1)


def test_a_closed_call_takes_nothing(people):
    made = proposal(call(people.wanda), people.marko)
    close(made.call)

    with pytest.raises(ValidationError, match="does not take proposals"):
        services.submit(made, by=people.marko)
    with pytest.raises(ValidationError, match="does not take proposals"):
        proposal(close(made.call), people.ana)


@pytest.mark.parametrize("fields", [{"band": 3}, {"band": 0}])
def test_the_band_is_one_of_the_guideline(people, fields):
    with pytest.raises(ValidationError, match="no such budget band"):
        proposal(call(people.wanda), people.marko, **fields)


def test_no_lead_is_its_own_partner(people):
    with pytest.raises(ValidationError, match="its own partner"):
        proposal(call(people.wanda), people.marko, partners=[own(people.marko)])


def test_it_is_judged_when_the_call_has_closed_and_by_two(people, judges):
    made = proposal(call(people.wanda), people.marko, submitted=True)
    due = {"due_on": today() + timedelta(weeks=2)}

    with pytest.raises(ValidationError, match="has closed"):
        services.call_judges(made, judges, by=people.wanda, **due)
    close(made.call)
    with pytest.raises(ValidationError, match="At least 2"):
        services.call_judges(made, judges[:1], by=people.wanda, **due)
    made.refresh_from_db()
    assert made.state == "submitted"


def test_lead_and_partners_do_not_judge(people, judges):
    partner = own(judges[0])
    made = proposal(call(people.wanda), people.marko, submitted=True, partners=[partner])

    may = assessment.eligible(assessment.kind_named(selectors.KIND), made)
    assert list(may) == judges[1:]


def test_a_selected_proposal_becomes_a_pilot(people, judges):
    made = proposal(call(people.wanda), people.marko, submitted=True, partners=[own(people.ana)])
    judging = score(judged(made, judges, people.wanda), judges)

    evaluating.conclude(judging, "selected", "Well made.", by=people.wanda)
    settle()

    pilot = Pilot.objects.get()
    assert (pilot.proposal, pilot.lead, list(pilot.partners.all())) == (made, own(people.marko), [own(people.ana)])
    assert (str(pilot.title), pilot.band, pilot.state) == ("Vouchers on trial", 2, "prepared")
    assert told(people.marko)[-1] == "Selected: Vouchers on trial"


def test_what_scores_do_not_carry_is_not_selected(people, judges):
    made = proposal(call(people.wanda), people.marko, submitted=True)
    judging = score(judged(made, judges, people.wanda), judges, 1)

    with pytest.raises(ValidationError, match="do not allow"):
        evaluating.conclude(judging, "selected", "All the same.", by=people.wanda)
    evaluating.conclude(judging, "refused", "Too thin.", by=people.wanda)

    made.refresh_from_db()
    assert (made.state, Pilot.objects.count()) == ("refused", 0)


def test_where_the_leader_has_an_interest_the_lead_partner_concludes(people):
    made = proposal(call(people.lena), people.wanda, submitted=True)

    assert services.handler(made) == "role:lead_partner"


def test_who_steps_back_reads_it_no_longer_and_abandoned_it_waits_again(people, judges):
    made = proposal(call(people.wanda), people.marko, submitted=True)
    judging = judged(made, judges, people.wanda)
    seen = [selectors.proposals(person).exists() for person in judges]

    evaluating.step_back(judging.evaluations.get(evaluator=judges[0]), "My cousin.", by=judges[0])
    settle()
    left = [selectors.proposals(person).exists() for person in judges]
    evaluating.abandon(judging, "Anew.", by=people.wanda)
    settle()

    made.refresh_from_db()
    assert (seen, left, made.state) == ([True, True], [False, True], "submitted")


def test_withdrawn_it_is_not_judged(people, judges):
    made = services.withdraw(proposal(call(people.wanda), people.marko, submitted=True), by=people.marko)
    close(made.call)

    with pytest.raises(PermissionDenied):
        services.call_judges(made, judges, by=people.wanda, due_on=today())


def test_from_the_call_to_a_submitted_proposal_over_http(people):
    found, browser = call(people.wanda), browser_of(people.marko)
    address = reverse("pilots:propose", args=[found.pk])
    region = browser.get(address).context["form"].fields["region"].queryset.get(code="AT12")
    data = {**TYPED, "organisation": own(people.marko).pk, "region": region.pk, "key": "once"}

    wrong = browser.post(address, {**data, "summary": ""})
    browser.post(address, data)
    browser.post(address, data)
    made = Proposal.objects.get()
    change = reverse("pilots:change_proposal", args=[made.pk])
    browser.post(change, {**data, "title": "Vouchers, better"})
    browser.post(reverse("pilots:submit_proposal", args=[made.pk]))
    stranger = browser_of(people.ana)

    made.refresh_from_db()
    assert (wrong.status_code, wrong.context["form"]["title"].value()) == (400, "Vouchers")
    assert (str(made.title), made.state, made.submitted_on) == ("Vouchers, better", "submitted", today())
    assert browser.get(made.get_absolute_url()).status_code == 200
    assert [stranger.get(made.get_absolute_url()).status_code, stranger.get(change).status_code] == [404, 404]


def offered(person, made: Proposal) -> list[str]:
    page = browser_of(person).get(reverse("pilots:change_proposal", args=[made.pk]))
    return [code for _group, rows in page.context["form"].fields["subject"].choices[1:] for code, _name in rows]


def test_what_is_tested_is_chosen_among_what_everybody_can_read(people):
    hidden, shown = mechanism(people.lena, "Hidden"), published(people.lena, people.wanda)
    made = proposal(call(people.wanda), people.marko)

    codes = offered(people.marko, made)

    found = [f"pilots.mechanism:{one.pk}" in codes for one in (hidden, shown)]
    assert (found, "method:peers" in codes, "function:pilots:helpdesk" in codes) == ([False, True], True, True)


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({"subject": "method:peers", "tests": "mechanism", "tested": "Mine"}, ("method", "Structural peers")),
        ({"subject": "function:pilots:helpdesk", "tests": "", "tested": ""}, ("function", "Helpdesk")),
        ({"subject": "", "tests": "mechanism", "tested": "Mine"}, ("mechanism", "Mine")),
        ({"subject": "", "tests": "", "tested": "Mine"}, None),
        ({"subject": "", "tests": "mechanism", "tested": ""}, None),
        ({"subject": "pilots.mechanism:999", "tests": "mechanism", "tested": "Mine"}, None),
    ],
)
def test_what_is_chosen_says_what_it_is(people, told, kept):
    found = call(people.wanda)
    region = {"organisation": own(people.marko).pk, "region": Region.objects.get(code="AT12", vintage=2021).pk}

    browser_of(people.marko).post(reverse("pilots:propose", args=[found.pk]), TYPED | region | told)

    assert [(one.tests, one.tested) for one in Proposal.objects.all()] == ([kept] if kept else [])


@pytest.mark.parametrize(
    ("told", "field"), [({"tests": "", "tested": ""}, "subject"), ({"tests": ""}, "tests"), ({"tested": ""}, "tested")]
)
def test_what_is_lacking_is_said_once(people, told, field):
    region = {"organisation": own(people.marko).pk, "region": Region.objects.get(code="AT12", vintage=2021).pk}

    page = browser_of(people.marko).post(reverse("pilots:propose", args=[call(people.wanda).pk]), TYPED | region | told)

    assert list(page.context["form"].errors) == [field]


def test_a_pilot_leads_to_the_mechanism_that_was_chosen(people):
    tested = published(people.lena, people.wanda)

    pilot = prepared(people, subject=f"pilots.mechanism:{tested.pk}")

    assert [one.address for one in around(people.marko, pilot)] == [tested.get_absolute_url()]
    page = browser_of(people.marko).get(reverse("pilots:workspace", args=[pilot.pk]))
    assert page.context["subject"].address == tested.get_absolute_url()
