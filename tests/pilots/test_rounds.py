"""Reflective rounds: partners are asked about one version, each comment is answered, then the round is closed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from pilots.declarations.rounds import closing
from pilots.models import CommentAnswer, ReflectiveRound
from pilots.selectors import rounds as selectors
from pilots.services import mechanisms, rounds as services
from platform_core.exchange.messaging.models import Notice
from tests.consultations.views.pages import queries
from tests.factories.mechanisms import TERMS, approved, mechanism, published, texts
from tests.factories.rounds import day_is_over, opened
from tests.people import browser_of
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def submitted(people):
    held = mechanism(people.wanda)
    mechanisms.submit(held, by=people.wanda)
    return held


@pytest.fixture
def found(people, submitted):
    return opened(submitted, people.wanda)


def test_partners_comment_on_what_does_not_move(people, submitted):
    draft = mechanism(people.wanda, "Draft")
    with pytest.raises(ValidationError, match="Submit a version first"):
        opened(draft, people.wanda)

    found = opened(submitted, people.wanda)
    assert (found.version.number, found.pattern.number, len(found.round.questions)) == (1, 1, 7)


@pytest.mark.parametrize(
    ("name", "asks", "sees", "answers"),
    [
        ("lena", True, True, True),
        ("wanda", True, True, True),
        ("marko", False, True, False),
        ("ana", False, True, False),
        ("petra", False, False, False),
        ("carl", False, False, False),
    ],
)
def test_who_asks_comments_answers_and_closes(people, submitted, name, asks, sees, answers):
    person = people.named(name)
    if asks:
        found = opened(submitted, person)
    else:
        with pytest.raises(PermissionDenied):
            opened(submitted, person)
        found = opened(submitted, people.wanda)
    (said,) = services.comment(found, {0: "Known here too."}, by=people.marko)
    day_is_over(found)
    rights = ("view_round", "comment_round", "answer_comment", "close_round")

    assert [person.has_perm(f"pilots.{right}", found) for right in rights] == [sees, sees, answers, answers]
    if not answers:
        with pytest.raises(PermissionDenied):
            services.answer(found, said, "accepted", "Yes.", by=person)
        with pytest.raises(PermissionDenied):
            services.close(found, "Done.", by=person)


def test_it_is_closed_only_when_the_day_is_over_and_each_is_answered(people, found):
    first, second = services.comment(found, {0: "Known.", 3: "A law."}, by=people.marko)
    services.answer(found, first, "accepted", "Named now.", by=people.wanda)
    with pytest.raises(ValidationError, match="until the day"):
        services.close(found, "Named.", by=people.wanda)
    day_is_over(found)
    with pytest.raises(ValidationError, match="1 comment has no answer yet"):
        services.close(found, "Named.", by=people.wanda)
    services.answer(found, second, "not", "There is one.", by=people.wanda)
    with pytest.raises(ValidationError, match="what was changed"):
        services.close(found, " ", by=people.wanda)

    closed = services.close(found, "The problem is named.", by=people.wanda)
    assert (closed.is_closed, closed.round.summary) == (True, "The problem is named.")
    with pytest.raises(ValidationError, match="closed"):
        services.answer(found, second, "partly", "Perhaps.", by=people.wanda)


def test_an_answer_needs_reasons_and_can_be_thought_over(people, found):
    (said,) = services.comment(found, {1: "Tried it."}, by=people.ana)
    with pytest.raises(ValidationError, match="reasons"):
        services.answer(found, said, "accepted", "  ", by=people.wanda)
    services.answer(found, said, "not", "No.", by=people.wanda)
    services.answer(found, said, "partly", "After all.", by=people.lena)

    assert [(one.verdict, one.reasons) for one in CommentAnswer.objects.all()] == [("partly", "After all.")]


def test_comments_end_with_the_day(people, found):
    day_is_over(found)

    with pytest.raises(ValidationError, match="no more comments"):
        services.comment(found, {0: "Too late."}, by=people.marko)


@pytest.mark.parametrize(("typed", "why"), [({}, "at least one"), ({0: "  "}, "at least one"), ({7: "?"}, "no such")])
def test_what_is_no_comment_is_refused(people, found, typed, why):
    with pytest.raises(ValidationError, match=why):
        services.comment(found, typed, by=people.marko)


def test_the_same_words_sent_twice_are_kept_once(people, found):
    for _click in range(2):
        services.comment(found, {0: "Known."}, by=people.marko)

    assert [[one.comment.text for one in row.said] for row in selectors.questions(found)] == [["Known."], *[[]] * 6]


def test_one_round_at_a_time_and_none_in_the_past(people, submitted):
    with pytest.raises(ValidationError, match="over"):
        services.ask(submitted, timezone.localdate() - timedelta(days=1), by=people.wanda)
    opened(submitted, people.wanda)

    with pytest.raises(ValidationError, match="open round already"):
        opened(submitted, people.wanda)


def test_no_version_is_approved_while_partners_are_asked_about_it(people, submitted, found):
    version = submitted.versions.get()
    with pytest.raises(ValidationError, match="Close that round first"):
        mechanisms.approve(submitted, version.sha256, by=people.lena)
    day_is_over(found)
    services.close(found, "Nobody wrote.", by=people.wanda)

    assert mechanisms.approve(submitted, version.sha256, by=people.lena).state == "approved"


def test_a_change_meanwhile_leaves_the_version_that_is_discussed(people, submitted, found):
    mechanisms.change(submitted, by=people.wanda, terms=TERMS, **texts("Something else"))

    page = browser_of(people.marko).get(found.get_absolute_url())
    assert (page.status_code, str(page.context["title"])) == (200, "Framework agreements")


def test_everybody_reads_what_came_of_closed_rounds_in_numbers(people):
    held = published(people.wanda, people.lena)
    found = opened(held, people.wanda)
    (said,) = services.comment(found, {0: "Only for members."}, by=people.marko)
    services.answer(found, said, "partly", "A little.", by=people.wanda)
    before = selectors.outcomes(people.guest, held)
    day_is_over(found)
    services.close(found, "A little.", by=people.wanda)

    (after,) = selectors.outcomes(people.guest, held)
    assert (before, after.comments, after.verdicts, after.is_open_to_reader) == ([], 1, [("Partly accepted", 1)], False)
    page = browser_of(people.guest).get(held.get_absolute_url()).content.decode()
    assert ("Only for members" in page, "A little." in page) == (False, True)


def test_the_last_day_is_in_the_calendar_of_who_may_comment(people, found):
    now = timezone.now()
    entries = {
        name: [row.address for row in closing(person, now, now + timedelta(weeks=3))] for name, person in people.each()
    }

    assert [name for name, told in entries.items() if told] == ["lena", "wanda", "marko", "ana"]
    assert entries["marko"] == [found.get_absolute_url()]
    assert list(closing(people.marko, now, now + timedelta(weeks=1))) == []


def test_who_is_told(people, found):
    (said,) = services.comment(found, {0: "Known."}, by=people.ana)
    services.answer(found, said, "accepted", "Yes.", by=people.wanda)
    day_is_over(found)
    services.close(found, "Done.", by=people.lena)
    settle()

    told = Notice.objects.filter(kind__startswith="pilots.", channel="site").exclude(kind="pilots.mechanism_submitted")
    assert sorted(told.values_list("kind", "recipient__name")) == [
        ("pilots.comment_answered", "Ana"),
        ("pilots.round_closed", "Ana"),
        ("pilots.round_commented", "Wanda"),
        ("pilots.round_opened", "Ana"),
        ("pilots.round_opened", "Lena"),
        ("pilots.round_opened", "Marko"),
    ]


def test_from_asking_to_closing(people, submitted):
    wanda, marko = browser_of(people.wanda), browser_of(people.marko)
    day = timezone.localdate() + timedelta(days=20)
    ask = reverse("pilots:ask_round", args=[submitted.pk])
    refused = wanda.post(ask, {"closes_on": "2020-01-01"})
    wanda.post(ask, {"closes_on": day.isoformat()})
    found = ReflectiveRound.objects.get()
    page = found.get_absolute_url()
    empty = marko.post(f"{page}say/", {})
    marko.post(f"{page}say/", {"q0": "Known.", "q5": "Fewer papers."})
    comments = selectors.comments_in(found)
    bare = wanda.post(f"{page}comments/{comments[0].pk}/", {"verdict": "accepted", "reasons": ""})
    for comment in comments:
        wanda.post(f"{page}comments/{comment.pk}/", {"verdict": "accepted", "reasons": "Yes."})
    day_is_over(found)
    response = wanda.post(f"{page}close/", {"summary": "Two things."}, follow=True)

    assert [one.status_code for one in (refused, empty, bare, response)] == [400, 400, 400, 200]
    assert [row.is_closed for row in selectors.rounds(people.marko)] == [True]
    assert [browser_of(person).get(page).status_code for person in (people.marko, people.petra)] == [200, 404]
    assert browser_of(people.guest).get(page).status_code == 302


def test_as_many_queries_for_three_as_for_one(people):
    opened(published(people.wanda, people.lena), people.wanda)
    marko, address = browser_of(people.marko), reverse("pilots:rounds")
    queries(marko, address)  # what the process keeps is read once
    one = queries(marko, address)
    for title in ("Second", "Third"):
        held = mechanism(people.wanda, title)
        approved(held, people.wanda, people.lena)
        opened(held, people.wanda)

    assert queries(marko, address) == one


def test_an_earlier_round_is_answered_before_the_next_version_stands(people, found, submitted):
    services.comment(found, {0: "What of small regions?"}, by=people.marko)
    mechanisms.change(submitted, by=people.wanda, terms=TERMS, **texts(problem="Small regions are left out."))
    version = mechanisms.submit(submitted, by=people.wanda)

    with pytest.raises(ValidationError, match="Close that round first"):
        mechanisms.approve(submitted, version.sha256, by=people.lena)


def test_a_round_on_what_is_approved_is_closed_before_it_is_published(people):
    held = mechanism(people.wanda)
    approved(held, people.wanda, people.lena)
    opened(held, people.wanda)

    with pytest.raises(ValidationError, match="Close that round first"):
        mechanisms.publish(held, by=people.lena)


def test_guests_are_told_of_rounds_on_published_versions_alone(people):
    held = published(people.wanda, people.lena)
    mechanisms.change(held, by=people.wanda, terms=TERMS, **texts(problem="Small regions are left out."))
    version = mechanisms.submit(held, by=people.wanda)
    services.close(day_is_over(opened(held, people.wanda)), "Nothing was said.", by=people.wanda)
    mechanisms.send_back(held, version.sha256, by=people.lena, remarks="Shorter.")

    assert [len(selectors.outcomes(one, held)) for one in (people.wanda, people.guest)] == [1, 0]
