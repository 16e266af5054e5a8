"""Meetings: planned, called, changed, called off; who is on the list, who comes and who was there."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from platform_core.exchange.messaging.models import Notice, OutboxMail
from platform_core.identity.access.selectors import may_see
from platform_core.people.members.models import Affiliation
from tests.factories.meetings import item, meeting, minuted, took_place
from tests.factories.workinggroups import file_document
from tests.people import add_member, hold_anyway
from tests.settling import settle
from workinggroups.models import Meeting, Participant
from workinggroups.selectors import meetings as selectors
from workinggroups.services import agenda, meetings as services

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def told(verb: str) -> dict[str, list[str]]:
    """Who was told, by channel-free kind: names of the readers with the subjects they got."""
    settle()
    rows = Notice.objects.filter(kind=f"workinggroups.{verb}", channel="site").order_by("pk")
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.recipient.name.lower(), []).append(row.subject)
    return found


def seeing(people, thing) -> set[str]:
    return {name for name, person in people.each() if may_see(person, thing)}


def test_who_sits_in_the_group_is_on_the_list(people):
    rita = add_member("rita", "full")
    hold_anyway(rita, "wg_representative", scope="group:4")

    made = meeting(people.wanda)

    assert {row.person.name for row in made.participants.all()} == {"Wanda", "Rita"}


@pytest.mark.parametrize("name", ["marko", "ana", "petra", "carl", "guest"])
def test_others_cannot_plan_a_meeting(people, name):
    with pytest.raises(PermissionDenied):
        meeting(people.named(name))


def test_nobody_is_told_before_the_invitations_go_out(people):
    made = meeting(people.wanda)
    services.invite(made, [people.marko], by=people.wanda)

    assert (told("meeting_called"), told("participant_added")) == ({}, {})


def test_invitations_go_to_everybody_on_the_list(people):
    made = meeting(people.wanda)
    services.invite(made, [people.marko], by=people.wanda)

    services.call(made, by=people.wanda)

    subject = ["Invitation: Third meeting"]
    assert told("meeting_called") == {"wanda": subject, "marko": subject}
    notices = Notice.objects.filter(kind="workinggroups.meeting_called", channel="site")
    assert {(row.text.count("say on its page whether you come"), row.address) for row in notices} == {
        (1, made.get_absolute_url())
    }


def test_who_is_added_later_is_told_alone(people):
    made = meeting(people.wanda)
    services.call(made, by=people.wanda)

    services.invite(made, [people.marko], by=people.wanda)

    assert told("participant_added") == {"marko": ["Invitation: Third meeting"]}


@pytest.fixture
def answered(people):
    """A called meeting that wanda comes to and ana does not; marko has said nothing."""
    made = meeting(people.wanda, place="Vienna")
    services.invite(made, [people.marko, people.ana], by=people.wanda)
    services.call(made, by=people.wanda)
    services.answer(made, by=people.wanda, answer="yes", way="online")
    services.answer(made, by=people.ana, answer="no", note="In Brussels")
    return made


def answers(made) -> dict[str, tuple[str, str, str]]:
    return {row.person.name: (row.answer, row.note, row.way) for row in made.participants.all()}


def test_another_hour_is_told_to_everybody_and_asked_anew(people, answered):
    later = timedelta(hours=1)
    services.change(answered, by=people.wanda, starts=answered.starts + later, ends=answered.ends + later)

    assert told("meeting_moved") == {name: ["Changed: Third meeting"] for name in ("wanda", "marko", "ana")}
    assert set(answers(answered).values()) == {("", "", "")}
    assert [selectors.of_group(people.wanda, answered.group).get().coming, answered.participants.count()] == [0, 3]
    asked = [row.text.count("whether you come") for row in Notice.objects.filter(kind="workinggroups.meeting_moved")]
    assert set(asked) == {1}


def test_another_place_leaves_the_answers_and_is_told_to_everybody(people, answered):
    services.change(answered, by=people.wanda, place="Linz")

    assert set(told("meeting_moved")) == {"wanda", "marko", "ana"}
    assert answers(answered) == {
        "Wanda": ("yes", "", "online"),
        "Marko": ("", "", ""),
        "Ana": ("no", "In Brussels", ""),
    }
    asked = [row.text.count("whether you come") for row in Notice.objects.filter(kind="workinggroups.meeting_moved")]
    assert set(asked) == {0}


def entries(verb: str, person) -> list[dict[str, str]]:
    """The calendar entries that went to somebody, each as its lines by name."""
    settle()
    found = []
    for mail in OutboxMail.objects.filter(recipient=person.email, message_id__contains=f"workinggroups.{verb}@"):
        lines = mail.calendar.replace("\r\n ", "").splitlines()
        found.append({line.partition(":")[0].partition(";")[0]: line.partition(":")[2] for line in lines})
    return found


def test_an_invitation_is_an_entry_for_the_reader_s_own_calendar(people):
    made = meeting(people.wanda, room="address", call="https://rooms.example.org/four")
    services.invite(made, [people.marko], by=people.wanda)
    services.call(made, by=people.wanda)

    (entry,) = entries("meeting_called", people.marko)

    assert (entry["METHOD"], entry["UID"], entry["SEQUENCE"]) == ("REQUEST", f"{made.uid}@clusterpolisee", "0")
    assert (entry["ATTENDEE"], entry["SUMMARY"]) == ("mailto:marko@example.org", "Third meeting")
    assert entry["URL"] == f"{settings.SITE_URL}{made.get_absolute_url()}"
    assert "https://rooms.example.org/four" in entry["DESCRIPTION"]


def test_changes_and_the_end_follow_in_the_same_entry(people):
    made = meeting(people.wanda)
    services.call(made, by=people.wanda)
    services.change(made, by=people.wanda, place="Linz")
    services.cancel(made, "Snow", by=people.wanda)

    told = [entries(verb, people.wanda)[0] for verb in ("meeting_called", "meeting_moved", "meeting_cancelled")]

    assert [entry["UID"] for entry in told] == [f"{made.uid}@clusterpolisee"] * 3
    assert (told[2]["METHOD"], told[2]["SEQUENCE"], told[2]["STATUS"]) == ("CANCEL", "2", "CANCELLED")


def test_who_is_taken_off_the_list_loses_the_entry(people):
    made = meeting(people.wanda)
    services.invite(made, [people.petra], by=people.wanda)
    services.call(made, by=people.wanda)

    services.uninvite(made.participants.get(person=people.petra), by=people.wanda)

    (entry,) = entries("participant_removed", people.petra)
    assert (entry["METHOD"], entry["SEQUENCE"]) == ("CANCEL", "1")


def test_another_summary_is_told_to_nobody(people):
    made = meeting(people.wanda)
    services.call(made, by=people.wanda)

    changed = services.change(made, by=people.wanda, text="More.")

    assert (told("meeting_moved"), changed.sequence) == ({}, 0)


def test_what_is_called_off_stays_in_sight_with_the_reason(people):
    made = meeting(people.wanda)
    services.call(made, by=people.wanda)

    services.cancel(made, "Snow", by=people.wanda)

    made.refresh_from_db()
    assert (made.state, made.why_cancelled, made.sequence) == ("cancelled", "Snow", 1)
    assert told("meeting_cancelled") == {"wanda": ["Called off: Third meeting"]}


def test_what_was_never_called_is_called_off_in_silence(people):
    made = meeting(people.wanda)

    services.cancel(made, "Snow", by=people.wanda)

    assert told("meeting_cancelled") == {}


@pytest.mark.parametrize("marking", ["members", "public"])
def test_what_was_never_called_stays_inside_when_it_is_called_off(people, marking):
    made = meeting(people.wanda, marking=marking)
    before = seeing(people, made)

    services.cancel(made, "Snow", by=people.wanda)

    assert (before, seeing(people, made)) == ({"lena", "wanda"}, {"lena", "wanda"})


@pytest.mark.parametrize("name", ["change", "call"])
def test_what_is_called_off_cannot_be_changed(people, name):
    made = meeting(people.wanda)
    services.cancel(made, "Snow", by=people.wanda)

    with pytest.raises(ValidationError, match="called off"):
        getattr(services, name)(made, by=people.wanda)


def test_invitations_need_a_date_to_come(people):
    with pytest.raises(ValidationError, match="has passed"):
        services.call(meeting(people.wanda, days=-2), by=people.wanda)


def test_a_guest_sees_her_meeting_and_its_papers_and_nothing_else_of_the_group(people):
    made, other = meeting(people.wanda), meeting(people.wanda, days=9)
    paper, hidden = file_document(people.wanda), file_document(people.wanda, b"Two.", "two.txt")
    item(made, people.wanda, documents=[paper])

    services.invite(made, [people.petra], by=people.wanda)

    assert [may_see(people.petra, thing) for thing in (made, paper, other, hidden)] == [True, True, False, False]


def test_a_restricted_paper_stays_closed_to_guests(people):
    made, paper = meeting(people.wanda), file_document(people.wanda, marking="restricted")
    item(made, people.wanda, documents=[paper])

    services.invite(made, [people.petra], by=people.wanda)

    assert may_see(people.petra, paper) is False


def test_a_paper_taken_off_the_agenda_closes_to_guests(people):
    made, paper = meeting(people.wanda), file_document(people.wanda)
    point = item(made, people.wanda, documents=[paper])
    services.invite(made, [people.petra], by=people.wanda)

    agenda.change_item(point, by=people.wanda, documents=[])

    assert may_see(people.petra, paper) is False


def test_a_meeting_closes_to_its_guests_thirty_days_after_its_end(people):
    old, newer = took_place(people.wanda), took_place(people.wanda)
    for made in (old, newer):
        services.invite(made, [people.petra], by=people.wanda)
    Meeting.objects.filter(pk=old.pk).update(
        ends=timezone.now() - timedelta(days=31), starts=timezone.now() - timedelta(days=32)
    )

    assert services.end_guests() == 1
    assert [may_see(people.petra, made) for made in (old, newer)] == [False, True]
    assert services.end_guests() == 0


def test_who_sees_a_meeting_by_its_marking(people):
    found = {}
    for marking in ("group", "members", "public"):
        made = meeting(people.wanda, marking=marking)
        before = seeing(people, made)
        services.call(made, by=people.wanda)
        found[marking] = (before, seeing(people, made))

    inside, members = {"lena", "wanda"}, {"lena", "wanda", "marko", "ana"}
    everybody = {name for name, _person in people.each()}
    assert found == {"group": (inside, inside), "members": (inside, members), "public": (inside, everybody)}


def test_who_is_taken_off_the_list_sees_it_no_more(people):
    made = meeting(people.wanda)
    services.invite(made, [people.petra], by=people.wanda)

    services.uninvite(made.participants.get(person=people.petra), by=people.wanda)

    assert may_see(people.petra, made) is False


def test_only_those_invited_answer(people):
    made = meeting(people.wanda, marking="public")
    services.call(made, by=people.wanda)

    with pytest.raises(PermissionDenied):
        services.answer(made, by=people.marko, answer="yes")


def test_an_answer_can_be_changed_until_the_end(people):
    made = meeting(people.wanda)
    services.call(made, by=people.wanda)
    services.answer(made, by=people.wanda, answer="yes", way="online")

    services.answer(made, by=people.wanda, answer="no", note="In Brussels")

    row = made.participants.get()
    assert (row.answer, row.note, row.way) == ("no", "In Brussels", "")


def test_the_day_before_everybody_is_reminded_once(people):
    made = meeting(people.wanda, starts=timezone.now() + timedelta(hours=20))
    services.call(made, by=people.wanda)

    assert [services.remind(), services.remind()] == [1, 0]
    assert told("meeting_near") == {"wanda": ["Soon: Third meeting"]}


def test_a_moved_meeting_is_reminded_of_again(people):
    made = meeting(people.wanda, starts=timezone.now() + timedelta(hours=20))
    services.call(made, by=people.wanda)
    services.remind()

    later = made.starts + timedelta(days=3)
    moved = services.change(made, by=people.wanda, starts=later, ends=later + timedelta(hours=1))

    assert moved.reminded is False


def test_attendance_keeps_the_organisation_of_the_day(people):
    Affiliation.objects.filter(person=people.wanda).update(begins=timezone.localdate() - timedelta(days=30))
    made = took_place(people.wanda)
    row = made.participants.get()
    services.note_attendance(made, {row.pk: "online"}, by=people.wanda)
    Affiliation.objects.filter(person=people.wanda).update(ends=timezone.localdate() - timedelta(days=1))

    number, organisations = selectors.attendance(made)

    assert (number, [one.code for one in organisations]) == (1, ["org-wanda"])


def test_attendance_waits_for_the_meeting(people):
    with pytest.raises(ValidationError, match="has begun"):
        services.note_attendance(meeting(people.wanda), {}, by=people.wanda)


def test_the_agenda_tells_when_each_item_begins(people):
    made = meeting(people.wanda)
    item(made, people.wanda, "First", duration=20)
    item(made, people.wanda, "Second")

    places = selectors.agenda(people.wanda, made)

    assert [(place.item.title, place.begins - made.starts) for place in places] == [
        ("First", timedelta(0)),
        ("Second", timedelta(minutes=20)),
    ]


def test_items_change_places(people):
    made = meeting(people.wanda)
    first, second = item(made, people.wanda, "First"), item(made, people.wanda, "Second")

    agenda.move_item(second, -1, by=people.wanda)
    agenda.move_item(first, 1, by=people.wanda)

    assert list(made.items.values_list("title", "position")) == [("Second", 1), ("First", 2)]


def test_an_item_with_minutes_stays(people):
    _made, point = minuted(people.wanda)

    with pytest.raises(ValidationError, match="it stays"):
        agenda.remove_item(point, by=people.wanda)


def test_papers_come_from_the_own_library(people):
    hold_anyway(people.wanda, "wg_leader", scope="group:1")
    made = meeting(people.wanda, of=1)

    with pytest.raises(PermissionDenied):
        item(made, people.wanda, documents=[file_document(people.wanda)])


def test_whose_account_is_gone_leaves_her_row(people):
    made = meeting(people.wanda)
    services.invite(made, [people.petra], by=people.wanda)
    people.petra.delete()

    assert Participant.objects.filter(meeting=made).count() == 2
