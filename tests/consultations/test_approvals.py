"""An approval belongs to exactly one state of the questions."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from consultations import drafting, services
from consultations.models import Approval, Consultation, DraftState
from consultations.selectors import approvals as selectors, opening
from consultations.services import approvals, drafting as editing, setups
from platform_core.exchange.cases.models import Case
from platform_core.exchange.messaging.models import Notice
from platform_core.exchange.messaging.services import follow
from platform_core.identity.access import services as access
from platform_core.identity.audit.models import Event
from tests.factories.consultations import approve, consultation
from tests.factories.workinggroups import group
from tests.people import hold_anyway
from tests.settling import settle

pytestmark = pytest.mark.database


@pytest.fixture
def draft(people) -> Consultation:
    return consultation(open_now=False)


def ask(found, people, *approvers) -> list[Approval]:
    return approvals.ask(found, approvers, by=people.wanda, due_on=timezone.localdate() + timedelta(days=7))


def change(found, by, text="Another wish"):
    question = drafting.find_question(found.versions.last().structure, "wish")
    keep = drafting.replace_part("wish", {**question, "text": {"en": text}}, question, is_section=False)
    return editing.edit(found, DraftState.Deed.QUESTION_CHANGED, keep, by=by)


def state(found) -> str:
    found.refresh_from_db()
    return found.state


def test_who_can_be_asked(people, draft):
    access.give_role(people.marko, "wg_representative", scope="group:4")
    hold_anyway(people.ana, "wg_representative", "group:4")

    assert list(selectors.can_approve(draft, people.wanda)) == [people.lena, people.marko]
    assert list(selectors.can_approve(draft, people.lena)) == [people.marko, people.wanda]


def test_the_last_answer_decides(people, draft):
    first, second = ask(draft, people, people.lena, people.marko)
    states = [state(draft)]
    approvals.approve(first, by=people.lena, reason="Good")
    states.append(state(draft))
    approvals.approve(second, by=people.marko, reason="Good")

    assert [*states, state(draft)] == ["review", "review", "approved"]


def test_one_who_asks_for_changes_sends_it_back(people, draft):
    first, second = ask(draft, people, people.lena, people.marko)
    approvals.approve(first, by=people.lena, reason="Good")
    approvals.ask_changes(second, by=people.marko, reason="Shorter, please")

    assert (state(draft), selectors.standing(draft.versions.get())) == ("draft", "changes")


@pytest.mark.parametrize("deed", ["edit", "settings", "undo", "take back"])
def test_any_change_makes_it_void(people, draft, deed):
    change(draft, people.wanda)
    approve(draft, by=people.wanda, approver=people.lena)

    {
        "edit": lambda: change(draft, people.wanda, "Something else"),
        "settings": lambda: setups.set_up(draft, by=people.wanda, minutes=42),
        "undo": lambda: editing.undo(draft, by=people.wanda),
        "take back": lambda: approvals.take_back(draft, by=people.wanda),
    }[deed]()

    assert (state(draft), selectors.approved_by_others(draft.versions.get())) == ("draft", False)
    assert Approval.objects.get().voided_at is not None
    with pytest.raises(PermissionDenied):
        services.open_consultation(draft, by=people.wanda)


def test_a_change_that_changes_nothing_leaves_the_approval(people, draft):
    approve(draft, by=people.wanda, approver=people.lena)

    change(draft, people.wanda, "One wish")

    assert state(draft) == "approved"


def test_what_was_changed_cannot_be_approved_any_more(people, draft):
    (asked,) = ask(draft, people, people.lena)
    change(draft, people.wanda)

    with pytest.raises(ValidationError):
        approvals.approve(asked, by=people.lena, reason="Good")


def test_only_who_is_asked_and_decides_answers(people, draft):
    (asked,) = ask(draft, people, people.ana)

    for person in (people.ana, people.wanda, people.lena):
        with pytest.raises(PermissionDenied):
            approvals.approve(asked, by=person, reason="Good")


def test_an_own_approval_opens_nothing(people, draft):
    draft.made_by = people.lena
    draft.save()
    approve(draft, by=people.wanda, approver=people.lena)

    assert opening.hindrances(draft) == [
        "These questions need the approval of somebody else who decides for a full member."
    ]
    with pytest.raises(ValidationError):
        services.open_consultation(draft, by=people.wanda)


def test_asking_needs_questions_without_faults(people, draft):
    change(draft, people.wanda, "")
    keep = drafting.set_condition("country", "show", {"answered": "wish"}, is_section=False)
    editing.edit(draft, DraftState.Deed.CONDITION, keep, by=people.wanda)

    with pytest.raises(ValidationError):
        ask(draft, people, people.lena)


@pytest.mark.parametrize(("people_asked", "days"), [([], 7), (["lena"], -1)])
def test_asking_nobody_or_too_late(people, draft, people_asked, days):
    due_on = timezone.localdate() + timedelta(days=days)

    with pytest.raises(ValidationError):
        approvals.ask(draft, [people.named(name) for name in people_asked], by=people.wanda, due_on=due_on)

    assert (Approval.objects.count(), state(draft)) == (0, "draft")


def test_cases_are_opened_and_end_with_the_approval(people, draft):
    ask(draft, people, people.lena)
    settle()
    opened = list(Case.objects.values_list("kind", "handler", "state"))
    change(draft, people.wanda)
    settle()

    assert opened == [("consultations.approval", f"person:{people.lena.pk}", "open")]
    assert list(Case.objects.values_list("state", flat=True)) == ["withdrawn"]


def test_who_approved_is_told_that_it_holds_no_longer(people, draft):
    approve(draft, by=people.wanda, approver=people.lena)
    change(draft, people.wanda)
    settle()

    kinds = set(Notice.objects.filter(kind__startswith="consultations.").values_list("kind", "recipient"))
    assert ("consultations.approval_void", people.lena.pk) in kinds
    assert ("consultations.approval_void", people.wanda.pk) not in kinds


# Opening


def public(people, **fields) -> Consultation:
    return consultation(open_now=False, preset="public", **fields)


def test_a_public_consultation_opens_in_every_language_or_with_a_reason(people):
    found = approve(public(people), by=people.wanda, approver=people.lena)
    hindered = opening.hindrances(found)
    setups.set_up(found, by=people.wanda, language_reason={"en": "Not mine to say"})
    refused = state(found)
    setups.set_up(found, by=people.lena, language_reason={"en": "The others follow in May."})
    approve(found, by=people.wanda, approver=people.lena)

    opened = services.open_consultation(found, by=people.wanda)

    assert (len(hindered), refused) == (1, "approved")
    assert (opened.state, opened.languages) == ("open", ["en"])


def test_what_is_locked_stays(people, draft):
    found = public(people, code="public")

    setups.set_up(found, by=people.wanda, mode="attributed", asks_publication=False, minutes=20)

    found.refresh_from_db()
    assert (found.mode, found.asks_publication, found.minutes) == ("anonymous", False, 20)


def test_nothing_is_opened_after_its_last_day(people):
    past = timezone.now() - timedelta(days=1)
    found = consultation(open_now=False, opens_at=past - timedelta(days=9), closes_at=past)
    approve(found, by=people.wanda, approver=people.lena)

    with pytest.raises(ValidationError, match="has passed"):
        services.open_consultation(found, by=people.wanda)


def test_changing_an_open_consultation_is_told(people):
    found = consultation()

    setups.set_up(found, by=people.wanda, minutes=30, mode="attributed")

    found.refresh_from_db()
    assert (found.minutes, found.mode) == (30, "anonymous")
    assert [event.payload for event in Event.objects.filter(verb="consultations.changed")] == [{"fields": ["minutes"]}]


# Who is told


def told(kind) -> list[int]:
    settle()
    rows = Notice.objects.filter(kind=f"consultations.{kind}", channel="site")
    return list(rows.order_by("recipient").values_list("recipient", flat=True))


def test_who_follows_the_group_is_told_of_the_opening(people):
    found = approve(consultation(open_now=False), by=people.wanda, approver=people.lena)
    follow(people.carl, group(4))
    follow(people.petra, group(3))

    services.open_consultation(found, by=people.wanda)

    assert told("opened") == [people.carl.pk]


def test_who_follows_an_open_consultation_is_told_of_changes(people):
    found = consultation()
    follow(people.carl, found)
    follow(people.wanda, found)

    setups.set_up(found, by=people.wanda, minutes=30)

    assert told("changed") == [people.carl.pk]
