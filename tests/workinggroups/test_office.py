"""Documents in an office program: what its server may do with a token, as it would do it, over HTTP."""

import base64
import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from platform_core.identity.access.models import RoleAssignment, SecretLink
from platform_core.identity.audit.models import Event
from tests.factories.office import Office, opened, paper, word
from tests.factories.workinggroups import approved, change, upload
from tests.people import browser_of
from workinggroups.models import Document
from workinggroups.selectors import documents as selectors
from workinggroups.services import documents, locks

pytestmark = [pytest.mark.django_db, pytest.mark.database]

OFFICE = "https://office.example.org"


@pytest.fixture(autouse=True)
def offered(settings):
    settings.WOPI_SERVER = f"{OFFICE}/edit?WOPISrc={{source}}&lang={{language}}"


def numbers(document) -> list[str]:
    return [version.number for version in selectors.versions(document)]


def later():
    return timezone.localdate() + timedelta(days=7)


def test_a_document_is_read_written_and_given_back(people):
    made = paper(people.wanda)
    server, content = Office(people.wanda, made), word("Second words")

    status, read = server.read()
    locked = server.deed("LOCK", "one")
    kept = server.put(content, "one")
    unlocked = server.deed("UNLOCK", "one")

    version = selectors.last_version(made)
    made.refresh_from_db()
    assert (status, read) == (200, word("First words"))
    assert [answer.status_code for answer in (locked, kept, unlocked)] == [200, 200, 200]
    assert [answer["X-WOPI-ItemVersion"] for answer in (locked, kept, unlocked)] == ["1.0", "1.1", "1.1"]
    assert (version.author, version.note, version.name) == (people.wanda, "Written in the office program", "plan.docx")
    assert version.file.sha256 == hashlib.sha256(content).hexdigest()
    assert (made.is_locked, made.office_lock) == (False, "")


def test_what_the_office_is_told(people):
    made = paper(people.wanda)
    content = word("First words")

    told = Office(people.wanda, made).about().json()

    assert told["SHA256"] == base64.b64encode(hashlib.sha256(content).digest()).decode()
    names = ("BaseFileName", "Size", "Version", "UserFriendlyName", "UserCanWrite", "ReadOnly", "SupportsLocks")
    assert [told[name] for name in names] == ["plan.docx", len(content), "1.0", "Wanda", True, False, True]


def test_what_is_saved_again_as_it_was_is_no_version(people):
    made = paper(people.wanda)
    server = Office(people.wanda, made)
    server.deed("LOCK", "one")

    assert (server.put(word("First words"), "one").status_code, numbers(made)) == (200, ["1.0"])


def test_a_sitting_is_told_of_once_however_often_it_saves(people):
    made = paper(people.wanda)
    server = Office(people.wanda, made)
    server.deed("LOCK", "one")
    for words in ("Second", "Third", "Fourth"):
        server.put(word(words), "one")

    verbs = (
        Event.objects.filter(verb__startswith="workinggroups.document_").order_by("pk").values_list("verb", flat=True)
    )
    assert numbers(made) == ["1.3", "1.2", "1.1", "1.0"]
    assert [verb.partition("document_")[2] for verb in verbs][2:] == ["changed", "written_on", "written_on"]


# Locks


@pytest.mark.parametrize(
    ("deed", "lock", "more", "answer", "told", "held"),
    [
        ("LOCK", "one", {}, 200, None, "one"),
        ("LOCK", "two", {}, 409, "one", "one"),
        ("LOCK", "two", {"X-WOPI-OldLock": "one"}, 200, None, "two"),
        ("LOCK", "two", {"X-WOPI-OldLock": "three"}, 409, "one", "one"),
        ("LOCK", "two", {"X-WOPI-OldLock": ""}, 409, "one", "one"),
        ("REFRESH_LOCK", "one", {}, 200, None, "one"),
        ("REFRESH_LOCK", "two", {}, 409, "one", "one"),
        ("GET_LOCK", "", {}, 200, "one", "one"),
        ("UNLOCK", "one", {}, 200, None, ""),
        ("UNLOCK", "two", {}, 409, "one", "one"),
    ],
)
def test_deeds_on_a_locked_document(people, deed, lock, more, answer, told, held):
    """The lock there is stands in the header of a refusal, and of GetLock, and nowhere else."""
    server = Office(people.wanda, paper(people.wanda))
    server.deed("LOCK", "one")

    found = server.deed(deed, lock, **more)

    assert (found.status_code, found.headers.get("X-WOPI-Lock")) == (answer, told)
    assert server.deed("GET_LOCK")["X-WOPI-Lock"] == held


@pytest.mark.parametrize("deed", ["LOCK", "REFRESH_LOCK", "UNLOCK"])
def test_a_lock_without_a_name_or_with_an_endless_one_is_a_bad_request(people, deed):
    server = Office(people.wanda, paper(people.wanda))
    server.deed("LOCK", "one")

    assert [server.deed(deed, name).status_code for name in ("", "x" * 1025)] == [400, 400]
    assert server.deed("GET_LOCK")["X-WOPI-Lock"] == "one"


def test_a_lock_has_up_to_1024_signs(people):
    server = Office(people.wanda, paper(people.wanda))
    name = '{"S":"8a2f","F":4,"E":2}'.ljust(1024, "~")

    assert (server.deed("LOCK", name).status_code, server.deed("GET_LOCK")["X-WOPI-Lock"]) == (200, name)


def test_a_lock_is_kept_for_half_an_hour_from_its_last_refresh(people):
    made = paper(people.wanda)
    server = Office(people.wanda, made)
    server.deed("LOCK", "one")
    Document.objects.update(locked_until=timezone.now() + timedelta(minutes=1))

    server.deed("REFRESH_LOCK", "one")

    made.refresh_from_db()
    assert timedelta(minutes=29) < made.locked_until - timezone.now() <= timedelta(minutes=30)


def test_a_file_larger_than_the_office_takes_is_not_sent(people):
    made = paper(people.wanda)
    server = Office(people.wanda, made)
    size = len(word("First words"))

    answers = [server.read(**{"X-WOPI-MaxExpectedSize": str(most)})[0] for most in (size - 1, size, "9" * 5000)]

    assert answers == [412, 200, 200]


@pytest.mark.logs_errors
def test_what_the_office_does_not_do_here_it_is_told(people):
    server = Office(people.wanda, paper(people.wanda))

    assert (server.deed("PUT_RELATIVE").status_code, server.deed("DELETE").status_code) == (501, 501)


@pytest.mark.parametrize(("deed", "more"), [("REFRESH_LOCK", {}), ("UNLOCK", {}), ("LOCK", {"X-WOPI-OldLock": "one"})])
def test_deeds_on_a_document_that_is_not_locked(people, deed, more):
    found = Office(people.wanda, paper(people.wanda)).deed(deed, "one", **more)

    assert (found.status_code, found["X-WOPI-Lock"]) == (409, "")


@pytest.mark.parametrize("lock", ["", "two"])
def test_nothing_is_written_without_the_lock(people, lock):
    made = paper(people.wanda)
    server = Office(people.wanda, made)
    unlocked = server.put(word("Other"), lock)
    server.deed("LOCK", "one")
    wrong = server.put(word("Other"), lock)

    assert [(one.status_code, one["X-WOPI-Lock"]) for one in (unlocked, wrong)] == [(409, ""), (409, "one")]
    assert numbers(made) == ["1.0"]


def test_people_in_one_office_write_under_one_lock(people):
    made = paper(people.wanda)
    hers, other = Office(people.wanda, made), Office(people.lena, made)
    hers.deed("LOCK", "one")
    other.deed("LOCK", "one")
    other.put(word("By Lena"), "one")

    made.refresh_from_db()
    assert (made.locked_by, selectors.last_version(made).author) == (people.wanda, people.lena)


def test_the_lock_of_the_office_is_that_of_the_page(people):
    made = paper(people.wanda)
    Office(people.wanda, made).deed("LOCK", "one")
    typed = {"base": "1.0", "title": "Mine", "language": "en"}

    told = [browser_of(who).post(f"{made.get_absolute_url()}change/", typed) for who in (people.lena, people.wanda)]
    browser_of(people.wanda).post(f"{made.get_absolute_url()}end-lock/")
    kept = browser_of(people.lena).post(f"{made.get_absolute_url()}change/", typed)

    assert ["Wanda is working on it until" in told[0].content.decode(), told[1].status_code] == [True, 400]
    assert "You have it open in the office program." in told[1].content.decode()
    assert (kept.status_code, numbers(made)) == (302, ["1.1", "1.0"])


def test_what_somebody_checked_out_by_hand_the_office_leaves_alone(people):
    made = paper(people.wanda)
    locks.check_out(made, by=people.lena)
    server = Office(people.wanda, made)

    refused = server.deed("LOCK", "one")
    asked, written = server.deed("GET_LOCK"), server.put(word("Other"), "one")

    assert server.about().json()["UserCanWrite"] is False
    assert [(one.status_code, one["X-WOPI-Lock"]) for one in (refused, asked, written)] == [(409, "")] * 3
    for one in (refused, asked, written):
        assert one["X-WOPI-LockFailureReason"] == "checked out by hand"
        assert one["X-WOPI-LockedByOtherInterface"] == "true"
    assert (numbers(made), server.read()) == (["1.0"], (200, word("First words")))


def test_what_she_checked_out_herself_she_takes_along_into_the_office(people):
    made = locks.check_out(paper(people.wanda), by=people.wanda)

    assert Office(people.wanda, made).deed("LOCK", "one").status_code == 200


def test_a_lock_of_the_office_ends_by_itself(people):
    made = paper(people.wanda)
    server = Office(people.wanda, made)
    server.deed("LOCK", "one")
    Document.objects.update(locked_until=timezone.now() - timedelta(seconds=1))

    assert (server.put(word("Late"), "one").status_code, server.deed("LOCK", "two").status_code) == (409, 200)


def test_what_was_made_from_an_older_version_is_told(people):
    made = paper(people.wanda)
    server = Office(people.wanda, made)
    seen = server.about().json()["LastModifiedTime"]
    change(made, people.lena, file=upload(word("Faster"), "plan.docx"))
    server.deed("LOCK", "one")

    stale = server.put(word("Slower"), "one", **{"X-COOL-WOPI-Timestamp": seen})
    now = server.about().json()["LastModifiedTime"]
    kept = server.put(word("Slower"), "one", **{"X-COOL-WOPI-Timestamp": now})

    assert (stale.status_code, stale.json(), kept.status_code) == (409, {"COOLStatusCode": 1010}, 200)
    assert stale["X-WOPI-Lock"] == "one"


# Tokens and rights


def test_a_token_is_for_one_document_and_one_time(people):
    made, other = paper(people.wanda), paper(people.wanda, "Other")
    token = opened(people.wanda, made)
    stranger = Office(people.wanda, other, token=token)

    def answers(server) -> list[int]:
        return [server.about().status_code, server.read()[0], server.deed("LOCK", "a").status_code]

    assert answers(stranger) == answers(Office(people.wanda, made, token="x")) == [401, 401, 401]
    assert answers(Office(people.wanda, made, token=token)) == [200, 200, 200]
    SecretLink.objects.update(expires_at=timezone.now())
    assert answers(Office(people.wanda, made, token=token)) == [401, 401, 401]


def test_a_token_dies_with_the_right_to_see(people):
    made = paper(people.lena)
    server = Office(people.wanda, made)
    server.deed("LOCK", "one")
    yesterday = timezone.localdate() - timedelta(days=1)
    RoleAssignment.objects.filter(person=people.wanda).update(begins=yesterday, ends=yesterday)

    answers = [server.put(word("Late"), "one").status_code, server.about().status_code]

    assert (answers, numbers(made)) == ([401, 401], ["1.0"])
    assert SecretLink.objects.get(purpose="office").revoked_at is not None


def test_a_token_dies_with_the_account_and_with_the_document(people):
    made, other = paper(people.wanda), paper(people.wanda, "Other")
    hers, gone = Office(people.lena, made), Office(people.wanda, other)
    people.lena.is_active = False
    people.lena.save()
    documents.trash(other, by=people.wanda)

    assert [hers.about().status_code, gone.read()[0]] == [401, 401]


def test_what_is_in_review_is_written_on_and_the_review_is_void(people):
    made = paper(people.wanda)
    server = Office(people.wanda, made)
    browser_of(people.wanda).post(f"{made.get_absolute_url()}review/", {"people": [people.lena.pk], "due_on": later()})
    server.deed("LOCK", "one")
    server.put(word("Better"), "one")

    made.refresh_from_db()
    assert (made.state, [review.outcome for review in made.reviews.all()]) == ("draft", ["void"])


@pytest.mark.parametrize("state", ["approved", "published", "superseded"])
def test_what_was_approved_is_looked_at_only(people, state):
    made = paper(people.wanda)
    server = Office(people.wanda, made)
    server.deed("LOCK", "one")
    approved(made, people.wanda, people.lena, later())
    Document.objects.update(state=state)

    told = server.about().json()
    answers = [server.put(word("Late"), "one"), server.deed("REFRESH_LOCK", "one"), server.deed("LOCK", "one")]

    assert (told["UserCanWrite"], told["ReadOnly"], server.read()[0]) == (False, True, 200)
    assert ([answer.status_code for answer in answers], numbers(made)) == ([404, 404, 404], ["1.0"])
    assert server.deed("UNLOCK", "one").status_code == 200


def test_the_outside_reads_what_was_approved_and_writes_nothing(people):
    made = paper(people.wanda)
    documents.mark(made, by=people.wanda, marking="members")
    approved(made, people.wanda, people.lena, later())
    server = Office(people.ana, made)

    assert server.about().json()["UserCanWrite"] is False
    assert (server.read()[0], server.deed("LOCK", "one").status_code) == (200, 404)


def test_too_large_and_broken_files_are_refused(people, settings):
    made = paper(people.wanda)
    server = Office(people.wanda, made)
    server.deed("LOCK", "one")
    broken = [server.put(content, "one").status_code for content in (b"no zip", b"")]
    settings.FILE_SIZE_LIMIT = 10

    assert (broken, server.put(word("Large"), "one").status_code, numbers(made)) == ([400, 400], 413, ["1.0"])
