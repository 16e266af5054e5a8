"""Members comment on records, answer questions in rounds, and read what came of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from platform_core.exchange.discussions import services
from platform_core.exchange.discussions.models import Comment, Round
from platform_core.exchange.messaging.models import Notice
from platform_core.identity.access import services as access
from repository import comments as commenting
from tests.factories.repository import record
from tests.people import browser_of, hold_anyway
from tests.platform_core.programme.search.asking import open_to
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]

PLACE = "/en/repository/vouchers/comments/"


@pytest.fixture
def vouchers(people):
    return record("Vouchers", code="vouchers", by=people.marko)


def told(person, kind: str) -> list[str]:
    settle()
    rows = Notice.objects.filter(recipient=person, kind=f"repository.{kind}", channel="site")
    return list(rows.order_by("pk").values_list("subject", flat=True))


def asked(people, vouchers, days: int = 7) -> Round:
    day = timezone.localdate() + timedelta(days=7)
    opened = services.open_round(
        vouchers, ["Does it work?", "Would it work here?"], day, by=people.marko, language="en"
    )
    Round.objects.update(closes_on=timezone.localdate() + timedelta(days=days))
    return opened


def test_members_comment_and_answer(people, vouchers):
    answer = browser_of(people.ana).post(f"{PLACE}say/", {"text": "It worked for us."})
    (comment,) = Comment.objects.all()
    browser_of(people.marko).post(f"{PLACE}say/", {"text": "Thank you.", "answers_to": comment.pk})

    assert answer["Location"] == f"{PLACE}#comment-{comment.pk}"
    (row,) = browser_of(people.wanda).get(PLACE).context["comments"]
    assert (row.text, [reply.text for reply in row.replies.all()]) == ("It worked for us.", ["Thank you."])
    assert told(people.marko, "commented") == ["New comment: Vouchers"]
    assert told(people.ana, "commented") == ["New comment: Vouchers"]


def test_who_reads_and_writes(people, vouchers):
    read = {name: browser_of(person).get(PLACE).status_code for name, person in people.each()}
    written = {
        name: browser_of(person).post(f"{PLACE}say/", {"text": "x"}).status_code for name, person in people.each()
    }

    assert read == {"lena": 200, "wanda": 200, "marko": 200, "ana": 200, "petra": 403, "carl": 403, "guest": 302}
    assert written == {"lena": 302, "wanda": 302, "marko": 302, "ana": 302, "petra": 403, "carl": 403, "guest": 302}
    assert Comment.objects.count() == 4


def test_what_may_not_be_seen_is_not_discussed(people, vouchers):
    open_to(vouchers, "role:lead_partner")

    assert browser_of(people.ana).get(PLACE).status_code == 404
    assert browser_of(people.ana).post(f"{PLACE}say/", {"text": "x"}).status_code == 404


def test_an_empty_comment_is_asked_again(people, vouchers):
    assert browser_of(people.ana).post(f"{PLACE}say/", {"text": "  "}).status_code == 422


def test_a_round_from_asking_to_summary(people, vouchers):
    access.give_role(people.ana, "wp_coordinator")
    browser = browser_of(people.marko)
    day = (timezone.localdate() + timedelta(days=7)).isoformat()
    wrong = browser.post(f"{PLACE}ask/", {"questions": " \n ", "closes_on": day})
    browser.post(f"{PLACE}ask/", {"questions": "Does it work?\n\nWould it work here?", "closes_on": day})
    again = browser.post(f"{PLACE}ask/", {"questions": "More?", "closes_on": day})
    browser_of(people.ana).post(f"{PLACE}say/", {"text": "Yes.", "question": "1"})
    assert browser_of(people.ana).post(f"{PLACE}say/", {"text": "Yes.", "question": "2"}).status_code == 404

    assert (wrong.status_code, again.status_code) == (422, 422)
    assert told(people.wanda, "comments_asked") == ["Your comments, please: Vouchers"]
    ((_round, questions),) = browser_of(people.ana).get(PLACE).context["rounds"]
    assert [(question, [one.text for one in said]) for question, said in questions] == [
        ("Does it work?", []),
        ("Would it work here?", ["Yes."]),
    ]
    assert browser.post(f"{PLACE}close/", {"summary": " "}).status_code == 422
    browser.post(f"{PLACE}close/", {"summary": "The amount was halved."})
    assert told(people.ana, "comments_summed") == ["What came of the comments: Vouchers"]
    assert browser.post(f"{PLACE}close/", {"summary": "Again."}).status_code == 404
    assert Round.objects.get().summary == "The amount was halved."


def test_nothing_is_added_after_the_day(people, vouchers):
    asked(people, vouchers, days=-1)

    assert browser_of(people.ana).get(PLACE).context["takes_comments"] is False
    assert browser_of(people.ana).post(f"{PLACE}say/", {"text": "Late.", "question": "0"}).status_code == 404


def test_who_asks_and_closes(people, vouchers):
    answers = {name: browser_of(person).get(f"{PLACE}ask/").status_code for name, person in people.each()}
    assert answers == {"lena": 200, "wanda": 200, "marko": 200, "ana": 403, "petra": 403, "carl": 403, "guest": 302}

    asked(people, vouchers)
    assert browser_of(people.ana).post(f"{PLACE}close/", {"summary": "x"}).status_code == 403


def test_a_comment_is_hidden_with_its_reason(people, vouchers):
    services.say(vouchers, "zqinsult", by=people.ana)
    comment = Comment.objects.get()
    place = f"{PLACE}{comment.pk}/hide/"

    assert browser_of(people.marko).post(place, {"why": "I do not like it"}).status_code == 403
    assert browser_of(people.wanda).post(place, {"why": ""}).status_code == 422
    browser_of(people.wanda).post(place, {"why": "Insult"})

    page = browser_of(people.marko).get(PLACE).content
    assert (b"zqinsult" in page, b"Insult" in page) == (False, True)


def test_a_comment_of_another_record_is_not_there(people, vouchers):
    other = record("Other", code="other")
    comment = services.say(other, "x", by=people.ana)

    assert browser_of(people.wanda).post(f"{PLACE}{comment.pk}/hide/", {"why": "x"}).status_code == 404
    assert browser_of(people.ana).post(f"{PLACE}say/", {"text": "x", "answers_to": comment.pk}).status_code == 404


def test_marks_are_escaped(people, vouchers):
    services.say(vouchers, "<script>alert(1)</script>", by=people.ana)

    assert b"<script>alert(1)" not in browser_of(people.marko).get(PLACE).content


def test_the_group_reads_a_draft_while_it_is_asked_and_nobody_else_is_told(people):
    draft = record("Draft", code="draft", publish=False, by=people.marko)
    hold_anyway(people.ana, "wg_expert", "group:4")
    hold_anyway(people.petra, "wg_expert", "group:4")
    place, day = "/en/repository/draft/comments/", timezone.localdate() + timedelta(days=7)
    assert browser_of(people.ana).get(place).status_code == 404

    opened = commenting.ask_comments(draft, ["Clear?"], day, by=people.marko, language="en")
    settle()

    assert {name: browser_of(person).get(place).status_code for name, person in people.each()} == {
        "lena": 200,
        "wanda": 200,
        "marko": 200,
        "ana": 200,
        "petra": 403,
        "carl": 404,
        "guest": 302,
    }
    told_to = Notice.objects.filter(kind="repository.comments_asked", channel="site").values_list("recipient__name")
    assert sorted(name for (name,) in told_to) == ["Ana", "Wanda"]
    commenting.close_comments(draft, opened, "Made clearer.", by=people.marko)
    assert browser_of(people.ana).get(place).status_code == 404


@pytest.mark.parametrize("place", [{"question": "9" * 5000}, {"answers_to": "9" * 5000}, {"answers_to": "9" * 30}])
def test_numbers_beyond_all_bounds_are_no_places(people, vouchers, place):
    assert browser_of(people.ana).post(f"{PLACE}say/", {"text": "x", **place}).status_code in (302, 404)
