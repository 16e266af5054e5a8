"""Reports, hiding with reasons, objections."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from platform_core.exchange.discussions.selectors import threads as selectors
from platform_core.exchange.discussions.services import moderation, posts, threads
from platform_core.exchange.messaging.models import Notice
from tests.factories.forum import FORUM, first, post, thread
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def said(people):
    made = thread(people.wanda)
    threads.open_to(made, "members", by=people.wanda)
    return post(made, people.ana, "Something rude")


def told(kind: str) -> list[str]:
    rows = Notice.objects.filter(kind=f"discussions.{kind}", channel="site")
    return list(rows.order_by("recipient__name").values_list("recipient__name", flat=True))


def test_who_reports(people, said):
    found = {name for name, person in people.each() if person.has_perm("discussions.report_post", said)}
    threads.open_to(said.thread, "public", by=people.wanda)
    said.refresh_from_db()

    assert found == {"lena", "wanda", "marko", "ana"}
    assert {name for name, person in people.each() if person.has_perm("discussions.report_post", said)} == {
        *found,
        "petra",
        "carl",
    }


def test_reports_wait_for_the_leader_once_each(people, said):
    for reason in ("Rude", "Rude!"):
        moderation.report(said, reason, by=people.marko)
    moderation.report(said, "Wrong", by=people.lena)
    settle()

    rows = list(selectors.reported(FORUM))
    assert (rows, selectors.pending(FORUM), told("reported")) == ([said], 1, ["Wanda", "Wanda"])
    assert [one.reason for one in rows[0].open_reports] == ["Rude", "Wrong"]


def test_a_report_is_answered_and_the_post_stays(people, said):
    moderation.report(said, "Rude", by=people.marko)
    moderation.leave(said, "It is only direct.", by=people.wanda)
    settle()

    assert (selectors.pending(FORUM), told("reports_answered"), said.reports.get().answer) == (
        0,
        ["Marko"],
        "It is only direct.",
    )


def test_hiding_needs_a_reason_and_the_author_is_told(people, said):
    moderation.report(said, "Rude", by=people.marko)
    with pytest.raises(ValidationError):
        moderation.hide(said, " ", by=people.wanda)
    moderation.hide(said, "Insults", by=people.wanda)
    said.refresh_from_db()
    settle()

    assert (said.hidden_because, said.is_shown, selectors.pending(FORUM)) == ("Insults", False, 0)
    assert (told("hidden"), told("reports_answered")) == (["Ana"], ["Marko"])


def test_a_hidden_post_is_no_answer_and_cannot_be_changed(people, said):
    threads.mark_answer(said.thread, said, by=people.wanda)
    moderation.hide(said, "Insults", by=people.wanda)
    said.thread.refresh_from_db()

    assert said.thread.answer is None
    with pytest.raises(ValidationError):
        posts.change(said, "Kind words", 1, by=people.ana, language="en")
    with pytest.raises(ValidationError):
        posts.delete(said, by=people.ana)


def test_the_author_objects_once_and_is_answered(people, said):
    moderation.hide(said, "Insults", by=people.wanda)
    moderation.object_to(said, "It was a quotation", by=people.ana)
    settle()
    waiting = (selectors.pending(FORUM), told("objected"))
    with pytest.raises(ValidationError):
        moderation.object_to(said, "Again", by=people.ana)
    moderation.keep_hidden(said, "Of an insult", by=people.wanda)
    settle()

    assert (waiting, selectors.pending(FORUM), told("objection_answered")) == ((1, ["Wanda"]), 0, ["Ana"])
    said.refresh_from_db()
    assert said.hidden_because == "Insults"


def test_a_restored_post_is_shown_again(people, said):
    moderation.hide(said, "Insults", by=people.wanda)
    moderation.object_to(said, "It was a quotation", by=people.ana)
    moderation.restore(said, "You are right", by=people.wanda)
    said.refresh_from_db()
    settle()

    held = said.hidings.get()
    assert (said.is_shown, held.answer, held.answered_at == held.ended_at, told("restored")) == (
        True,
        "You are right",
        True,
        ["Ana"],
    )
    with pytest.raises(ValidationError):
        moderation.restore(said, by=people.wanda)


def test_a_reported_post_is_not_deleted_before_it_was_looked_at(people, said):
    moderation.report(said, "Rude", by=people.marko)

    with pytest.raises(ValidationError):
        posts.delete(said, by=people.ana)


@pytest.mark.parametrize("name", ["marko", "ana", "petra", "carl"])
def test_others_judge_nothing(people, said, name):
    person = people.named(name)
    moderation.hide(said, "Insults", by=people.lena)

    for deed in (moderation.hide, moderation.leave, moderation.restore, moderation.keep_hidden):
        with pytest.raises(PermissionDenied):
            deed(said, "x", by=person)
    if name != "ana":
        with pytest.raises(PermissionDenied):
            moderation.object_to(said, "x", by=person)


def test_an_objection_waits_until_it_is_made(people, said):
    moderation.hide(said, "Insults", by=people.wanda)

    with pytest.raises(ValidationError):
        moderation.keep_hidden(said, "x", by=people.wanda)
    assert first(said.thread).is_shown


def test_the_words_of_a_hidden_post_leave_what_people_were_told(people, said):
    settle()
    about = Notice.objects.filter(text__contains="Something rude")
    before = about.count()

    moderation.hide(said, "Not among us.", by=people.wanda)

    assert (before > 0, about.count()) == (True, 0)
