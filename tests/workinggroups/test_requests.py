"""Information requests: asked, answered, returned, declined, extended, late; each organisation sees its own part alone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from platform_core.exchange.cases import services as cases
from platform_core.exchange.cases.models import Case
from platform_core.exchange.messaging.models import Notice
from platform_core.identity.access.selectors import may_see
from platform_core.materials.trails.selectors import around
from repository.models import Record
from tests.factories.requests import asked, drawn_up, given, organisation_of, sent
from tests.people import add_organisation
from tests.settling import settle
from workinggroups.models import Asked, InformationRequest
from workinggroups.selectors import requests as selectors
from workinggroups.services import information, requests as services

pytestmark = [pytest.mark.django_db, pytest.mark.database]

EVERYBODY = ("lena", "wanda", "marko", "ana", "petra", "carl", "guest")


def case_of(found: Asked, state: str = "open") -> Case:
    settle()
    return Case.objects.get(thing="workinggroups.asked", object_id=found.pk, state=state)


def passed(found: Asked, days: int = 1) -> Asked:
    """As if the last day for its answer had been so many days ago."""
    Asked.objects.filter(pk=found.pk).update(due_on=timezone.localdate() - timedelta(days=days))
    return Asked.objects.select_related("request").get(pk=found.pk)


def test_each_organisation_has_a_case_and_sees_its_own_part_alone(people):
    made = sent(people.wanda, people.ana, people.petra)
    settle()

    seen = {name: [one.organisation for one in selectors.asked_of(people.named(name))] for name in EVERYBODY}
    whole = {name for name in EVERYBODY if may_see(people.named(name), made)}

    both = [organisation_of(people.ana), organisation_of(people.petra)]
    assert seen == {
        "lena": both,
        "wanda": both,
        "marko": [],
        "carl": [],
        "guest": [],
        "ana": both[:1],
        "petra": both[1:],
    }
    assert whole == {"lena", "wanda"}
    assert set(Case.objects.values_list("handler", "due_on", "opener")) == {
        (f"org:{one.pk}", made.due_on, people.wanda.pk) for one in both
    }


@pytest.mark.parametrize("name", ["marko", "ana", "petra", "carl", "guest"])
def test_only_the_leader_asks(people, name):
    with pytest.raises(PermissionDenied):
        drawn_up(people.named(name))


def test_who_may_do_what_with_an_answer(people):
    found = asked(sent(people.wanda, people.ana), people.ana)

    def able(right: str, thing) -> set[str]:
        return {name for name in EVERYBODY if people.named(name).has_perm(f"workinggroups.{right}", thing)}

    assert [able("give_information", found), able("ask_information", found), able("read_answers", found)] == [
        {"ana"},
        {"lena", "wanda"},
        {"lena", "wanda"},
    ]


def test_nothing_is_sent_without_questions_organisations_or_days(people):
    made = drawn_up(people.wanda)
    with pytest.raises(ValidationError, match="for which somebody acts"):
        services.send(made, by=people.wanda)

    services.choose(made, [add_organisation("empty", tier="full")], by=people.wanda)
    with pytest.raises(ValidationError, match="for which somebody acts"):
        services.send(made, by=people.wanda)

    services.set_questions(made, [], by=people.wanda)
    with pytest.raises(ValidationError, match="at least one question"):
        services.send(made, by=people.wanda)
    with pytest.raises(ValidationError, match="has passed"):
        drawn_up(people.wanda, days=-1)


def test_what_was_sent_is_not_changed_any_more(people):
    made = sent(people.wanda, people.ana)

    for deed in (
        lambda: services.change(made, by=people.wanda, title="Other"),
        lambda: services.set_questions(made, [], by=people.wanda),
        lambda: services.destroy(made, by=people.wanda),
    ):
        with pytest.raises(ValidationError, match="sent already"):
            deed()


def test_what_is_kept_is_not_read_by_who_asked_before_it_is_given(people):
    made = sent(people.wanda, people.ana)
    found, questions = asked(made, people.ana), list(made.questions.all())
    information.keep(found, {questions[0].pk: "So far", questions[1].pk: "12.5"}, by=people.ana)

    before = selectors.given_texts(asked(made, people.ana), questions)
    information.give(found, by=people.ana)

    assert before == [""] * 5
    assert selectors.given_texts(asked(made, people.ana), questions) == ["So far", "12.5", "", "", ""]


def test_what_has_to_be_answered_is_asked_for(people):
    found = asked(sent(people.wanda, people.ana), people.ana)

    with pytest.raises(ValidationError, match="Not answered yet: What changed"):
        information.give(found, by=people.ana)


def test_an_answer_closes_its_case_and_tells_who_asked(people):
    made = sent(people.wanda, people.ana)
    case = case_of(asked(made, people.ana))

    given(made, people.ana)
    settle()
    settle()

    case.refresh_from_db()
    told = Notice.objects.filter(kind="cases.answered", channel="site").values_list("recipient", flat=True)
    assert (case.state, case.answer, case.answered_by, list(told)) == (
        "answered",
        "given",
        people.ana,
        [people.wanda.pk],
    )


def test_the_case_itself_answers_with_what_was_kept(people):
    made = sent(people.wanda, people.ana)
    found = asked(made, people.ana)
    case = case_of(found)
    with pytest.raises(ValidationError, match="Not answered yet"):
        cases.answer(case, "given", by=people.ana, reason="There it is.")

    information.keep(found, {made.questions.first().pk: "Much."}, by=people.ana)
    cases.answer(case, "given", by=people.ana, reason="There it is.")
    settle()

    found.refresh_from_db()
    assert (found.state, found.remarks) == ("given", "There it is.")


def test_nothing_to_report_has_a_reason(people):
    made = sent(people.wanda, people.ana)
    found = asked(made, people.ana)
    with pytest.raises(ValidationError, match="reasons"):
        information.decline(found, by=people.ana, reason=" ")

    information.decline(found, by=people.ana, reason="No clusters here.")
    settle()

    found.refresh_from_db()
    assert (found.state, found.reason, Case.objects.get().answer) == ("declined", "No clusters here.", "declined")


def test_an_answer_that_is_returned_is_a_new_case(people):
    made = sent(people.wanda, people.ana)
    found = given(made, people.ana)
    settle()

    services.hand_back(found, by=people.wanda, reason="Which year?")
    again = case_of(found)
    given(made, people.ana, "In 2025.")
    settle()

    again.refresh_from_db()
    states = list(Case.objects.order_by("pk").values_list("state", flat=True))
    assert (again.state, states, asked(made, people.ana).state) == ("answered", ["answered", "answered"], "given")


def test_what_is_returned_before_its_case_was_closed_stays_returned(people):
    made = sent(people.wanda, people.ana)

    services.hand_back(given(made, people.ana), by=people.wanda, reason="Which year?")
    settle()

    states = list(Case.objects.order_by("pk").values_list("state", flat=True))
    assert (asked(made, people.ana).state, states) == ("returned", ["withdrawn", "open"])


def test_it_is_corrected_until_its_day_and_not_after(people):
    made = sent(people.wanda, people.ana)
    found, question = given(made, people.ana), made.questions.first()
    information.keep(found, {question.pk: "More."}, by=people.ana)

    with pytest.raises(ValidationError, match="any more"):
        information.keep(passed(found), {question.pk: "Most."}, by=people.ana)

    assert found.answers.get(question=question).text == "More."


def test_where_organisations_stand(people):
    made = sent(people.wanda, people.lena, people.marko, people.ana, people.petra, people.carl)
    given(made, people.marko)
    passed(given(made, people.ana))
    passed(asked(made, people.petra))
    information.decline(asked(made, people.carl), by=people.carl, reason="Nothing.")

    found = {str(one.organisation): one.status for one in made.asked.select_related("organisation")}

    assert found == {
        "Organisation org-lena": "asked",
        "Organisation org-marko": "given",
        "Organisation org-ana": "late",
        "Organisation org-petra": "missing",
        "Organisation org-carl": "declined",
    }


def test_more_time_is_for_one_organisation_and_moves_its_case(people):
    made = sent(people.wanda, people.ana, people.petra)
    later = made.due_on + timedelta(days=30)
    settle()

    services.extend(asked(made, people.ana), later, by=people.wanda)

    assert (case_of(asked(made, people.ana)).due_on, case_of(asked(made, people.petra)).due_on) == (later, made.due_on)
    told = Notice.objects.filter(kind="cases.deadline_moved", channel="site").values_list("recipient", flat=True)
    assert list(told) == [people.ana.pk]


def test_who_asked_is_told_of_late_answers(people):
    made = sent(people.wanda, people.ana)
    case = case_of(asked(made, people.ana))
    Case.objects.filter(pk=case.pk).update(due_on=timezone.localdate() - timedelta(days=1))

    numbers = [cases.remind(), cases.remind()]
    settle()

    told = Notice.objects.filter(kind="workinggroups.answer_late", channel="site").values_list("recipient", flat=True)
    assert (numbers, list(told)) == ([1, 0], [people.wanda.pk])


def test_withdrawn_or_closed_nobody_has_to_answer(people):
    made = sent(people.wanda, people.ana, people.petra)
    settle()
    services.withdraw(asked(made, people.ana), by=people.wanda)
    first = case_of(asked(made, people.ana), "withdrawn")
    services.close(made, by=people.wanda)

    second = case_of(asked(made, people.petra), "withdrawn")
    with pytest.raises(ValidationError, match="any more"):
        information.keep(asked(made, people.petra), {}, by=people.petra)
    assert first != second


@pytest.mark.parametrize("name", ["marko", "carl"])
def test_nobody_answers_for_another_organisation(people, name):
    found = asked(sent(people.wanda, people.ana), people.ana)

    for deed in (information.keep, information.decline, information.give, information.begin_record):
        told = {information.keep: {"typed": {}}, information.decline: {"reason": "No."}}.get(deed, {})
        with pytest.raises(PermissionDenied):
            deed(found, by=people.named(name), **told)


def test_a_record_is_begun_filled_in_and_given(people):
    made = sent(people.wanda, people.petra, record_kind="good_practice")
    found = asked(made, people.petra)

    record, again = (information.begin_record(found, by=people.petra) for _time in range(2))
    with pytest.raises(ValidationError, match="Problem, Solution"):
        information.give(asked(made, people.petra), by=people.petra)
    details = {
        name: {"en": "Told."} for name in ("problem", "solution", "institution", "resources", "evidence", "transfer")
    }
    Record.objects.filter(pk=record.pk).update(details=details)
    information.give(asked(made, people.petra), by=people.petra)

    related = [(one.words, one.address) for one in around(people.petra, record)]
    assert (record, record.state, record.deposited_by) == (again, "draft", people.petra)
    assert people.petra.has_perm("repository.change_draft", record)
    assert related == [("answers", found.get_absolute_url())]
    assert asked(made, people.petra).state == "given"


def test_a_request_that_was_not_sent_is_nobodys_case(people):
    made = drawn_up(people.wanda)
    services.choose(made, [organisation_of(people.ana)], by=people.wanda)

    services.destroy(made, by=people.wanda)
    settle()

    assert (InformationRequest.objects.count(), Asked.objects.count(), Case.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(("days", "left", "number"), [(10, 11, 0), (10, 10, 1), (0, 1, 0), (0, 0, 1), (3, 3, 1)])
def test_who_asks_says_how_early_those_asked_are_reminded_once(people, days, left, number):
    sent(people.wanda, people.ana, remind_days=days, days=left)
    settle()
    reminded = [cases.remind(), cases.remind()]

    assert reminded == [number, 0]
