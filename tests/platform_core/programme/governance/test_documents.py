from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from platform_core.programme.governance import services
from tests.factories.governance import ballot, decision, over
from tests.people import browser_of

pytestmark = pytest.mark.database


def attach(person, found, name: str = "plan.txt", content: bytes = b"The plan."):
    data = {"file": SimpleUploadedFile(name, content), "language": "en"}
    return browser_of(person).post(reverse("governance:attach", args=[found.pk]), data)


def prepared(lena, found):
    return found


def discussed(lena, found):
    return services.begin_discussion(found, by=lena)


def decided(lena, found):
    services.open_ballot(found, by=lena, closes_at=timezone.now() + timedelta(days=1))
    return services.close(over(found).pk)


@pytest.mark.parametrize(
    ("go_on", "names"),
    [
        (prepared, {"lena"}),
        (discussed, {"lena", "wanda", "marko", "ana"}),
        (decided, {"lena", "wanda", "marko", "ana", "petra", "carl", "guest"}),
    ],
)
def test_a_document_is_read_by_those_who_see_the_decision(people, go_on, names):
    found = decision(people.lena)
    document = services.attach(found, BytesIO(b"The plan."), "plan.txt", "en", by=people.lena)
    go_on(people.lena, found)
    address = reverse("governance:document", args=[found.pk, document.pk, "plan.txt"])

    answers = {name: browser_of(person).get(address) for name, person in people.each()}

    assert {name for name, answer in answers.items() if answer.status_code == 200} == names
    for answer in answers.values():
        answer.close()


def test_a_document_lies_beside_the_proposal_until_the_vote(people):
    found = decision(people.lena)
    added = attach(people.lena, found)
    shown = browser_of(people.lena).get(found.get_absolute_url()).context["documents"]
    taken_away = browser_of(people.lena).post(reverse("governance:detach", args=[found.pk, shown[0][0].pk]))

    assert (added.status_code, [document.name for document, _language in shown]) == (302, ["plan.txt"])
    assert (taken_away.status_code, found.documents.count()) == (302, 0)


def test_nothing_is_added_once_the_vote_is_open(people):
    found = ballot(people.lena)

    assert (attach(people.lena, found).status_code, found.documents.count()) == (403, 0)


@pytest.mark.parametrize("name", ["ana", "marko"])
def test_only_the_committee_adds_one(people, name):
    found = discussed(people.lena, decision(people.lena))

    assert (attach(people.named(name), found).status_code, found.documents.count()) == (403, 0)


def test_a_wrong_file_is_told(people):
    found = decision(people.lena)
    response = attach(people.lena, found, "plan.exe", b"MZ")

    assert (response.status_code, list(response.context["form"].errors)) == (400, ["file"])
