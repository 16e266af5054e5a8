"""Calls for expressions of interest: preparing, opening, more time, the end."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from platform_core.exchange.assessment.models import Grid
from platform_core.exchange.messaging.models import Notice
from platform_core.identity.access.models import RoleAssignment
from platform_core.identity.access.selectors import audience_of
from platform_core.programme.search.models import SearchEntry
from tests.factories.calls import closed, draft, in_days, opened, organisation_of, sent
from tests.factories.workinggroups import group
from tests.people import add_member, browser_of
from tests.settling import settle
from workinggroups.declarations.calls import entries
from workinggroups.forms.calls import MomentForm
from workinggroups.models import Call
from workinggroups.selectors import calls as selectors
from workinggroups.services import calls

pytestmark = [pytest.mark.django_db, pytest.mark.database]

STATES = ("draft", "open", "closed", "evaluated", "concluded", "cancelled")
RUN = {"lena", "wanda"}
MAY = {
    "workinggroups.change_call": {"draft": RUN},
    "workinggroups.open_call": {"draft": RUN},
    "workinggroups.extend_call": {"open": RUN},
    "workinggroups.cancel_call": dict.fromkeys(("draft", "open", "closed", "evaluated"), RUN),
    "workinggroups.answer_call": {"open": {"lena", "wanda", "marko", "ana"}},
    "workinggroups.evaluate_call": {"closed": {"wanda"}, "evaluated": {"wanda"}},
    "workinggroups.conclude_call": {"evaluated": {"wanda"}},
}


def told(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=f"workinggroups.{kind}").values_list("recipient__name", flat=True))


@pytest.mark.parametrize("right", MAY)
def test_who_may_do_what_in_which_state(people, right):
    call = opened(people.wanda)

    found = {}
    for state in STATES:
        call.state = state
        found[state] = {name for name, person in people.each() if person.has_perm(right, call)}

    assert found == {state: MAY[right].get(state, set()) for state in STATES}


@pytest.mark.parametrize("tier", ["associated", "partner"])
def test_opening_is_for_those_who_decide(people, tier):
    leader = add_member("guest-leader", tier)
    RoleAssignment.objects.create(person=leader, role="wg_leader", scope="group:4", begins=timezone.localdate())
    call = draft(leader)

    with pytest.raises(PermissionDenied):
        calls.open_call(call, by=leader, closes_at=in_days(7))


def test_a_draft_has_the_usual_parts_and_is_for_those_who_lead(people):
    call = draft(people.wanda)

    counts = [call.conditions.count(), call.questions.count(), call.criteria.count()]
    assert (counts, audience_of(call)) == ([2, 2, 6], ["role:lead_partner", "role:wg_leader@group:4"])


@pytest.mark.parametrize(
    ("is_public", "keys"),
    [
        (True, ["public", "role:lead_partner", "role:wg_leader@group:4"]),
        (False, ["group:4", "role:lead_partner", "role:wg_leader@group:4", "tier:associated", "tier:full"]),
    ],
)
def test_an_open_call_is_seen_by_everyone_or_by_those_who_may_answer(people, is_public, keys):
    assert audience_of(opened(people.wanda, is_public=is_public)) == keys


def test_what_is_judged_is_published_with_the_opening_and_changes_no_more(people):
    call = opened(people.wanda)

    grid = Grid.objects.get(code=call.grid)
    assert [str(one.question) for one in grid.criteria.all()] == [str(one.text) for one in call.criteria.all()]
    with pytest.raises(PermissionDenied):
        calls.put_part(call, "criteria", by=people.wanda, kind="core", weight=1, text={"en": "More?"})


def test_a_call_without_core_criteria_is_not_opened(people):
    call = draft(people.wanda)
    call.criteria.filter(kind="core").delete()

    with pytest.raises(ValidationError) as problem:
        calls.open_call(call, by=people.wanda, closes_at=in_days(7))

    assert problem.value.messages == ["At least one core criterion, by which expressions are ranked"]
    assert Call.objects.get().state == "draft"


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        ([("tier", "full")], {"Lena", "Wanda", "Marko"}),
        ([("tier", "associated")], {"Ana"}),
        ([("tier", "full"), ("tier", "partner")], {"Lena", "Wanda", "Marko", "Petra"}),
        ([("tier", "full"), ("country", "BG")], set()),
        ([("type", "regional_authority"), ("tier", "associated")], {"Ana"}),
        ([], {"Lena", "Wanda", "Marko", "Ana", "Petra", "Carl"}),
    ],
)
def test_whoever_may_answer_is_told_of_the_opening_once(people, condition, names):
    call = draft(people.wanda)
    call.conditions.all().delete()
    for kind, value in condition:
        call.conditions.create(kind=kind, value=value)
    calls.open_call(call, by=people.wanda, closes_at=in_days(7))
    settle()

    assert told("call_opened") == names
    assert Notice.objects.filter(kind="workinggroups.call_opened", channel="mail").count() == len(names)


def open_for_long(people, *, left: float, **fields) -> Call:
    call = opened(people.wanda, days=left, **fields)
    Call.objects.update(opened_at=in_days(-60))
    return call


def test_those_who_have_not_answered_are_reminded_each_time_once(people):
    call = open_for_long(people, left=20)
    sent(call, people.marko)
    counts = []
    for left in (15, 13.9, 8, 6.9, 2, 0.9):
        Call.objects.update(closes_at=in_days(left))
        counts += [calls.remind(), calls.remind()]
    settle()

    notices = Notice.objects.filter(kind="workinggroups.call_ending", channel="site")
    assert (counts, told("call_ending")) == ([0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0], {"Lena", "Wanda", "Ana"})
    assert notices.count() == 9


def test_a_call_that_opens_late_is_not_reminded_of_at_once(people):
    opened(people.wanda, days=5)

    assert calls.remind() == 0


@pytest.mark.parametrize(("remind_days", "reminded"), [(7, 1), (5, 1), (4, 0), (0, 0)])
def test_the_leader_says_how_long_before_the_end(people, remind_days, reminded):
    open_for_long(people, left=4.5, remind_days=remind_days)

    assert calls.remind() == reminded


def test_more_time_is_told_and_reminded_of_again(people):
    call = open_for_long(people, left=2)
    calls.remind()
    calls.extend(call, by=people.wanda, closes_at=in_days(2.5))
    settle()

    call.refresh_from_db()
    assert (call.extensions, calls.remind(), told("call_extended")) == (1, 0, {"Lena", "Wanda", "Marko", "Ana"})
    Call.objects.update(closes_at=in_days(0.9))
    assert calls.remind() == 1


def test_an_extension_is_later_and_before_the_end(people):
    call = opened(people.wanda, days=2)

    with pytest.raises(ValidationError, match="later"):
        calls.extend(call, by=people.wanda, closes_at=in_days(1))
    Call.objects.update(closes_at=in_days(-0.1))
    with pytest.raises(ValidationError, match="over"):
        calls.extend(call, by=people.wanda, closes_at=in_days(3))


def test_a_call_is_closed_once_and_its_chair_is_told(people):
    call = opened(people.wanda)
    Call.objects.update(closes_at=in_days(-0.1))
    ran = [calls.close_due(), calls.close_due()]
    settle()

    call.refresh_from_db()
    assert (ran, call.state, told("call_closed")) == ([1, 0], "closed", {"Wanda"})


def test_where_the_leaders_organisation_answers_the_lead_partner_evaluates(people):
    call = opened(people.wanda)
    sent(call, people.wanda)
    call = closed(call)

    may = {name for name, person in people.each() if person.has_perm("workinggroups.evaluate_call", call)}
    assert (may, told("call_closed")) == ({"lena"}, {"Lena"})


def test_a_cancelled_call_keeps_its_reasons_and_tells_who_answered(people):
    call = opened(people.wanda)
    sent(call, people.marko)
    with pytest.raises(ValidationError, match="reasons"):
        calls.cancel(call, " ", by=people.wanda)
    calls.cancel(call, "The group ends.", by=people.wanda)
    settle()

    call.refresh_from_db()
    assert (call.state, call.reason, told("call_cancelled")) == ("cancelled", "The group ends.", {"Marko"})


@pytest.mark.parametrize(
    ("day", "hour", "field"),
    [
        ("2027-03-28", "02:30", "hour"),
        ("2027-03-28", "03:30", ""),
        ("2027-10-31", "02:30", ""),
        ("2020-01-01", "12:00", "day"),
        ("2099-01-01", "12:00", "day"),
        ("2027-02-30", "12:00", "day"),
    ],
)
def test_a_deadline_is_a_moment_that_exists(people, day, hour, field, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: moment(2027, 1, 1))
    form = MomentForm({"day": day, "hour": hour}, call=Call(zone="Europe/Rome"))

    assert (list(form.errors) or [""]) == [field]


def moment(*parts: int):
    return datetime(*parts, tzinfo=ZoneInfo("Europe/Rome"))


def test_a_deadline_counts_by_the_clocks_of_its_zone(people, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: moment(2027, 1, 1))
    form = MomentForm({"day": "2027-07-01", "hour": "12:00"}, call=Call(zone="Europe/Athens"))

    assert form.is_valid()
    assert form.cleaned_data["closes_at"].astimezone(ZoneInfo("UTC")).hour == 9


def test_the_end_is_in_the_calendar_of_those_who_see_the_call(people):
    call = opened(people.wanda, is_public=False)
    draft(people.wanda)
    span = in_days(-1), in_days(30)

    found = {name: [entry.ends for entry in entries(person, *span)] for name, person in people.each()}

    assert found == {
        name: [call.closes_at] if name in {"lena", "wanda", "marko", "ana"} else [] for name, _person in people.each()
    }
    assert [(one.is_mine, one.sequence) for one in entries(people.wanda, *span)] == [(True, 0)]


def test_open_calls_are_found_and_drafts_are_not(people):
    call = opened(people.wanda)
    draft(people.wanda)
    settle()

    rows = SearchEntry.objects.filter(thing=selectors.LABEL)
    assert list(rows.values_list("object_id", flat=True)) == [call.pk]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(people, number, django_assert_num_queries):
    for _place in range(number):
        opened(people.wanda)
    browser = browser_of(people.marko)
    browser.get("/en/groups/calls/")

    with django_assert_num_queries(7):
        page = browser.get("/en/groups/calls/")

    assert page.content.decode().count('<article class="rec">') == number


def test_organisations_that_may_answer_are_those_that_meet_the_conditions(people):
    call = opened(people.wanda)

    asked = {person.name: selectors.may_answer(call, organisation_of(person)) for person in people_with_account(people)}
    assert asked == {"Lena": True, "Wanda": True, "Marko": True, "Ana": True, "Petra": False, "Carl": False}
    assert selectors.invited_organisations(call).count() == 4


def people_with_account(people):
    return [person for _name, person in people.each() if person.is_authenticated]


def test_calls_of_a_group_are_listed_with_it(people):
    opened(people.wanda)

    found = [list(selectors.calls(people.marko, group=group(number))) != [] for number in (4, 5)]
    assert found == [True, False]


def test_what_was_said_of_people_goes_two_years_after_the_end(people):
    call = opened(people.wanda)
    expression = sent(call, people.marko)
    calls.cancel(call, "No.", by=people.wanda)

    gone = [calls.purge(timezone.now() - timedelta(days=1)), calls.purge(in_days(1))]
    assert (gone[0], gone[1] > 0, expression.candidates.count()) == (0, True, 0)
