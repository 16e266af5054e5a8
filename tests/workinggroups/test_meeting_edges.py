"""What must not slip through at meetings: guests who were taken off, double clicks, final minutes, stale forms."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from platform_core.identity.access.models import RoleAssignment
from platform_core.identity.access.selectors import may_see
from platform_core.people.members.models import Invitation
from tests.factories.meetings import at_a_meeting, dateless, item, meeting, minuted, took_place
from tests.people import add_member, browser_of, hold_anyway
from workinggroups.models import Meeting
from workinggroups.selectors.meetings import LABEL
from workinggroups.services import agenda, dates, meetings, minutes

pytestmark = pytest.mark.django_db


def fresh(person):
    return type(person).objects.get(pk=person.pk)


def came_by_mail(person, made: Meeting, by) -> None:
    """As if she had accepted an invitation that came by mail."""
    today = timezone.localdate()
    until = today + timedelta(days=60)
    Invitation.objects.create(
        email=person.email,
        thing=LABEL,
        object_id=made.pk,
        invited_by=by,
        accepted_by=person,
        accepted_at=timezone.now(),
        begins=today,
        ends=until,
    )
    meetings.show(made)
    meetings.take_in_invited(person, made)


def test_who_came_by_mail_and_is_taken_off_sees_it_no_more(people):
    made = meeting(people.wanda)
    came_by_mail(people.petra, made, people.wanda)

    meetings.uninvite(made.participants.get(person=people.petra), by=people.wanda)

    assert may_see(fresh(people.petra), made) is False


def test_who_came_by_mail_leaves_with_the_other_guests(people):
    made = took_place(people.wanda)
    came_by_mail(people.petra, made, people.wanda)
    Meeting.objects.update(starts=timezone.now() - timedelta(days=41), ends=timezone.now() - timedelta(days=40))

    meetings.end_guests()

    assert may_see(fresh(people.petra), made) is False


def test_guests_leave_a_meeting_called_off_without_a_date(people):
    made = dateless(people.wanda)
    meetings.invite(made, [people.petra], by=people.wanda)
    meetings.cancel(made, "Nobody can", by=people.wanda)

    meetings.end_guests()

    assert may_see(people.petra, made) is False


def test_whose_seat_has_ended_loses_the_meetings_to_come(people):
    rita = add_member("rita", "full")
    hold_anyway(rita, "wg_representative", scope="group:4")
    made = meeting(people.wanda)
    yesterday = timezone.localdate() - timedelta(days=1)
    RoleAssignment.objects.filter(person=rita).update(begins=yesterday, ends=yesterday)

    meetings.end_guests()

    assert (may_see(fresh(rita), made), may_see(people.wanda, made)) == (False, True)


def test_a_decision_sent_twice_has_one_number(people):
    _made, point = at_a_meeting(people.wanda)

    both = [minutes.decide(point, by=people.wanda, title="Visits", text="Two.") for _click in range(2)]

    assert both[0] == both[1]


def test_what_the_fingerprint_is_of_stays(people):
    made, _point = minuted(people.wanda)
    final = minutes.finalise(made, by=people.wanda)

    for deed in (
        lambda: meetings.change(made, by=people.wanda, title="Other"),
        lambda: meetings.uninvite(made.participants.get(), by=people.wanda),
    ):
        with pytest.raises(ValidationError):
            deed()

    assert minutes.fingerprint_of(Meeting.objects.get(), final) == final.fingerprint


def test_an_item_that_became_a_task_stays(people):
    made = took_place(people.wanda)
    point = item(made, people.wanda)
    minutes.act(point, by=people.wanda, title="Ask the banks")

    with pytest.raises(ValidationError, match="it stays"):
        agenda.remove_item(point, by=people.wanda)


def test_attendance_of_those_who_were_not_on_the_form_stays(people):
    made = took_place(people.wanda)
    meetings.invite(made, [people.marko], by=people.wanda)
    wanda, marko = (made.participants.get(person=person) for person in (people.wanda, people.marko))
    meetings.note_attendance(made, {marko.pk: "here"}, by=people.wanda)

    browser_of(people.wanda).post(f"{made.get_absolute_url()}attendance/", {f"way-{wanda.pk}": "online"})

    assert set(made.participants.values_list("person", "attended")) == {
        (people.wanda.pk, True),
        (people.marko.pk, True),
    }


def test_offering_the_same_dates_again_keeps_the_answers(people):
    made = dateless(people.wanda)
    starts = timezone.now().replace(second=0, microsecond=0) + timedelta(days=5)
    spans = [(starts + timedelta(days=day), starts + timedelta(days=day, hours=1)) for day in range(2)]
    dates.offer(made, spans, by=people.wanda, until=timezone.localdate())
    dates.say(made, {made.options.first().pk: "yes"}, by=people.wanda)
    browser, address = browser_of(people.wanda), f"{made.get_absolute_url()}dates/offer/"

    form = browser.get(address).context["form"]
    browser.post(address, {name: form.initial[name] for name in ("dates", "length", "until")})

    assert [option.answers.count() for option in made.options.all()] == [1, 0]


def test_who_is_not_inside_reads_no_names_beside_dates(people):
    made = dateless(people.wanda, marking="members")
    spans = [(timezone.now() + timedelta(days=day), timezone.now() + timedelta(days=day, hours=1)) for day in (5, 6)]
    dates.offer(made, spans, by=people.wanda, until=timezone.localdate())
    dates.choose(made.options.first(), by=people.wanda)

    rows = {
        p.name: len(browser_of(p).get(f"{made.get_absolute_url()}dates/").context["rows"])
        for p in (people.wanda, people.ana)
    }

    assert rows == {"Wanda": 1, "Ana": 0}


@pytest.mark.parametrize("typed", ["0001-01-01T00:00", "9999-12-31T23:30"])
def test_impossible_moments_are_refused_beside_their_field(people, typed):
    told = {"title": "Next", "language": "en", "starts": typed, "length": "120", "time_zone": "Europe/Vienna"}
    told |= {"form": "online", "marking": "group", "text": "", "place": "", "room": "", "call": ""}

    answer = browser_of(people.wanda).post("/en/groups/4/meetings/plan/", told)

    assert (answer.status_code, "starts" in answer.context["form"].errors) == (400, True)


def test_people_of_a_meeting_that_is_called_off_stay_with_a_message(people):
    made = meeting(people.wanda)
    meetings.cancel(made, "Snow", by=people.wanda)

    answer = browser_of(people.wanda).post(
        f"{made.get_absolute_url()}people/", {"people": [people.marko.pk]}, follow=True
    )

    assert [str(message) for message in answer.context["messages"]] == ["This meeting was called off."]
