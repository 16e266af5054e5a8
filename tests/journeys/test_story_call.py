"""From a call for interest to the set-up document, page by page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from platform_core.exchange.assessment.models import Assessment, Evaluation
from platform_core.identity.access.models import RoleAssignment
from tests.factories.calls import add_evaluators, organisation_of
from tests.people import browser_of
from tests.settling import settle
from workinggroups.models import Call, Candidate, Expression, SetUp
from workinggroups.services import calls

pytestmark = pytest.mark.django_db


def send(person, address: str, **fields):
    page = browser_of(person).post(address, fields)
    assert page.status_code == 302, page.context["form"].errors if page.context else page.status_code
    return page


def prepared(leader) -> Call:
    fields = {"title": "Two seats", "text": "We seek **two** organisations.", "representatives": 2, "experts": 1}
    fields |= {"people_limit": 2, "zone": "Europe/Sofia", "is_public": "on"}
    send(leader, "/en/groups/4/calls/new/", **fields)
    call = Call.objects.get()
    address = call.get_absolute_url()
    question = {"text": "How many years?", "kind": "number", "least": 0, "most": 50, "is_required": "on"}
    send(leader, f"{address}parts/questions/", **question)
    send(leader, f"{address}parts/conditions/", what="manual", text="Has worked on clusters")
    criterion = call.criteria.last()
    send(leader, f"{address}parts/criteria/{criterion.pk}/remove/")
    send(leader, f"{address}open/", day=timezone.localdate() + timedelta(days=9), hour="12:00")
    return Call.objects.get()


def answer(call: Call, person) -> Expression:
    fields = {f"q{one.pk}": 7 if one.kind == "number" else "Because." for one in call.questions.all()}
    fields |= {"p0_role": "wg_representative", "p0_name": person.name, "p0_email": person.email}
    fields |= {"p0_competences": "Cluster policy\nFinancing", "agreed": "on", "edition": "0"}
    send(person, f"{call.get_absolute_url()}answer/{organisation_of(person).code}/", **fields)
    return Expression.objects.get(organisation=organisation_of(person))


def close(call: Call) -> None:
    Call.objects.filter(pk=call.pk).update(closes_at=timezone.now())
    calls.close_due()
    settle()


def scored(evaluation: Evaluation) -> None:
    address = evaluation.get_absolute_url()
    send(evaluation.evaluator, address, has_conflict="no")
    criteria = evaluation.assessment.grid.criteria.all()
    fields = {f"value_{one.pk}": 1 if one.kind == "gate" else 3 for one in criteria}
    send(evaluation.evaluator, address, **fields, **{f"reason_{one.pk}": "So I think." for one in criteria})


def test_from_a_call_to_the_set_up_document(people):
    experts = add_evaluators()
    call = prepared(people.wanda)
    place = call.get_absolute_url()
    sent = [answer(call, person) for person in (people.lena, people.marko)]
    close(call)
    condition = call.conditions.get(kind="manual")
    for expression in sent:
        send(people.wanda, f"{expression.get_absolute_url()}judge/", **{f"c{condition.pk}": "yes"})
    for candidate in Candidate.objects.select_related("person"):
        send(candidate.person, candidate.get_absolute_url(), deed="agree")
    due = timezone.localdate() + timedelta(days=5)
    send(people.wanda, f"{place}evaluation/begin/", evaluators=[one.pk for one in experts], due_on=due)
    for evaluation in Evaluation.objects.select_related("assessment__grid", "evaluator"):
        scored(evaluation)
    send(people.wanda, f"{place}evaluation/settle/")
    seats = {f"s{one.pk}": "accept" for one in Candidate.objects.all()}
    send(people.wanda, f"{place}shortlist/", **seats, **{f"r{one.pk}": "Good." for one in sent})
    shown = browser_of(people.wanda).get(f"{place}letters/").content.decode()
    send(people.wanda, f"{place}conclude/", reason="Both fit.")
    settle()
    for candidate in Candidate.objects.select_related("person"):
        send(candidate.person, candidate.get_absolute_url(), deed="take")

    call.refresh_from_db()
    seated = RoleAssignment.objects.filter(scope="group:4", role="wg_representative")
    document = SetUp.objects.get().document
    page = browser_of(people.wanda).get(document.get_absolute_url()).content.decode()
    assert (call.state, Assessment.objects.filter(outcome="accept").count()) == ("concluded", 2)
    assert sorted(seated.values_list("person__name", flat=True)) == ["Lena", "Marko"]
    assert ("Accepted: Two seats" in shown, "Both fit." in page, "75.0" in page) == (True, True, True)
    for address in (place, f"{place}evaluation/", sent[0].get_absolute_url(), "/en/groups/4/members/"):
        assert browser_of(people.wanda).get(address).status_code == 200
