"""Being asked to answer: invitations that are good once, organisations' links, the register, answers that are held."""

import json
from base64 import b64encode

import altcha
import pytest
from django.test import Client
from django.utils import timezone

from consultations import protection, services
from consultations.models import (
    AnswerDraft,
    Invitation,
    InvitationUse,
    Outreach,
    RegisteredPart,
    Registration,
    Reminder,
    Response,
    Trace,
)
from consultations.services.invitations import letter, token
from platform_core.exchange.messaging.models import OutboxMail
from platform_core.people.members.models import Organisation
from tests.factories.consultations import consultation
from tests.people import browser_of
from tests.settling import settle

from .pages import ABOUT, Respondent, be_counted, texts

pytestmark = pytest.mark.django_db
DESK = "/en/desk/consultations/finance/"


def asked(people, *addresses, **fields):
    found = consultation(**fields)
    services.invite(found, addresses, language="el", audience="", by=people.wanda)
    return found


def arrive(address: str, **fields) -> Respondent:
    """Somebody who came by a link and stands before sending."""
    respondent = Respondent.__new__(Respondent)
    respondent.browser, respondent.seen = Client(), []
    respondent.address = respondent.browser.post(address, {"begin": "1"}).url
    respondent.press(**{**ABOUT, **fields})
    respondent.press(sources=["fees"])
    return respondent


def door(invitation: Invitation) -> str:
    return f"/en/consultations/finance/invited/{token(invitation)}/"


def test_addresses_are_noted_once(people):
    found = asked(people, "A@example.org", "a@example.org ", "b@example.org")

    new, held = services.invite(found, ["b@example.org", "c@example.org"], language="en", audience="", by=people.wanda)

    assert (new, held) == (1, 1)
    assert sorted(found.invitations.values_list("email", "language")) == [
        ("a@example.org", "el"),
        ("b@example.org", "el"),
        ("c@example.org", "en"),
    ]


def test_every_invited_person_gets_one_mail_in_the_language_chosen(people):
    found = asked(people, "a@example.org", "b@example.org")

    for _time in range(2):
        services.send_invitations(found, by=people.wanda)
        settle()

    mails = OutboxMail.objects.filter(message_id__startswith="<invitation").order_by("recipient")
    assert [(mail.recipient, mail.subject) for mail in mails] == [
        ("a@example.org", letter(found, Invitation(pk=1, consultation=found, language="el")).subject),
        ("b@example.org", letter(found, Invitation(pk=2, consultation=found, language="el")).subject),
    ]
    assert "Χρηματοδότηση" in mails[0].subject


def test_only_those_are_reminded_who_have_neither_answered_nor_declined(people):
    found = asked(people, *(f"{name}@example.org" for name in "abc"))
    services.send_invitations(found, by=people.wanda)
    settle()
    first, second, _third = found.invitations.order_by("email")
    arrive(door(first)).send()
    Client().post(door(second), {"decline": "1"})

    services.send_invitations(found, by=people.wanda, remind=True)
    settle()

    assert list(found.invitations.order_by("email").values_list("mails", flat=True)) == [1, 1, 2]


def test_a_planned_reminder_is_sent_once(people):
    found = asked(people, "a@example.org")
    services.send_invitations(found, by=people.wanda)
    settle()
    services.plan_reminder(found, timezone.localdate(), by=people.wanda)

    sent = [services.send_due_reminders() for _tick in range(2)]
    settle()

    assert (sent, Invitation.objects.get().mails, Reminder.objects.get().is_sent) == ([1, 0], 2, True)


def test_an_invitation_counts_once(people):
    invitation = asked(people, "a@example.org").invitations.get()
    first, second = arrive(door(invitation)), arrive(door(invitation))

    first.send()
    second.send()

    assert sorted(Response.objects.values_list("state", "reason")) == [("counted", ""), ("held", "invitation")]
    assert InvitationUse.objects.count() == 1


def test_nothing_leads_from_an_invitation_to_its_answers(people):
    invitation = asked(people, "a@example.org").invitations.get()
    arrive(door(invitation)).send()

    response = Response.objects.get()
    assert (response.channel, response.person) == ("invited", None)
    assert {field.name for field in InvitationUse._meta.fields} == {"id", "invitation"}
    assert AnswerDraft.objects.count() == 0


def test_an_invitation_of_another_consultation_opens_nothing(people):
    invitation = asked(people, "a@example.org").invitations.get()
    consultation("other")

    assert Client().get(door(invitation).replace("finance", "other")).status_code == 404


@pytest.mark.parametrize("secret", ["x", "x:y", "1:2:3"])
def test_a_cut_invitation_is_told_of(db, secret):
    consultation()

    response = Client().get(f"/en/consultations/finance/invited/{secret}/")

    assert (response.status_code, texts(response, "//h1")) == (404, ["This invitation is not known"])


def test_without_an_invitation_nobody_begins_where_answers_are_tied_to_one(people):
    found = asked(people, "a@example.org", mode="token")

    refused = Client().post("/en/consultations/finance/begin/")
    arrive(door(found.invitations.get())).send()

    assert (refused.url, Response.objects.count()) == ("/en/consultations/finance/", 1)


def test_answers_keep_the_link_they_came_by_and_the_organisation_sees_how_many(people):
    found = consultation()
    organisation = Organisation.objects.get(affiliations__person=people.marko)
    link = services.give_link(found, organisation, goal=20, by=people.wanda)
    for _time in range(2):
        arrive(f"/en/consultations/finance/via/{link.code}/").send()

    page = browser_of(people.marko).get("/en/consultations/finance/")

    assert list(Response.objects.values_list("channel", flat=True)) == [link.code, link.code]
    assert "2 of 20 answers came by it." in texts(page, "//section/p")
    other = browser_of(people.ana).get("/en/consultations/finance/")
    assert "2 of 20 answers came by it." not in texts(other, "//section/p")


def test_a_person_is_counted_once_over_all_consultations(people):
    typed = {"audience": "policy", "country": "AT", "org_type": ""}
    for code in ("finance", "skills"):
        consultation(code, structure=WITH_AUDIENCES)
        for email in ("a@example.org", "A@Example.org"):
            be_counted(code, email=email, **typed)

    assert (Registration.objects.count(), RegisteredPart.objects.count()) == (1, 2)
    assert "example" not in str(list(Registration.objects.values()))


def test_a_filled_trap_is_held_and_told(people):
    respondent = Respondent(consultation().code)
    respondent.press(**ABOUT)
    respondent.press(sources=["fees"])

    receipt = respondent.browser.post(respondent.links + "review/", {protection.TRAP: "http://spam"}).url

    assert Response.objects.values_list("state", "reason").get() == ("held", "trap")
    told = texts(respondent.browser.get(receipt), "//*[contains(@class, 'alert')]//p")
    assert told == ["They will be looked at before they are counted, because they came in an unusual way."]


def test_answers_faster_than_reading_are_held(settings):
    settings.CONSULTATION_SECONDS_PER_QUESTION = 60
    respondent = Respondent(consultation().code)
    respondent.press(**ABOUT)
    respondent.press(sources=["fees"])

    respondent.send()

    assert Response.objects.values_list("state", "reason").get() == ("held", "fast")


def test_many_from_one_device_are_held_until_the_closing(settings, people):
    settings.CONSULTATION_SENDS_PER_DEVICE = 2
    found = consultation()
    for _time in range(3):
        respondent = Respondent(found.code)
        respondent.press(**ABOUT)
        respondent.press(sources=["fees"])
        respondent.send()

    assert sorted(Response.objects.values_list("reason", flat=True)) == ["", "", "again"]
    assert Trace.objects.get().times == 3
    services.close(found, by=people.wanda)
    services.forget_devices()
    assert Trace.objects.count() == 0


def solved() -> str:
    asked_for = json.loads(protection.task())
    found = altcha.solve_challenge_v1(asked_for["challenge"], asked_for["salt"], "SHA-256", asked_for["maxNumber"], 0)
    kept = {name: asked_for[name] for name in ("algorithm", "challenge", "salt", "signature")}
    return b64encode(json.dumps({**kept, "number": found.number}).encode()).decode()


@pytest.mark.parametrize(("worked", "state"), [(False, ("held", "busy")), (True, ("counted", ""))])
def test_from_a_busy_network_the_browser_is_asked_for_work(settings, worked, state):
    settings.CONSULTATION_SENDS_PER_HOUR = 0
    respondent = Respondent(consultation().code)
    respondent.press(**ABOUT)
    respondent.press(sources=["fees"])

    respondent.browser.post(respondent.links + "review/", {"proof": solved() if worked else ""})

    assert Response.objects.values_list("state", "reason").get() == state


@pytest.mark.parametrize(("worked", "state"), [(False, ("held", "busy")), (True, ("counted", ""))])
def test_in_a_crowd_answers_are_begun_and_looked_at_or_proved(settings, worked, state):
    settings.CONSULTATION_BEGINS_PER_HOUR = 1
    code = consultation().code
    Client().post(f"/en/consultations/{code}/begin/")
    respondent = Respondent(code)
    respondent.press(**ABOUT)
    respondent.press(sources=["fees"])

    respondent.browser.post(respondent.links + "review/", {"proof": solved() if worked else ""})

    assert Response.objects.values_list("state", "reason").get() == state


def test_links_of_organisations_and_invitations_know_no_crowd(people, settings):
    settings.CONSULTATION_BEGINS_PER_HOUR = 0
    found = asked(people, "a@example.org")
    organisation = Organisation.objects.get(affiliations__person=people.marko)
    link = services.give_link(found, organisation, goal=20, by=people.wanda)
    arrive(f"/en/consultations/finance/via/{link.code}/").send()
    arrive(door(found.invitations.get())).send()

    assert list(Response.objects.order_by("pk").values_list("state", "reason")) == [("counted", ""), ("counted", "")]


def test_a_flood_fills_no_database(people, monkeypatch):
    monkeypatch.setattr(protection, "FLOOD", 1)
    found = consultation()
    link = services.give_link(
        found, Organisation.objects.get(affiliations__person=people.marko), goal=20, by=people.wanda
    )
    begun = [Client().post(f"/en/consultations/{found.code}/begin/").status_code for _time in range(2)]

    assert (begun, Client().post(f"/en/consultations/{found.code}/via/{link.code}/").status_code) == ([302, 429], 429)
    assert AnswerDraft.objects.count() == 1


def test_below_the_limit_nobody_proves_anything(settings):
    settings.CONSULTATION_BEGINS_PER_HOUR = 1
    respondent = Respondent(consultation().code)
    respondent.press(**ABOUT)
    respondent.press(sources=["fees"])

    respondent.browser.post(respondent.links + "review/", {"proof": ""})

    assert Response.objects.values_list("state", "reason").get() == ("counted", "")


@pytest.mark.parametrize("now", [0, 1_790_000_000, 2**31 + 5])
@pytest.mark.parametrize("in_a_crowd", [False, True])
def test_a_secret_tells_of_a_crowd_and_still_when_it_was_made(monkeypatch, now, in_a_crowd):
    made = protection.new_secret(b"x" * 24, now, in_a_crowd=in_a_crowd)
    monkeypatch.setattr(protection, "time", lambda: now + 7.0)

    assert (len(made), protection.is_of_a_crowd(made)) == (32, in_a_crowd)
    assert protection.age(made) == (7.0 if now else protection.HOUR)


@pytest.mark.parametrize(("button", "state", "counted"), [("count", "counted", 1), ("aside", "aside", 0)])
def test_held_answers_count_when_somebody_says_so(people, button, state, counted):
    respondent = Respondent(consultation().code)
    respondent.press(**ABOUT)
    respondent.press(sources=["fees"])
    respondent.browser.post(respondent.links + "review/", {protection.TRAP: "x"})
    response = Response.objects.get()

    browser_of(people.wanda).post(f"{DESK}held/{response.pk}/", {button: "1"})

    response.refresh_from_db()
    assert (response.state, browser_of(people.wanda).get(DESK).context["sent"]) == (state, counted)


@pytest.mark.parametrize("page", ["invitations/", "invitations/add/", "held/"])
@pytest.mark.parametrize(
    ("name", "status"), [("wanda", 200), ("lena", 200), ("marko", 403), ("petra", 403), ("guest", 302)]
)
def test_who_sees_the_desk(people, page, name, status):
    consultation()

    assert browser_of(people.named(name)).get(DESK + page).status_code == status


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"addresses": ""}, "Please write at least one address."),
        ({"addresses": "a@example.org, nobody"}, "These are no e-mail addresses: nobody"),
    ],
)
def test_wrong_addresses_are_named_and_kept(people, typed, told):
    consultation()

    response = browser_of(people.wanda).post(f"{DESK}invitations/add/", {**typed, "language": "en"})

    assert (response.status_code, Invitation.objects.count()) == (400, 0)
    assert told in texts(response, "//*[contains(@class, 'msg')]")
    assert texts(response, "//textarea") == [typed["addresses"]]


def test_identifiers_go_when_their_time_is_over(people):
    found = asked(people, "a@example.org", retention_days=0)
    services.close(found, by=people.wanda)

    services.forget_identifiers()

    assert Invitation.objects.count() == 0


def test_mixing_keeps_every_use_and_part(people):
    invitation = asked(people, "a@example.org").invitations.get()
    services.note_use(invitation)

    assert (services.mix_uses(), InvitationUse.objects.get().invitation) == (1, invitation)


def test_giving_a_link_again_changes_its_goal(people):
    found = consultation()
    organisation = Organisation.objects.get(affiliations__person=people.marko)

    codes = {services.give_link(found, organisation, goal=goal, by=people.wanda).code for goal in (20, 30)}

    assert (len(codes), Outreach.objects.get().goal) == (1, 30)


WITH_AUDIENCES = {
    "audiences": [{"code": code, "text": {"en": code}} for code in ("policy", "private")],
    "sections": [
        {
            "code": "about",
            "title": {"en": "About"},
            "questions": [{"code": "wish", "type": "text", "text": {"en": "Wish"}}],
        }
    ],
}
