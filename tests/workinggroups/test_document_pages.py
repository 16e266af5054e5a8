"""The library and the pages of documents, as people use them."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from lxml import html

from platform_core.identity.access.selectors import audience_of
from platform_core.identity.access.services import set_audience
from platform_core.materials.jobs import runner
from platform_core.people.members.invitations import activity_of
from platform_core.programme.search import selectors as selecting
from tests.factories.workinggroups import approved, change, file_document, group, page, upload
from tests.people import browser_of
from tests.platform_core.materials.files import samples
from tests.settling import settle
from workinggroups.models import Document, Folder
from workinggroups.selectors import documents as selectors
from workinggroups.services import documents as services

pytestmark = pytest.mark.django_db

LIBRARY = "/en/groups/4/documents/"


def later():
    return timezone.localdate() + timedelta(days=7)


def statuses(people, address: str) -> dict[str, int]:
    found = {name: browser_of(person).get(address) for name, person in people.each()}
    return {name: answer.status_code for name, answer in found.items() if answer.getvalue() is not None}


def test_who_enters_the_library(people):
    inside = dict.fromkeys(("lena", "wanda"), 200)
    outside = dict.fromkeys(("marko", "ana", "petra", "carl"), 403)

    assert statuses(people, LIBRARY) == {**inside, **outside, "guest": 302}


def test_another_groups_library_stays_closed(people):
    assert browser_of(people.wanda).get("/en/groups/1/documents/").status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_a_folder_takes_as_many_queries_for_one_document_as_for_three(people, number, django_assert_num_queries):
    for place in range(number):
        file_document(people.wanda, f"{place}".encode(), f"{place}.txt")
    browser = browser_of(people.wanda)
    browser.get(LIBRARY)

    with django_assert_num_queries(11):
        shown = browser.get(LIBRARY)

    assert len(shown.context["page"].object_list) == number


def test_many_files_are_brought_at_once(people):
    browser = browser_of(people.wanda)
    file_document(people.wanda, b"Old words.", "a.txt")
    files = [upload(b"New words.", "a.txt"), upload(b"More.", "b.txt"), upload(b"# Notes", "c.md")]

    sent = browser.post(f"{LIBRARY}bring/", {"files": files, "language": "en"}, follow=True)

    assert [str(told) for told in sent.context["messages"]] == [
        "2 documents were added.",
        "1 document has a new version.",
    ]
    assert sorted(Document.objects.values_list("title", flat=True)) == ["a", "b", "c"]


def test_what_is_wrong_with_one_file_names_it_and_the_folder_stays(people):
    folder = services.add_folder(group(), "Plans", by=people.wanda)
    files = [upload(), SimpleUploadedFile("program.exe", samples.PROGRAM)]

    answer = browser_of(people.wanda).post(f"{LIBRARY}{folder.pk}/bring/", {"files": files, "language": "en"})

    body = answer.content.decode()
    assert (answer.status_code, Document.objects.count()) == (400, 0)
    assert "program.exe: Files of this kind cannot be kept." in body


def test_folders_lead_up_and_down(people):
    browser = browser_of(people.wanda)
    made = browser.post(f"{LIBRARY}folder/", {"name": "Minutes"})
    inner = browser.post(f"{made.url}folder/", {"name": "2026"})
    again = browser.post(f"{made.url}folder/", {"name": "2026"})

    top, below = Folder.objects.order_by("pk")
    shown = browser.get(inner.url)
    assert (made.url, below.parent, again.status_code) == (top.get_absolute_url(), top, 400)
    assert [one.name for one in shown.context["way"]] == ["Minutes", "2026"]


def test_documents_are_found_by_words_and_state(people):
    browser = browser_of(people.wanda)
    page(people.wanda, title="Plan of work")
    page(people.wanda, title="Minutes", folder=services.add_folder(group(), "Old", by=people.wanda))

    def found(query: str) -> list[str]:
        return [one.title for one in browser.get(f"{LIBRARY}?{query}").context["page"]]

    assert [found("q=minut"), found("state=draft"), found("state=approved"), found("")] == [
        ["Minutes"],
        ["Plan of work"],
        [],
        ["Plan of work"],
    ]


def test_a_page_is_written_changed_compared_and_restored(people):
    browser = browser_of(people.wanda)
    made = browser.post(f"{LIBRARY}write/", {"title": "Plan", "language": "en", "text": "One.\n"}).url
    typed = {"base": "1.0", "title": "Plan", "language": "en", "text": "Two.\n", "note": "Better"}
    changed = browser.post(f"{made}change/", typed)
    compared = browser.get(f"{made}compare/")
    restored = browser.post(f"{made}versions/1.0/restore/", {"base": "1.1"}, follow=True)

    assert (changed.url, [one.name for one in compared.context["changes"]]) == (made, [""])
    assert [one.number for one in restored.context["versions"]] == ["1.2", "1.1", "1.0"]
    assert browser.get(f"{made}versions/1.1/").context["version"].text == "Two.\n"


def test_what_could_not_be_read_yet_is_not_told_as_gone(people):
    made = file_document(people.wanda)
    settle()
    change(made, people.wanda, file=upload(b"Other words."), note="Better")
    browser = browser_of(people.wanda)

    def shown() -> tuple[list[str], list[str]]:
        answer = browser.get(f"{made.get_absolute_url()}compare/")
        told = html.fromstring(answer.content).xpath("//main//*[contains(@class, 'alert')]//text()")
        return [one.name for one in answer.context["changes"]], [
            " ".join(part.split()) for part in told if part.strip()
        ]

    waiting = shown()
    settle()

    assert waiting == ([], ["The text of version 1.1 cannot be compared: Text is being read."])
    assert shown() == ([""], [])


def test_a_stale_form_is_told_and_keeps_what_was_typed(people):
    made = file_document(people.wanda)
    change(made, people.lena, title="Faster")
    typed = {"base": "1.0", "title": "Slower", "language": "en", "file": upload(b"Other.")}

    told = browser_of(people.wanda).post(f"{made.get_absolute_url()}change/", typed)

    assert (told.status_code, told.context["form"]["base"].value(), told.context["form"]["title"].value()) == (
        400,
        "1.1",
        "Slower",
    )
    assert "Lena has meanwhile made version 1.1." in told.content.decode()


def test_a_conflict_shows_both_and_is_kept_when_chosen(people):
    made = page(people.wanda, "One.\n")
    change(made, people.lena, text="Eins.\n")
    address, typed = (
        f"{made.get_absolute_url()}change/",
        {"base": "1.0", "title": "Plan", "language": "en", "text": "1.\n"},
    )
    browser = browser_of(people.wanda)

    told = browser.post(address, typed)
    form = told.context["form"]
    kept = browser.post(address, typed | {"base": form["base"].value(), "text": "Eins und 1.\n"})

    assert (told.status_code, form["text"].value()) == (
        400,
        "<<<<<<< Yours\n1.\n=======\nEins.\n>>>>>>> Lena\n",
    )
    assert (kept.status_code, selectors.versions(made).first().text) == (302, "Eins und 1.\n")


def test_a_double_click_makes_one_version(people):
    made = page(people.wanda, "One.\n")
    address, typed = (
        f"{made.get_absolute_url()}change/",
        {"base": "1.0", "title": "Plan", "language": "en", "text": "Two.\n"},
    )
    browser = browser_of(people.wanda)

    answers = [browser.post(address, typed).status_code for _click in range(2)]

    assert (answers, len(selectors.versions(made))) == ([302, 400], 2)


def test_one_click_deeds(people):
    made = file_document(people.wanda)
    browser, address = browser_of(people.wanda), made.get_absolute_url()
    states = []
    for name in ("check-out", "end-lock", "discard", "take-back"):
        browser.post(f"{address}{name}/")
        made.refresh_from_db()
        states.append((made.is_locked, made.trashed_on is not None))

    assert states == [(True, False), (False, False), (False, True), (False, False)]
    assert browser.get(f"{address}check-out/").status_code == 405


def test_a_file_is_looked_at_and_taken_along_by_those_who_see_it(people):
    made = file_document(people.wanda, samples.pdf("One", "Two"), "plan.pdf")
    runner.finish_waiting()
    address = f"{made.get_absolute_url()}versions/1.0/"

    for part in ("", "pages/", "pages/2.webp", "file/plan.pdf"):
        assert statuses(people, address + part) == {
            **dict.fromkeys(("lena", "wanda"), 200),
            **dict.fromkeys(("marko", "ana", "petra", "carl", "guest"), 404),
        }


def test_the_outside_sees_what_was_approved_and_no_draft_of_it(people):
    made = page(people.wanda, "First words.")
    change(made, people.wanda, text="Last words.")
    services.mark(made, by=people.wanda, marking="public")
    approved(made, people.wanda, people.lena, later())
    guest, address = browser_of(people.guest), made.get_absolute_url()

    shown = guest.get(address)

    assert [one.number for one in shown.context["versions"]] == ["1.1"]
    assert [guest.get(f"{address}versions/{number}/").status_code for number in ("1.0", "1.1")] == [404, 200]
    assert (shown.context["reviews"], any(shown.context["rights"].values())) == ([], False)
    change(made, people.wanda, text="Newer words.")
    assert guest.get(address).status_code == 404


def test_search_finds_documents_for_those_who_see_them(people):
    file_document(people.wanda, b"A zebra crossing.")
    settle()

    found = {
        name: len(selecting.find(person, selecting.Question("zebra", selectors.LABEL, {})).entries)
        for name, person in people.each()
    }

    assert found == {name: int(name in {"lena", "wanda"}) for name in found}


def test_asking_for_a_review_and_publishing_on_the_page(people):
    made = page(people.wanda)
    browser, address = browser_of(people.wanda), made.get_absolute_url()

    nobody = browser.post(f"{address}review/", {"due_on": later()})
    asked = browser.post(f"{address}review/", {"people": [people.lena.pk], "due_on": later()})
    early = browser.get(f"{address}publish/")

    made.refresh_from_db()
    assert (nobody.status_code, asked.url, early.status_code, made.state) == (400, address, 403, "in_review")


def test_a_group_page_leads_in_for_those_who_may_enter(people):
    shown = {name: browser_of(person).get("/en/groups/4/").context["may_enter"] for name, person in people.each()}

    assert shown == {name: name in {"lena", "wanda"} for name in shown}


def test_whoever_is_invited_to_a_document_reads_its_draft(people):
    made = page(people.wanda)
    set_audience(made, {*audience_of(made), f"person:{people.petra.pk}"})

    assert browser_of(people.petra).get(made.get_absolute_url()).context["version"].number == "1.0"
    assert browser_of(people.petra).get(f"{made.get_absolute_url()}change/").status_code == 403


def test_only_who_looks_after_a_document_invites_to_it(people):
    made = page(people.wanda)
    services.mark(made, by=people.wanda, marking="public")
    approved(made, people.wanda, people.lena, later())

    def may_invite(person) -> bool:
        try:
            return activity_of(person, selectors.LABEL, str(made.pk)) == (selectors.LABEL, made.pk)
        except PermissionDenied:
            return False

    members = ("lena", "wanda", "marko", "ana")
    assert {name: may_invite(people.named(name)) for name in members} == {
        "lena": True,
        "wanda": True,
        "marko": False,
        "ana": False,
    }


def test_guests_are_told_no_names_and_no_hidden_translations(people):
    made = page(people.wanda)
    services.mark(made, by=people.wanda, marking="public")
    services.translate(made, by=people.wanda, language="el", title="Κρυφό σχέδιο", text="Ένα.")
    approved(made, people.wanda, people.lena, later())

    body = browser_of(people.guest).get(made.get_absolute_url()).content.decode()

    assert ("Wanda" in body, "Κρυφό σχέδιο" in body) == (False, False)


@pytest.mark.parametrize("name", ["wanda", "guest"])
@pytest.mark.parametrize("number", [1, 30])
def test_a_document_takes_as_many_queries_for_one_version_as_for_many(
    people, name, number, django_assert_max_num_queries
):
    made = page(people.wanda)
    for place in range(number - 1):
        change(made, people.wanda, text=f"Text {place}")
    services.mark(made, by=people.wanda, marking="public")
    approved(made, people.wanda, people.lena, later())
    browser = browser_of(people.named(name))
    browser.get(made.get_absolute_url())

    with django_assert_max_num_queries({"wanda": 42, "guest": 24}[name]) as asked:
        browser.get(made.get_absolute_url())

    assert not any(
        "versions" in query["sql"] and "text" in query["sql"] for query in asked if "LIMIT 1" not in query["sql"]
    )


@pytest.mark.parametrize(("number", "folded"), [(10, 0), (13, 3)])
def test_older_versions_are_folded_and_none_is_left_out(people, number, folded):
    made = page(people.wanda)
    for place in range(1, number):
        change(made, people.wanda, text=f"Words {place}.")

    body = browser_of(people.wanda).get(made.get_absolute_url()).content.decode()

    open_part, _sign, rest = body.partition("older versions")
    rows = [body.count(f'<a href="{made.get_absolute_url()}versions/1.{minor}/">') for minor in range(number)]
    assert rows == [1] * number
    assert rest.partition("</ul>")[0].count("/versions/1.") == folded
    assert open_part.count(f'{made.get_absolute_url()}versions/1.{number - 1}/">') == 1


def test_two_versions_stand_side_by_side(people):
    made = change(page(people.wanda, "One.\n\nTwo is here.\n"), people.wanda, text="One.\n\nTwo was here.\n")

    shown = html.fromstring(browser_of(people.wanda).get(f"{made.get_absolute_url()}compare/").content.decode())

    rows = [
        [cell.text_content() for cell in row.xpath("td")] for row in shown.xpath("//table[@class='sides']/tbody/tr")
    ]
    assert [[text.strip() for text in row] for row in rows] == [["One.", "One."], ["Two is here.", "Two was here."]]
    assert [one.text for one in shown.xpath("//table[@class='sides']//del | //table[@class='sides']//ins")] == [
        "is ",
        "was ",
    ]
