import pytest

from platform_core.materials.jobs import runner
from repository import services
from repository.models import RecordFile
from tests.factories.repository import record
from tests.people import browser_of

from .filing import attach, pdf

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def address(attached: RecordFile, name: str = "") -> str:
    return f"/en/repository/{attached.record.code}/files/{attached.pk}/{name or attached.name}"


def fetched(person, address: str) -> tuple[int, bytes]:
    answer = browser_of(person).get(address)
    return answer.status_code, answer.getvalue() if answer.streaming else b""


@pytest.fixture
def held(people):
    """A file of a public record and one of marko's draft."""
    public, draft = record("Public", publish=False), record("Draft", publish=False, by=people.marko)
    found = {"public": attach(public, b"public words"), "draft": attach(draft, b"secret words")}
    services.publish(public)
    return found


def test_public_files_are_everybodys(people, held):
    for name, person in people.each():
        assert (name, *fetched(person, address(held["public"]))) == (name, 200, b"public words")


def looked_at(people, attached) -> dict[str, tuple[int, int]]:
    """What everybody gets for the page on which a file's pages are looked at, and for the picture of the first."""
    pages = f"/en/repository/{attached.record.code}/files/{attached.pk}/pages/"
    return {name: (fetched(person, pages)[0], fetched(person, f"{pages}1.webp")[0]) for name, person in people.each()}


def test_pages_are_looked_at_by_those_who_may_have_the_file(people):
    public, draft = record("Public", publish=False), record("Draft", publish=False, by=people.marko)
    files = [attach(one, pdf("One", "Two").read(), "report.pdf") for one in (public, draft)]
    runner.finish_waiting()
    services.publish(public)

    nobody = {name: (404, 404) for name, _person in people.each()}
    assert looked_at(people, files[0]) == dict.fromkeys(nobody, (200, 200))
    assert looked_at(people, files[1]) == nobody | dict.fromkeys(("lena", "wanda", "marko"), (200, 200))


def test_a_page_shows_its_own_picture_and_text(client, db):
    made = record("Public", publish=False)
    attached = attach(made, pdf("First words", "Second words").read(), "report.pdf")
    runner.finish_waiting()
    services.publish(made)
    pages = f"/en/repository/{made.code}/files/{attached.pk}/pages/"

    shown = client.get(pages, {"page": "2"})
    picture = client.get(f"{pages}2.webp")
    begins = picture.getvalue()[8:12]
    beyond = client.get(f"{pages}3.webp")

    assert (shown.context["text"].split()[-3:-1], f'src="{pages}2.webp"' in shown.content.decode()) == (
        ["Second", "words"],
        True,
    )
    assert (picture["Content-Type"], begins, beyond.status_code) == ("image/webp", b"WEBP", 404)
    assert client.get(f"{pages}2.webp", headers={"If-None-Match": picture["ETag"]}).status_code == 304


def test_files_of_drafts_are_their_readers(people, held):
    found = {name: fetched(person, address(held["draft"]))[0] for name, person in people.each()}

    expected = {name: 404 for name, _person in people.each()}
    assert found == {**expected, "lena": 200, "wanda": 200, "marko": 200}


def test_file_is_found_under_its_own_record_alone(people, held):
    draft = held["draft"].pk

    answer = browser_of(people.petra).get(f"/en/repository/public/files/{draft}/notes.txt")

    assert answer.status_code == 404


def test_withdrawn_files_are_gone_for_others(people, held):
    services.withdraw(held["public"].record, by=people.lena, why="wrong")

    assert fetched(people.guest, address(held["public"]))[0] == 404
    assert fetched(people.lena, address(held["public"])) == (200, b"public words")


def test_download_runs_nothing_in_our_origin(client, held):
    answer = client.get(address(held["public"], "evil.html"))

    assert answer.getvalue() == b"public words"
    assert answer["Content-Type"] == "text/plain"
    assert answer["Content-Disposition"] == 'attachment; filename="notes.txt"'
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-cache"


def test_known_file_is_not_sent_again(client, held):
    answer = client.get(address(held["public"]), headers={"If-None-Match": f'"{held["public"].file.sha256}"'})

    assert (answer.status_code, answer.content) == (304, b"")


@pytest.mark.parametrize("name", ["a#b?c.pdf", "50% off.pdf", "Έκθεση «α».pdf", 'a b;c".pdf'])
def test_odd_names_come_back_whole(client, name):
    made = record(publish=False)
    file = pdf("words")
    attached = services.attach(made, file, name, "en")
    services.publish(made)

    told = client.get(f"/api/v1/records/{made.code}").json()["files"][0]["address"]

    assert attached.name == name
    assert client.get(told.removeprefix("http://testserver")).getvalue()[:5] == b"%PDF-"


@pytest.mark.parametrize("key", ["0", "99999999999999999999999999", "x", "-1"])
def test_wrong_keys_are_not_found(client, held, key):
    assert client.get(f"/en/repository/public/files/{key}/notes.txt").status_code == 404
