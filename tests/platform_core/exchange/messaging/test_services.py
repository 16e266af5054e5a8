import pytest
from django.utils.translation import gettext, override

from platform_core.exchange.messaging import services
from platform_core.exchange.messaging.models import Notice, OutboxMail
from platform_core.ground.registry.kinds import NoticeContent, NoticeKind
from platform_core.identity.accounts.models import User
from platform_core.identity.audit import services as audit
from platform_core.identity.audit.models import Event
from platform_core.people.members import services as members
from platform_core.people.members.models import Organisation
from tests.people import add_person
from tests.platform_core.ground.registry.declaring import declaring
from tests.settling import settle

pytestmark = pytest.mark.database


@pytest.fixture
def agency(people) -> Organisation:
    """Carl's organisation with two more people, of whom Iris, who reads Greek, is a contact too."""
    settle()
    organisation = Organisation.objects.get(code="org-carl")
    members.affiliate(add_person("iris", "el"), organisation, is_contact=True)
    members.affiliate(add_person("jan"), organisation)
    settle()
    Notice.objects.all().delete()
    OutboxMail.objects.all().delete()
    return organisation


def admit(agency, people) -> Event:
    members.admit(agency, tier="associated", by=people.lena, why="A strong agency")
    settle()
    return Event.objects.filter(verb="members.admitted").latest("id")


def told() -> list[tuple[str, str]]:
    return sorted(Notice.objects.values_list("recipient__name", "channel"))


# Notices


def test_an_admission_is_told_to_each_contact_once_per_channel(people, agency):
    admit(agency, people)

    assert told() == [("Carl", "mail"), ("Carl", "site"), ("Iris", "mail"), ("Iris", "site")]
    assert sorted(OutboxMail.objects.values_list("recipient", flat=True)) == ["carl@example.org", "iris@example.org"]


def test_an_event_handed_out_again_is_told_once(people, agency):
    event = admit(agency, people)
    before = (told(), OutboxMail.objects.count())

    for _turn in range(3):
        Event.objects.filter(pk=event.pk).update(dispatched_at=None)
        settle()
    services.raise_notices(event)

    assert (told(), OutboxMail.objects.count()) == before


def test_a_second_admission_is_told_anew(people, agency):
    admit(agency, people)
    agency.memberships.update(begins="2026-01-01")

    members.admit(agency, tier="partner", by=people.lena)
    settle()

    assert len(told()) == 8
    assert OutboxMail.objects.count() == 4


def test_a_notice_is_in_the_language_of_its_reader(people, agency):
    admit(agency, people)

    subjects = {}
    for language in ("en", "el"):
        with override(language):
            words = {"organisation": agency, "tier": gettext("Associated member")}
            subjects[language] = gettext("%(organisation)s is now: %(tier)s") % words
    found = {row.recipient.name: (row.subject, row.address) for row in Notice.objects.filter(channel="site")}
    assert found == {
        "Carl": (subjects["en"], "/en/members/org-carl/"),
        "Iris": (subjects["el"], "/el/members/org-carl/"),
    }


def test_the_mail_of_a_notice_has_the_same_id_whenever_it_is_made(people, agency):
    event = admit(agency, people)
    OutboxMail.objects.all().delete()

    services.post_notices([Notice.objects.get(recipient=people.carl, channel="mail")])
    services.post_notices([Notice.objects.get(recipient=people.carl, channel="mail")])

    ids = list(OutboxMail.objects.values_list("message_id", flat=True))
    assert ids == [f"<notice-{event.pk}-{people.carl.pk}-members.admitted@clusterpolisee>"]


def test_the_mail_of_a_notice_leads_to_the_platform(people, agency, settings):
    settings.SITE_URL = "https://platform.example.org"
    admit(agency, people)

    text = OutboxMail.objects.get(recipient="carl@example.org").text

    assert text.count("https://platform.example.org/en/members/org-carl/") == 1
    assert text.count("A strong agency") == 0


def test_who_has_no_active_account_is_told_nothing(people, agency):
    User.objects.filter(name="Iris").update(is_active=False)

    admit(agency, people)

    assert told() == [("Carl", "mail"), ("Carl", "site")]


def test_a_notice_without_mail_is_told_on_the_platform_alone(people, agency):
    kind = NoticeKind(
        code="tests.done",
        name="Done",
        verb="tests.done",
        recipients=lambda event: [people.carl.pk, people.carl.pk],
        content=lambda event: NoticeContent(subject="Done", text="It is done.", address="/en/"),
        mail=False,
    )

    with declaring(kind):
        audit.record("tests.done", agency, by=people.lena)
        settle()

    assert (told(), OutboxMail.objects.count()) == ([("Carl", "site")], 0)


def test_a_long_subject_is_cut_to_one_line_of_a_mail(people, agency):
    agency.name = {"en": "Agency of\n" + "x" * 280}
    agency.save()

    admit(agency, people)

    subject = Notice.objects.get(recipient=people.carl, channel="site").subject
    assert subject == "Agency of " + "x" * 189 + "…"
    assert OutboxMail.objects.get(recipient="carl@example.org").subject == subject


def test_a_person_reads_her_own_notices_alone(people, agency):
    admit(agency, people)

    assert services.mark_read(people.carl) == 2
    assert services.mark_read(people.carl) == 0
    assert set(Notice.objects.filter(read_at=None).values_list("recipient__name", flat=True)) == {"Iris"}


# Sending
