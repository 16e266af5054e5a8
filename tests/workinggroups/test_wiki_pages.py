"""The wiki as people use it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from platform_core.materials.drafts.models import Draft
from platform_core.materials.trails.models import WebAddress
from platform_core.programme.search import selectors as search
from tests.factories.workinggroups import group
from tests.people import browser_of
from tests.settling import settle
from workinggroups.models import MadeFile, WikiPage
from workinggroups.selectors import wiki as selectors
from workinggroups.services import wiki as services

pytestmark = pytest.mark.django_db

WIKI = "/en/groups/4/wiki/"
TEXT = "# Who\n\n[[Calls]]\n"


def page(by, title: str = "Funding", text: str = TEXT, **fields) -> WikiPage:
    return services.create(group(), title, text, by=by, **fields)


def own(made: WikiPage, part: str = "") -> str:
    return f"/en/groups/wiki/{made.pk}/{part}"


def statuses(people, address: str) -> dict[str, int]:
    found = {name: browser_of(person).get(address) for name, person in people.each()}
    return {name: answer.status_code for name, answer in found.items() if answer.getvalue() is not None}


def picture(name: str = "Map of 4.png") -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (4, 2)).save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue())


def test_a_page_is_written_from_a_link_to_it_and_changed(people):
    browser = browser_of(people.wanda)
    above = page(people.wanda)
    form = browser.get(f"{WIKI}new/?title=Calls&parent={above.pk}").context["form"]
    typed = {"title": form["title"].value(), "parent": form["parent"].value(), "language": "en", "text": "One.\n"}
    made = browser.post(f"{WIKI}new/", typed).url
    calls = WikiPage.objects.get(slug="calls")
    changed = browser.post(own(calls, "change/"), {"base": "1", "title": "Tenders", "text": "Two.\n"})
    calls.refresh_from_db()

    assert (made, calls.parent, changed.url) == (f"{WIKI}calls/", above, f"{WIKI}tenders/")
    assert browser.get(f"{WIKI}calls/").url == f"{WIKI}tenders/"
    assert [node.page.title for node in browser.get(WIKI).context["tree"][0].below] == ["Tenders"]


def test_who_reads_what(people):
    made = page(people.wanda)
    inside = dict.fromkeys(("lena", "wanda"), 200)
    closed = statuses(people, made.get_absolute_url())
    services.mark(made, "public", by=people.wanda)

    assert closed == {**dict.fromkeys(("marko", "ana", "petra", "carl", "guest"), 404), **inside}
    assert set(statuses(people, made.get_absolute_url()).values()) == {200}
    outside = {**dict.fromkeys(("marko", "ana", "petra", "carl"), 403), "guest": 302}
    for part in ("history/", "compare/", "revisions/1/", "change/"):
        assert statuses(people, own(made, part)) == {**outside, **inside}
    for part in ("new/", "links/", "trash/"):
        assert statuses(people, WIKI + part) == {**outside, **inside}


def test_guests_see_no_names_no_other_pages_and_no_count_of_them(people):
    hidden = page(people.wanda, "Hidden plan")
    made = page(people.wanda, "Open", "[[Hidden plan|the plan]]", parent=hidden)
    page(people.wanda, "Vouchers", "[[Open]]")
    services.mark(made, "public", by=people.wanda)
    guest = browser_of(people.guest)

    bodies = [guest.get(address).content.decode() for address in (WIKI, made.get_absolute_url(), f"{WIKI}?q=plan")]

    assert [word in body for body in bodies for word in ("Hidden plan", "Vouchers", "Wanda")] == [False] * 9


def test_a_conflict_shows_both_and_is_kept_when_chosen(people):
    made = page(people.wanda, text="One.\n")
    services.change(made, "Eins.\n", 1, by=people.lena)
    browser, typed = browser_of(people.wanda), {"base": "1", "title": "Funding", "text": "1.\n"}

    told = browser.post(own(made, "change/"), typed)
    form = told.context["form"]
    kept = browser.post(own(made, "change/"), typed | {"base": form["base"].value(), "text": "Eins und 1.\n"})
    made.refresh_from_db()

    assert (told.status_code, form["text"].value()) == (400, "<<<<<<< Yours\n1.\n=======\nEins.\n>>>>>>> Lena\n")
    assert (kept.status_code, made.number, made.text) == (302, 3, "Eins und 1.\n")


def test_a_double_click_makes_one_revision(people):
    made = page(people.wanda, text="One.\n")
    typed = {"base": "1", "title": "Funding", "text": "Two.\n"}

    answers = [browser_of(people.wanda).post(own(made, "change/"), typed).status_code for _click in range(2)]

    assert (answers, made.revisions.count()) == ([302, 302], 2)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": " ", "text": "x"}, "title"),
        ({"title": "T", "text": "![](a.png)"}, "text"),
        ({"title": "T" * 201, "text": "x"}, "title"),
        ({"title": "T", "text": "x" * 190_001}, "text"),
        ({"title": "T", "text": "x", "base": "99"}, "__all__"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_kept(people, typed, field):
    made = page(people.wanda)

    told = browser_of(people.wanda).post(own(made, "change/"), {"base": "1"} | typed)

    assert (told.status_code, list(told.context["form"].errors), made.revisions.count()) == (400, [field], 1)


def test_a_look_at_it_keeps_nothing(people):
    made = page(people.wanda)
    typed = {"base": "1", "title": "Funding", "text": "**New** [[Funding]]", "preview": "1"}

    shown = browser_of(people.wanda).post(own(made, "change/"), typed)
    fresh = browser_of(people.wanda).post(
        f"{WIKI}new/", {"title": "A", "language": "en", "text": "*b*", "preview": "1"}
    )

    assert (shown.status_code, fresh.context["preview"]) == (200, "<p><em>b</em></p>\n")
    assert shown.context["preview"].startswith("<p><strong>New</strong> <a href=")
    assert WikiPage.objects.get().number == 1


def test_what_was_typed_and_not_sent_is_there_again(people):
    made, browser = page(people.wanda, text="One.\n"), browser_of(people.wanda)
    typed = {"base": "1", "title": "Funding", "text": "Two.\n", "keep_draft": "1", "draft_version": "0"}
    browser.post(own(made, "change/"), typed)
    services.change(made, "One.\n\nThree.\n", 1, by=people.lena)
    form = browser.get(own(made, "change/")).context["form"]
    again = {name: form[name].value() for name in ("base", "title", "text")}
    sent = browser.post(own(made, "change/"), again | {"text": "Two.\n"})

    assert (again, sent.status_code) == ({"base": "1", "title": "Funding", "text": "Two.\n"}, 400)
    assert Draft.objects.count() == 1
    browser.post(own(made, "forget/"))
    assert browser.get(own(made, "change/")).context["form"]["text"].value() == "One.\n\nThree.\n"


def test_pictures_belong_to_a_page_and_are_shown_in_it(people):
    made, browser = page(people.wanda), browser_of(people.wanda)
    browser.post(own(made, "attach/"), {"file": picture()})
    services.change(made, "![A map](map-of-4.png)", 1, by=people.wanda)
    (place,) = browser.get(made.get_absolute_url()).context["discussed"].places
    address = own(made, "files/map-of-4.png")
    wrong = browser.post(own(made, "attach/"), {"file": SimpleUploadedFile("x.png", b"no picture")})

    assert (place.passage.html.strip(), wrong.status_code) == (
        f'<p><img src="{address}" alt="A map" loading="lazy"></p>',
        400,
    )
    assert statuses(people, address) == {
        **dict.fromkeys(("lena", "wanda"), 200),
        **dict.fromkeys(("marko", "ana", "petra", "carl", "guest"), 404),
    }
    assert browser.get(own(made, "files/x%00.png")).status_code == 404
    browser.post(own(made, "files/map-of-4.png/detach/"))
    assert made.files.count() == 0


def test_restore_compare_move_mark_and_trash_by_clicks(people):
    made, other, browser = page(people.wanda, text="One."), page(people.wanda, "Other"), browser_of(people.wanda)
    browser.post(own(made, "change/"), {"base": "1", "title": "Funding", "text": "Two."})
    changes = browser.get(own(made, "compare/")).context["changes"]
    browser.post(own(made, "revisions/1/restore/"), {"base": "2"})
    browser.post(own(made, "move/"), {"parent": other.pk})
    circle = browser.post(own(other, "move/"), {"parent": made.pk})
    browser.post(own(made, "mark/"), {"marking": "members"})
    browser.post(own(made, "discard/"))
    made.refresh_from_db()

    assert [is_title for is_title, _pieces in changes] == [False]
    assert (made.text, made.parent, made.marking, circle.status_code) == ("One.", other, "members", 400)
    assert [one.pk for one in browser.get(f"{WIKI}trash/").context["rows"]] == [made.pk]


def test_links_that_lead_nowhere_are_told(people):
    made = page(people.wanda, text="[[Calls]] https://example.org/gone")
    WebAddress.objects.update(status=404)
    browser = browser_of(people.wanda)

    shown = browser.get(f"{WIKI}links/").context

    assert (shown["missing"], shown["lost"]) == ([("Calls", [made])], [("https://example.org/gone", [made])])
    assert [one.address for one in browser.get(made.get_absolute_url()).context["broken"]] == [
        "https://example.org/gone"
    ]


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_page_and_the_whole_wiki_are_taken_along(people, kind):
    made, browser = page(people.wanda), browser_of(people.wanda)
    page(people.wanda, "Calls", parent=made)
    addresses = [
        browser.post(f"{WIKI}export/", {"kind": kind}).url,
        browser.post(own(made, "export/"), {"kind": kind}).url,
    ]
    settle()

    sent = [b"".join(browser.get(f"{address}file/").streaming_content)[:4] for address in addresses]
    jobs = [browser.get(address).context["job"].result["things"] for address in addresses]

    assert (sent, jobs) == ([{"docx": b"PK\x03\x04", "pdf": b"%PDF"}[kind]] * 2, [2, 1])
    assert browser_of(people.lena).get(addresses[0]).status_code == 404


def test_an_export_holds_what_its_asker_sees(people):
    page(people.wanda, "Secret")
    services.mark(page(people.wanda, "Open"), "members", by=people.wanda)
    browser_of(people.ana).post(f"{WIKI}export/", {"kind": "docx"})
    wrong = browser_of(people.ana).post(f"{WIKI}export/", {"kind": "exe"}, follow=True)
    settle()
    browser = browser_of(people.ana)

    shown = browser.get(MadeFile.objects.get().get_absolute_url())

    assert shown.context["job"].result["things"] == 1
    assert [str(told) for told in wrong.context["messages"]] == ["Please choose one of: docx, pdf."]


def test_search_finds_pages_for_those_who_see_them(people):
    page(people.wanda, "Zebra crossings", "Stripes everywhere.")
    settle()

    found = {
        name: len(search.find(person, search.Question("stripes", selectors.LABEL, {})).entries)
        for name, person in people.each()
    }
    shown = browser_of(people.wanda).get(f"{WIKI}?q=zebra").context["found"]

    assert found == {name: int(name in {"lena", "wanda"}) for name in found}
    assert [str(entry.title) for entry, _address in shown] == ["Zebra crossings"]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_lists_take_as_many_queries_for_one_as_for_many(people, number, django_assert_max_num_queries):
    for place in range(number):
        made = page(people.wanda, f"Page {place}", "[[Page 0]] [[Missing]]")
    for place in range(number):
        services.change(made, f"Text {place} [[Page 0]]", place + 1, by=people.wanda)
    browser = browser_of(people.wanda)
    browser.get(WIKI)

    for address, most in (
        (WIKI, 12),
        (made.get_absolute_url(), 32),
        (own(made, "history/"), 14),
        (f"{WIKI}links/", 14),
    ):
        with django_assert_max_num_queries(most):
            assert browser.get(address).status_code == 200
