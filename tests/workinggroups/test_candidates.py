"""People who are named for a seat: asked after the end, with an account or by a link, and gone with a no."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.http import Http404

from platform_core.exchange.messaging.models import Notice
from platform_core.identity.access.models import SecretLink
from tests.factories.calls import closed, opened, person, sent
from tests.people import browser_of
from tests.settling import settle
from workinggroups.models import Candidate
from workinggroups.selectors import expressions as selectors
from workinggroups.services import candidates

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def told(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=f"workinggroups.{kind}").values_list("recipient__name", flat=True))


def named_account(people) -> Candidate:
    """Ana was named by marko's organisation, and the call is over."""
    call = opened(people.wanda)
    sent(call, people.marko, people=[person("Ana", email=people.ana.email)])
    closed(call)
    return Candidate.objects.get()


def test_people_with_an_account_are_asked_after_the_end(people):
    call = opened(people.wanda)
    sent(call, people.marko, people=[person("Ana", email=people.ana.email)])
    settle()
    place = Candidate.objects.get().get_absolute_url()
    before = (told("candidate_named"), browser_of(people.ana).get(place).status_code)
    closed(call)

    assert (before, told("candidate_named")) == ((set(), 404), {"Ana"})
    assert browser_of(people.ana).get(place).status_code == 200
    assert browser_of(people.marko).get(place).status_code == 404


def test_people_without_an_account_get_a_link(people):
    call = opened(people.wanda)
    sent(call, people.marko, people=[person("Nadia")])
    closed(call)

    (written,) = mail.outbox
    place = next(word for word in written.body.split() if "/named/" in word)
    place = place[place.index("/en/") :]
    page = browser_of(people.guest).get(place)
    assert (page.status_code, b"Ten years." in page.content) == (200, True)

    browser_of(people.guest).post(place, {"deed": "agree"})
    assert (written.to, Candidate.objects.get().consent) == (["nadia@example.org"], "given")


def test_a_no_takes_away_what_was_said(people):
    candidate = named_account(people)
    browser_of(people.ana).post(candidate.get_absolute_url(), {"deed": "decline"})
    settle()

    candidate.refresh_from_db()
    found = (candidate.name, candidate.email, candidate.experience, candidate.person, candidate.competences.count())
    assert found == ("", "", "", None, 0)
    assert told("candidate_answered") == {"Marko", "Wanda"}


def test_a_link_of_one_person_answers_for_nobody_else(people):
    call = opened(people.wanda)
    sent(call, people.marko, people=[person("Nadia"), person("Olga")])
    closed(call)
    link = SecretLink.objects.filter(purpose="candidate").first()
    other = Candidate.objects.exclude(pk=int(link.object_id)).get()

    with pytest.raises(PermissionDenied):
        candidates.answer(other, True, link=link)


def test_an_unknown_link_opens_nothing(people):
    with pytest.raises(Http404):
        selectors.candidate_behind("nothing")
