"""Documents leave the workspace: folders as zips, versions by secret links."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from platform_core.identity.access.models import RoleAssignment, SecretLink
from platform_core.identity.access.services import give_role, set_audience
from platform_core.materials.jobs import runner
from tests.factories.workinggroups import change, file_document, group, page, upload
from tests.people import browser_of
from workinggroups.models import MadeFile
from workinggroups.services import documents, groups, made_files, packs

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LIBRARY = "/en/groups/4/documents/"


def packed(person, address: str = LIBRARY) -> dict[str, bytes]:
    browser = browser_of(person)
    asked = browser.post(f"{address}pack/")
    runner.finish_waiting()
    with zipfile.ZipFile(io.BytesIO(browser.get(f"{asked.url}file/").getvalue())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_folder_is_taken_along_with_all_below_it(people):
    top = documents.add_folder(group(), "Minutes / 2026", by=people.wanda)
    below = documents.add_folder(group(), "May", by=people.wanda, parent=top)
    file_document(people.wanda, b"Outside.", "outside.txt")
    change(file_document(people.wanda, b"Old.", "a.txt", folder=top), people.wanda, file=upload(b"New.", "a.txt"))
    page(people.wanda, "Words.", "Page", folder=below)

    assert packed(people.wanda, top.get_absolute_url()) == {"a.txt": b"New.", "May/Page.md": b"Words."}
    assert sorted(packed(people.wanda)) == ["Minutes_2026/May/Page.md", "Minutes_2026/a.txt", "outside.txt"]


def test_nobody_takes_along_what_she_does_not_see(people):
    page(people.wanda, title="Open")
    documents.mark(page(people.wanda, title="Hidden"), by=people.wanda, marking="restricted")
    documents.trash(page(people.wanda, title="Gone"), by=people.wanda)

    found = [path for path, _version in packs.content(MadeFile(group=group(), person=people.marko))]

    assert (found, sorted(packed(people.wanda))) == ([], ["Hidden.md", "Open.md"])


def test_names_lead_nowhere_else_and_are_not_lost(people):
    made = [page(people.wanda, title, title) for title in ("../../etc/passwd", "Same", "same", "***")]

    found = {path: version.text for path, version in packs.content(MadeFile(group=group(), person=people.wanda))}

    assert found == {
        "etc_passwd.md": "../../etc/passwd",
        "Same.md": "Same",
        f"{made[2].pk}-same.md": "same",
        f"{made[3].pk}.md": "***",
    }


def test_a_zip_is_for_who_asked_and_for_seven_days(people):
    page(people.wanda)
    packed(people.wanda)
    address = MadeFile.objects.get().get_absolute_url()

    assert [browser_of(people.lena).get(address + part).status_code for part in ("", "file/")] == [404, 404]
    made_files.purge(timezone.now() + timedelta(seconds=1))
    assert MadeFile.objects.count() == 0


def test_a_zip_is_fetched_as_long_as_all_in_it_is_seen(people):
    made = page(people.lena)
    packed(people.wanda)
    address, browser = MadeFile.objects.get().get_absolute_url(), browser_of(people.wanda)
    fetched = browser.get(f"{address}file/")
    fetched.getvalue()
    made.made_by = None
    made.save()
    documents.mark(made, by=people.lena, marking="restricted")
    set_audience(made, {f"person:{people.lena.pk}"})

    told, refused = browser.get(address), browser.get(f"{address}file/")

    assert (fetched.status_code, told.context["is_open"], refused.status_code) == (200, False, 404)


def test_a_zip_is_fetched_by_nobody_who_has_left_the_group(people):
    page(people.wanda)
    packed(people.wanda)
    address = MadeFile.objects.get().get_absolute_url()
    yesterday = timezone.localdate() - timedelta(days=1)
    RoleAssignment.objects.filter(person=people.wanda).update(begins=yesterday, ends=yesterday)

    assert browser_of(people.wanda).get(f"{address}file/").status_code == 404


def test_who_only_reads_takes_no_draft_along(people):
    page(people.wanda)
    groups.open_up(group(), by=people.wanda, visibility="public", joining="open", participation="read")
    give_role(people.ana, "wg_participant", scope="group:4")

    assert packed(people.ana) == {}


def test_files_made_for_somebody_are_listed_for_her_alone(people):
    packed(people.wanda)

    shown = {
        name: len(browser_of(one).get("/en/groups/made/").context["files"])
        for name, one in people.each()
        if name != "guest"
    }

    assert shown == {name: int(name == "wanda") for name in shown}


# Links


def shared(people, document, days: int = 7) -> str:
    sent = browser_of(people.wanda).post(f"{document.get_absolute_url()}share/", {"days": days})
    return sent.context["address"].removeprefix("http://testserver")


def test_a_link_opens_one_version_and_no_later_one(people):
    made = file_document(people.wanda)
    address, guest = shared(people, made), browser_of(people.guest)
    change(made, people.wanda, file=upload(b"Later words."))

    assert guest.get(address).context["version"].number == "1.0"
    assert guest.get(f"{address}plan.txt").getvalue() == b"The first words."
    assert guest.get(made.get_absolute_url()).status_code == 404


def test_a_link_ends_by_time_by_hand_and_with_its_document(people):
    made, guest = file_document(people.wanda), browser_of(people.guest)
    ended, late, gone = (shared(people, made) for _again in range(3))
    first, second, _third = SecretLink.objects.order_by("pk")
    browser_of(people.wanda).post(f"{made.get_absolute_url()}share/{first.pk}/end/")
    SecretLink.objects.filter(pk=second.pk).update(expires_at=timezone.now())
    found = [guest.get(address).status_code for address in (ended, late, gone)]
    documents.trash(made, by=people.wanda)

    assert (found, guest.get(gone).status_code, guest.get(f"{gone}x").status_code) == ([404, 404, 200], 404, 404)


@pytest.mark.parametrize("days", ["", "8", "x", "99999"])
def test_for_how_long_is_chosen_from_a_list(people, days):
    made = file_document(people.wanda)

    browser_of(people.wanda).post(f"{made.get_absolute_url()}share/", {"days": days})

    assert SecretLink.objects.count() == 0


def test_links_are_listed_for_the_group_and_for_nobody_else(people):
    made = file_document(people.wanda)
    shared(people, made)
    address = f"{made.get_absolute_url()}share/"

    assert {name: browser_of(person).get(address).status_code for name, person in people.each()} == {
        **dict.fromkeys(("lena", "wanda"), 200),
        **dict.fromkeys(("marko", "ana", "petra", "carl"), 404),
        "guest": 302,
    }
    assert [link.name for link in browser_of(people.lena).get(address).context["links"]] == ["1.0"]
