import pytest
from django.urls import reverse

from platform_core.identity.access.selectors import audience_of
from platform_core.identity.accounts.models import User
from platform_core.materials.drafts.models import Draft
from platform_core.people.members import services
from platform_core.people.members.models import Application, Claim, Organisation
from tests.factories.cases import looked_after
from tests.people import browser_of

pytestmark = pytest.mark.database

NAMES = ["lena", "wanda", "marko", "ana", "petra", "carl", "guest"]
ANEW = {
    "name": "Agency of Lowland",
    "native_name": "Агенция Ниска земя",
    "language": "bg",
    "kind": "rd_transfer",
    "country": "BG",
    "region": "BG41",
    "function": "Director",
    "tier": "full",
    "share": "asp",
    "motivation": "To learn from others.",
    "topic_1": "shares",
    "topic_4": "gains",
}


def apply_anew(person, **changed):
    return browser_of(person).post(reverse("members:apply_anew"), ANEW | changed)


def test_a_new_organisation_applies(people):
    response = apply_anew(people.carl)

    organisation = Organisation.objects.get(code="agency-of-lowland")
    application = Application.objects.get()
    affiliation = organisation.affiliations.get()
    assert (response.status_code, response.headers["Location"]) == (302, reverse("members:own"))
    assert dict(organisation.name) == {"en": "Agency of Lowland", "bg": "Агенция Ниска земя"}
    assert (application.organisation, application.tier, application.share) == (organisation, "full", "asp")
    assert (affiliation.person, affiliation.is_admin, affiliation.function) == (people.carl, True, "Director")
    assert list(organisation.stances.values_list("topic", "side")) == [(1, "shares"), (4, "gains")]


@pytest.mark.parametrize(
    ("name", "status"), [("lena", 200), ("carl", 200), *((name, 404) for name in NAMES[1:5]), ("guest", 404)]
)
def test_an_organisation_that_applies_is_not_public_yet(people, name, status):
    apply_anew(people.carl)
    found = Organisation.objects.get(code="agency-of-lowland")

    assert browser_of(people.named(name)).get(found.get_absolute_url()).status_code == status


def test_it_is_public_once_admitted(people):
    apply_anew(people.carl)
    application = Application.objects.get()

    services.grant_application(
        application, by=people.lena, reason="Welcome", tier="full", share="asp", begins=services.timezone.localdate()
    )

    assert audience_of(application.organisation) == ["public"]
    assert User.objects.get(pk=people.carl.pk).has_perm("repository.deposit_record")


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"name": ""}, ["name"]),
        ({"name": "organisation ORG-ana"}, ["name"]),
        ({"region": "EL30"}, ["region"]),
        ({"country": "XX"}, ["country", "region"]),
        ({"tier": "associated"}, ["__all__"]),
        ({"share": ""}, ["__all__"]),
        ({"topic_1": "nothing of these"}, ["topic_1"]),
        ({"website": "not an address"}, ["website"]),
        ({"motivation": "x" * 3001}, ["motivation"]),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_saved(people, changed, wrong):
    response = apply_anew(people.carl, **changed)

    assert (response.status_code, sorted(response.context["form"].errors)) == (400, wrong)
    assert response.context["form"]["native_name"].value() == "Агенция Ниска земя"
    assert (Application.objects.count(), Organisation.objects.filter(country="BG").count()) == (0, 0)


def test_a_second_application_waits_for_the_first(people):
    looked_after(people.carl)
    address = reverse("members:apply", args=["org-carl"])
    browser = browser_of(people.carl)

    first, second = (browser.post(address, {"tier": "associated", "motivation": "x"}) for _click in range(2))

    assert (first.status_code, second.status_code, Application.objects.count()) == (302, 400, 1)


@pytest.mark.parametrize(("name", "status"), [("carl", 403), ("ana", 403), ("lena", 200), ("guest", 302)])
def test_only_who_looks_after_a_profile_applies_for_it(people, name, status):
    assert browser_of(people.named(name)).get(reverse("members:apply", args=["org-carl"])).status_code == status


def test_what_is_typed_is_kept_and_gone_once_sent(people):
    browser, address = browser_of(people.carl), reverse("members:apply_anew")

    kept = browser.post(address, {"name": "Agency of", "topic_4": "gains", "keep_draft": "1"})
    shown = browser.get(address).context["form"]

    assert (kept.status_code, shown["name"].value(), shown["topic_4"].value()) == (302, "Agency of", "gains")
    browser.post(address, ANEW | {"draft_version": "1"})
    assert Draft.objects.count() == 0


@pytest.mark.parametrize(("name", "status"), list(zip(NAMES, [200] * 7, strict=True)))
def test_everybody_can_read_how_to_join(people, name, status):
    assert browser_of(people.named(name)).get(reverse("members:join")).status_code == status


def test_a_claim_is_made_once(people):
    browser, address = browser_of(people.carl), reverse("members:claim", args=["org-ana"])

    answers = [browser.post(address, {"function": "Adviser"}).status_code for _click in range(2)]

    assert (answers, Claim.objects.count()) == ([302, 400], 1)


@pytest.mark.parametrize(
    ("domain", "fits"), [("", False), ("example.org", True), ("@Example.org", True), ("ample.org", False)]
)
def test_whether_an_address_is_of_the_organisations_domain(people, domain, fits):
    organisation = Organisation.objects.get(code="org-ana")
    organisation.email_domain = domain

    assert Claim(person=people.carl, organisation=organisation).domain_fits is fits


# Profiles


PROFILE = {"name": "Org of Ana", "language": "el", "native_name": "Οργανισμός", "kind": "kibs", "country": "EL"}


@pytest.mark.parametrize(
    ("name", "status"), [("petra", 403), ("marko", 403), ("carl", 403), ("lena", 302), ("guest", 302)]
)
def test_a_profile_is_changed_by_who_looks_after_it(people, name, status):
    assert (
        browser_of(people.named(name)).post(reverse("members:change", args=["org-ana"]), PROFILE).status_code == status
    )

    assert str(Organisation.objects.get(code="org-ana")) == ("Org of Ana" if name == "lena" else "Organisation org-ana")


def test_languages_a_form_does_not_show_are_kept(people):
    organisation = looked_after(people.ana)
    organisation.name = {"en": "Old", "el": "Παλιά", "hu": "Régi"}
    organisation.save()

    browser_of(people.ana).post(reverse("members:change", args=["org-ana"]), PROFILE | {"topic_2": "both"})

    organisation.refresh_from_db()
    assert dict(organisation.name) == {"en": "Org of Ana", "hu": "Régi", "el": "Οργανισμός"}
    assert organisation.stances.get().side == "both"


def test_several_people_look_after_one_profile(people):
    organisation = looked_after(people.ana)
    services.affiliate(people.carl, organisation)
    affiliation = people.carl.affiliations.get(organisation=organisation)
    address = reverse("members:person", args=["org-ana", affiliation.pk])

    browser_of(people.ana).post(address, {"function": "Deputy", "is_admin": "on"})

    affiliation.refresh_from_db()
    assert (affiliation.function, affiliation.is_admin, affiliation.is_contact) == ("Deputy", True, False)
    assert User.objects.get(pk=people.carl.pk).has_perm("members.change_organisation", organisation)


def test_who_acts_no_more_loses_what_the_membership_opened_at_once(people):
    organisation = looked_after(people.ana)
    services.affiliate(people.carl, organisation)
    affiliation = people.carl.affiliations.get(organisation=organisation)
    address = reverse("members:end_affiliation", args=["org-ana", affiliation.pk])
    browser = browser_of(people.ana)

    assert User.objects.get(pk=people.carl.pk).has_perm("members.view_contacts")
    assert (browser.get(address).status_code, browser.post(address).status_code) == (200, 302)
    assert not User.objects.get(pk=people.carl.pk).has_perm("members.view_contacts")


@pytest.mark.parametrize("name", ["carl", "marko", "petra"])
@pytest.mark.parametrize("page", ["people", "change"])
def test_people_of_an_organisation_are_for_who_looks_after_it(people, name, page):
    assert browser_of(people.named(name)).get(reverse(f"members:{page}", args=["org-ana"])).status_code == 403


def test_addresses_beside_those_of_organisations_are_not_taken(people):
    made = [
        services.add_organisation(name={"en": name}, kind="kibs", country_id="AT") for name in ("Join", "Join", "!")
    ]

    assert [one.code for one in made] == ["join-1", "join-2", "organisation"]
