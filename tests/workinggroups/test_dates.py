"""Finding a date together."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from platform_core.exchange.messaging.models import Notice
from platform_core.ground.vocabulary.days import platform_day
from tests.factories.meetings import dateless
from tests.people import browser_of
from tests.settling import settle
from workinggroups.forms.meetings import DatesForm
from workinggroups.models import DateAnswer, Meeting
from workinggroups.services import dates as services, meetings

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def span(days: int):
    starts = timezone.now().replace(microsecond=0) + timedelta(days=days)
    return starts, starts + HOUR


@pytest.fixture
def until():
    return timezone.localdate() + timedelta(days=2)


@pytest.fixture
def asked(people, until):
    """A meeting with marko as a guest, and three dates."""
    made = dateless(people.wanda)
    meetings.invite(made, [people.marko], by=people.wanda)
    return services.offer(made, [span(5), span(6), span(7)], by=people.wanda, until=until)


def votes(meeting: Meeting) -> dict[str, list[str]]:
    rows = DateAnswer.objects.filter(option__meeting=meeting).order_by("option__starts")
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.participant.person.name, []).append(row.value)
    return found


def test_everybody_on_the_list_is_asked(asked):
    settle()

    rows = Notice.objects.filter(kind="workinggroups.dates_offered", channel="site").order_by("recipient__name")
    assert [row.recipient.name for row in rows] == ["Marko", "Wanda"]


def test_dates_that_stay_keep_their_answers(people, asked, until):
    first, second, _third = asked.options.all()
    services.say(asked, {first.pk: "yes", second.pk: "no"}, by=people.marko)

    services.offer(asked, [(second.starts, second.ends), span(9)], by=people.wanda, until=until)

    assert votes(asked) == {"Marko": ["no"]}
    assert asked.options.count() == 2


def test_an_answer_can_be_changed(people, asked):
    first = asked.options.first()
    services.say(asked, {first.pk: "no"}, by=people.marko)

    services.say(asked, {first.pk: "if_needed"}, by=people.marko)

    assert votes(asked) == {"Marko": ["if_needed"]}


def test_the_date_that_was_chosen_becomes_the_meeting_and_invites(people, asked):
    _first, second, _third = asked.options.all()
    services.say(asked, {second.pk: "yes"}, by=people.marko)

    made = services.choose(second, by=people.wanda)

    assert (made.starts, made.ends, made.state) == (second.starts, second.ends, Meeting.State.CALLED)
    assert {row.person.name: row.answer for row in made.participants.all()} == {"Marko": "yes", "Wanda": ""}
    settle()
    rows = Notice.objects.filter(kind="workinggroups.meeting_called", channel="site").order_by("recipient__name")
    assert [row.recipient.name for row in rows] == ["Marko", "Wanda"]


def test_only_who_leads_chooses(people, asked):
    with pytest.raises(PermissionDenied):
        services.choose(asked.options.first(), by=people.marko)


def test_others_say_nothing(people, asked):
    with pytest.raises(PermissionDenied):
        services.say(asked, {asked.options.first().pk: "yes"}, by=people.ana)


def test_once_the_date_is_set_answers_are_refused(people, asked):
    option = asked.options.first()
    services.choose(option, by=people.wanda)

    with pytest.raises(ValidationError, match="set already"):
        services.say(asked, {option.pk: "yes"}, by=people.marko)


def until_in(days: int, asked: Meeting) -> None:
    Meeting.objects.filter(pk=asked.pk).update(dates_until=platform_day() + timedelta(days=days))


@pytest.mark.parametrize(("days", "taken"), [(0, True), (-1, False)])
def test_answers_are_taken_to_the_end_of_the_last_day(people, asked, days, taken):
    until_in(days, asked)
    option = asked.options.first()
    browser, address = browser_of(people.marko), f"{asked.get_absolute_url()}dates/"

    browser.post(address, {f"date-{option.pk}": "yes"})

    page = browser.get(address).content.decode()
    assert (votes(asked), 'value="if_needed"' in page) == ({"Marko": ["yes"]} if taken else {}, taken)


def test_who_is_late_reads_until_when_and_whom_to_ask(people, asked):
    until_in(-1, asked)
    day = date_format(platform_day() - timedelta(days=1))

    with pytest.raises(ValidationError) as problem:
        services.say(asked, {asked.options.first().pk: "yes"}, by=people.marko)

    assert problem.value.messages == [
        f"Answers could be given until {day}. Whoever leads the meeting can give more time."
    ]


def reminded() -> list[str]:
    settle()
    rows = Notice.objects.filter(kind="workinggroups.dates_near", channel="site").order_by("recipient__name")
    return [row.recipient.name for row in rows]


def test_who_has_not_answered_is_reminded_once_on_the_day_before(people, asked):
    services.say(asked, {asked.options.first().pk: "no"}, by=people.marko)
    early = services.remind()
    until_in(1, asked)

    runs = [services.remind(), services.remind()]

    assert (early, runs, reminded()) == (0, [1, 0], ["Wanda"])
    day = date_format(platform_day() + timedelta(days=1))
    told = Notice.objects.get(kind="workinggroups.dates_near", channel="site").text.partition("\n")[0]
    assert told == f"You have not said yet which dates suit you. You can until {day}, on the page of the meeting."


def test_more_time_reminds_again_and_a_date_that_is_set_does_not(people, asked, until):
    until_in(1, asked)
    services.remind()
    spans = [(option.starts, option.ends) for option in asked.options.all()]
    services.offer(asked, spans, by=people.wanda, until=until)
    until_in(1, asked)
    again = services.remind()
    services.offer(asked, spans, by=people.wanda, until=until + timedelta(days=1))
    services.choose(asked.options.first(), by=people.wanda)
    until_in(1, asked)

    assert (again, services.remind()) == (1, 0)


def test_who_is_asked_on_the_day_before_is_not_reminded_as_well(people):
    made = dateless(people.wanda)
    services.offer(made, [span(5), span(6)], by=people.wanda, until=platform_day() + timedelta(days=1))

    assert services.remind() == 0


@pytest.mark.parametrize(
    ("spans", "words"),
    [
        ([span(5)], "at least two"),
        ([span(5), span(-1)], "has passed"),
        ([span(days) for days in range(5, 26)], "At most 20"),
    ],
)
def test_what_cannot_be_offered(people, until, spans, words):
    with pytest.raises(ValidationError, match=words):
        services.offer(dateless(people.wanda), spans, by=people.wanda, until=until)


def typed(meeting: Meeting, dates: str) -> DatesForm:
    return DatesForm({"dates": dates, "length": "60", "until": "2027-03-01"}, meeting=meeting)


def test_dates_are_typed_as_the_clocks_of_the_meeting_show_them(people):
    form = typed(dateless(people.wanda), "2027-03-27 10:00\n\n2027-03-29 10:00")

    assert form.is_valid()
    assert [starts.utctimetuple().tm_hour for starts, _ends in form.cleaned_data["spans"]] == [9, 8]


def test_an_hour_that_daylight_saving_leaves_out_is_refused_by_its_line(people):
    form = typed(dateless(people.wanda), "2027-03-28 02:30\n2027-03-29 10:00\nsoon")

    assert form.errors["dates"] == [
        "2027-03-28 02:30: The clocks skip this hour on that day.",
        "soon: Please write it as 2027-03-31 14:30.",
    ]
