from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from platform_core.identity.audit.models import Event
from platform_core.people.members import services
from platform_core.people.members.models import Membership, Organisation
from tests.people import add_organisation, browser_of

NAMES = ["lena", "wanda", "marko", "ana", "petra", "carl", "guest"]
ONLY_LENA = [("lena", 200), *((name, 403) for name in NAMES[1:-1]), ("guest", 302)]
TODAY = timezone.localdate().isoformat()
TYPED = {"tier": "associated", "share": "", "begins": TODAY, "why": "A strong agency & <b>more</b>"}


def admit(person, code: str = "org-carl", **changed):
    return browser_of(person).post(reverse("members:admit", args=[code]), {**TYPED, **changed})


def admissions() -> int:
    return Event.objects.filter(verb="members.admitted").count()


def queries_of(browser, address: str) -> int:
    browser.get(address)
    cache.clear()
    with CaptureQueriesContext(connection) as found:
        assert browser.get(address).status_code == 200
    return len(found)


# Admission


@pytest.mark.parametrize(("name", "status"), ONLY_LENA)
def test_the_form_of_admission_is_the_lead_partner_s(people, name, status):
    response = browser_of(people.named(name)).get(reverse("members:admit", args=["org-carl"]))

    assert response.status_code == status


@pytest.mark.parametrize(("name", "status"), ONLY_LENA)
def test_an_organisation_is_admitted_by_the_lead_partner_alone(people, name, status):
    before = admissions()

    response = admit(people.named(name))

    admitted = int(name == "lena")
    assert response.status_code == (302 if admitted else status)
    assert Membership.objects.filter(organisation__code="org-carl", tier="associated").count() == admitted
    assert admissions() - before == admitted


def test_a_lead_partner_of_no_full_member_cannot_admit(people):
    Membership.objects.filter(organisation__code="org-lena").update(begins="2026-01-01", ends="2026-01-31")

    response = admit(people.lena)

    assert (response.status_code, Membership.objects.filter(organisation__code="org-carl").count()) == (403, 0)


def test_after_the_admission_its_page_says_so(people):
    browser = browser_of(people.lena)

    page = browser.post(reverse("members:admit", args=["org-carl"]), TYPED, follow=True)

    assert page.redirect_chain == [("/en/desk/members/org-carl/", 302)]
    told = "Organisation org-carl is admitted as Associated member. Its contact is told."
    assert [str(message) for message in page.context["messages"]] == [told]
    assert page.content.decode().count("A strong agency &amp; &lt;b&gt;more&lt;/b&gt;") == 1


def test_sending_twice_admits_once(people):
    before = admissions()

    answers = [admit(people.lena) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 400]
    assert answers[1].context["form"].errors == {"tier": ["The organisation already has this tier."]}
    assert (Membership.objects.filter(organisation__code="org-carl").count(), admissions() - before) == (1, 1)


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"tier": ""}, ["tier"]),
        ({"tier": "emperor"}, ["tier"]),
        ({"tier": "full"}, ["share"]),
        ({"share": "financing"}, ["share"]),
        ({"share": "a gift"}, ["share"]),
        ({"begins": ""}, ["begins"]),
        ({"begins": "31.02.2027"}, ["begins"]),
        ({"why": ""}, ["why"]),
        ({"why": "x" * 1001}, ["why"]),
        ({"tier": "", "begins": "soon", "why": ""}, ["begins", "tier", "why"]),
    ],
)
def test_bad_input_is_refused_and_what_was_typed_stays(people, changed, fields):
    response = admit(people.lena, **changed)

    form = response.context["form"]
    assert (response.status_code, sorted(form.errors)) == (400, fields)
    assert {name: form[name].value() for name in TYPED} == {**TYPED, **changed}
    assert Membership.objects.filter(organisation__code="org-carl").count() == 0


def test_what_was_typed_is_on_the_page_again(people):
    page = admit(people.lena, begins="31.02.2027").content.decode()

    assert page.count("A strong agency &amp; &lt;b&gt;more&lt;/b&gt;</textarea>") == 1
    assert page.count('value="31.02.2027"') == 1


def test_a_day_before_the_present_membership_is_refused(people):
    response = admit(people.lena, "org-ana", tier="partner", begins="2020-01-01")

    assert (response.status_code, sorted(response.context["form"].errors)) == (400, ["begins"])
    assert list(Membership.objects.filter(organisation__code="org-ana").values_list("tier", "ends")) == [
        ("associated", None)
    ]


def test_an_organisation_that_is_not_there_is_not_found(people):
    assert admit(people.lena, "org-nobody").status_code == 404


# The desk


@pytest.mark.parametrize(("name", "status"), ONLY_LENA)
@pytest.mark.parametrize("address", ["/en/desk/members/", "/en/desk/members/org-ana/"])
def test_the_desk_is_the_lead_partner_s(people, name, status, address):
    response = browser_of(people.named(name)).get(address)

    assert (response.status_code, "Organisation org-ana" in response.content.decode()) == (status, status == 200)


def test_the_desk_counts_organisations_by_tier(people):
    page = browser_of(people.lena).get(reverse("members:desk"))

    assert page.context["counts"] == {"full": 3, "associated": 1, "partner": 1}
    assert page.context["page"].paginator.count == 6


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"tier": "full"}, ["org-lena", "org-marko", "org-wanda"]),
        ({"tier": "none"}, ["org-carl"]),
        ({"words": "ORG-AN"}, ["org-ana"]),
        ({"country": "BG"}, []),
        ({"tier": "nonsense"}, ["org-ana", "org-carl", "org-lena", "org-marko", "org-petra", "org-wanda"]),
    ],
)
def test_the_list_shows_what_is_asked(people, query, codes):
    page = browser_of(people.lena).get(reverse("members:desk"), query)

    assert [organisation.code for organisation in page.context["page"]] == codes


def test_a_tier_is_that_of_today(people):
    organisation = Organisation.objects.get(code="org-ana")
    tomorrow = timezone.localdate() + timedelta(days=1)
    services.admit(organisation, tier="full", share="asp", by=people.lena, begins=tomorrow)

    page = browser_of(people.lena).get(reverse("members:desk"), {"words": "org-ana"})

    assert [found.tier for found in page.context["page"]] == ["associated"]


@pytest.mark.parametrize(
    ("name", "route"), [("lena", "members:desk"), ("lena", "members:directory"), ("guest", "members:directory")]
)
def test_a_list_costs_the_same_at_one_and_three_rows(people, name, route):
    browser, address, numbers, rows = browser_of(people.named(name)), reverse(route) + "?words=zeta", [], []
    for codes in (["zeta-1"], ["zeta-2", "zeta-3"]):
        for code in codes:
            add_organisation(code, tier="partner", country={"zeta-1": "AT", "zeta-2": "BG"}.get(code, "EL"))
        numbers.append(queries_of(browser, address))
        page = browser.get(address).content.decode()
        rows.append([number for number in (1, 2, 3) if f"/members/zeta-{number}/" in page])

    assert (rows, numbers[0]) == ([[1], [1, 2, 3]], numbers[1])


# Contact persons


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("lena", True),
        ("wanda", True),
        ("marko", True),
        ("ana", True),
        ("petra", False),
        ("carl", False),
        ("guest", False),
    ],
)
def test_contact_persons_are_shown_to_members(people, name, sees):
    address = reverse("members:organisation", args=["org-wanda"])
    browser_of(people.marko).get(address)  # a member's page is not kept for guests

    page = browser_of(people.named(name)).get(address)

    assert (page.status_code, page.content.decode().count("mailto:wanda@example.org")) == (200, int(sees))


@pytest.mark.parametrize("name", NAMES)
def test_everybody_sees_the_same_organisations(people, name):
    page = browser_of(people.named(name)).get(reverse("members:directory"))

    assert page.context["page"].paginator.count == 6
    assert page.content.decode().count("@example.org") == 0


@pytest.mark.parametrize("name", NAMES)
def test_the_public_page_never_shows_who_decided_or_why(people, name):
    services.admit(Organisation.objects.get(code="org-carl"), tier="partner", by=people.lena, why="Between us")

    page = browser_of(people.named(name)).get(reverse("members:organisation", args=["org-carl"]))

    assert page.content.decode().count("Between us") == 0
