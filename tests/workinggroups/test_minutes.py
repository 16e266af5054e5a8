"""Minutes: written together, for comment, final, approved at the next meeting."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from platform_core.exchange.messaging.models import Notice
from platform_core.identity.access.models import RoleAssignment
from platform_core.identity.access.selectors import may_see
from platform_core.identity.audit.models import Event
from platform_core.people.members.models import Affiliation, Membership
from platform_core.programme.search import selectors as selecting
from tests.factories.meetings import at_a_meeting, item, meeting, minuted, took_place
from tests.people import add_member, browser_of, hold_anyway
from tests.settling import settle
from workinggroups.models import Minutes
from workinggroups.selectors import minutes as selectors
from workinggroups.services import meetings, minutes as services

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LINES = "First line.\n\nSecond line.\n\nThird line.\n"


@pytest.fixture
def until():
    return timezone.localdate() + timedelta(days=5)


@pytest.fixture
def rita(people):
    person = add_member("rita", "full")
    hold_anyway(person, "wg_representative", scope="group:4")
    return person


def text_of(point) -> str:
    return selectors.last_revision(point).text


def test_two_who_write_at_once_are_joined(people, rita):
    _made, point = minuted(people.wanda, LINES)

    services.write(point, LINES.replace("First", "My first"), 1, by=people.wanda)
    services.write(point, LINES.replace("Third", "Their third"), 1, by=rita)

    assert text_of(point) == "My first line.\n\nSecond line.\n\nTheir third line.\n"
    assert point.revisions.count() == 3


def test_two_who_write_the_same_line_are_asked_and_lose_nothing(people, rita):
    _made, point = minuted(people.wanda, LINES)
    services.write(point, LINES.replace("Second", "My second"), 1, by=people.wanda)

    with pytest.raises(services.ConflictError) as conflict:
        services.write(point, LINES.replace("Second", "Her second"), 1, by=rita)

    assert text_of(point) == LINES.replace("Second", "My second")
    assert conflict.value.number == 2
    assert conflict.value.text == (
        "First line.\n\n<<<<<<< Yours\nHer second line.\n=======\nMy second line.\n>>>>>>> Wanda\n\nThird line.\n"
    )


def test_who_has_it_open_too_is_told(people, rita):
    _made, point = minuted(people.wanda)
    services.open_item(point, by=people.wanda)

    assert [row.person for row in services.open_item(point, by=rita)] == [people.wanda]


def test_who_has_kept_it_or_opened_it_long_ago_is_not_told_of(people, rita):
    _made, point = minuted(people.wanda)
    services.open_item(point, by=people.wanda)
    services.open_item(point, by=people.lena)
    point.writings.filter(person=people.lena).update(since=timezone.now() - timedelta(minutes=11))

    services.write(point, "Kept.", 1, by=people.wanda)

    assert services.open_item(point, by=rita) == []


def test_an_earlier_revision_is_restored_as_a_new_one(people):
    _made, point = minuted(people.wanda, "One.")
    services.write(point, "Two.", 1, by=people.wanda)

    services.restore(point.revisions.get(number=1), 2, by=people.wanda)

    assert [(row.number, row.text) for row in point.revisions.all()] == [(3, "One."), (2, "Two."), (1, "One.")]


def test_restoring_overwrites_nothing_unseen(people):
    _made, point = minuted(people.wanda, "One.")
    services.write(point, "Two.", 1, by=people.wanda)

    with pytest.raises(ValidationError, match="meanwhile"):
        services.restore(point.revisions.get(number=1), 1, by=people.wanda)


def test_the_same_text_is_no_revision(people):
    _made, point = minuted(people.wanda, "One.")

    services.write(point, "One.", 1, by=people.wanda)

    assert point.revisions.count() == 1


@pytest.mark.parametrize("name", ["marko", "ana", "petra", "carl", "guest"])
def test_others_write_nothing(people, name):
    _made, point = minuted(people.wanda)

    with pytest.raises(PermissionDenied):
        services.write(point, "Mine.", 1, by=people.named(name))


def test_minutes_wait_for_the_meeting(people):
    point = item(meeting(people.wanda), people.wanda)

    with pytest.raises(ValidationError, match="has begun"):
        services.write(point, "Too early.", 0, by=people.wanda)


def readers(people, made) -> set[str]:
    return {name for name, person in people.each() if selectors.may_read(person, made)}


def test_who_reads_them_when(people, until):
    made, _point = minuted(people.wanda)
    meetings.invite(made, [people.petra], by=people.wanda)
    draft = readers(people, made)
    services.circulate(made, by=people.wanda, until=until)
    circulated = readers(people, made)
    services.finalise(made, by=people.wanda, early=True)

    assert (draft, circulated) == ({"lena", "wanda"}, {"lena", "wanda", "petra"})
    assert readers(people, made) == {name for name, _person in people.each()}  # of those who see the meeting


def test_those_invited_are_told_that_they_can_comment(people, until):
    made, _point = minuted(people.wanda)
    meetings.invite(made, [people.petra], by=people.wanda)

    services.circulate(made, by=people.wanda, until=until)

    settle()
    rows = Notice.objects.filter(kind="workinggroups.minutes_circulated", channel="site").order_by("recipient__name")
    assert [(row.recipient.name, row.address) for row in rows] == [
        ("Petra", f"{made.get_absolute_url()}minutes/"),
        ("Wanda", f"{made.get_absolute_url()}minutes/"),
    ]


def test_comments_are_for_the_item_and_the_revision_read(people, until):
    made, point = minuted(people.wanda)
    meetings.invite(made, [people.petra], by=people.wanda)
    services.circulate(made, by=people.wanda, until=until)

    services.comment(point, "It was two million.", by=people.petra)

    found = selectors.comments_by_item(Minutes.objects.get())[point.pk]
    assert [(one.author, one.text, one.version) for one in found] == [(people.petra, "It was two million.", "1")]


def test_comments_end_with_their_day(people, until):
    made, point = minuted(people.wanda)
    services.circulate(made, by=people.wanda, until=until)
    Minutes.objects.update(comments_until=timezone.localdate() - timedelta(days=1))

    with pytest.raises(ValidationError, match="not for comment"):
        services.comment(point, "Late.", by=people.wanda)


def test_who_was_not_invited_does_not_comment(people, until):
    made, point = minuted(people.wanda, marking="public")
    services.circulate(made, by=people.wanda, until=until)

    with pytest.raises(PermissionDenied):
        services.comment(point, "Me too.", by=people.marko)


def test_final_minutes_are_locked(people):
    made, point = minuted(people.wanda)
    services.finalise(made, by=people.wanda)

    for deed in (
        lambda: services.write(point, "Other.", 1, by=people.wanda),
        lambda: services.open_item(point, by=people.wanda),
        lambda: item(made, people.wanda, "Further"),
        lambda: meetings.note_attendance(made, {}, by=people.wanda),
    ):
        with pytest.raises(ValidationError, match="are final"):
            deed()


def test_the_fingerprint_is_of_what_was_said_and_who_was_there(people):
    made, _point = minuted(people.wanda)
    minutes = services.finalise(made, by=people.wanda)

    assert services.fingerprint_of(made, minutes) == minutes.fingerprint
    made.participants.update(attended=False)
    assert services.fingerprint_of(made, minutes) != minutes.fingerprint


@pytest.mark.parametrize("name", ["marko", "ana", "petra"])
def test_only_leaders_make_them_final(people, name):
    made, _point = minuted(people.wanda)

    with pytest.raises(PermissionDenied):
        services.finalise(made, by=people.named(name))


def test_a_leader_of_an_associated_member_decides_nothing(people):
    hold_anyway(people.ana, "wg_leader", scope="group:4")
    made, _point = minuted(people.wanda)

    with pytest.raises(PermissionDenied):
        services.finalise(made, by=people.ana)


def test_minutes_without_attendance_are_not_finished(people):
    made = took_place(people.wanda)
    services.write(item(made, people.wanda), "We agreed.", 0, by=people.wanda)

    with pytest.raises(ValidationError, match="who was there"):
        services.finalise(made, by=people.wanda)


def test_final_minutes_are_opened_again_with_a_reason(people):
    made, point = minuted(people.wanda)
    services.finalise(made, by=people.wanda)

    minutes = services.reopen(made, "A wrong sum.", by=people.wanda)
    services.write(point, "Two million.", 1, by=people.wanda)

    assert (minutes.state, minutes.fingerprint) == ("draft", "")
    assert [one.text for one in selectors.reopenings(minutes)] == ["A wrong sum."]


def searched(user, words: str) -> int:
    return len(selecting.find(user, selecting.Question(words, "workinggroups.meeting", {})).entries)


def test_minutes_are_found_once_they_are_final(people):
    made, _point = minuted(people.wanda, "The guarantee multiplier is eleven.", marking="public")
    settle()
    before = searched(people.carl, "multiplier")

    services.finalise(made, by=people.wanda)
    settle()

    assert (before, searched(people.carl, "multiplier")) == (0, 1)


def seated(people, *names: str) -> list:
    """Full members in the group beside wanda's, and there at its meetings."""
    found = []
    for name in names:
        person = add_member(name, "full")
        hold_anyway(person, "wg_representative", scope="group:4")
        found.append(person)
    return found


def test_each_item_keeps_its_own_words_when_the_agenda_is_sorted_anew(people):
    made, first = minuted(people.wanda, "We agreed.")
    second = item(made, people.wanda, "Vouchers")
    services.write(second, "We waited.", 0, by=people.wanda)
    type(first).objects.filter(pk=first.pk).update(position=second.position + 1)

    points = selectors.points(people.wanda, made, None)

    assert [(one.item, one.text) for one in points] == [(second, "We waited."), (first, "We agreed.")]


def test_an_action_point_is_a_task_of_the_group_and_open_at_the_next_meeting(people):
    made, point = minuted(people.wanda)

    task = services.act(point, by=people.wanda, title="Ask the banks", owner=people.wanda)

    assert selectors.born(people.wanda, made) == {point.pk: [task]}
    assert selectors.left_open(people.wanda, meeting(people.wanda)) == [task]


def test_a_double_click_makes_one_task(people):
    _made, point = minuted(people.wanda)

    both = [services.act(point, by=people.wanda, title="Ask the banks", key="k1") for _click in range(2)]

    assert both[0] == both[1]


def test_what_is_decided_gets_its_number_in_the_register(people):
    seated(people, "rita")
    made, point = at_a_meeting(people.wanda)

    decision = services.decide(point, by=people.wanda, title="Two visits", text="We visit two regions.")

    assert decision.number == f"WG4-{timezone.localdate().year}-001"
    assert (decision.state, decision.result["eligible"], decision.result["cast"]) == ("decided", 2, 2)
    assert selectors.decided(people.wanda, made) == {point.pk: [decision]}


def test_members_read_what_a_group_decided(people):
    _made, point = at_a_meeting(people.wanda)

    decision = services.decide(point, by=people.wanda, title="Two visits", text="We visit two regions.")

    seeing = {name for name, person in people.each() if may_see(person, decision)}
    assert seeing == {"lena", "wanda", "marko", "ana"}


def test_too_few_decide_nothing(people):
    seated(people, "rita", "paul")
    made, point = at_a_meeting(people.wanda)
    made.participants.exclude(person=people.wanda).update(attended=False)

    with pytest.raises(ValidationError, match="1 of 3 organisations"):
        services.decide(point, by=people.wanda, title="Two visits", text="We visit two regions.")


def test_those_count_who_could_decide_on_the_day_of_the_meeting(people):
    gone, suspended, new = seated(people, "rita", "paul", "nora")
    made, today = took_place(people.wanda, starts=timezone.now() - timedelta(days=5)), timezone.localdate()
    RoleAssignment.objects.update(begins=today - timedelta(days=90))
    Affiliation.objects.update(begins=today - timedelta(days=90))
    Membership.objects.update(begins=today - timedelta(days=90))
    RoleAssignment.objects.filter(person=new).update(begins=today)
    RoleAssignment.objects.filter(person=gone).update(ends=today - timedelta(days=1))
    suspended.affiliations.get().organisation.memberships.update(suspended_at=timezone.now())
    meetings.note_attendance(made, {row.pk: "here" for row in made.participants.all()}, by=people.wanda)
    decision = services.decide(item(made, people.wanda), by=people.wanda, title="Two visits", text="We visit two.")

    assert decision.eligible == sorted(
        one.affiliations.get().organisation_id for one in (people.wanda, gone, suspended)
    )


@pytest.mark.parametrize("name", ["marko", "ana", "petra", "carl"])
def test_others_record_no_decision(people, name):
    _made, point = at_a_meeting(people.wanda)

    with pytest.raises(PermissionDenied):
        services.decide(point, by=people.named(name), title="Two visits", text="We visit two regions.")


def test_while_they_can_be_commented_on_they_become_final_only_by_saying_so(people, until):
    made, _point = minuted(people.wanda)
    services.circulate(made, by=people.wanda, until=until)
    browser, address = browser_of(people.wanda), f"{made.get_absolute_url()}minutes/"
    asked = [browser.get(address).content.decode().count('name="early"')]

    browser.post(f"{address}final/")
    states = [Minutes.objects.get().state]
    browser.post(f"{address}final/", {"early": "on"})
    states.append(Minutes.objects.get().state)

    asked.append(browser.get(address).content.decode().count('name="early"'))
    event = Event.objects.get(verb="workinggroups.minutes_final")
    assert (asked, states, event.payload["early"]) == ([1, 0], ["comments", "final"], True)


def test_after_the_time_for_comments_nothing_is_asked(people, until):
    made, _point = minuted(people.wanda)
    services.circulate(made, by=people.wanda, until=until)
    Minutes.objects.update(comments_until=timezone.localdate() - timedelta(days=1))

    services.finalise(made, by=people.wanda)

    event = Event.objects.get(verb="workinggroups.minutes_final")
    assert (Minutes.objects.get().state, set(event.payload)) == ("final", {"fingerprint"})
