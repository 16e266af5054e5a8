import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey
from django.urls import reverse
from django.utils import timezone

from platform_core.exchange.discussions.models import Comment
from platform_core.exchange.messaging import services as messaging
from platform_core.exchange.messaging.models import Notice, OutboxMail
from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import PersonalData, Retention
from platform_core.identity.access import services as access
from platform_core.identity.accounts.models import Pseudonym, User
from platform_core.identity.audit.models import Event
from platform_core.identity.audit.services import dispatch_events
from platform_core.materials.drafts import services as drafts
from platform_core.materials.jobs import runner
from platform_core.materials.jobs.models import Job
from platform_core.people.privacy import holdings, selectors, services
from platform_core.people.privacy.models import Consent, Export, PrivacyNotice
from repository.models import Record
from tests.factories.cases import answered, application_case
from tests.factories.governance import ballot
from tests.factories.repository import record
from tests.people import PASSWORD, browser_of

pytestmark = pytest.mark.database

ERASURES = {"delete", "unlink", "anonymise", "keep"}


@pytest.fixture
def busy(people, settings, tmp_path):
    """Ana, who has left a trace in every part of the platform."""
    settings.MEDIA_ROOT = tmp_path
    ana = people.ana
    record("Draft of Ana", publish=False, by=ana)
    record("Record of Ana", by=ana)
    drafts.keep(ana, "members.application", "", {"motivation": ["Secret hope of Ana"]})
    case = application_case(ana, tier="full", share="asp", motivation="Ana wants more")
    answered(case, people.lena)
    services.consent(ana, "privacy_notice")
    access.give_role(ana, "translator", by=people.lena, why="Ana knows Greek")
    found = ballot(people.lena)
    Comment.objects.create(thing="governance.decision", object_id=found.pk, author=ana, text="Ana's view")
    dispatch_events()
    return ana


def browser_just_signed_in(person):
    """Signed in, and asked for the password once more, as what concerns the whole account demands."""
    browser = browser_of(person)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return browser


def unpacked(browser) -> dict:
    response = browser.get(reverse("privacy:download"))
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        return json.loads(archive.read("data.json"))


def run_jobs() -> None:
    for job in Job.objects.filter(state="waiting"):
        runner.run(job.pk)


def test_a_copy_holds_every_class_that_is_held(busy):
    browser = browser_just_signed_in(busy)

    browser.post(reverse("privacy:ask_export"))
    run_jobs()
    data = unpacked(browser)

    held = {holding.data.label for holding in holdings.holdings(busy)}
    assert set(data) | {"privacy.export", "jobs.job"} == held | {"privacy.export", "jobs.job"}
    assert data["drafts.draft"]["rows"][0]["fields"] == {"motivation": ["Secret hope of Ana"]}
    assert {row["text"] for row in data["discussions.comment"]["rows"]} == {"Ana's view"}
    assert data["accounts.user"]["rows"][0]["email"] == "ana@example.org"


@pytest.mark.parametrize("name", ["lena", "marko", "guest"])
def test_a_copy_is_for_its_person_alone(busy, people, name):
    services.ask_export(busy)
    run_jobs()
    browser = browser_just_signed_in(people.named(name)) if name != "guest" else browser_of(people.guest)

    assert browser.get(reverse("privacy:download")).status_code == (302 if name == "guest" else 404)


@pytest.mark.parametrize("page", ["download", "erase"])
def test_who_signed_in_long_ago_says_again_who_she_is(people, page):
    response = browser_of(people.ana).get(reverse(f"privacy:{page}"))

    assert (response.status_code, "reauthenticate" in response.headers["Location"]) == (302, True)


def test_copies_go_by_themselves(busy):
    export = services.ask_export(busy)
    run_jobs()
    Export.objects.update(made_at=timezone.now() - timedelta(days=8))
    export.refresh_from_db()
    path, storage = export.file.name, export.file.storage

    services.keep_rules()

    assert (Export.objects.count(), storage.exists(path)) == (0, False)


def test_export_erase_export_leaves_nothing_but_what_is_declared(busy, people):
    pk, email, token = busy.pk, busy.email, busy.pseudonym

    services.erase(User.objects.get(pk=pk))

    left = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, ForeignKey) and field.related_model is User
        if model._base_manager.filter(**{field.name: pk}).exists()
    }
    assert (User.objects.filter(pk=pk).exists(), left) == (False, set())
    assert OutboxMail.objects.filter(recipient=email).count() == 0
    assert Pseudonym.objects.filter(token=token).count() == 0
    assert Record.objects.filter(deposited_by=None).count() == 2
    assert Comment.objects.get().author is None


def test_the_copy_goes_with_the_person(busy):
    export = services.ask_export(busy)
    run_jobs()
    export.refresh_from_db()
    path, storage = export.file.name, export.file.storage

    services.erase(User.objects.get(pk=busy.pk))

    assert (Export.objects.count(), storage.exists(path)) == (0, False)


def test_mails_from_before_an_account_are_somebody_elses(people):
    mail = messaging.post(message_id="<before>", recipient="carl@example.org", subject="x", text="x")
    OutboxMail.objects.filter(pk=mail.pk).update(created_at=people.carl.date_joined - timedelta(days=1))

    labels = {holding.data.label for holding in holdings.holdings(people.carl)}
    assert "messaging.outboxmail" not in labels


def test_the_log_stays_whole_and_nameless(busy):
    before, token = Event.objects.count(), busy.pseudonym

    services.erase(User.objects.get(pk=busy.pk))

    assert Event.objects.count() == before + 1
    assert Event.objects.latest("pk").verb == "privacy.erased"
    assert Event.objects.filter(actor=token).count() > 1


def test_erasing_shows_first_and_asks_for_the_address(busy):
    browser, address = browser_just_signed_in(busy), reverse("privacy:erase")

    page = browser.get(address)
    wrong = browser.post(address, {"email": "lena@example.org"})

    told = {holding.data.label: words for holding, words in page.context["rows"]}
    assert (told["drafts.draft"], told["repository.record"]) == ("is deleted", "stays without your name")
    assert (wrong.status_code, User.objects.filter(pk=busy.pk).exists()) == (400, True)

    done = browser.post(address, {"email": "ANA@example.org"})
    assert (done.status_code, User.objects.filter(pk=busy.pk).exists()) == (302, False)
    assert browser.get(reverse("privacy:mine")).status_code == 302


def test_the_only_lead_partner_stays(people):
    with pytest.raises(ValidationError):
        services.erase(people.lena)

    access.give_role(people.marko, "lead_partner", by=people.lena)
    services.erase(User.objects.get(pk=people.lena.pk))
    assert User.objects.filter(pk=people.lena.pk).exists() is False


# Consents


def test_a_consent_names_the_version_it_was_given_to(people):
    browser = browser_of(people.ana)

    browser.post(reverse("privacy:consent", args=["privacy_notice"]))
    browser.post(reverse("privacy:consent", args=["privacy_notice"]))
    (before,) = selectors.agreements(people.ana)
    PrivacyNotice.objects.create(number=2, in_force_from=timezone.localdate(), text={"en": "Changed"})
    (after,) = selectors.agreements(people.ana)

    assert Consent.objects.count() == 1
    assert (before.is_current, before.consent.notice_id, after.is_current) == (True, 1, False)


def test_what_is_required_cannot_be_withdrawn(people):
    services.consent(people.ana, "privacy_notice")

    browser_of(people.ana).post(reverse("privacy:consent", args=["privacy_notice"]), {"withdraw": "1"})

    assert Consent.objects.filter(withdrawn_at=None).count() == 1
    assert browser_of(people.ana).post(reverse("privacy:consent", args=["nothing"])).status_code == 404


@pytest.mark.parametrize("number", [None, 1])
def test_the_notice_is_public(people, number):
    args = [number] if number else []

    assert browser_of(people.guest).get(reverse("privacy:notice", args=args)).status_code == 200


# Declarations


def test_every_class_says_what_erasure_does_with_it():
    assert {data.erasure for data in declared(PersonalData)} <= ERASURES


def test_every_key_to_a_person_that_stays_can_be_emptied():
    stuck = [
        f"{data.label}.{name}"
        for data, model in holdings.classes()
        if data.erasure in {"unlink", "anonymise"}
        for name in holdings.links_to(data, model)
        if not model._meta.get_field(name).null
    ]

    assert stuck == []


def test_rules_of_retention_delete_what_is_older_and_no_more(people):
    old, new = (
        messaging.post(message_id=f"<{name}>", recipient="x@example.org", subject=name, text="x")
        for name in ("old", "new")
    )
    OutboxMail.objects.filter(pk=old.pk).update(sent_at=timezone.now() - timedelta(days=91))
    OutboxMail.objects.filter(pk=new.pk).update(sent_at=timezone.now() - timedelta(days=89))

    services.keep_rules()

    assert [mail.subject for mail in OutboxMail.objects.all()] == ["new"]
    assert Notice.objects.count() == 0
    assert sorted(rule.code for rule in declared(Retention)) == [
        "answer_files",
        "candidates",
        "data_brought",
        "drafts",
        "exports",
        "files",
        "helpdesk",
        "helpdesk_unconfirmed",
        "incoming",
        "jobs",
        "made_files",
        "mails",
        "notices",
        "office_links",
        "tables",
        "translations_brought",
        "uploads",
    ]
