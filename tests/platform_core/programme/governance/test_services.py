import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from platform_core.exchange.messaging.models import Notice
from platform_core.identity.access import services as access
from platform_core.identity.access.models import RoleAssignment
from platform_core.identity.access.selectors import may_see
from platform_core.identity.accounts.models import User
from platform_core.identity.audit.models import Event
from platform_core.identity.audit.services import dispatch_events
from platform_core.people.members import services as members
from platform_core.programme.governance import selectors, services
from platform_core.programme.governance.forms import ClosingForm
from platform_core.programme.governance.models import Body, Decision, Participation, Proxy, SecretVote, Vote
from tests.factories.governance import ballot, decision, over
from tests.people import add_member, add_person, hold_anyway

pytestmark = pytest.mark.database


def organisation_of(person):
    return person.affiliations.get().organisation


def cast(found, person, choice="agree"):
    return services.cast(found, organisation_of(person), choice, by=person)


def closed(found) -> Decision:
    services.close(over(found).pk)
    found.refresh_from_db()
    return found


def fresh(person) -> User:
    return User.objects.get(pk=person.pk)


def test_an_organisation_has_one_vote_and_may_change_it(people):
    found = ballot(people.lena, seats=[people.marko])

    first, second = cast(found, people.marko, "agree"), cast(found, people.marko, "disagree")

    assert (Vote.objects.get().choice, first == second) == ("disagree", False)


def test_the_delegates_of_one_organisation_share_its_vote(people):
    found = ballot(people.lena, seats=[people.marko])
    colleague = add_person("mira")
    members.affiliate(colleague, organisation_of(people.marko))
    hold_anyway(colleague, "sc_member")

    cast(found, people.marko, "agree")
    cast(fresh_found(found), colleague, "disagree")

    assert (Vote.objects.count(), Vote.objects.get().cast_by) == (1, colleague)


def fresh_found(found) -> Decision:
    return Decision.objects.get(pk=found.pk)


@pytest.mark.parametrize("name", ["lena", "wanda", "ana", "petra", "carl"])
def test_nobody_without_a_seat_votes(people, name):
    found = ballot(people.lena)

    with pytest.raises(PermissionDenied):
        cast(found, people.named(name))

    assert Vote.objects.count() == 0


@pytest.mark.parametrize("name", ["ana", "petra", "carl"])
def test_a_seat_alone_gives_no_vote_to_who_acts_for_no_full_member(people, name):
    hold_anyway(people.named(name), "sc_member")
    found = ballot(people.lena)

    with pytest.raises(PermissionDenied):
        cast(found, fresh(people.named(name)))


def test_nobody_votes_for_another_organisation(people):
    found = ballot(people.lena, seats=[people.marko])

    with pytest.raises(PermissionDenied):
        services.cast(found, organisation_of(people.wanda), "agree", by=people.marko)


def test_who_may_vote_is_settled_when_the_vote_opens(people):
    found = ballot(people.lena)
    late = add_member("late", "full")
    access.give_role(late, "sc_member")

    with pytest.raises(PermissionDenied):
        cast(found, late)

    assert organisation_of(late).pk not in found.eligible


@pytest.mark.parametrize(
    ("kind", "choice"),
    [
        ("proposal", "perhaps"),
        ("proposal", ["agree"]),
        ("choice", "o9"),
        ("ranked", []),
        ("ranked", ["o1", "o1"]),
        ("ranked", ["o1", "o9"]),
        ("dates", {"o1": "yes"}),
        ("dates", {"o1": "yes", "o2": "no", "o3": "often"}),
    ],
)
def test_what_cannot_be_counted_is_refused(people, kind, choice):
    found = ballot(people.lena, seats=[people.marko], kind=kind)

    with pytest.raises(ValidationError):
        cast(found, people.marko, choice)


def test_a_receipt_can_be_computed_again(people):
    found = ballot(people.lena, seats=[people.marko])

    receipt = cast(found, people.marko)

    vote = Vote.objects.get()
    content = json.dumps([found.pk, vote.organisation_id, "agree", vote.salt], sort_keys=True, ensure_ascii=False)
    assert receipt == vote.receipt == hashlib.sha256(content.encode()).hexdigest()
    assert Event.objects.filter(verb="governance.voted").latest("pk").payload["receipt"] == receipt


def test_whoever_acts_for_two_full_members_votes_for_the_one_she_sits_for(people):
    found = ballot(people.lena, seats=[people.marko])
    other = organisation_of(people.wanda)
    members.affiliate(people.marko, other)
    own = people.marko.affiliations.order_by("pk").first().organisation

    assert [one.pk for one in selectors.votes_for(fresh(people.marko), found)] == [own.pk]
    with pytest.raises(PermissionDenied):
        services.cast(found, other, "agree", by=fresh(people.marko))
    with pytest.raises(PermissionDenied):
        services.name_proxy(found, other, people.lena, by=fresh(people.marko))


def test_a_vote_that_is_over_cannot_be_extended(people):
    found = over(ballot(people.lena))

    with pytest.raises(ValidationError):
        services.extend(found, by=people.lena, closes_at=timezone.now() + timedelta(days=1))


def test_a_draft_that_changes_its_committee_is_shown_to_the_other(people):
    access.give_role(people.marko, "stc_member")
    found = decision(people.lena)
    assert not may_see(fresh(people.marko), found)

    services.change(found, by=people.lena, body=Body.objects.get(pk="scientific"))

    assert may_see(fresh(people.marko), found)


# Proxies


def test_a_proxy_votes_instead_of_the_delegate(people):
    found = ballot(people.lena, seats=[people.marko])
    services.name_proxy(found, organisation_of(people.marko), people.wanda, by=people.marko)
    found = fresh_found(found)

    with pytest.raises(PermissionDenied):
        cast(found, people.marko)
    services.cast(found, organisation_of(people.marko), "abstain", by=fresh(people.wanda))

    assert (Vote.objects.get().organisation, Vote.objects.get().cast_by) == (
        organisation_of(people.marko),
        people.wanda,
    )


@pytest.mark.parametrize("name", ["ana", "petra", "carl"])
def test_a_proxy_acts_for_a_full_member(people, name):
    found = ballot(people.lena, seats=[people.marko])

    with pytest.raises(ValidationError):
        services.name_proxy(found, organisation_of(people.marko), people.named(name), by=people.marko)

    assert Proxy.objects.count() == 0


@pytest.mark.parametrize("name", ["lena", "wanda", "ana"])
def test_only_its_own_people_name_the_proxy_of_an_organisation(people, name):
    found = ballot(people.lena, seats=[people.marko])

    with pytest.raises(PermissionDenied):
        services.name_proxy(found, organisation_of(people.marko), people.wanda, by=people.named(name))


# The end


def test_a_vote_is_counted_once_and_numbered(people):
    found = ballot(people.lena, seats=[people.marko, people.wanda])
    cast(found, people.marko)
    cast(found, people.wanda)
    over(found)

    assert (services.close_due(), services.close_due(), services.close(found.pk)) == (1, 0, 0)

    found.refresh_from_db()
    assert found.number == f"SC-{timezone.localdate(timezone=found.body.zone).year}-001"
    assert (found.state, found.result["passed"], found.result["cast"], found.result["eligible"]) == (
        "decided",
        True,
        2,
        3,
    )
    assert Event.objects.filter(verb="governance.decided").count() == 1


def test_before_its_end_nothing_is_counted(people):
    found = ballot(people.lena)

    assert (services.close_due(), services.close(found.pk)) == (0, 0)


def test_after_the_end_nothing_is_cast_even_before_the_count(people):
    found = over(ballot(people.lena, seats=[people.marko]))

    with pytest.raises(ValidationError) as problem:
        cast(found, people.marko)

    assert (problem.value.messages, Vote.objects.count()) == (["The vote is over. Yours was not counted."], 0)


def test_the_result_is_frozen_with_its_seal(people):
    found = ballot(people.lena, seats=[people.marko])
    cast(found, people.marko)

    closed(found)
    Vote.objects.update(choice="disagree")

    again = services.fingerprint([found.result, [list(row) for row in selectors.receipts(found)]])
    assert again != found.result_sha256


def test_numbers_go_on_within_a_year(people):
    numbers = [closed(ballot(people.lena)).number[-3:] for _decision in range(3)]

    assert numbers == ["001", "002", "003"]


@pytest.mark.parametrize(
    ("day", "hour", "utc"),
    [
        ("2026-07-01", "23:59", datetime(2026, 7, 1, 21, 59, tzinfo=UTC)),
        ("2026-12-31", "23:59", datetime(2026, 12, 31, 22, 59, tzinfo=UTC)),
        ("2026-10-25", "02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-03-29", "02:30", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
    ],
)
def test_a_vote_ends_by_the_clock_of_its_committee(day, hour, utc):
    form = ClosingForm({"day": day, "hour": hour})

    assert form.is_valid()
    assert form.closes_at(Body(time_zone="Europe/Vienna")).astimezone(UTC) == utc


def test_silence_consents_only_where_it_was_said(people):
    written, other = ballot(people.lena, silence_consents=True), ballot(people.lena)

    assert (closed(written).result["passed"], closed(other).result["passed"]) == (True, False)


def test_an_extension_is_later_and_told(people):
    found = ballot(people.lena, seats=[people.marko])

    with pytest.raises(ValidationError):
        services.extend(found, by=people.lena, closes_at=found.closes_at - timedelta(hours=1))
    services.extend(found, by=people.lena, closes_at=found.closes_at + timedelta(days=1))

    dispatch_events()
    told = Notice.objects.filter(channel="site", kind__startswith="governance.").values_list("kind", "recipient__name")
    assert set(told) == {("governance.opened", "Marko"), ("governance.extended", "Marko")}


def test_only_those_whose_vote_is_missing_are_reminded_and_once(people):
    found = ballot(people.lena, seats=[people.marko, people.wanda], days=1.5)
    cast(found, people.marko)

    assert (services.remind(), services.remind()) == (1, 0)

    dispatch_events()
    assert list(
        Notice.objects.filter(kind="governance.ending", channel="site").values_list("recipient__name", flat=True)
    ) == ["Wanda"]


def test_an_open_vote_cannot_be_changed_or_withdrawn(people):
    found = ballot(people.lena)

    for deed in (
        lambda: services.change(found, by=people.lena, title={"en": "Other"}),
        lambda: services.withdraw(found, by=people.lena),
        lambda: services.open_ballot(found, by=people.lena, closes_at=timezone.now() + timedelta(days=1)),
    ):
        with pytest.raises(PermissionDenied):
            deed()


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "choice", "options": [{"code": "o1", "text": "One"}]},
        {"kind": "choice", "silence_consents": True},
        {"is_secret": True, "silence_consents": True},
    ],
)
def test_what_cannot_be_voted_on_is_not_proposed(people, fields):
    with pytest.raises(ValidationError):
        decision(people.lena, **fields)


# Secret ballots


def secret(people, **fields) -> Decision:
    return ballot(people.lena, seats=[people.marko, people.wanda], is_secret=True, **fields)


def test_a_secret_vote_is_cast_once_and_leaves_no_event(people):
    found = secret(people)
    events = Event.objects.count()

    receipt = cast(found, people.marko)
    with pytest.raises(ValidationError):
        cast(found, people.marko, "disagree")

    assert (SecretVote.objects.get().receipt, SecretVote.objects.get().choice) == (receipt, "agree")
    assert (Vote.objects.count(), Event.objects.count(), Participation.objects.get().organisation) == (
        0,
        events,
        organisation_of(people.marko),
    )


def test_nothing_stored_leads_from_a_secret_vote_to_its_voter(people):
    found = secret(people)
    for person, choice in ((people.marko, "agree"), (people.wanda, "disagree")):
        cast(found, person, choice)

    links = {field.name for field in SecretVote._meta.get_fields() if field.is_relation}
    kinds = {type(field).__name__ for model in (SecretVote, Participation) for field in model._meta.local_fields}
    assert links == {"decision"}
    assert {kind for kind in kinds if "Date" in kind or "Time" in kind} == set()
    assert {row.pk for row in SecretVote.objects.all()} & {row.pk for row in Participation.objects.all()} == set()


def test_the_order_of_secret_rows_tells_nothing_once_counted(people):
    voters = [people.marko, people.wanda, *(add_member(f"m{number}", "full") for number in range(6))]
    found = ballot(people.lena, seats=voters, is_secret=True)
    for place, person in enumerate(voters):
        cast(found, person, "agree" if place % 2 else "disagree")
    before = {row.receipt: row.pk for row in SecretVote.objects.all()}

    closed(found)

    after = {row.receipt: row.pk for row in SecretVote.objects.all()}
    assert (set(after), set(after.values()) & set(before.values())) == (set(before), set())
    assert (found.result["counts"]["agree"], found.result["cast"]) == (4, 8)


# Seats


def test_each_full_member_has_one_seat(people):
    access.give_role(people.marko, "sc_member")
    colleague = add_person("mira")
    members.affiliate(colleague, organisation_of(people.marko))

    for person in (colleague, people.ana, people.petra, people.carl):
        with pytest.raises(ValidationError):
            access.give_role(person, "sc_member")

    assert RoleAssignment.objects.filter(role="sc_member").count() == 1
