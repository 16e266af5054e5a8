"""Files that are not open to all: members have them, or those who ask."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from platform_core.exchange.cases import services as cases
from platform_core.exchange.cases.models import Case
from platform_core.programme.search.models import SearchPage
from repository import file_requests, selectors, services
from repository.models import FileRequest, Record
from tests.factories.repository import record
from tests.people import browser_of
from tests.platform_core.programme.search.asking import ask
from tests.settling import settle

from .filing import attach

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ASK = "/en/repository/kept/files/ask/"


def kept(people, files_for: str, **fields) -> Record:
    made = record("Kept", code="kept", publish=False, by=people.marko, files_for=files_for, **fields)
    attach(made, b"The zebra fund.")
    return services.publish(made)


def readers(people, made: Record) -> set[str]:
    return {name for name, person in people.each() if selectors.sees_files(person, made)}


def asked(people) -> tuple[Record, Case]:
    """petra's request for files of marko's record."""
    made = kept(people, "asked")
    file_requests.ask(made, by=people.petra, purpose="For our strategy.")
    settle()
    return made, Case.objects.get(kind="repository.files")


def later(days: int):
    return timezone.localdate() + timedelta(days=days)


def test_who_has_the_files(people):
    everybody = {name for name, _person in people.each()}
    made = kept(people, "all")
    changers = {"marko"} | {name for name, person in people.each() if person.has_perm("repository.revise_record", made)}
    found = {}
    for choice in ("all", "members", "asked"):
        made.files_for = choice
        found[choice] = readers(people, made)

    members = {name for name, person in people.each() if person.has_perm("repository.deposit_record")}
    assert found == {"all": everybody, "members": members | changers, "asked": changers}


@pytest.mark.parametrize("choice", ["members", "asked"])
def test_nobody_else_finds_what_they_say(people, client, choice):
    kept(people, choice)
    settle()

    assert SearchPage.objects.count() == 0
    assert ask(AnonymousUser(), "zebra").entries == []
    told = json.loads(client.get("/api/v1/records/kept").content)
    assert told["files"] == []


def test_they_are_asked_for_and_given_for_a_time(people):
    made, case = asked(people)
    assert (case.opener, case.handler) == (people.petra, f"person:{people.marko.pk}")

    cases.answer(case, "given", by=people.marko, reason="Gladly.", open_until=later(30))

    assert selectors.sees_files(people.petra, made) is True
    FileRequest.objects.update(open_until=later(-1))
    assert selectors.sees_files(people.petra, made) is False


def test_they_are_refused(people):
    made, case = asked(people)

    cases.answer(case, "refused", by=people.marko, reason="They name people.")

    assert (selectors.sees_files(people.petra, made), file_requests.waiting(made, people.petra)) == (False, False)


def test_a_request_taken_back_can_be_made_again(people):
    made, case = asked(people)

    cases.withdraw(case, by=people.petra)
    file_requests.ask(made, by=people.petra, purpose="After all.")

    assert FileRequest.objects.count() == 2


def test_nobody_asks_twice(people):
    made, _case = asked(people)

    with pytest.raises(ValidationError, match="already"):
        file_requests.ask(made, by=people.petra, purpose="Again.")


def test_a_day_that_has_passed_is_no_end(people):
    _made, case = asked(people)

    with pytest.raises(ValidationError, match="passed"):
        cases.answer(case, "given", by=people.marko, reason="Gladly.", open_until=later(-1))


def test_drafts_have_no_files_to_ask_for(people):
    made = record("Draft", publish=False, by=people.marko, files_for="asked")

    with pytest.raises(PermissionDenied):
        file_requests.ask(made, by=people.petra, purpose="Early.")


def test_asking_on_the_page(people):
    made = kept(people, "asked")
    petra = browser_of(people.petra)

    empty = petra.post(ASK, {"purpose": ""})
    sent = petra.post(ASK, {"purpose": "For our strategy."})

    assert (empty.status_code, sent.url, FileRequest.objects.get().purpose) == (
        400,
        made.get_absolute_url(),
        "For our strategy.",
    )
    assert "You have asked for them." in petra.get(made.get_absolute_url()).content.decode()
    assert petra.post(ASK, {"purpose": "Again."}).status_code == 400


def test_who_has_them_need_not_ask(people):
    kept(people, "asked")

    assert [browser_of(person).get(ASK).status_code for person in (people.guest, people.marko, people.petra)] == [
        302,
        302,
        200,
    ]


def test_the_form_says_who_gets_them(people):
    made = kept(people, "members")

    form = browser_of(people.lena).get("/en/repository/kept/change/").context["form"]

    assert (made.files_for, form["files_for"].value()) == ("members", "members")
