"""Two organisations turn out to be one: nothing is lost, nobody is left outside, and the old address leads on."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils.formats import date_format

from consultations.questions import places
from platform_core.exchange.cases import services as cases
from platform_core.exchange.cases.models import Case
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.models import Audience
from platform_core.identity.access.selectors import keys_of, may_see
from platform_core.people.members import invitations, merging, services
from platform_core.people.members.models import Affiliation, Organisation, Stance
from platform_core.programme.governance.models import Vote
from platform_core.programme.monitoring.models import Evidence
from platform_core.programme.monitoring.services import evidence
from platform_core.programme.search.models import SearchEntry
from tests.factories.changes import own
from tests.factories.repository import record
from tests.factories.requests import asked, given, sent
from tests.people import add_organisation, add_person, browser_of
from tests.settling import settle
from workinggroups.models import Asked
from workinggroups.services import requests

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def twin():
    """An organisation that somebody entered twice, with a person of its own."""
    found = add_organisation("twin", country="AT")
    services.affiliate(add_person("tim"), found, is_admin=True)
    return found


def merged(people, twin) -> Organisation:
    return merging.merge(twin, own(people.marko), by=people.lena, why="Entered twice.")


def test_everything_of_the_one_belongs_to_the_other(people, twin):
    made = record("Vouchers", organisation=twin)
    evidence.rebuild()
    told = dict(merging.belongings(twin))
    merged(people, twin)
    settle()

    made.refresh_from_db()
    kept = Affiliation.objects.get(person__name="Tim")
    assert (kept.is_admin, kept.is_contact) == (False, False)
    assert (told["record"], told["affiliation"]) == (1, 1)
    assert (made.organisation, kept.organisation, merging.belongings(twin)) == (
        own(people.marko),
        own(people.marko),
        [],
    )
    assert set(Evidence.objects.filter(thing="repository.record").values_list("organisation", flat=True)) == {
        own(people.marko).pk
    }


def test_its_people_see_and_answer_what_they_did(people, twin):
    tim = twin.affiliations.get().person
    Audience.objects.create(thing="repository.record", object_id=99, key=f"org:{twin.pk}")
    Audience.objects.create(thing="repository.record", object_id=99, key=f"org:{own(people.marko).pk}")
    part = sent(people.wanda, twin.affiliations.get().person).asked.get()
    settle()
    waiting = Case.objects.get(kind="workinggroups.request")
    before = waiting.handler
    merged(people, twin)
    settle()

    waiting.refresh_from_db()
    assert f"org:{own(people.marko).pk}" in keys_of(tim)
    assert list(Audience.objects.filter(object_id=99).values_list("key", flat=True)) == [f"org:{own(people.marko).pk}"]
    assert (before, waiting.handler) == (f"org:{twin.pk}", f"org:{own(people.marko).pk}")
    assert may_see(tim, waiting)
    part.refresh_from_db()
    assert part.organisation == own(people.marko)


def test_what_both_were_asked_waits_once(people, twin):
    sent(people.wanda, people.marko, twin.affiliations.get().person)
    settle()
    merged(people, twin)
    settle()

    told = Case.objects.filter(kind="workinggroups.request").order_by("handler").values_list("handler", "state")
    assert sorted(told) == sorted([(f"org:{own(people.marko).pk}", "open"), (f"org:{twin.pk}", "withdrawn")])


def both_asked(people, twin, answers: str) -> tuple:
    """A request to both who then turned out to be one: it, the part that counts and the one that it stands for."""
    tim = twin.affiliations.get().person
    request = sent(people.wanda, people.marko, tim)
    settle()
    mine, other = asked(request, people.marko), asked(request, tim)
    if answers:
        given(request, tim if answers == "twin" else people.marko)
    merged(people, twin)
    settle()
    return (request, other, mine) if answers == "twin" else (request, mine, other)


@pytest.mark.parametrize("answers", ["", "twin", "own"])
def test_what_both_were_asked_is_shown_once_by_the_answer_that_was_given(people, twin, answers):
    request, shown, hidden = both_asked(people, twin, answers)

    (row,) = browser_of(people.wanda).get(request.get_absolute_url()).context["page"]
    assert (row.pk, row.organisation) == (shown.pk, own(people.marko))
    assert request.asked.get().pk == shown.pk
    assert dict(merging.belongings(twin)) == {}
    page = browser_of(people.marko).get(shown.get_absolute_url())
    assert [one.pk for one in page.context["stood_for"]] == [hidden.pk]
    page = browser_of(people.marko).get(hidden.get_absolute_url())
    assert (page.status_code, page.context["answers"]) == (200, False)
    assert Case.objects.filter(kind="workinggroups.request", state="open").count() == (0 if answers else 1)


@pytest.mark.parametrize("mine", ["chosen", "withdrawn"])
def test_what_only_the_other_was_still_asked_waits_for_an_answer(people, twin, mine):
    tim = twin.affiliations.get().person
    request = sent(people.wanda, people.marko, tim)
    settle()
    if mine == "withdrawn":
        requests.withdraw(asked(request, people.marko), by=people.wanda)
    else:
        cases.end_about(asked(request, people.marko), by=people.wanda)
        request.asked.filter(organisation=own(people.marko)).update(state="chosen")
    settle()
    merged(people, twin)
    settle()

    shown = request.asked.get()
    case = Case.objects.get(kind="workinggroups.request", state="open")
    assert (shown.state, shown.organisation) == ("asked", own(people.marko))
    assert (case.object_id, case.handler, case.opener) == (shown.pk, f"org:{own(people.marko).pk}", people.wanda)
    assert case.due_on == shown.due_on


def test_what_another_part_stands_for_goes_along_too(people, twin):
    request = sent(people.wanda, people.marko, twin.affiliations.get().person)
    settle()
    merged(people, twin)
    settle()
    first = own(people.marko)
    first.memberships.update(begins="2020-01-01", ends="2025-01-01")
    told = dict(merging.belongings(first))

    merging.merge(first, own(people.ana), by=people.lena, why="One more.")
    settle()

    parts = Asked.everything.filter(request=request).values_list("organisation", flat=True)
    assert (told[str(Asked._meta.verbose_name)], list(parts)) == (2, [own(people.ana).pk] * 2)


DEEDS = {
    "wanda": {"hand_back": 400, "extend_request": 400, "withdraw_request": 302, "make_record": 302},
    "marko": {"keep_answers": 302, "give_record": 302, "begin_record": 302, "decline_request": 400},
}


@pytest.mark.parametrize("answers", ["", "twin", "own"])
def test_nothing_is_done_about_what_another_part_stands_for(people, twin, answers):
    _request, _shown, hidden = both_asked(people, twin, answers)
    before = Asked.everything.filter(pk=hidden.pk).values().get()

    page = browser_of(people.wanda).get(hidden.get_absolute_url())
    offered = [name for name in ("hand_back", "extend", "may_record", "answers") if page.context[name]]
    typed = {"reason": "It is late.", "due_on": str(platform_day()), "later": "1"}
    done = {
        name: {
            deed: browser_of(people.named(name))
            .post(reverse(f"workinggroups:{deed}", args=[hidden.pk]), typed)
            .status_code
            for deed in deeds
        }
        for name, deeds in DEEDS.items()
    }

    assert (page.status_code, offered, done) == (200, [], DEEDS)
    assert Asked.everything.filter(pk=hidden.pk).values().get() == before


def test_nobody_comes_in_by_an_invitation_of_the_other(people, twin):
    tim = twin.affiliations.get().person
    access.give_role(tim, "lead_partner")
    invited, _secret = invitations.invite(by=tim, email="eve@example.org", organisation=twin, begins=platform_day())
    merged(people, twin)

    invited.refresh_from_db()
    assert invited.revoked_at is not None


def test_who_begins_later_begins_later_for_the_one_that_stays(people, twin):
    later, stays = platform_day() + timedelta(days=10), own(people.marko)
    services.affiliate(people.carl, twin, begins=later)
    services.affiliate(people.marko, twin, begins=later)
    page = browser_of(people.lena).get("/en/desk/members/twin/merge/")
    merging.merge(twin, stays, by=people.lena, why="Entered twice.")

    rows = Affiliation.objects.filter(begins=later).order_by("person__name")
    assert [(str(row.person), row.begins) for row in page.context["acting"]] == [
        ("Carl", later),
        ("Marko", later),
        ("Tim", platform_day()),
    ]
    assert page.content.decode().count(f"from {date_format(later, 'DATE_FORMAT')}") == 2
    assert dict(page.context["belongings"])["affiliation"] == 3
    assert [(row.person, row.organisation_id, row.ends) for row in rows] == [
        (people.carl, stays.pk, None),
        (people.marko, twin.pk, None),
    ]


def test_who_waits_for_an_answer_is_answered_first(people, twin):
    services.claim(twin, by=people.carl, function="Adviser")

    with pytest.raises(ValidationError, match="waits for an answer"):
        merged(people, twin)


def test_what_both_have_stays_unseen_where_it_was(people, twin):
    stays = own(people.marko)
    services.affiliate(people.marko, twin)
    for organisation in (twin, stays):
        Stance.objects.create(organisation=organisation, topic_id=4, side="shares")

    merging.merge(twin, stays, by=people.lena, why="Entered twice.")

    today = stays.affiliations.filter(ends__isnull=True)
    assert sorted(today.values_list("person__name", flat=True)) == ["Marko", "Tim"]
    assert [row.organisation_id for row in Stance.objects.order_by("pk")] == [twin.pk, stays.pk]


def test_nobody_meets_it_again_and_its_address_leads_on(people, twin):
    merged(people, twin)
    settle()

    answer = browser_of(people.guest).get(twin.get_absolute_url())

    assert (answer.status_code, answer.url) == (301, own(people.marko).get_absolute_url())
    assert not Organisation.objects.filter(pk=twin.pk).exists()
    assert not SearchEntry.objects.filter(thing="members.organisation", object_id=twin.pk).exists()
    assert browser_of(people.guest).get("/en/members/nobody/").status_code == 404


def test_a_chain_of_mergers_leads_to_its_end(people, twin):
    merged(people, twin)
    services.end_membership(own(people.marko), by=people.lena, why="Merged.")
    first = own(people.marko)
    Organisation.everything.get(pk=first.pk).memberships.update(begins="2020-01-01", ends="2025-01-01")

    merging.merge(first, own(people.ana), by=people.lena, why="One more.")

    assert browser_of(people.guest).get(twin.get_absolute_url()).url == own(people.ana).get_absolute_url()


def test_what_cannot_be_merged_is_refused(people, twin):
    with pytest.raises(ValidationError, match="membership runs"):
        merging.merge(own(people.marko), twin, by=people.lena, why="Wrong way.")
    with pytest.raises(ValidationError, match="another organisation"):
        merging.merge(twin, twin, by=people.lena, why="The same.")
    for person in (people.wanda, people.marko, people.carl):
        with pytest.raises(PermissionDenied):
            merging.merge(twin, own(people.marko), by=person, why="Mine.")
    merged(people, twin)
    with pytest.raises(ValidationError, match="meanwhile"):
        merged(people, twin)


def test_counted_votes_stay_whose_they_were():
    assert Vote not in {field.model for field in merging.relations()}


def test_the_lead_partner_merges_on_the_desk(people, twin):
    lena, address = browser_of(people.lena), "/en/desk/members/twin/merge/"

    seen = lena.get(address)
    refused = lena.post(address, {"into": own(people.marko).pk, "why": ""})
    done = lena.post(address, {"into": own(people.marko).pk, "why": "Entered twice."})

    assert (seen.status_code, seen.context["belongings"]) == (200, [("affiliation", 1)])
    twice = lena.post(address, {"into": own(people.marko).pk, "why": "Entered twice."})
    assert (refused.status_code, done.url, twice.url) == (
        400,
        "/en/desk/members/org-marko/",
        "/en/desk/members/org-marko/",
    )
    assert [
        browser_of(one).get("/en/desk/members/org-ana/merge/").status_code for one in (people.wanda, people.guest)
    ] == [
        403,
        302,
    ]


def test_who_named_it_in_answers_named_the_one_that_stays(people, twin):
    question = {"code": "holder", "type": "organisation"}
    shown = places.organisation_words(question, f"org:{twin.code}")
    merged(people, twin)
    stays = own(people.marko)

    assert (shown, places.organisation_words(question, f"org:{twin.code}")) == (twin.name, stays.name)
    assert places.names_of()[twin.code] == stays.name
    with places.organisations_read([f"org:{twin.code}", "org:nobody"]):
        told = [places.organisation_words(question, f"org:{code}") for code in (twin.code, "nobody")]
    assert told == [stays.name, "nobody"]
