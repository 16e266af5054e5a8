"""Recording, confirming and reading policy changes over HTTP."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pilots.models import PolicyChange
from repository import adoptions
from tests.consultations.views.pages import parsed, queries, texts
from tests.factories.changes import authority, case_of, confirmed, own, recorded, voice
from tests.factories.repository import record
from tests.people import browser_of
from tests.settling import settle

pytestmark = pytest.mark.django_db
PUBLIC, DESK = "/en/pilots/changes/", "/en/desk/pilots/changes/"


def typed(people, **fields) -> dict:
    given = {
        "organisation": own(people.marko).pk,
        "title": "Vouchers for clusters",
        "text": "A voucher instead of a grant.",
        "instrument": "scheme",
        "level": "regional",
        "changed_on": "2026-03-01",
        "region": "AT12",
        "topic": 4,
        "authority": authority().pk,
        "link": "https://example.org/law",
    }
    return {**given, **fields}


def test_from_an_adoption_to_a_change_that_counts(people):
    vouchers = record("Vouchers in Thessaly")
    adoptions.adopt(vouchers, own(people.marko), by=people.marko, year=2025, adapted="Smaller.", language="en")
    marko, paula, guest = browser_of(people.marko), browser_of(voice(authority())), browser_of(people.guest)
    offer = f"{DESK}new/?record={vouchers.code}"
    assert parsed(marko.get(vouchers.get_absolute_url())).xpath(f"//a[@href='{offer}']/text()") == [
        "Record what changed in our policy"
    ]
    (form,) = parsed(marko.get(offer)).xpath("//form[.//input[@name='title']]")
    begun = dict(form.form_values())
    assert (begun["learned"].strip(), begun["text"].strip()) == (vouchers.get_absolute_url(), "Smaller.")

    made = marko.post(offer, typed(people, **{name: begun[name] for name in ("learned", "key", "seen")}))
    assert guest.get(made.url).status_code == 404
    marko.post(f"{DESK}{PolicyChange.objects.get().pk}/ask/")
    settle()
    case = case_of(PolicyChange.objects.get())
    paula.post(case.get_absolute_url() + "answer/confirm/", {"reason": "In force."})
    settle()

    assert PolicyChange.objects.get().state == "confirmed"
    page = guest.get(made.url)
    assert texts(page, "//h1") == ["Vouchers for clusters"]
    assert texts(page, "//section[@aria-labelledby='relations']//li/a") == ["Vouchers in Thessaly"]
    assert texts(guest.get(PUBLIC), "//article/h2") == ["Vouchers for clusters"]
    assert len(parsed(guest.get("/en/regions/AT12/")).xpath(f"//a[@href='{made.url}']")) == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": ""}, "title"),
        ({"instrument": "wish"}, "instrument"),
        ({"region": "XX99"}, "region"),
        ({"changed_on": "yesterday"}, "changed_on"),
        ({"link": "nonsense"}, "link"),
        ({"learned": "/en/nowhere/"}, "learned"),
        ({"organisation": 0}, "organisation"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_stays(people, fields, field):
    page = browser_of(people.marko).post(f"{DESK}new/", typed(people, **fields))

    assert (page.status_code, list(page.context["form"].errors)) == (400, [field])
    assert (PolicyChange.objects.count(), page.context["form"].data["text"]) == (0, "A voucher instead of a grant.")


def test_the_document_goes_with_the_change(people):
    marko, ana = browser_of(people.marko), browser_of(people.ana)
    law = SimpleUploadedFile("law.txt", b"Article 1", content_type="text/plain")
    made = marko.post(f"{DESK}new/", typed(people, link="", file=law))

    assert b"".join(marko.get(made.url + "document/").streaming_content) == b"Article 1"
    assert ana.get(made.url + "document/").status_code == 404


def test_what_somebody_else_changed_is_not_overwritten_unseen(people):
    made = recorded(people.marko)
    marko = browser_of(people.marko)
    (form,) = parsed(marko.get(f"{DESK}{made.pk}/")).xpath("//form[.//input[@name='title']]")
    opened = dict(form.form_values())
    PolicyChange.objects.filter(pk=made.pk).update(title={"en": "A colleague's"})

    page = marko.post(f"{DESK}{made.pk}/", {**opened, "title": "Mine"})

    assert (page.status_code, str(PolicyChange.objects.get().title)) == (400, "A colleague's")


@pytest.mark.parametrize(("name", "status"), [("marko", 200), ("lena", 403), ("ana", 404), ("guest", 302)])
def test_who_opens_the_form(people, name, status):
    made = recorded(people.marko)

    assert browser_of(people.named(name)).get(f"{DESK}{made.pk}/").status_code == status


def test_asking_twice_opens_one_case_and_says_what_is_lacking(people):
    marko, made = browser_of(people.marko), recorded(people.marko, learned=[record()])
    bare = recorded(people.marko, title="Bare", link="")
    for _press in range(2):
        marko.post(f"{DESK}{made.pk}/ask/")
    page = marko.post(f"{DESK}{bare.pk}/ask/", follow=True)
    settle()

    made.refresh_from_db()
    bare.refresh_from_db()
    assert (made.state, bare.state, page.status_code) == ("asked", "draft", 200)


def test_the_lead_partner_withdraws_with_reasons(people):
    made, lena = confirmed(people.marko), browser_of(people.lena)
    assert lena.post(f"{DESK}{made.pk}/withdraw/", {"reason": ""}).status_code == 400

    lena.post(f"{DESK}{made.pk}/withdraw/", {"reason": "Annulled."})

    made.refresh_from_db()
    assert (made.state, made.reason) == ("withdrawn", "Annulled.")


def test_the_list_narrows(people):
    confirmed(people.marko)
    confirmed(people.marko, title="A law", instrument="law", topic_id=2)
    guest = browser_of(people.guest)

    found = [texts(guest.get(f"{PUBLIC}?{query}"), "//article/h2") for query in ("topic=2", "country=HU", "topic=x")]

    assert found == [["A law"], [], ["A law", "Vouchers for clusters"]]


def test_the_lists_cost_the_same_with_one_and_with_three(people):
    made = confirmed(people.marko)
    marko = browser_of(people.marko)
    pages = (PUBLIC, DESK, made.get_absolute_url())
    for page in pages:
        marko.get(page)
    with_one = [queries(marko, page) for page in pages]
    confirmed(people.marko, title="Two")
    confirmed(people.marko, title="Three")

    assert [queries(marko, page) for page in pages] == with_one
