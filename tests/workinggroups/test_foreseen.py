"""Before something is sent, its page says who will be told; and they are told."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from platform_core.exchange.cases import services as cases
from platform_core.exchange.cases.models import Case
from platform_core.exchange.discussions.models import Thread
from platform_core.exchange.messaging.models import Following, Notice
from platform_core.ground.registry.catalogue import label_of
from platform_core.people.members import invitations
from platform_core.programme.governance import services as governance
from tests.factories.calls import draft, in_days, opened
from tests.factories.forum import thread
from tests.factories.governance import decision
from tests.factories.meetings import dateless, meeting, minuted
from tests.factories.repository import record
from tests.factories.requests import drawn_up, organisation_of
from tests.factories.workinggroups import approved, group, page
from tests.people import add_member, browser_of, hold_anyway
from tests.settling import settle
from workinggroups.services import calls, dates, documents, meetings, minutes, requests, reviews

pytestmark = [pytest.mark.django_db, pytest.mark.database]

BLOCK = re.compile(r'<div class="who-told">(.*?)</div>', re.DOTALL)
NAME = re.compile(r"<li>(\w+)</li>")


def foreseen(person, address: str) -> set[str]:
    found = browser_of(person).get(address)
    (block,) = BLOCK.findall(found.content.decode())
    return set(NAME.findall(block))


def told(*kinds: str) -> set[str]:
    settle()
    return set(Notice.objects.filter(kind__in=kinds).values_list("recipient__name", flat=True))


@pytest.mark.parametrize(("demanded", "expected"), [(False, {"Lena", "Marko", "Ana"}), (True, {"Marko", "Ana"})])
def test_starting_a_thread(people, settings, demanded, expected):
    """Ana wants no news of the group, but a new thread is none she has muted; Lena's role may sleep."""
    settings.REQUIRE_SECOND_STEP = demanded
    for person in (people.marko, people.ana):
        hold_anyway(person, "wg_representative", scope="group:4")
    follow(people.ana, group(), is_followed=False, is_muted=True)
    address = "/en/groups/4/forum/new/"

    names = foreseen(people.wanda, address)
    browser_of(people.wanda).post(address, {"title": "Vouchers", "language": "en", "text": "Who?"})

    assert (names, told("discussions.started")) == (expected,) * 2


def test_writing_in_a_thread_tells_those_who_follow_it(people):
    for person in (people.marko, people.ana):
        hold_anyway(person, "wg_representative", scope="group:4")
    made = thread(people.lena)
    address = f"/en/groups/threads/{made.pk}/"
    for person in (people.marko, people.ana, people.carl):
        follow(person, made, is_muted=person == people.ana)

    names = foreseen(people.wanda, address)
    browser_of(people.wanda).post(f"{address}write/", {"language": "en", "text": "We did."})

    assert Thread.objects.get().posts.count() == 2
    assert (names, told("discussions.posted")) == ({"Lena", "Marko"},) * 2


def test_the_next_version_of_a_document(people):
    for person in (people.marko, people.ana):
        hold_anyway(person, "wg_representative", scope="group:4")
    made = approved(page(people.wanda), people.wanda, people.marko, timezone.localdate())
    for person in (people.lena, people.ana, people.carl):
        follow(person, made, is_muted=person == people.ana)

    assert both_ways_told_of_change(people.wanda, made) == ({"Lena", "Marko"},) * 2


def test_the_next_version_of_a_document_in_review(people):
    """Who has not answered is told that she need not; who answered, if she still sees it."""
    for person in (people.marko, people.lena):
        hold_anyway(person, "wg_representative", scope="group:4")
    rita, vera, nora = (add_member(name, "full") for name in ("rita", "vera", "nora"))
    made, asked = page(people.wanda), (people.marko, rita, vera, nora)
    review = reviews.ask(made, asked, by=people.wanda, due_on=timezone.localdate())
    settle()
    for person in (people.marko, rita):
        case = Case.objects.get(handler=f"person:{person.pk}")
        cases.answer(case, "approve", by=person, reason="Good.")
    follow(nora, Case.objects.get(handler=f"person:{nora.pk}"), is_followed=False, is_muted=True)
    follow(rita, made)

    assert both_ways_told_of_change(people.wanda, made) == ({"Marko", "Vera"},) * 2
    review.refresh_from_db()
    assert review.outcome == "void"


def test_the_next_version_of_an_approved_document_that_everyone_sees(people):
    """It is a draft then, and no news for those who do not see drafts, be it that they follow it or approved it."""
    made = approved(page(people.wanda), people.wanda, people.marko, timezone.localdate())
    documents.mark(made, by=people.wanda, marking="public")
    label, until = "workinggroups.document", timezone.localdate() + timedelta(days=7)
    _invitation, secret = invitations.invite(
        by=people.wanda, email=people.petra.email, activity=(label, made.pk), begins=timezone.localdate(), ends=until
    )
    invitations.accept(secret, people.petra)
    for person in (people.lena, people.petra, people.ana, people.carl):
        follow(person, made)

    assert both_ways_told_of_change(people.wanda, made) == ({"Lena", "Petra"},) * 2


def both_ways_told_of_change(person, made) -> tuple[set[str], set[str]]:
    """Whom the form for the next version of a page names, and who is then told of anything at all."""
    settle()
    Notice.objects.all().delete()
    names = foreseen(person, f"{made.get_absolute_url()}change/")
    documents.change(made, by=person, base="1.0", text="Other words.")
    settle()
    return names, set(Notice.objects.values_list("recipient__name", flat=True))


def follow(person, thing, *, is_followed: bool = True, is_muted: bool = False) -> None:
    Following.objects.update_or_create(
        person=person,
        thing=label_of(thing),
        object_id=thing.pk,
        defaults={"is_followed": is_followed, "is_muted": is_muted},
    )


@pytest.fixture
def called(people):
    """A called meeting to which ana does not come."""
    made = meeting(people.wanda, place="Vienna")
    meetings.invite(made, [people.marko, people.ana], by=people.wanda)
    meetings.call(made, by=people.wanda)
    meetings.answer(made, by=people.ana, answer="no")
    return made


def test_moving_a_meeting(people, called):
    names = foreseen(people.wanda, f"{called.get_absolute_url()}change/")
    meetings.change(called, by=people.wanda, starts=called.starts - timedelta(hours=1))

    assert (names, told("workinggroups.meeting_moved")) == ({"Wanda", "Marko", "Ana"},) * 2


def test_calling_a_meeting_off(people, called):
    names = foreseen(people.wanda, f"{called.get_absolute_url()}cancel/")
    meetings.cancel(called, "Snow", by=people.wanda)

    assert (names, told("workinggroups.meeting_cancelled")) == ({"Wanda", "Marko"},) * 2


def test_what_is_not_called_yet_tells_nobody_and_says_nothing(people):
    made = meeting(people.wanda)
    pages = [browser_of(people.wanda).get(f"{made.get_absolute_url()}{name}/") for name in ("change", "cancel")]

    assert [BLOCK.findall(page.content.decode()) for page in pages] == [[], []]


def test_asking_for_dates_and_setting_one(people):
    made = dateless(people.wanda)
    meetings.invite(made, [people.marko], by=people.wanda)
    spans = [(in_days(day), in_days(day) + timedelta(hours=1)) for day in (5, 6)]

    asked = foreseen(people.wanda, f"{made.get_absolute_url()}dates/offer/")
    dates.offer(made, spans, by=people.wanda, until=timezone.localdate())
    chosen = foreseen(people.wanda, f"{made.get_absolute_url()}dates/")
    dates.choose(made.options.first(), by=people.wanda)

    assert [asked, told("workinggroups.dates_offered")] == [{"Wanda", "Marko"}] * 2
    assert [chosen, told("workinggroups.meeting_called")] == [{"Wanda", "Marko"}] * 2


def test_giving_minutes_for_comment(people):
    made, _point = minuted(people.wanda)
    meetings.invite(made, [people.petra], by=people.wanda)

    names = foreseen(people.wanda, f"{made.get_absolute_url()}minutes/comments/")
    minutes.circulate(made, by=people.wanda, until=timezone.localdate())

    assert (names, told("workinggroups.minutes_circulated")) == ({"Wanda", "Petra"},) * 2


def test_opening_a_call_and_giving_it_more_time(people):
    made = draft(people.wanda)
    names = foreseen(people.wanda, f"{made.get_absolute_url()}open/")
    calls.open_call(made, by=people.wanda, closes_at=in_days(7))
    later = foreseen(people.wanda, f"{made.get_absolute_url()}extend/")

    everybody = {"Lena", "Wanda", "Marko", "Ana"}
    assert (names, told("workinggroups.call_opened"), later) == (everybody,) * 3


def test_cancelling_a_call(people):
    made = opened(people.wanda)

    assert foreseen(people.wanda, f"{made.get_absolute_url()}cancel/") == set()


def test_asking_organisations_for_information(people):
    made = drawn_up(people.wanda)
    requests.choose(made, [organisation_of(one) for one in (people.ana, people.petra)], by=people.wanda)

    names = foreseen(people.wanda, f"{made.get_absolute_url()}send/")
    requests.send(made, by=people.wanda)

    assert (names, told("cases.opened")) == ({"Ana", "Petra"},) * 2


def test_asking_the_group_for_comments_on_a_record(people):
    hold_anyway(add_member("rita", "full"), "wg_representative", scope="group:4")
    made = record("Vouchers", by=people.lena, publish=False, topics=[4])
    browser = browser_of(people.lena)
    address = f"/en/repository/{made.code}/comments/ask/"

    names = foreseen(people.lena, address)
    day = timezone.localdate() + timedelta(days=7)
    browser.post(address, {"questions": "Clear?", "closes_on": day.isoformat(), "language": "en"})

    assert (names, told("repository.comments_asked")) == ({"Wanda", "Rita"},) * 2


def test_opening_a_vote(people):
    made = decision(people.wanda, body_id="wg-4")
    hold_anyway(add_member("rita", "full"), "wg_representative", scope="group:4")

    names = foreseen(people.wanda, f"{made.get_absolute_url()}open/")
    governance.open_ballot(made, by=people.wanda, closes_at=in_days(7))
    later = foreseen(people.wanda, f"{made.get_absolute_url()}extend/")

    assert (names, told("governance.opened"), later) == ({"Wanda", "Rita"},) * 3
