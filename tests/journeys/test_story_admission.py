"""Step 4 of the story: the lead partner admits an organisation; its contact is told; the log shows it."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from platform_core.exchange.messaging.models import Notice, OutboxMail
from platform_core.identity.audit import selectors as audit, services as sealing
from platform_core.identity.audit.models import Event
from platform_core.people.members.models import Membership, Organisation
from tests.consultations.views.pages import texts
from tests.people import PASSWORD, Cast, browser_of
from tests.settling import settle

pytestmark = pytest.mark.database

ORGANISATION = "/en/desk/members/org-carl/"
WHY = "Asked in May and fits the second objective."


@pytest.fixture
def lena(people: Cast) -> Client:
    """Lena's browser after she has signed in by form."""
    browser = Client()
    browser.post("/en/account/login/", {"login": people.lena.email, "password": PASSWORD})
    return browser


def admit(lena: Client, **fields):
    given = {"tier": "associated", "share": "", "begins": timezone.localdate().isoformat(), "why": WHY}
    answer = lena.post(f"{ORGANISATION}admit/", {**given, **fields})
    settle()
    return answer


def test_the_organisation_is_an_associated_member_from_today(lena, people):
    answer = admit(lena)

    held = Membership.objects.get(organisation__code="org-carl")
    assert (answer.status_code, answer.url) == (302, ORGANISATION)
    assert (held.tier, held.begins, held.ends, held.why) == ("associated", timezone.localdate(), None, WHY)
    assert held.decided_by == people.lena.pseudonym


def test_its_contact_gets_one_notice_and_one_mail(lena, people):
    admit(lena)

    told = Notice.objects.filter(recipient=people.carl, kind="members.admitted")
    mail = OutboxMail.objects.get(recipient=people.carl.email)
    assert sorted(notice.channel for notice in told) == ["mail", "site"]
    assert {notice.subject for notice in told} == {mail.subject} == {"Organisation org-carl is now: Associated member"}
    assert mail.message_id == f"<notice-{told[0].event_id}-{people.carl.pk}-members.admitted@clusterpolisee>"


@pytest.mark.parametrize(("language", "name"), [("el", "Οργανισμός"), ("bg", "Организация"), ("en", "Organisation")])
def test_the_contact_is_told_in_his_language(lena, people, language, name):
    type(people.carl).objects.filter(pk=people.carl.pk).update(language=language)
    names = {"en": "Organisation", "el": "Οργανισμός", "bg": "Организация"}
    Organisation.objects.filter(code="org-carl").update(name=names)

    admit(lena)

    subject = OutboxMail.objects.get(recipient=people.carl.email).subject
    address = Notice.objects.get(recipient=people.carl, channel="site").address
    assert subject.count(name) == 1
    assert address == f"/{language}/members/org-carl/"


def test_the_contact_reads_his_notice_and_follows_it(lena, people):
    admit(lena)
    carl = browser_of(people.carl)

    listed = texts(carl.get("/en/notices/"), "//article//h2")
    opened = carl.get(f"/en/notices/{Notice.objects.get(recipient=people.carl, channel='site').pk}/")

    assert listed == ["Organisation org-carl is now: Associated member"]
    assert (opened.status_code, carl.get(opened.url).status_code) == (302, 200)
    assert Notice.objects.get(recipient=people.carl, channel="site").read_at is not None


def test_what_the_membership_opens_is_open_at_once(lena, people):
    fresh = type(people.carl).objects.get(pk=people.carl.pk)
    before = fresh.has_perm("members.view_contacts")

    admit(lena)

    assert (before, type(people.carl).objects.get(pk=people.carl.pk).has_perm("members.view_contacts")) == (False, True)


def test_the_lead_partner_sees_it_in_the_log_and_reads_the_mail(lena, people):
    admit(lena)

    log = lena.get("/en/desk/log/", {"verb": "members.admitted", "actor": people.lena.pseudonym})
    mail = OutboxMail.objects.get(recipient=people.carl.email)
    read = lena.get(f"/en/outbox/{mail.pk}/")

    assert [row[0].payload["tier"] for row in log.context["rows"]] == ["associated"]
    assert [row[2] for row in log.context["rows"]] == ["Lena"]
    assert (read.status_code, texts(read, "//h1")) == (200, [mail.subject])


def test_the_log_is_whole_afterwards(lena, people):
    admit(lena)
    sealing.seal_events()
    told = StringIO()

    call_command("verify_audit", stdout=told)

    assert audit.verify() == ([], Event.objects.count(), 0)
    assert told.getvalue() == f"{Event.objects.count()} events sealed, 0 waiting for their seal.\n"


def test_no_event_holds_the_words_of_the_decision(lena, people):
    admit(lena)

    told = [str(event.payload) for event in Event.objects.all()]
    assert [payload for payload in told if WHY in payload or "carl@" in payload] == []


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"tier": "full"}, 400),
        ({"tier": "gold"}, 400),
        ({"share": "asp"}, 400),
        ({"begins": "soon"}, 400),
        ({"why": ""}, 400),
        ({"why": "x" * 1001}, 400),
    ],
)
def test_a_wrong_form_admits_nobody_and_keeps_what_was_typed(lena, people, fields, status):
    answer = admit(lena, **fields)

    form = answer.context["form"]
    assert answer.status_code == status
    assert {name: form[name].value() for name in fields} == fields
    assert Membership.objects.filter(organisation__code="org-carl").count() == 0
    assert OutboxMail.objects.filter(recipient=people.carl.email).count() == 0


@pytest.mark.parametrize("name", ["wanda", "marko", "ana", "petra", "carl"])
def test_nobody_else_admits(people, name):
    answer = admit(browser_of(people.named(name)))

    assert (answer.status_code, Membership.objects.filter(organisation__code="org-carl").exists()) == (403, False)
