import threading
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from platform_core.identity.access.selectors import audience_of, keys_of
from platform_core.identity.accounts.models import User
from platform_core.identity.audit.models import Event
from platform_core.people.members import selectors, services
from platform_core.people.members.models import Affiliation, Membership, Organisation
from tests.people import add_organisation, add_person
from tests.platform_core.identity.threads import TOGETHER, in_parallel, with_several_writers

pytestmark = pytest.mark.database

NEW_YEAR = date(2026, 1, 1)
OTHERS = ["wanda", "marko", "ana", "petra", "carl"]


def organisation_of(name: str) -> Organisation:
    return Organisation.objects.get(code=f"org-{name}")


def member_since(name: str, day: date = NEW_YEAR) -> Organisation:
    """The organisation of one of the cast, a member since a day in the past."""
    organisation = organisation_of(name)
    organisation.memberships.update(begins=day)
    organisation.affiliations.update(begins=day)
    return organisation


def history(organisation: Organisation) -> list[tuple]:
    rows = organisation.memberships.order_by("begins", "pk")
    return list(rows.values_list("tier", "share", "begins", "ends"))


def standing(name: str, day: date | None = None) -> set[str]:
    """Tier keys of a person as her next request meets her, without those of persons and organisations."""
    person = User.objects.get(email=f"{name}@example.org")
    keys = keys_of(person) if day is None else selectors.standing_of(person.pk, day)
    return {key for key in keys if key == "members" or key.startswith("tier:")}


# Admission


def test_an_organisation_is_admitted_with_who_decided_and_why(people):
    organisation = organisation_of("carl")

    services.admit(organisation, tier="full", share="asp", by=people.lena, why="A strong agency", begins=NEW_YEAR)

    membership = organisation.memberships.get()
    assert (membership.decided_by, membership.why) == (people.lena.pseudonym, "A strong agency")
    assert history(organisation) == [("full", "asp", NEW_YEAR, None)]


def test_an_admission_is_written_into_the_log_without_its_reason(people):
    membership = services.admit(organisation_of("carl"), tier="partner", by=people.lena, why="Asked so kindly")

    event = Event.objects.get(verb="members.admitted", actor=people.lena.pseudonym)
    assert (event.thing, event.thing_id) == ("members.organisation", str(membership.organisation_id))
    assert event.payload == {"tier": "partner", "share": "", "membership": membership.pk}


def test_a_move_to_another_tier_ends_the_one_before(people):
    organisation, day = member_since("ana"), date(2026, 7, 1)

    services.admit(organisation, tier="full", share="financing", by=people.lena, begins=day)

    assert history(organisation) == [
        ("associated", "", NEW_YEAR, date(2026, 6, 30)),
        ("full", "financing", day, None),
    ]


def test_another_share_of_a_full_membership_is_a_move(people):
    organisation = member_since("marko")

    services.admit(organisation, tier="full", share="asp", by=people.lena, begins=date(2026, 7, 1))

    assert [row[1] for row in history(organisation)] == ["financing", "asp"]


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        (
            {"tier": "full"},
            "share",
            "A full membership says whether it is financing or strategic; others do not.",
        ),
        (
            {"tier": "partner", "share": "asp"},
            "share",
            "A full membership says whether it is financing or strategic; others do not.",
        ),
        ({"tier": "associated"}, "tier", "The organisation already has this tier."),
        (
            {"tier": "partner", "begins": NEW_YEAR},
            "begins",
            "The present membership began on 1 January 2026; the new one must begin later.",
        ),
    ],
    ids=["full without share", "partner with share", "same tier", "same day"],
)
def test_an_impossible_admission_is_refused_with_its_reason(people, given, field, message):
    organisation = member_since("ana")

    with pytest.raises(ValidationError) as refused:
        services.admit(organisation, by=people.lena, **given)

    assert refused.value.message_dict == {field: [message]}
    assert history(organisation) == [("associated", "", NEW_YEAR, None)]


@pytest.mark.parametrize("name", OTHERS)
def test_only_the_lead_partner_admits_and_ends(people, name):
    organisation = member_since("petra")

    for deed in (
        lambda by: services.admit(organisation, tier="associated", by=by),
        lambda by: services.end_membership(organisation, by=by, why="Why not"),
        lambda by: services.add_organisation(by=by, code="mine", name="Mine", kind="enterprise", country_id="AT"),
    ):
        with pytest.raises(PermissionDenied):
            deed(people.named(name))

    assert history(organisation) == [("partner", "", NEW_YEAR, None)]


@with_several_writers
def test_of_two_admissions_at_once_one_is_refused(committed_rows):
    organisation, ready, answers = add_organisation("new"), threading.Barrier(2), []

    def admit(tier):
        ready.wait(TOGETHER)
        try:
            answers.append(services.admit(Organisation.objects.get(), tier=tier).tier)
        except ValidationError:
            answers.append("refused")

    in_parallel(lambda: admit("partner"), lambda: admit("associated"))

    (tier,) = organisation.memberships.values_list("tier", flat=True)
    assert sorted(answers) == sorted([tier, "refused"])


# Ends


def test_an_ended_membership_keeps_its_tier_and_both_reasons(people):
    organisation = member_since("petra")
    organisation.memberships.update(why="Asked so kindly")

    services.end_membership(organisation, by=people.lena, why="Has left the area", on=date(2026, 6, 30))

    assert history(organisation) == [("partner", "", NEW_YEAR, date(2026, 6, 30))]
    assert organisation.memberships.get().why == "Asked so kindly\nHas left the area"


def test_a_membership_does_not_end_before_it_begins(people):
    organisation = member_since("petra")

    with pytest.raises(ValidationError) as refused:
        services.end_membership(organisation, by=people.lena, why="Oversight", on=date(2025, 12, 31))

    assert refused.value.messages == ["The membership begins on 1 January 2026 and cannot end before."]
    assert history(organisation) == [("partner", "", NEW_YEAR, None)]


def test_who_is_no_member_cannot_be_ended(people):
    with pytest.raises(ValidationError, match="not a member now"):
        services.end_membership(organisation_of("carl"), by=people.lena, why="Why not")


def test_an_organisation_that_left_is_admitted_again(people):
    organisation = member_since("petra")
    services.end_membership(organisation, by=people.lena, why="Left", on=date(2026, 3, 31))

    services.admit(organisation, tier="partner", by=people.lena, begins=date(2026, 9, 1))

    assert history(organisation) == [
        ("partner", "", NEW_YEAR, date(2026, 3, 31)),
        ("partner", "", date(2026, 9, 1), None),
    ]


def test_memberships_never_overlap(people):
    organisation, today = member_since("petra"), timezone.localdate()
    services.end_membership(organisation, by=people.lena, why="Leaves next month", on=today + timedelta(days=30))

    services.admit(organisation, tier="associated", by=people.lena)

    assert history(organisation) == [
        ("partner", "", NEW_YEAR, today - timedelta(days=1)),
        ("associated", "", today, None),
    ]
    assert standing("petra") == {"tier:associated", "members"}


# Rights that follow


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("lena", {"tier:full", "members"}),
        ("marko", {"tier:full", "members"}),
        ("ana", {"tier:associated", "members"}),
        ("petra", {"tier:partner"}),
        ("carl", set()),
    ],
)
def test_the_tier_of_her_organisation_is_a_person_s(people, name, keys):
    assert standing(name) == keys


def test_a_person_has_the_new_tier_from_its_first_day(people):
    organisation, today = member_since("ana"), timezone.localdate()

    services.admit(organisation, tier="full", share="asp", by=people.lena, begins=today)

    assert standing("ana") == {"tier:full", "members"}
    assert standing("ana", today - timedelta(days=1)) == {"tier:associated", "members"}


def test_a_person_keeps_the_old_tier_until_the_day_before(people):
    organisation, tomorrow = member_since("ana"), timezone.localdate() + timedelta(days=1)

    services.admit(organisation, tier="full", share="asp", by=people.lena, begins=tomorrow)

    assert (standing("ana"), standing("ana", tomorrow)) == (
        {"tier:associated", "members"},
        {"tier:full", "members"},
    )


def test_a_person_is_no_member_after_the_last_day(people):
    organisation, today = member_since("marko"), timezone.localdate()
    services.end_membership(organisation, by=people.lena, why="Left", on=today)

    assert (standing("marko"), standing("marko", today + timedelta(days=1))) == ({"tier:full", "members"}, set())


def test_a_person_of_two_organisations_has_both_tiers(people):
    services.affiliate(people.petra, organisation_of("ana"))

    assert standing("petra") == {"tier:partner", "tier:associated", "members"}


def test_an_ended_affiliation_gives_nothing(people):
    Affiliation.objects.filter(person=people.marko).update(begins=NEW_YEAR, ends=date(2026, 1, 31))

    assert standing("marko") == set()
    assert selectors.acts_for(people.marko.pk) is None


# What the database holds


@pytest.mark.parametrize(
    ("given", "constraint"),
    [
        ({"tier": "partner", "share": ""}, "one_open_membership"),
        ({"tier": "full", "share": "", "ends": NEW_YEAR}, "full_membership_says_its_share"),
        ({"tier": "partner", "share": "asp", "ends": NEW_YEAR}, "full_membership_says_its_share"),
    ],
    ids=["second open one", "full without share", "partner with share"],
)
def test_an_impossible_membership_is_refused_by_the_database(people, given, constraint):
    organisation = organisation_of("ana")

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(organisation=organisation, begins=NEW_YEAR, **given)

    assert constraint in {constraint.name for constraint in Membership._meta.constraints}
    assert organisation.memberships.count() == 1


def test_a_person_acts_for_an_organisation_once_at_a_time(people):
    with pytest.raises(ValidationError):
        services.affiliate(people.ana, organisation_of("ana"))

    assert Affiliation.objects.filter(person=people.ana).count() == 1


def test_an_organisation_with_a_past_is_not_deleted(people):
    with pytest.raises(ProtectedError):
        organisation_of("petra").delete()

    assert organisation_of("petra").memberships.count() == 1


# The directory


def test_an_added_organisation_is_public_and_sorted(db):
    organisation = services.add_organisation(
        code="mura", name={"en": "Škofja Loka"}, kind="enterprise", country_id="SI"
    )

    assert (organisation.sort_name, audience_of(organisation)) == ("skofja loka", ["public"])


def test_an_organisation_without_a_name_is_refused(db):
    with pytest.raises(ValidationError) as refused:
        services.add_organisation(code="nameless", name={}, kind="enterprise", country_id="SI")

    assert sorted(refused.value.message_dict) == ["name"]
    assert Organisation.objects.count() == 0


def test_contacts_are_those_of_today(people):
    organisation = organisation_of("ana")
    for name, fields in {"iris": {"is_contact": True}, "jan": {"is_contact": False}}.items():
        services.affiliate(add_person(name), organisation, **fields)
    Affiliation.objects.filter(person=people.ana).update(begins=NEW_YEAR, ends=NEW_YEAR)

    names = [person.name for person in User.objects.filter(pk__in=selectors.contact_ids(organisation.pk))]

    assert names == ["Iris"]
