import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from platform_core.exchange.messaging.models import OutboxMail
from platform_core.identity.access.models import SecretLink
from platform_core.identity.access.services import set_audience
from platform_core.identity.accounts.models import User
from platform_core.people.members.models import Affiliation, Invitation, Organisation
from tests.factories.cases import looked_after
from tests.factories.repository import record
from tests.people import browser_of

pytestmark = pytest.mark.database

TODAY = timezone.localdate()
NEW = {"name": "Nina", "password": "a-long-enough-password", "agreed": "on"}


@pytest.fixture(autouse=True)
def outbox(settings):
    settings.EMAIL_BACKEND = "platform_core.exchange.messaging.outbox.OutboxBackend"


def invite(person, email="nina@example.org", thing=None, **typed):
    """Over HTTP; to an activity when a thing is given."""
    address = reverse("members:invite") + (f"?thing=repository.record&pk={thing.pk}" if thing else "")
    given = {"email": email, "language": "el", "begins": str(TODAY), **typed}
    return browser_of(person).post(address, {name: value for name, value in given.items() if value is not None})


def link() -> str:
    return re.search(r"/el/invitations/[^/\s]+/", OutboxMail.objects.first().text).group()


def organisation(code: str) -> Organisation:
    return Organisation.objects.get(code=code)


def test_somebody_without_an_account_is_invited_to_act_for_an_organisation(people):
    invite(people.lena, organisation=organisation("org-ana").pk, function="Adviser")
    browser = Client()

    shown = browser.get(link())
    done = browser.post(link(), NEW)

    nina = User.objects.get(email="nina@example.org")
    held = nina.affiliations.get()
    assert (shown.status_code, done.status_code, done.headers["Location"]) == (200, 302, "/el/members/mine/")
    assert (held.organisation.code, held.function, nina.language, nina.name) == ("org-ana", "Adviser", "el", "Nina")
    assert nina.emailaddress_set.get().verified
    assert nina.has_perm("members.view_contacts")
    assert browser.get(reverse("members:own")).status_code == 200


def test_a_link_works_once(people):
    invite(people.lena, organisation=organisation("org-ana").pk)
    browser_of(people.carl).post(link())

    again = Client()
    assert (again.get(link()).status_code, again.post(link(), NEW).status_code) == (410, 410)
    assert Invitation.objects.get().accepted_by == people.carl


@pytest.mark.parametrize("ruin", ["expired", "revoked", "unknown"])
def test_a_link_that_is_no_good_opens_nothing(people, ruin):
    invite(people.lena, organisation=organisation("org-ana").pk)
    address = link()
    if ruin == "expired":
        SecretLink.objects.update(expires_at=timezone.now())
    elif ruin == "revoked":
        browser_of(people.lena).post(reverse("members:revoke_invitation", args=[Invitation.objects.get().pk]))
    else:
        address = "/el/invitations/nothing-behind-this/"

    assert Client().post(address, NEW).status_code == 410
    assert User.objects.filter(email="nina@example.org").count() == 0


def test_the_secret_is_kept_nowhere_but_in_the_mail(people):
    invite(people.lena, organisation=organisation("org-ana").pk)
    secret = link().split("/")[3]

    assert secret not in str(list(SecretLink.objects.values())) + str(list(Invitation.objects.values()))


def test_an_address_with_an_account_signs_in_instead(people):
    invite(people.lena, email="carl@example.org", organisation=organisation("org-ana").pk)

    refused = Client().post(link(), NEW)

    assert (refused.status_code, User.objects.filter(email="carl@example.org").count()) == (400, 1)
    assert "/account/login/?next=" in refused.content.decode()


# To one activity


def test_a_person_of_partner_tier_sees_one_draft_until_the_day(people):
    draft, other = record("Open to Petra", publish=False, by=people.ana), record("Closed", publish=False, by=people.ana)
    invite(people.ana, email="petra@example.org", thing=draft, ends=str(TODAY + timedelta(days=3)))
    petra = browser_of(people.petra)

    before = petra.get(draft.get_absolute_url()).status_code
    accepted = petra.post(link())
    after = [petra.get(thing.get_absolute_url()).status_code for thing in (draft, other)]
    Invitation.objects.update(begins=TODAY - timedelta(days=9), ends=TODAY - timedelta(days=1))
    ended = petra.get(draft.get_absolute_url()).status_code

    assert (before, accepted.status_code, after, ended) == (404, 302, [200, 404], 404)
    assert not User.objects.get(pk=people.petra.pk).has_perm("members.view_contacts")


def test_who_was_invited_stays_when_the_draft_changes(people):
    draft = record("Open to Petra", publish=False, by=people.ana)
    invite(people.ana, email="petra@example.org", thing=draft, ends=str(TODAY))
    browser_of(people.petra).post(link())

    set_audience(draft, {f"person:{people.ana.pk}"})
    still = browser_of(people.petra).get(draft.get_absolute_url()).status_code
    set_audience(draft, set())

    assert (still, browser_of(people.petra).get(draft.get_absolute_url()).status_code) == (200, 404)


def test_revoking_closes_the_activity_at_once(people):
    draft = record("Open to Petra", publish=False, by=people.ana)
    invite(people.ana, email="petra@example.org", thing=draft, ends=str(TODAY))
    browser_of(people.petra).post(link())

    browser_of(people.ana).post(reverse("members:revoke_invitation", args=[Invitation.objects.get().pk]))

    assert browser_of(people.petra).get(draft.get_absolute_url()).status_code == 404


def test_the_page_of_who_sees_names_whoever_was_invited(people):
    draft = record("Open to Petra", publish=False, by=people.ana)
    invite(people.ana, email="petra@example.org", thing=draft, ends=str(TODAY))
    address = reverse("access:who_sees", args=["repository.record", draft.pk])
    browser_of(people.petra).post(link())

    page = browser_of(people.ana).get(address)

    told = {viewer.person.name: viewer.reasons for viewer in page.context["viewers"]}
    assert told["Petra"] == ["Those invited"]


@pytest.mark.parametrize("name", ["marko", "petra", "carl"])
def test_nobody_invites_to_what_is_not_hers_to_see(people, name):
    draft = record("Draft of Ana", publish=False, by=people.ana)

    assert invite(people.named(name), thing=draft, ends=str(TODAY)).status_code == 403
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"organisation": None}, ["organisation"]),
        ({"email": "nobody"}, ["email"]),
        ({"ends": "2020-01-01"}, ["ends"]),
        ({"language": "fr"}, ["language"]),
    ],
)
def test_what_is_wrong_is_named(people, typed, wrong):
    given = {"organisation": organisation("org-ana").pk, **typed}

    response = invite(people.lena, **given)

    assert (response.status_code, list(response.context["form"].errors)) == (400, wrong)
    assert (Invitation.objects.count(), OutboxMail.objects.count()) == (0, 0)


@pytest.mark.parametrize(("name", "status"), [("marko", 400), ("ana", 302), ("lena", 302)])
def test_one_invites_for_organisations_one_looks_after(people, name, status):
    looked_after(people.ana)

    assert invite(people.named(name), organisation=organisation("org-ana").pk).status_code == status


# Many at once


HEAD = "email,name,organisation,function,language,begins,ends\n"


def table(text: str, name: str = "people.csv"):
    return SimpleUploadedFile(name, text.encode())


def test_first_what_would_happen_then_the_deed(people):
    browser, address = browser_of(people.lena), reverse("members:bulk")
    text = HEAD + "a@example.org,Ada,org-ana,Adviser,el,2026-01-01,\nb@example.org,,org-marko,,,,\n"

    shown = browser.post(address, {"table": table(text)})
    assert (Invitation.objects.count(), [row.problems for row in shown.context["rows"]]) == (0, [[], []])

    browser.post(address, {"rows": shown.context["signed"]})
    assert sorted(Invitation.objects.values_list("email", "organisation__code")) == [
        ("a@example.org", "org-ana"),
        ("b@example.org", "org-marko"),
    ]
    assert OutboxMail.objects.count() == 2


def test_every_wrong_line_is_named_and_nobody_is_invited(people):
    text = HEAD + (
        "a@example.org,,org-ana,,,,\na@example.org,,org-ana,,,,\nnobody,,org-ana,,,,\n"
        "c@example.org,,nowhere,,,,\nd@example.org,,org-ana,,xx,,\ne@example.org,,org-ana,,,31.12.2026,\n"
        "f@example.org,,org-ana,,,2026-13-45,\n"
    )

    shown = browser_of(people.lena).post(reverse("members:bulk"), {"table": table(text)})

    wrong = {row.number: len(row.problems) for row in shown.context["rows"]}
    assert wrong == {2: 0, 3: 1, 4: 1, 5: 1, 6: 1, 7: 1, 8: 1}
    assert (shown.context["signed"], Invitation.objects.count()) == ("", 0)


def test_a_sheet_is_read_as_well(people):
    book = Workbook()
    book.active.append(["email", "organisation", "begins"])
    book.active.append(["a@example.org", "org-ana", TODAY])
    held = BytesIO()
    book.save(held)

    upload = SimpleUploadedFile("people.xlsx", held.getvalue())
    shown = browser_of(people.lena).post(reverse("members:bulk"), {"table": upload})

    assert [(row.typed["email"], row.problems) for row in shown.context["rows"]] == [("a@example.org", [])]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("people.csv", b"\xff\xfe\x00\x01"),
        ("people.xlsx", b"no workbook at all"),
        ("people.xlsx", b"PK\x03\x04 broken"),
        ("people.pdf", b"%PDF-1.4"),
        ("people.csv", b"one,two\n1,2\n"),
        ("people.csv", b" "),
    ],
)
def test_what_is_no_such_table_is_refused_in_words(people, name, content):
    response = browser_of(people.lena).post(reverse("members:bulk"), {"table": SimpleUploadedFile(name, content)})

    assert (response.status_code, list(response.context["form"].errors)) == (400, ["table"])


def test_rows_that_were_changed_on_the_way_are_not_taken(people):
    response = browser_of(people.lena).post(reverse("members:bulk"), {"rows": "made:up"})

    assert (response.status_code, Invitation.objects.count(), Affiliation.objects.count()) == (302, 0, 6)


# What a review found


def test_nobody_invites_herself_to_act_for_an_organisation(people):
    invite(people.lena, email="lena@example.org", organisation=organisation("org-ana").pk)

    assert browser_of(people.lena).post(link()).status_code == 410
    assert people.lena.affiliations.count() == 1


def test_acting_begins_and_ends_as_the_invitation_says(people):
    days = {"begins": str(TODAY + timedelta(days=3)), "ends": str(TODAY + timedelta(days=9))}
    invite(people.lena, email="carl@example.org", organisation=organisation("org-ana").pk, **days)

    browser_of(people.carl).post(link())

    held = people.carl.affiliations.get(organisation__code="org-ana")
    assert (str(held.begins), str(held.ends)) == (days["begins"], days["ends"])
    assert not User.objects.get(pk=people.carl.pk).has_perm("members.view_contacts")


@pytest.mark.parametrize("pk", ["1", "x", "9" * 30])
@pytest.mark.parametrize("label", ["members.organisation", "cases.case", "nothing", "repository.record"])
def test_only_what_is_meant_for_it_is_opened_to_single_people(people, label, pk):
    address = f"{reverse('members:invite')}?thing={label}&pk={pk}"

    assert browser_of(people.ana).get(address).status_code == 403


def test_the_same_rows_sent_twice_invite_once(people):
    browser, address = browser_of(people.lena), reverse("members:bulk")
    shown = browser.post(address, {"table": table(HEAD + "a@example.org,,org-ana,,,,\n")})

    for _click in range(2):
        browser.post(address, {"rows": shown.context["signed"]})

    assert (Invitation.objects.count(), OutboxMail.objects.count()) == (1, 1)


@pytest.mark.parametrize("cell", ["x" * 151, "nul\x00"])
def test_what_cannot_be_kept_is_named_before(people, cell):
    text = HEAD + f"a@example.org,{cell},org-ana,,,,\n"

    shown = browser_of(people.lena).post(reverse("members:bulk"), {"table": table(text)})

    assert (shown.context["signed"], len(shown.context["wrong"])) == ("", 1)
