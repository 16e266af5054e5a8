"""Comments on pages and paragraphs of documents."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from platform_core.exchange.discussions.models import Comment
from platform_core.exchange.messaging.models import Notice
from tests.factories.workinggroups import approved, change, file_document, page, upload
from tests.people import browser_of
from tests.platform_core.materials.files import samples
from tests.settling import settle
from workinggroups.selectors import comments as selectors
from workinggroups.services import comments as services, documents, reviews

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def address(document) -> str:
    return f"{document.get_absolute_url()}comments/"


def say(person, document, text: str, anchor: int | str = ""):
    return browser_of(person).post(address(document), {"text": text, "anchor": anchor})


def read(document):
    return selectors.document_read(document.made_by, document.pk)


def places(document, **how) -> list[tuple]:
    """Number, what stands there now, and what was said; of a comment on an earlier text what stood there."""
    found = selectors.said_of(read(document), **how)
    rows = [(None, "", found.whole), *((one.passage.number, one.passage.words, one) for one in found.spoken)]
    rows.append((0, "", found.gone))
    return [
        (number, words, [(said.comment.text, said.quote) if said.quote else said.comment.text for said in place.said])
        for number, words, place in rows
        if place.said
    ]


def test_comments_stand_beside_what_they_are_about(people):
    made = page(people.wanda, "First.\n\nSecond.\n\nThird.")
    for text, anchor in (("On three", 3), ("On one", 1), ("On all", "")):
        say(people.lena, made, text, anchor)

    assert places(made) == [
        (None, "", ["On all"]),
        (1, "First.", ["On one"]),
        (3, "Third.", ["On three"]),
    ]


def test_comments_follow_what_they_are_about_and_tell_what_has_changed(people):
    made = page(people.wanda, "First.\n\nEvery region pays for two visits.\n\nThird.\n\nThird.")
    for anchor in (1, 2, 3, 4):
        say(people.lena, made, f"On {anchor}", anchor)
    change(made, people.wanda, text="New.\n\nThird.\n\nEvery region pays for three visits.\n\nMore.\n\nThird.")
    say(people.lena, made, "On the new one", 1)

    assert places(made) == [
        (1, "New.", ["On the new one"]),
        (2, "Third.", ["On 3"]),
        (3, "Every region pays for three visits.", [("On 2", "Every region pays for two visits.")]),
        (5, "Third.", ["On 4"]),
        (0, "", [("On 1", "First.")]),
    ]


def test_what_was_commented_on_is_the_version_that_was_read(people):
    made = page(people.wanda, "First.\n\nSecond.")
    change(made, people.wanda, text="Inserted.\n\nFirst.\n\nSecond.")

    browser_of(people.lena).post(address(made), {"text": "Late", "anchor": 2, "version": "1.0"})

    assert places(made) == [(3, "Second.", ["Late"])]


@pytest.mark.parametrize(
    "anchor", ["0", "4", "-1", "100001", "99999999999999999999", "one", "text-abc", "\u0662", "1.5"]
)
def test_what_is_not_there_is_not_commented_on(people, anchor):
    made = page(people.wanda, "First.\n\n---\n\nThird.")

    told = say(people.lena, made, "Here", anchor)

    assert (told.status_code, Comment.objects.count()) == (400, 0)
    assert "Here" in told.content.decode()


def test_a_line_across_is_not_commented_on(people):
    made = page(people.wanda, "First.\n\n---\n\nThird.")

    assert [say(people.lena, made, "Here", anchor).status_code for anchor in (1, 2, 3)] == [302, 400, 302]


@pytest.mark.parametrize("query", ["?on=99", "?on=x", "?on=-1", "?on=999999999&version=9.9", "?on=1&version=%00"])
def test_hostile_addresses_open_an_empty_form(people, query):
    made = page(people.wanda, "First.")

    assert browser_of(people.lena).get(f"{address(made)}{query}").status_code == 200


def test_pages_of_files_are_commented_on(people):
    made = file_document(people.wanda, samples.pdf("One", "Two"), "plan.pdf")
    settle()

    told = [say(people.lena, made, "Here", anchor).status_code for anchor in (2, 3, 0)]

    assert (told, places(made)) == ([302, 400, 400], [(2, "Two 2", ["Here"])])


def test_comments_on_pages_follow_their_text_and_otherwise_stay_with_their_number(people):
    made = file_document(people.wanda, samples.pdf("One", "Two", "Three"), "plan.pdf")
    settle()
    for anchor in (1, 2, 3):
        say(people.lena, made, f"On {anchor}", anchor)
    documents.change(made, by=people.wanda, base="1.0", file=upload(samples.pdf("One", "Else"), "plan.pdf"))
    settle()

    assert places(made) == [
        (1, "Sample One 1", ["On 1"]),
        (2, "Else 2", [("On 2", "Two 2")]),
        (0, "", [("On 3", "Three 3")]),
    ]


def test_who_comments(people):
    made = file_document(people.wanda)
    approved(made, people.wanda, people.lena, timezone.localdate() + timedelta(days=7))
    documents.mark(made, by=people.wanda, marking="public")

    assert {name: browser_of(person).get(address(made)).status_code for name, person in people.each()} == {
        **dict.fromkeys(("lena", "wanda"), 200),
        **dict.fromkeys(("marko", "ana", "petra", "carl"), 403),
        "guest": 302,
    }


def test_whoever_is_asked_to_review_comments(people):
    made = file_document(people.wanda)
    before = say(people.marko, made, "Early").status_code
    reviews.ask(made, [people.marko], by=people.wanda, due_on=timezone.localdate())

    assert (before, say(people.marko, made, "Now").status_code) == (404, 302)


def test_comments_are_answered_settled_and_opened_again(people):
    made = page(people.wanda)
    say(people.lena, made, "Change this")
    said = Comment.objects.get()
    browser = browser_of(people.wanda)

    browser.post(f"{address(made)}{said.pk}/answer/", {"text": "Done"})
    browser.post(f"{address(made)}{said.pk}/settle/", {"settled": "1"})
    settled = places(made, only_open=True)
    browser.post(f"{address(made)}{said.pk}/settle/", {"open": "1"})

    assert (settled, places(made, only_open=True), [one.text for one in said.replies.all()]) == (
        [],
        [(None, "", ["Change this"])],
        ["Done"],
    )


def test_an_empty_answer_is_told(people):
    made = page(people.wanda)
    say(people.lena, made, "Change this")

    told = browser_of(people.wanda).post(
        f"{address(made)}{Comment.objects.get().pk}/answer/", {"text": " "}, follow=True
    )

    assert [str(message) for message in told.context["messages"]] == ["Please write something."]


def test_what_is_hidden_shows_its_reason_instead(people):
    made = page(people.wanda)
    say(people.lena, made, "Something rude")
    hidden = f"{address(made)}{Comment.objects.get().pk}/hide/"

    browser_of(people.wanda).post(hidden, {"why": "Rude"})

    body = browser_of(people.lena).get(address(made)).content.decode()
    assert ("Something rude" in body, "Rude" in body, list(selectors.table(made))) == (False, True, [])


def test_the_comment_table_is_taken_along(people):
    made = page(people.wanda)
    say(people.lena, made, "=1+1", 2)
    browser_of(people.wanda).post(f"{address(made)}{Comment.objects.get().pk}/answer/", {"text": "Done"})

    sent = browser_of(people.wanda).get(f"{address(made)}?csv")

    rows = b"".join(sent.streaming_content).decode("utf-8-sig").splitlines()
    assert rows == [
        "Number,Version,Place,Who,Organisation,Comment,Answers,Settled on",
        "1,1.0,2,Lena,Organisation org-lena,'=1+1,Done,",
    ]


def test_the_comment_table_is_in_the_order_of_the_text(people):
    made = page(people.wanda, "First.\n\n- One\n- Two\n\nLast.")
    for anchor in (3, 200_002, 2, ""):
        say(people.lena, made, "Here", anchor)

    assert [row[2] for row in selectors.table(made)] == ["", "2", "2.2", "3"]


def test_who_is_told_of_a_comment(people):
    made = page(people.wanda)
    change(made, people.lena, text="Other.")
    say(people.wanda, made, "Why?")
    settle()

    told = Notice.objects.filter(kind="workinggroups.commented", channel="site")
    assert list(told.values_list("recipient__name", flat=True)) == ["Lena"]


def test_comments_of_another_document_are_not_there(people):
    one, other = page(people.wanda), page(people.wanda, title="Other")
    say(people.lena, one, "Here")

    wrong = browser_of(people.wanda).post(f"{address(other)}{Comment.objects.get().pk}/settle/", {"settled": "1"})

    assert wrong.status_code == 404


def test_comments_that_counted_empty_lines_are_about_the_same_words_as_before(people):
    made = page(people.wanda, "# Aim\nWe pay.\n\n- one\n\n- two\n\nLast.")
    said = [services.say(made, f"On {anchor}", by=people.lena, version="1.0", anchor=anchor) for anchor in (1, 2, 3, 4)]

    import_module("workinggroups.migrations.0020_comments_by_passage").to_passages(apps, None)

    words = {one.number: one.words for one in read(made).passages}
    assert [words[Comment.objects.get(pk=one.pk).anchor] for one in said] == ["We pay.", "one two", "one two", "Last."]
