import pytest
from django.urls import reverse

from platform_core.people.members.models import Membership, Organisation, Stance
from platform_core.people.members.partnership import checklist
from tests.people import add_organisation, browser_of

pytestmark = pytest.mark.database

NAMES = ["states", "financing", "lead", "size", "outside", "balance"]
COUNTRIES = ["IT", "HU", "RO", "BG", "EL", "SI", "RS"]


def met() -> dict[str, bool]:
    return dict(zip(NAMES, [rule.met for rule in checklist()], strict=True))


def test_three_partners_of_one_country_are_not_enough(people):
    assert met() == {
        "states": False,
        "financing": True,
        "lead": True,
        "size": False,
        "outside": False,
        "balance": False,
    }
    assert checklist()[0].told == "Austria – 7 partner states are missing."


def test_a_whole_partnership_meets_every_rule(people):
    for country in COUNTRIES:
        add_organisation(f"org-{country.lower()}", tier="full", country=country)
    one, other = Organisation.objects.filter(memberships__tier="full")[:2]
    for topic in range(1, 7):
        Stance.objects.create(organisation=one, topic_id=topic, side="shares")
        Stance.objects.create(organisation=other, topic_id=topic, side="gains")

    assert met() == dict.fromkeys(NAMES, True)


def test_a_fourth_financing_partner_of_a_country_is_one_too_many(people):
    fourth = add_organisation("org-fourth", tier="full")
    assert (met()["financing"], checklist()[1].told) == (False, "Austria: 4")

    Membership.objects.filter(organisation=fourth).update(share="asp")
    assert met()["financing"]


def test_the_lead_partner_is_of_the_public_sector(people):
    Organisation.objects.filter(code="org-lena").update(is_public_body=False)

    assert (met()["lead"], checklist()[2].told) == (False, "Organisation org-lena is no public body.")


def test_associated_members_count_for_nothing(people):
    add_organisation("org-rs", tier="associated", country="RS")

    assert met()["outside"] is False


@pytest.mark.parametrize(("name", "status"), [("lena", 200), ("marko", 403), ("ana", 403), ("guest", 302)])
def test_the_checklist_is_for_the_lead_partner(people, name, status):
    assert browser_of(people.named(name)).get(reverse("members:partnership")).status_code == status
