"""The forum as people use it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from platform_core.exchange.discussions.models import Category, Post, Thread
from platform_core.exchange.discussions.selectors import threads as discussions
from platform_core.exchange.discussions.services import moderation, posts, threads as services
from platform_core.identity.access.services import add_key
from platform_core.materials.drafts.models import Draft
from platform_core.programme.search import selectors as search
from platform_core.programme.search.models import SearchPage
from tests.consultations.views.pages import texts
from tests.factories.forum import FORUM, category, first, post, thread
from tests.people import browser_of
from tests.settling import settle
from workinggroups.selectors import forum as selectors

pytestmark = pytest.mark.django_db

WORDS = ("stripes", "manes", "tails", "hooves")
PLACE = "/en/groups/4/forum/"


def own(made: Thread, part: str = "") -> str:
    return f"/en/groups/threads/{made.pk}/{part}"


def at(said: Post, part: str = "") -> str:
    return f"/en/groups/posts/{said.pk}/{part}"


def statuses(people, address: str) -> dict[str, int]:
    found = {name: browser_of(person).get(address) for name, person in people.each()}
    return {name: answer.status_code for name, answer in found.items() if answer.getvalue() is not None}


INSIDE = {"lena": 200, "wanda": 200}
HIDDEN = dict.fromkeys(("marko", "ana", "petra", "carl", "guest"), 404)
REFUSED = {**dict.fromkeys(("marko", "ana", "petra", "carl"), 403), "guest": 302}


def test_a_thread_is_started_looked_at_and_answered(people):
    browser, held = browser_of(people.wanda), category(people.wanda)
    typed = {"title": "Vouchers", "category": held.pk, "language": "en", "text": "**Who** has tried?"}
    shown = browser.post(f"{PLACE}new/", typed | {"preview": "1"})
    files = [SimpleUploadedFile("a.txt", b"One."), SimpleUploadedFile("b.txt", b"Two.")]
    started = browser.post(f"{PLACE}new/", typed | {"files": files})
    made = Thread.objects.get()
    answered = browser_of(people.lena).post(
        at(first(made), "answer/"), {"language": "de", "text": "Wir", "told": [people.wanda.pk]}, follow=True
    )
    said = made.posts.get(author=people.lena)

    assert (shown.context["preview"], started.url) == ("<p><strong>Who</strong> has tried?</p>\n", own(made))
    assert (made.category, [one.name for one in first(made).files.all()]) == (held, ["a.txt", "b.txt"])
    assert (said.answers_to, said.language, answered.redirect_chain[-1][0]) == (
        first(made),
        "de",
        f"{own(made)}#post-{said.pk}",
    )
    assert [one.person for one in said.mentions.all()] == [people.wanda]


@pytest.mark.parametrize("way", ["by name", "chosen", "nobody"])
def test_what_a_post_looks_like_names_whom_it_calls(people, way):
    made = thread(people.wanda)
    typed = {"language": "en", "preview": "1", "text": f"@{people.wanda.name}: who?" if way == "by name" else "Who?"}
    typed |= {"told": [people.wanda.pk]} if way == "chosen" else {}

    page = browser_of(people.lena).post(own(made, "write/"), typed)

    words = f"It calls {people.wanda.name}, who will be told too."
    assert texts(page, "//section[@id='preview']/p[@class='hint']") == ([] if way == "nobody" else [words])
    assert made.posts.count() == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": " ", "text": "x", "language": "en"}, "title"),
        ({"title": "T", "text": " ", "language": "en"}, "text"),
        ({"title": "T", "text": "x" * 20_001, "language": "en"}, "text"),
        ({"title": "T", "text": "x", "language": "xx"}, "language"),
        ({"title": "T", "text": "x", "language": "en", "files": SimpleUploadedFile("a.exe", b"MZ")}, "files"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_kept(people, typed, field):
    told = browser_of(people.wanda).post(f"{PLACE}new/", typed)

    assert (told.status_code, list(told.context["form"].errors), Thread.objects.count()) == (400, [field], 0)


def test_who_reads_and_who_writes(people):
    made = thread(people.wanda)
    said = first(made)
    closed = [statuses(people, address) for address in (own(made), at(said, "answer/"))]
    services.open_to(made, "public", by=people.wanda)

    assert closed == [{**HIDDEN, **INSIDE}, {**HIDDEN, "guest": 302, **INSIDE}]
    assert set(statuses(people, own(made)).values()) == {200}
    writers = {**INSIDE, "marko": 200, "ana": 200, "petra": 403, "carl": 403, "guest": 302}
    assert statuses(people, own(made, "write/")) == writers
    assert statuses(people, f"{PLACE}new/") == {**REFUSED, **INSIDE}


def test_pages_of_those_who_look_after_it_are_theirs_alone(people):
    made = thread(people.wanda)
    services.open_to(made, "public", by=people.wanda)
    parts = [own(made, f"{part}/") for part in ("move", "split", "openness", "rename")]
    parts += [f"{PLACE}moderation/", f"{PLACE}categories/", at(first(made), "moderate/")]

    assert [statuses(people, address) for address in parts] == [{**REFUSED, **INSIDE}] * 7


def test_pages_of_authors_are_theirs_alone(people):
    said = first(thread(people.wanda))
    services.open_to(said.thread, "public", by=people.wanda)

    for part in ("change/", "delete/", "object/"):
        assert statuses(people, at(said, part)) == {**REFUSED, "lena": 403, "wanda": 200}


def test_guests_are_told_no_names_and_of_no_other_thread(people):
    thread(people.wanda, "Secret plan", category=category(people.wanda, "Hidden matters"))
    made = thread(people.wanda, "Open", "@Lena knows it", category=category(people.wanda))
    services.open_to(made, "public", by=people.wanda)
    guest = browser_of(people.guest)

    bodies = [guest.get(address).content.decode() for address in (PLACE, own(made), f"{PLACE}?q=plan")]

    assert [word in body for body in bodies for word in ("Secret plan", "Wanda", "Lena", "Hidden")] == [False] * 12
    assert [one.name for one in guest.get(PLACE).context["categories"]] == ["Questions"]
    assert "@… knows it" in bodies[1]


def test_whoever_is_invited_reads_this_thread_and_finds_no_other(people):
    made, other = thread(people.wanda, "Zebra one"), thread(people.wanda, "Zebra two")
    add_key("discussions.thread", made.pk, f"person:{people.petra.pk}")
    settle()
    browser = browser_of(people.petra)

    assert [browser.get(own(one)).status_code for one in (made, other)] == [200, 404]
    assert [one.title for one in browser.get(PLACE).context["page"]] == ["Zebra one"]
    assert [str(entry.title) for entry, _address, _rows in browser.get(f"{PLACE}?q=zebra").context["found"]] == [
        "Zebra one"
    ]
    assert b"Zebra two" not in browser.get(PLACE).content


def test_a_further_post_leaves_the_others_as_they_were_found(people):
    made = thread(people.wanda, text="Zebra stripes")
    post(made, people.lena, "Zebra hooves")
    settle()
    before = dict(SearchPage.objects.values_list("text", "pk"))
    post(made, people.lena, "Zebra manes")
    posts.change(made.posts.get(text="Zebra hooves"), "Zebra tails", 1, by=people.lena, language="en")
    settle()
    after = dict(SearchPage.objects.values_list("text", "pk"))
    found = [len(search.find(people.lena, search.Question(word, selectors.LABEL, {})).entries) for word in WORDS]

    assert ({*after}, after["Zebra stripes"]) == (
        {"Zebra stripes", "Zebra tails", "Zebra manes"},
        before["Zebra stripes"],
    )
    assert found == [1, 1, 1, 0]


def test_search_leads_to_the_post_and_not_to_what_is_hidden(people):
    made = thread(people.wanda, "Vouchers")
    said = post(made, people.lena, "Stripes everywhere")
    rude = post(made, people.lena, "Spots everywhere")
    moderation.hide(rude, "Rude", by=people.wanda)
    settle()
    browser = browser_of(people.wanda)

    entry, _address, snippets = browser.get(f"{PLACE}?q=stripes").context["found"][0]
    assert (str(entry.title), [(one["address"], one["text"]) for one in snippets]) == (
        "Vouchers",
        [(at(said), "<mark>Stripes</mark> everywhere")],
    )
    assert browser.get(f"{PLACE}?q=spots").context["found"] == []
    found = {
        name: len(search.find(one, search.Question("stripes", selectors.LABEL, {})).entries)
        for name, one in people.each()
    }
    assert found == {name: int(name in INSIDE) for name in found}


def test_addresses_of_posts_survive_moving_and_splitting(people):
    made = thread(people.wanda)
    said = [post(made, people.lena, f"Post {place}") for place in range(30)]
    browser = browser_of(people.lena)
    before = browser.get(at(said[27])).url
    new = browser.post(own(made, "split/"), {"title": "New", "posts": [said[27].pk, said[28].pk]}).url
    moved = browser.post(own(made, "move/"), {"group": 1, "category": ""})
    made.refresh_from_db()

    assert (before, browser.get(at(said[27])).url) == (
        f"{own(made)}?page=2#post-{said[27].pk}",
        f"{new}#post-{said[27].pk}",
    )
    assert (moved.url, made.forum, browser.get(own(made)).status_code) == (own(made), "group:1", 200)


def test_the_reader_is_led_to_what_she_has_not_read(people):
    made = thread(people.wanda)
    browser = browser_of(people.lena)
    new = [one.is_unread for one in browser.get(PLACE).context["page"]]
    browser.get(own(made))
    read = [one.is_unread for one in browser.get(PLACE).context["page"]]
    said = post(made, people.wanda, "More")

    assert (new, read) == ([True], [False])
    assert browser.get(own(made, "unread/")).url == at(said)
    shown = browser.get(own(made)).context
    assert (shown["first_new"], browser.get(f"{PLACE}?unread=1").context["page"].object_list.count()) == (said.pk, 0)


def test_all_counts_as_read_at_once(people):
    for title in ("One", "Two"):
        thread(people.wanda, title)
    browser = browser_of(people.lena)

    browser.post(f"{PLACE}read/")

    assert browser.get(PLACE).context["unread"] == 0


def test_a_post_is_changed_deleted_and_its_versions_are_read(people):
    made = thread(people.wanda)
    said, browser = first(made), browser_of(people.wanda)
    browser.post(at(said, "change/"), {"base": 1, "text": "Better", "language": "en"})
    stale = browser.post(at(said, "change/"), {"base": 1, "text": "Worse", "language": "en"})
    history = browser.get(at(said, "history/"))
    browser.post(at(said, "delete/"))

    assert (stale.status_code, stale.context["form"]["base"].value()) == (400, "2")
    assert [[piece.kind for piece in rows] for _version, rows in history.context["pairs"]] == [["gone", "new"]]
    body = browser.get(own(made)).content.decode()
    assert ("Its author has deleted this post." in body, "Better" in body) == (True, False)
    assert browser.get(at(said, "history/")).status_code == 404


def test_files_go_with_their_post(people):
    made = thread(people.wanda, files=[SimpleUploadedFile("a.txt", b"Words.")])
    address = f"{at(first(made))}files/{first(made).files.get().pk}/a.txt"
    seen = statuses(people, address)
    moderation.hide(first(made), "Rude", by=people.wanda)

    assert (seen, browser_of(people.wanda).get(address).status_code) == ({**HIDDEN, **INSIDE}, 404)


def test_a_post_is_reported_hidden_objected_to_and_shown_again(people):
    made = thread(people.lena, "Vouchers", "Something rude")
    services.open_to(made, "members", by=people.wanda)
    said, wanda, lena = first(made), browser_of(people.wanda), browser_of(people.lena)
    browser_of(people.ana).post(at(said, "report/"), {"reason": "Rude"})
    waiting = wanda.get(PLACE).context["pending"]
    empty = wanda.post(at(said, "moderate/"), {"deed": "hide", "why": ""})
    wanda.post(at(said, "moderate/"), {"deed": "hide", "why": "Insults"})
    body = browser_of(people.ana).get(own(made)).content.decode()
    lena.post(at(said, "object/"), {"text": "A quotation"})
    objections = list(wanda.get(f"{PLACE}moderation/").context["objections"])
    wanda.post(at(said, "moderate/"), {"deed": "restore", "why": "True"})

    assert (waiting, empty.status_code, len(objections)) == (1, 400, 1)
    assert ("Something rude" in body, "The reason: Insults" in body) == (False, True)
    assert b"Something rude" in browser_of(people.ana).get(own(made)).content


def test_answers_pins_locks_titles_and_audience_by_clicks(people):
    made, browser = thread(people.wanda), browser_of(people.wanda)
    said = post(made, people.lena)
    browser.post(at(said, "mark/"))
    browser.post(own(made, "put/"), {"pinned": "yes"})
    browser.post(own(made, "put/"), {"state": "locked"})
    browser.post(own(made, "rename/"), {"title": "Cheques"})
    browser.post(own(made, "openness/"), {"openness": "members"})
    made.refresh_from_db()
    told = (made.answer, made.is_pinned, made.state, made.title, made.openness)
    browser.post(at(said, "unmark/"))
    made.refresh_from_db()

    assert (told, made.answer) == ((said, True, "locked", "Cheques", "members"), None)


def test_categories_are_made_changed_and_archived(people):
    browser = browser_of(people.wanda)
    browser.post(f"{PLACE}categories/", {"name": "Questions", "place": 1})
    again = browser.post(f"{PLACE}categories/", {"name": "Questions", "place": 2})
    held = Category.objects.get()
    browser.post(f"{PLACE}categories/{held.pk}/", {"name": "Old", "place": 3, "archived": "on"})
    held.refresh_from_db()

    assert (again.status_code, held.name, held.place, held.archived_on is not None) == (400, "Old", 3, True)


TRANSLATED = {"shown": "en", "base": 0, "version": 1}


def test_two_translators_see_each_other_s_text(people):
    said = first(thread(people.wanda, text="Wer hat sie?", language="de"))
    browser, other = browser_of(people.lena), browser_of(people.wanda)
    begun = browser.get(at(said, "translate/")).context["form"].initial
    other.post(at(said, "translate/"), {**begun, "text": "Who has them?"})
    stopped = browser.post(at(said, "translate/"), {**begun, "text": "Who owns them?"})
    form = stopped.context["form"]
    shown = (stopped.context["meanwhile"].text, form["text"].value(), form["base"].value())
    kept = browser.post(at(said, "translate/"), {**begun, "base": "1", "text": "Who owns them?"})

    assert (stopped.status_code, shown) == (400, ("Who has them?", "Who owns them?", "1"))
    assert (kept.status_code, said.translations.get().text) == (302, "Who owns them?")


def test_a_translation_into_another_language_than_begun_overwrites_none(people):
    said = first(thread(people.wanda, text="Wer hat sie?", language="de"))
    for language, text in (("en", "Who?"), ("it", "Chi?")):
        posts.translate(said, language, text, by=people.wanda)
    begun = browser_of(people.lena).get(at(said, "translate/")).context["form"].initial
    stopped = browser_of(people.lena).post(at(said, "translate/"), {**begun, "language": "it", "text": "Chi li ha?"})

    assert (stopped.status_code, stopped.context["meanwhile"].text) == (400, "Chi?")
    assert stopped.context["form"]["shown"].value() == "it"


def test_a_translation_is_shown_to_who_reads_that_language(people):
    said = first(thread(people.wanda, text="Wer hat sie?", language="de"))
    browser_of(people.lena).post(at(said, "translate/"), {**TRANSLATED, "language": "en", "text": "Who has them?"})
    posts.change(said, "Wer noch?", 1, by=people.wanda, language="de")

    shown = browser_of(people.lena).get(own(said.thread)).context["posts"][0]

    assert (shown.own.words, shown.own.is_stale) == ("Who has them?", True)


def test_what_was_typed_and_not_sent_is_there_again(people):
    made, browser = thread(people.wanda), browser_of(people.lena)
    browser.post(own(made, "write/"), {"text": "Half a th", "language": "de", "keep_draft": "1", "draft_version": "0"})
    form = browser.get(own(made)).context["form"]
    quote = browser_of(people.wanda).get(f"{at(first(made), 'answer/')}?quote").context["form"]
    browser.post(own(made, "write/"), {"text": "A thought", "language": "de"})

    assert (form["text"].value(), form["language"].value(), Draft.objects.count()) == ("Half a th", "de", 0)
    assert quote["text"].value() == "> Who has tried them?\n\n"


def test_hostile_text_is_shown_as_text(people):
    made = thread(
        people.wanda,
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)> [x](javascript:alert(1)) ![y](http://e.org/t.png)",
    )

    html = browser_of(people.wanda).get(own(made)).content.decode()

    assert [bad in html for bad in ("<script>alert", "<img src=x", 'href="javascript', 't.png"')] == [False] * 4


@pytest.mark.parametrize("number", [1, 3, 30])
def test_pages_take_as_many_queries_for_one_as_for_many(people, number, django_assert_max_num_queries):
    made = thread(people.wanda)
    for place in range(number):
        post(made, people.lena, f"Post {place} @Wanda")
    Thread.objects.bulk_create(
        Thread(forum=FORUM, title=f"T{place}", language="en", started_at=made.started_at, last_at=made.last_at)
        for place in range(number)
    )
    for one in Thread.objects.all():
        services.show(one)
    browser = browser_of(people.wanda)
    browser.get(own(made))

    for address, most in ((PLACE, 22), (own(made), 48), (f"{PLACE}moderation/", 16)):
        with django_assert_max_num_queries(most):
            assert browser.get(address).status_code == 200
    assert discussions.in_forum(people.wanda, FORUM).count() == number + 1
