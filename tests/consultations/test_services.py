from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.signing import Signer
from django.utils import timezone

from consultations import publication, selectors, services
from consultations.conditions import StructureError
from consultations.models import AnswerDraft, Consultation, Response
from consultations.services import GoneError, NotOpenError
from platform_core.identity.access import services as access
from platform_core.identity.audit.models import Event
from platform_core.materials.jobs import services as jobs
from platform_core.materials.jobs.models import Job
from tests.factories.consultations import STRUCTURE, approve, consultation
from tests.people import hold_anyway

pytestmark = pytest.mark.database

ABOUT = {"audience": "policy", "country": "AT"}


def begun(found, **answers):
    """A draft of a consultation, with its secret, as the next request finds it."""
    secret = services.begin(found, selectors.current_version(found))
    if answers:
        services.keep(selectors.draft_behind(found.code, secret), answers, set())
    return selectors.draft_behind(found.code, secret), secret


def in_state(state, code="finance"):
    found = consultation(code, open_now=state not in ("draft", "review", "approved"))
    if state in {"closed", "published"}:
        services.close(found)
    Consultation.objects.filter(pk=found.pk).update(state=state)
    found.refresh_from_db()
    return found


# Drawing up


def test_a_consultation_drawn_up_is_in_preparation_with_its_first_version(people):
    found = consultation(open_now=False)

    assert (found.state, found.takes_answers) == ("draft", False)
    assert [version.number for version in found.versions.all()] == [1]
    assert [event.verb for event in Event.objects.filter(thing="consultations.consultation")] == [
        "consultations.drawn_up"
    ]


def test_a_wrong_questionnaire_is_not_drawn_up(db):
    wrong = {"sections": [{"code": "a", "questions": [{"code": "q", "type": "oracle"}]}]}

    with pytest.raises(StructureError):
        services.draw_up(wrong, code="x", topic_id=4, title="T", summary="S", opens_at=None, closes_at=None)

    assert Consultation.objects.count() == 0


def test_a_version_is_added_only_when_the_questions_change(db):
    found = consultation()
    changed = {"sections": STRUCTURE["sections"][:1]}

    same = services.add_version(found, STRUCTURE)
    other = services.add_version(found, changed)

    assert (same.number, other.number) == (1, 2)
    assert selectors.current_version(found) == same


def test_a_consultation_that_closes_before_it_opens_is_refused(db):
    now = timezone.now()

    with pytest.raises(ValidationError):
        consultation(opens_at=now, closes_at=now - timedelta(days=1))


# Answering


def test_beginning_gives_a_secret_that_opens_empty_answers(db):
    draft, secret = begun(consultation())

    assert (draft.answers, draft.language, draft.day) == ({}, "en", timezone.localdate())
    assert (len(secret), secret in draft.secret_hash) == (32, False)


@pytest.mark.parametrize("state", ["draft", "closed", "published"])
def test_beginning_is_refused_when_the_consultation_is_not_open(db, state):
    found = in_state(state)

    with pytest.raises(NotOpenError):
        services.begin(found, found.versions.get())

    assert AnswerDraft.objects.count() == 0


@pytest.mark.parametrize("days", [(-2, -1), (1, 2)])
def test_beginning_is_refused_outside_the_dates(db, days):
    first, last = (timezone.now() + timedelta(days=day) for day in days)
    found = consultation(opens_at=first, closes_at=last)

    with pytest.raises(NotOpenError):
        services.begin(found, selectors.current_version(found))


def test_keeping_a_page_replaces_that_page_only(db):
    draft, secret = begun(consultation(), audience="policy", country="AT", wish="Less paper")

    services.keep(draft, {"audience": "private"}, {"audience", "country"})

    assert selectors.draft_behind("finance", secret).answers == {"audience": "private", "wish": "Less paper"}


def test_two_open_tabs_lose_nothing(db):
    one, secret = begun(consultation())
    other = selectors.draft_behind("finance", secret)

    services.keep(one, {"audience": "policy"}, {"audience", "country"})
    services.keep(other, {"wish": "Less paper"}, {"sources", "sources.other", "share", "wish"})

    assert selectors.draft_behind("finance", secret).answers == {"audience": "policy", "wish": "Less paper"}
    assert other.answers == {"audience": "policy", "wish": "Less paper"}


def test_keeping_what_was_sent_in_another_tab_is_refused(db):
    draft, secret = begun(consultation(), **ABOUT)
    services.send(selectors.draft_behind("finance", secret))

    with pytest.raises(GoneError):
        services.keep(draft, {"wish": "Less paper"}, {"wish"})

    assert [response.answers for response in Response.objects.all()] == [ABOUT]


def test_sending_leaves_answers_to_hidden_questions_out(db):
    draft, _secret = begun(consultation(), audience="private", country="AT", share=40.0, strange="x")

    response = services.send(draft)

    assert response.answers == {"audience": "private", "country": "AT"}
    assert (response.language, response.day) == ("en", timezone.localdate())


def test_sending_twice_gives_one_response(db):
    draft, secret = begun(consultation(), **ABOUT)
    again = selectors.draft_behind("finance", secret)
    services.send(draft)

    with pytest.raises(GoneError):
        services.send(again)

    assert Response.objects.count() == 1


def test_sending_after_the_consultation_was_closed_keeps_the_draft(db):
    draft, secret = begun(consultation(), **ABOUT)
    services.close(draft.questionnaire.consultation)

    with pytest.raises(NotOpenError):
        services.send(draft)

    assert Response.objects.count() == 0
    assert selectors.draft_behind("finance", secret).answers == ABOUT


def test_a_secret_opens_no_other_consultation(db):
    _draft, secret = begun(consultation())
    consultation("other")

    assert selectors.draft_behind("other", secret) is None


# Receipts


def test_a_receipt_leads_back_to_the_answers(db):
    draft, _secret = begun(consultation(), **ABOUT)
    response = services.send(draft)

    assert services.response_behind(services.receipt(response)) == response


def forged(response):
    own = services.receipt(response)
    payload, _sep, signature = own.partition(":")
    yield from ("", ":", "x", "é:é", str(response.pk), payload, f"{payload}:", f":{signature}")
    yield Signer().sign_object(response.pk)
    yield Signer(salt="consultations.other").sign_object(response.pk)
    yield f"{Signer().sign_object(response.pk + 1).partition(':')[0]}:{signature}"
    yield own[:-1] + ("A" if own[-1] != "A" else "B")


def test_a_receipt_cannot_be_forged(db):
    draft, _secret = begun(consultation(), **ABOUT)
    response = services.send(draft)

    assert {token: services.response_behind(token) for token in forged(response)} == dict.fromkeys(forged(response))


def test_a_receipt_of_answers_that_are_gone_opens_nothing(db):
    draft, _secret = begun(consultation(), **ABOUT)
    response = services.send(draft)
    token = services.receipt(response)
    response.delete()

    assert services.response_behind(token) is None


# Who may do what

RIGHTS = {
    # right: the state it is used in, and who has it
    "manage": ("open", {"lena", "wanda", "led_by_ana"}),
    "open": ("approved", {"lena", "wanda"}),
    "edit": ("draft", {"lena", "wanda", "led_by_ana"}),
    "read_draft": ("draft", {"lena", "wanda", "led_by_ana"}),
    "set_up": ("open", {"lena", "wanda", "led_by_ana"}),
    "ask_approval": ("draft", {"lena", "wanda", "led_by_ana"}),
    "take_back": ("approved", {"lena", "wanda", "led_by_ana"}),
    "publish_version": ("open", {"lena", "wanda"}),
    "waive_languages": ("draft", {"lena"}),
    "close": ("open", {"lena", "wanda"}),
    "compute_results": ("closed", {"lena", "wanda", "led_by_ana"}),
    "publish_results": ("closed", {"lena", "wanda"}),
}
STATES = {
    "open": {"approved"},
    "edit": {"draft", "review", "approved", "open"},
    "set_up": {"draft", "review", "approved", "open"},
    "ask_approval": {"draft", "open"},
    "take_back": {"review", "approved"},
    "publish_version": {"open"},
    "close": {"open"},
    "compute_results": {"closed"},
    "publish_results": {"closed"},
    "answer": {"open"},
    "manage": {"draft", "review", "approved", "open", "closed", "published"},
}


def everyone(people):
    """The cast, with marko leading another group, and ana, an associated member, leading this one."""
    access.give_role(people.marko, "wg_leader", scope="group:3")
    hold_anyway(people.ana, "wg_leader", "group:4")
    return [("led_by_ana" if name == "ana" else name, person) for name, person in people.each()]


@pytest.mark.parametrize("right", RIGHTS)
def test_rights_over_the_cast(people, right):
    state, expected = RIGHTS[right]
    found = in_state(state)

    allowed = {name for name, person in everyone(people) if person.has_perm(f"consultations.{right}", found)}

    assert allowed == expected


@pytest.mark.parametrize("right", STATES)
def test_rights_depend_on_the_state(people, right):
    found = {state: in_state(state, code=state) for state in Consultation.State.values}

    allowed = {state for state, row in found.items() if people.wanda.has_perm(f"consultations.{right}", row)}

    assert allowed == STATES[right]


DEEDS = {
    "open": services.open_consultation,
    "close": services.close,
    "compute_results": services.compute,
    "publish_results": publication.publish_results,
}


@pytest.mark.parametrize("right", DEEDS)
def test_a_deed_asserts_its_right(people, right):
    found = in_state(RIGHTS[right][0])
    before = Event.objects.count()

    for person in (people.marko, people.ana, people.petra, people.carl, people.guest):
        with pytest.raises(PermissionDenied):
            DEEDS[right](found, by=person)

    found.refresh_from_db()
    assert (found.state, Event.objects.count(), Job.objects.count()) == (RIGHTS[right][0], before, 0)


def test_seeing_the_desk_over_the_cast(people):
    allowed = {name for name, person in everyone(people) if person.has_perm("consultations.view_desk")}

    assert allowed == {"lena", "wanda", "marko", "led_by_ana"}


def test_the_desk_lists_what_one_looks_after(people):
    consultation("four"), consultation("three", topic_id=3)
    cast = dict(everyone(people))

    seen = {name: {row.code for row in selectors.managed(cast[name])} for name in ("lena", "wanda", "marko")}

    assert seen == {"lena": {"four", "three"}, "wanda": {"four"}, "marko": {"three"}}


@pytest.mark.parametrize(
    ("state", "seen_by"),
    [
        ("draft", {"lena", "wanda"}),
        ("open", {"lena", "wanda", "marko", "ana", "petra", "carl", "guest"}),
        ("closed", {"lena", "wanda", "marko", "ana", "petra", "carl", "guest"}),
        ("published", {"lena", "wanda", "marko", "ana", "petra", "carl", "guest"}),
    ],
)
def test_who_sees_a_consultation(people, state, seen_by):
    found = in_state(state)

    assert {name for name, person in people.each() if found in selectors.consultations(person)} == seen_by


# Opening and closing


def test_opening_publishes_the_questions_and_writes_an_event(people):
    approved = approve(consultation(open_now=False), by=people.wanda, approver=people.lena)

    found = services.open_consultation(approved, by=people.wanda)

    event = Event.objects.filter(verb="consultations.opened").get()
    assert (found.state, found.takes_answers) == ("open", True)
    assert found.versions.get().published_at is not None
    assert (event.actor, event.thing_id) == (people.wanda.pseudonym, str(found.pk))


def test_closing_now_sets_the_end_to_now(people):
    before = timezone.now()

    found = services.close(consultation(), by=people.wanda)

    assert (found.state, found.takes_answers) == ("closed", False)
    assert before <= found.closes_at <= timezone.now()


def test_the_tick_closes_what_is_due(db):
    now = timezone.now()
    due = consultation("due", opens_at=now - timedelta(days=2), closes_at=now - timedelta(seconds=1))
    consultation("later"), consultation("draft", open_now=False, closes_at=now + timedelta(days=1))

    jobs.tick()

    states = dict(Consultation.objects.values_list("code", "state"))
    assert states == {"due": "closed", "later": "open", "draft": "draft"}
    assert Event.objects.get(verb="consultations.closed").thing_id == str(due.pk)
    assert Consultation.objects.get(code="due").closes_at == due.closes_at


def test_the_tick_closes_once(db):
    now = timezone.now()
    consultation(opens_at=now - timedelta(days=2), closes_at=now - timedelta(days=1))

    assert [services.close_due(), services.close_due()] == [1, 0]
    assert Event.objects.filter(verb="consultations.closed").count() == 1


def test_computing_twice_gives_the_same_job(people):
    found = in_state("closed")

    one, other = (services.compute(found, by=people.wanda) for _again in range(2))

    assert one == other
    assert (one.arguments, one.asked_by) == ({"consultation": found.pk}, people.wanda)


def test_old_drafts_are_dropped_thirty_days_after_closing(db):
    now = timezone.now()
    kept, dropped = consultation("kept"), consultation("dropped")
    for found, days in ((kept, 29), (dropped, 31)):
        begun(found)
        Consultation.objects.filter(pk=found.pk).update(
            opens_at=now - timedelta(days=90), closes_at=now - timedelta(days=days)
        )

    assert services.drop_old_drafts() == 1
    assert AnswerDraft.objects.get().questionnaire.consultation == kept
