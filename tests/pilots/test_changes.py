"""Policy changes: recorded by a member, confirmed by the authority, counted once per region and instrument."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pilots.demonstration import changes as demonstration
from pilots.models import PolicyChange
from pilots.selectors import changes as selectors
from pilots.services import changes as services
from platform_core.exchange.cases import services as cases
from platform_core.exchange.cases.models import Case
from platform_core.ground.registry.catalogue import declared, thing_kind
from platform_core.ground.registry.kinds import IndicatorRule
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import audience_of
from platform_core.materials.trails import selectors as trails, services as drawing
from platform_core.materials.trails.chains import chain
from platform_core.people.members import services as members
from platform_core.programme.search.models import SearchEntry
from tests.factories.changes import asked, authority, case_of, confirmed, own, recorded, voice
from tests.factories.repository import record
from tests.people import add_organisation
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.mark.parametrize(
    ("name", "may"), [("lena", True), ("marko", True), ("ana", True), ("petra", False), ("carl", False)]
)
def test_members_record_for_their_organisation(people, name, may):
    if may:
        recorded(people.named(name))
    else:
        with pytest.raises(PermissionDenied):
            recorded(people.named(name))

    assert PolicyChange.objects.count() == may


def test_nobody_records_for_a_stranger(people):
    with pytest.raises(PermissionDenied):
        services.record(own(people.ana), by=people.marko)


def test_drafts_are_the_recorders_then_the_authority_reads_and_then_everybody(people):
    made = recorded(people.marko, learned=[record()])
    paula = voice(made.authority)
    seen = [[selectors.changes(who).count() for who in (people.marko, paula, people.ana)]]
    services.ask(made, by=people.marko)
    settle()
    seen.append([selectors.changes(who).count() for who in (people.marko, paula, people.ana)])
    cases.answer(case_of(made), "confirm", by=paula, reason="In force.")

    assert seen == [[1, 0, 0], [1, 1, 0]]
    assert audience_of(made) == ["public"]
    assert selectors.confirmed(people.guest).get().confirmed_by == paula


@pytest.mark.parametrize("name", ["lena", "wanda", "marko", "ana", "carl"])
def test_only_the_authority_confirms(people, name):
    made = asked(people.marko)

    with pytest.raises(PermissionDenied):
        services.confirm(made, by=people.named(name))


def test_who_recorded_it_for_another_organisation_does_not_confirm_it_alone(people):
    made = asked(people.marko)
    members.affiliate(people.marko, made.authority)
    people.marko.__dict__.pop("_audience_keys", None)

    with pytest.raises(ValidationError, match="somebody else of the authority"):
        services.confirm(made, by=people.marko)


def test_it_comes_back_with_reasons_and_is_asked_again(people):
    made = asked(people.marko)
    paula = voice(made.authority)
    cases.answer(case_of(made), "return", by=paula, reason="The date is wrong.")
    made.refresh_from_db()
    assert (made.state, made.reason) == ("returned", "The date is wrong.")

    services.change(made, by=people.marko, title={"en": "With the right date"})
    services.ask(made, by=people.marko)
    settle()
    cases.answer(case_of(made), "confirm", by=paula, reason="Now.")

    made.refresh_from_db()
    assert (made.state, str(made.title)) == ("confirmed", "With the right date")


def test_what_is_asked_can_be_taken_back_and_then_changed(people):
    made = asked(people.marko)
    with pytest.raises(PermissionDenied):
        services.change(made, by=people.marko, title={"en": "Too late"})

    cases.withdraw(case_of(made), by=people.marko)

    assert str(services.change(made, by=people.marko, title={"en": "In time"}).title) == "In time"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"authority": ("cluster", "AT", "cluster_organisation")}, "regional or national authority"),
        ({"authority": ("county", "HU", "regional_authority")}, "another country"),
    ],
)
def test_the_authority_has_to_be_one_of_the_place(people, fields, told):
    code, country, kind = fields["authority"]

    with pytest.raises(ValidationError, match=told):
        recorded(people.marko, authority=add_organisation(code, country=country, kind=kind))


def test_nothing_is_asked_without_a_document_or_somebody_to_ask(people):
    with pytest.raises(ValidationError, match="document"):
        services.ask(recorded(people.marko, link=""), by=people.marko)
    with pytest.raises(ValidationError, match="learned from"):
        services.ask(recorded(people.marko), by=people.marko)
    for nobody in (add_organisation("empty"), own(people.marko)):
        made = recorded(people.marko, authority=nobody, learned=[record()])
        with pytest.raises(ValidationError, match="Nobody else"):
            services.ask(made, by=people.marko)


def test_the_same_form_sent_twice_makes_one(people):
    assert recorded(people.marko, key="one") == recorded(people.marko, key="one")


def test_what_it_was_learned_from_reads_from_both_ends(people):
    vouchers = record("Vouchers in Thessaly")
    made = confirmed(people.marko, learned=[vouchers])

    assert [(row.words, str(row.title)) for row in trails.around(people.guest, made)] == [
        ("was learned from", "Vouchers in Thessaly")
    ]
    assert [(row.words, str(row.title)) for row in trails.around(people.guest, vouchers)] == [
        ("contributed to the policy change", "Vouchers for clusters")
    ]


def test_what_was_confirmed_keeps_what_it_was_learned_from(people):
    made = confirmed(people.marko)

    with pytest.raises(PermissionDenied):
        drawing.draw(selectors.LEARNED, made, record(), by=people.marko)


def test_a_region_counts_once_per_instrument_from_the_first_confirmation(people):
    first = confirmed(people.marko)
    confirmed(people.marko, title="Once more")
    law = confirmed(people.marko, instrument="law")
    elsewhere = confirmed(people.marko, region=vocabulary.region("AT22"))
    recorded(people.marko, instrument="service")
    PolicyChange.objects.filter(pk=first.pk).update(confirmed_on=timezone.localdate() - timedelta(days=3))

    (rule,) = [one for one in declared(IndicatorRule) if one.code == "pilots.policies_improved"]

    assert [(row.pk, row.key, row.country) for row in rule.counted()] == [
        (first.pk, "region:AT12:scheme", "AT"),
        (law.pk, "region:AT12:law", "AT"),
        (elsewhere.pk, "region:AT22:scheme", "AT"),
    ]


def test_what_is_withdrawn_counts_and_is_found_no_more(people):
    made = confirmed(people.marko)
    before = SearchEntry.objects.filter(thing=selectors.LABEL).count()
    services.withdraw(made, by=people.lena, reason="The court annulled it.")
    settle()

    assert (before, SearchEntry.objects.filter(thing=selectors.LABEL).count()) == (1, 0)
    assert (list(selectors.improved()), selectors.changes(people.guest).count()) == ([], 0)


def test_its_trail_tells_when_it_was_withdrawn_and_not_why(people):
    source = record("What they learned from")
    made = confirmed(people.marko, learned=[source])

    services.withdraw(made, by=people.lena, reason="The court annulled it.")

    found = chain(people.guest, thing_kind("repository.record"), source)
    (stone,) = [one.tombstone for one in found.stops.values() if one.tombstone]
    assert (str(stone.title), stone.day, stone.reason, stone.address) == (str(made.title), platform_day(), "", "")


@pytest.mark.parametrize("name", ["wanda", "marko", "ana", "carl"])
def test_only_the_lead_partner_withdraws(people, name):
    made = confirmed(people.marko)

    with pytest.raises(PermissionDenied):
        services.withdraw(made, by=people.named(name), reason="I do not like it.")


def test_the_demonstration_is_labelled_and_loaded_once(people):
    for code, person in (("terranova", people.ana), ("lead", people.marko)):
        members.affiliate(person, add_organisation(code, country="IT", tier="full"), is_contact=True)
        person.__dict__.pop("_audience_keys", None)

    first, second = demonstration.load(), demonstration.load()

    assert (first, second) == ("2 policy changes", "")
    assert [row.is_demonstration for row in selectors.confirmed(people.guest)] == [True, True]


def test_authorities_are_what_is_offered(people):
    authority()
    add_organisation("woodland", kind="cluster_organisation")

    assert "woodland" not in selectors.authorities().values_list("code", flat=True)
    assert "land" in selectors.authorities().values_list("code", flat=True)


def test_only_a_draft_nobody_was_asked_about_is_deleted(people):
    draft, sent = recorded(people.marko), asked(people.marko, title="Asked")
    cases.withdraw(Case.objects.latest("pk"), by=people.marko)

    with pytest.raises(PermissionDenied):
        services.delete(draft, by=people.ana)
    services.delete(draft, by=people.marko)
    with pytest.raises(ValidationError, match="not deleted"):
        services.delete(sent, by=people.marko)

    assert list(PolicyChange.objects.all()) == [sent]


def test_it_counts_for_the_organisation_that_recorded_it(people):
    made = confirmed(people.marko)

    assert [(row.pk, row.organisation) for row in selectors.improved()] == [(made.pk, own(people.marko).pk)]
