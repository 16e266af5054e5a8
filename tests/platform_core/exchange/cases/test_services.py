from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from platform_core.exchange.cases import selectors, services
from platform_core.exchange.cases.models import Case
from platform_core.exchange.discussions.models import Comment
from platform_core.exchange.messaging.models import Notice
from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import audience_of
from platform_core.identity.accounts.models import User
from platform_core.identity.audit.models import Event
from platform_core.identity.audit.services import dispatch_events
from platform_core.people.members.models import Application, Membership, Organisation
from tests.factories.cases import answered, application_case, claim_case
from tests.people import add_person

pytestmark = pytest.mark.database

GRANT = {"tier": "associated", "share": "", "begins": timezone.localdate()}


def told() -> set[tuple[str, str]]:
    dispatch_events()
    rows = Notice.objects.filter(channel="site").select_related("recipient")
    return {(row.kind, row.recipient.name) for row in rows if row.kind.startswith("cases.")}


def lies_back(case: Case, **days) -> Case:
    """As if the case had been asked that many days ago."""
    ago = timedelta(**days)
    Case.objects.filter(pk=case.pk).update(opened_at=case.opened_at - ago, due_on=case.due_on - ago)
    case.refresh_from_db()
    return case


def test_an_application_opens_one_case_for_the_lead_partner(people):
    case = application_case(people.carl)
    organisation = Organisation.objects.get(code="org-carl")

    services.open_cases(case.cause)

    assert Case.objects.count() == 1
    assert (case.opener, case.organisation, case.handler) == (people.carl, organisation, "role:lead_partner")
    assert case.due_on == timezone.localdate() + timedelta(days=20)
    assert audience_of(case) == sorted([f"org:{organisation.pk}", f"person:{people.carl.pk}", "role:lead_partner"])
    assert told() == {("cases.opened", "Lena")}


def test_an_answer_does_what_it_says_and_closes_the_case(people):
    case = application_case(people.carl)

    services.answer(case, "admit", by=people.lena, reason="A good start.", **GRANT)

    case.refresh_from_db()
    membership = Membership.objects.get(organisation__code="org-carl")
    assert (case.state, case.answer, case.reason, case.answered_by) == (
        "answered",
        "admit",
        "A good start.",
        people.lena,
    )
    assert (membership.tier, membership.why, Application.objects.get().state) == (
        "associated",
        "A good start.",
        "granted",
    )
    assert case.answered_for == Organisation.objects.get(code="org-lena")
    assert ("cases.answered", "Carl") in told()


def test_what_an_answer_cannot_do_leaves_everything_as_it_was(people):
    case = application_case(people.carl)

    with pytest.raises(ValidationError):
        services.answer(case, "admit", by=people.lena, reason="x", **{**GRANT, "share": "asp"})

    case.refresh_from_db()
    assert (case.state, Application.objects.get().state) == ("open", "open")
    assert Membership.objects.filter(organisation__code="org-carl").count() == 0


def test_the_second_answer_comes_too_late(people):
    case = application_case(people.carl)
    answered(case, people.lena)

    with pytest.raises(ValidationError) as problem:
        services.answer(case, "admit", by=people.lena, reason="x", **GRANT)

    assert problem.value.messages == ["This case is closed already: Answered."]
    assert Membership.objects.filter(organisation__code="org-carl").count() == 0


@pytest.mark.parametrize("name", ["wanda", "marko", "ana", "petra", "carl"])
def test_only_those_who_handle_a_case_answer_it(people, name):
    case = application_case(people.carl)

    with pytest.raises(PermissionDenied):
        answered(case, people.named(name))

    case.refresh_from_db()
    assert case.state == "open"


def test_a_lead_partner_of_an_associated_member_answers_nothing_that_decides(people):
    access.give_role(people.ana, "lead_partner", by=people.lena)
    case, ana = application_case(people.carl), User.objects.get(pk=people.ana.pk)

    assert [one.code for one in selectors.answers_for(ana, case)] == []
    assert [one.code for one in selectors.answers_for(people.lena, case)] == ["admit", "decline"]
    with pytest.raises(PermissionDenied):
        answered(case, ana)


def test_reasons_are_required(people):
    case = application_case(people.carl)

    with pytest.raises(ValidationError) as problem:
        services.answer(case, "decline", by=people.lena, reason="  ")

    assert list(problem.value.message_dict) == ["reason"]


# Conversation and the clock


def test_a_question_back_stops_the_clock_until_the_reply(people):
    case = lies_back(application_case(people.carl), days=10)
    services.say(case, "Which region?", by=people.lena, ask_back=True)
    case.refresh_from_db()
    assert case.state == "asked_back"

    Case.objects.update(waiting_since=timezone.now() - timedelta(days=4))
    due = case.due_on
    services.say(case, "Thessaly.", by=people.carl)

    case.refresh_from_db()
    assert (case.state, case.waiting_since, case.waited.days) == ("open", None, 4)
    assert case.due_on == due + timedelta(days=4)
    assert told() >= {("cases.said", "Carl"), ("cases.said", "Lena")}


def test_the_turn_round_leaves_out_what_lay_with_who_asked(people):
    case = lies_back(application_case(people.carl), days=10)
    services.say(case, "Which region?", by=people.lena, ask_back=True)
    Case.objects.update(waiting_since=timezone.now() - timedelta(days=4))

    case.refresh_from_db()
    answered(case, people.lena)

    (figure,) = selectors.turn_round(people.marko)
    assert (figure.organisation, figure.number, figure.in_time) == ("Organisation org-lena", 1, 1)
    assert round(figure.median_days, 2) == 6


def test_an_internal_note_is_for_those_who_answer(people):
    case = application_case(people.carl)
    Notice.objects.all().delete()

    services.say(case, "I know them well.", by=people.lena, internal=True)

    assert Comment.objects.get().is_internal
    assert told() == set()
    with pytest.raises(PermissionDenied):
        services.say(case, "x", by=people.carl, internal=True)
    with pytest.raises(PermissionDenied):
        services.say(case, "x", by=people.marko)


def test_a_closed_case_can_still_be_spoken_about(people):
    case = application_case(people.carl)
    answered(case, people.lena)

    services.say(case, "Thank you.", by=people.carl)

    case.refresh_from_db()
    assert (case.state, Comment.objects.get().text) == ("answered", "Thank you.")


# Who takes it


def test_a_case_is_given_to_one_of_those_who_can_answer(people):
    other = add_person("olga")
    access.give_role(other, "lead_partner")
    case = application_case(people.carl)

    services.assign(case, other, by=people.lena)

    case.refresh_from_db()
    assert (case.assignee, ("cases.assigned", "Olga") in told()) == (other, True)
    with pytest.raises(ValidationError):
        services.assign(case, people.marko, by=people.lena)
    services.assign(case, None, by=people.lena)
    assert Case.objects.get().assignee is None


def test_a_claim_goes_to_those_who_look_after_the_profile(people):
    organisation = people.marko.affiliations.get().organisation
    people.marko.affiliations.update(is_admin=True)
    case, marko = claim_case(people.carl, organisation), User.objects.get(pk=people.marko.pk)

    services.answer(case, "confirm", by=marko, reason="A colleague", is_contact=False, is_admin=True)

    held = people.carl.affiliations.get(organisation=organisation)
    assert (case.handler, held.function, held.is_admin) == (f"admin:{organisation.pk}", "Adviser", True)
    assert User.objects.get(pk=people.carl.pk).has_perm("members.change_organisation", organisation)


def test_a_claim_goes_to_the_lead_partner_while_nobody_looks_after_the_profile(people):
    case = claim_case(people.carl, people.marko.affiliations.get().organisation)

    assert case.handler == "role:lead_partner"


def test_who_asked_can_withdraw(people):
    case = application_case(people.carl)

    services.withdraw(case, by=people.carl)

    case.refresh_from_db()
    assert (case.state, Application.objects.get().state) == ("withdrawn", "withdrawn")
    assert ("cases.withdrawn", "Lena") in told()
    assert application_case(people.carl).state == "open"


# What is due


@pytest.mark.parametrize(
    ("days", "told_of"),
    [(16, set()), (17, {"cases.due_soon"}), (20, {"cases.due_soon"}), (21, {"cases.overdue"})],
)
def test_what_is_due_is_told_once(people, days, told_of):
    lies_back(application_case(people.carl), days=days)
    told()
    Notice.objects.all().delete()

    for _again in range(2):
        services.remind()

    assert {kind for kind, _name in told()} == told_of
    assert Event.objects.filter(verb__in=["cases.due_soon", "cases.overdue"]).count() == len(told_of)


def test_what_lies_with_who_asked_is_not_overdue(people):
    case = lies_back(application_case(people.carl), days=30)
    services.say(case, "Which region?", by=people.lena, ask_back=True)

    assert services.remind() == 0


# What a review found


def test_nobody_answers_what_she_asked_herself(people):
    case = claim_case(people.lena, people.ana.affiliations.get().organisation)

    assert selectors.answers_for(people.lena, case) == []
    with pytest.raises(PermissionDenied):
        services.answer(case, "confirm", by=people.lena, reason="x", is_contact=False, is_admin=True)


def test_a_lead_partner_who_does_not_decide_lets_nobody_act_for_others(people):
    access.give_role(people.ana, "lead_partner", by=people.lena)
    case, ana = claim_case(people.carl, people.marko.affiliations.get().organisation), fresh(people.ana)

    with pytest.raises(PermissionDenied):
        services.answer(case, "confirm", by=ana, reason="x", is_contact=False, is_admin=True)

    assert people.carl.affiliations.count() == 1


def test_whoever_took_a_case_and_lost_the_role_sees_it_no_more(people):
    other = add_person("olga")
    held = access.give_role(other, "lead_partner")
    case = services.assign(application_case(people.carl), other, by=people.lena)
    access.end_role(held, by=people.lena)

    assert not fresh(other).has_perm("cases.view_case", case)
    assert not fresh(other).has_perm("cases.read_notes", case)


def test_a_late_case_that_nobody_can_answer_goes_to_the_lead_partner(people):
    affiliations = people.marko.affiliations
    affiliations.update(is_admin=True)
    case = lies_back(claim_case(people.carl, affiliations.get().organisation), days=11)
    affiliations.update(is_admin=False)

    services.remind()

    case.refresh_from_db()
    assert (case.handler, fresh(people.lena).has_perm("cases.handle_case", case)) == ("role:lead_partner", True)


def test_cases_about_what_is_gone_are_closed(people):
    case = claim_case(people.carl, people.ana.affiliations.get().organisation)
    people.carl.claims.all().delete()

    assert (services.close_orphans(), services.close_orphans()) == (1, 0)
    case.refresh_from_db()
    assert case.state == "withdrawn"


def fresh(person) -> User:
    return User.objects.get(pk=person.pk)
