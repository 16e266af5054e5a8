"""Guidelines for pilot actions: approved before any call, fixed from then on."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pilots.declarations.schemes import approved
from pilots.models import Call, Scheme
from pilots.selectors import schemes as selectors
from pilots.services import schemes as services
from tests.factories.pilots import call, scheme, today
from tests.people import browser_of, hold_anyway

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TYPED = {
    "title": "Pilots",
    "text": "Try one thing.",
    "limits": "10 000, 50000",
    "begins": "2026-01-31",
    "number": "3",
    "months": "1",
    "days": "10",
}


def test_a_draft_is_for_its_group_and_an_approved_one_for_everybody(people):
    made = scheme(people.wanda, approved=False)
    before = [name for name, person in people.each() if selectors.schemes(person).exists()]

    services.approve(made, by=people.wanda)

    after = [name for name, person in people.each() if selectors.schemes(person).exists()]
    assert (before, after) == (["lena", "wanda"], [name for name, _person in people.each()])


def test_periods_follow_each_other_without_a_gap(people):
    made = scheme(people.wanda, begins=date(2026, 1, 31), months=1)

    told = [(row.number, row.begins, row.ends, row.due_on) for row in made.periods.all()]
    assert told == [
        (1, date(2026, 1, 31), date(2026, 2, 27), date(2026, 3, 29)),
        (2, date(2026, 2, 28), date(2026, 3, 30), date(2026, 4, 29)),
        (3, date(2026, 3, 31), date(2026, 4, 29), date(2026, 5, 29)),
    ]


def test_approved_it_changes_no_more(people):
    made = scheme(people.wanda)

    with pytest.raises(PermissionDenied):
        services.change(made, by=people.wanda, number=5)
    with pytest.raises(PermissionDenied):
        services.approve(made, by=people.wanda)


def test_no_call_is_opened_under_a_draft(people):
    made = scheme(people.wanda, approved=False)

    with pytest.raises(PermissionDenied):
        call(people.wanda, made)
    assert Call.objects.count() == 0


def test_only_for_a_full_member_one_approves(people):
    made = scheme(people.wanda, approved=False)
    hold_anyway(people.ana, "wg_leader", "group:4")

    with pytest.raises(PermissionDenied):
        services.approve(made, by=people.ana)


@pytest.mark.parametrize(
    ("opens", "closes", "field"), [(5, 4, "closes_on"), (-9, -1, "closes_on")], ids=["backwards", "over"]
)
def test_days_of_a_call_make_sense(people, opens, closes, field):
    made = scheme(people.wanda)

    with pytest.raises(ValidationError) as problem:
        services.open_call(
            made,
            today() + timedelta(days=opens),
            today() + timedelta(days=closes),
            by=people.wanda,
            title={"en": "Call"},
            text={},
        )
    assert list(problem.value.message_dict) == [field]


@pytest.mark.parametrize(
    ("opens", "closes", "state"), [(1, 2, "coming"), (0, 0, "open"), (-2, 0, "open"), (-2, -1, "closed")]
)
def test_a_call_is_open_by_the_calendar(opens, closes, state):
    found = Call(opens_on=today() + timedelta(days=opens), closes_on=today() + timedelta(days=closes))

    assert found.state == state


def test_a_double_click_writes_one(people):
    first, second = (scheme(people.wanda, approved=False, key="one") for _twice in range(2))

    assert (first, Scheme.objects.count()) == (second, 1)


def test_bands_are_told_in_words(people):
    assert selectors.band_choices(scheme(people.wanda)) == [(1, "up to 10,000 euro"), (2, "10,000 to 50,000 euro")]


def test_an_approved_guideline_counts_once(people):
    scheme(people.wanda, approved=False)
    made = scheme(people.wanda)

    assert [(one.thing, one.pk, one.day, one.stage) for one in approved()] == [
        ("pilots.scheme", made.pk, today(), "preparation")
    ]


def test_from_an_empty_form_to_an_open_call(people):
    browser = browser_of(people.wanda)

    first = browser.post(reverse("pilots:write_scheme", args=[4]), {**TYPED, "limits": "50000, 10000"})
    browser.post(reverse("pilots:write_scheme", args=[4]), TYPED)
    made = Scheme.objects.get()
    address = reverse("pilots:approve_scheme", args=[made.pk])
    seen = browser.get(address).context["form"].stamp
    services.change(made, by=people.lena, title={"en": "Pilots, again"})
    stale = browser.post(address, {"seen": seen})
    browser.post(address, {"seen": browser.get(address).context["form"].stamp})
    days = {"opens_on": today().isoformat(), "closes_on": (today() + timedelta(days=9)).isoformat()}
    browser.post(reverse("pilots:open_call", args=[made.pk]), {"title": "Call", **days})

    made.refresh_from_db()
    assert (first.status_code, first.context["form"].errors.keys()) == (400, {"limits"})
    assert (stale.status_code, made.limits, made.state) == (400, [10_000, 50_000], "approved")
    guest = browser_of(people.guest)
    pages = [reverse("pilots:schemes"), made.get_absolute_url(), Call.objects.get().get_absolute_url()]
    assert [guest.get(page).status_code for page in pages] == [200, 200, 200]


@pytest.mark.parametrize("name", ["petra", "carl", "marko", "ana"])
def test_strangers_write_no_guideline(people, name):
    browser = browser_of(people.named(name))
    made = scheme(people.wanda, approved=False)

    told = [
        browser.post(reverse("pilots:write_scheme", args=[4]), TYPED).status_code,
        browser.get(made.get_absolute_url()).status_code,
        browser.post(reverse("pilots:approve_scheme", args=[made.pk])).status_code,
    ]
    assert (told, Scheme.objects.count()) == ([403, 404, 404], 1)


def test_the_list_of_calls_costs_the_same_for_three(people):
    made, browser = scheme(people.wanda), browser_of(people.marko)
    call(people.wanda, made)
    browser.get(reverse("pilots:schemes"))
    with CaptureQueriesContext(connection) as one:
        browser.get(reverse("pilots:schemes"))
    call(people.wanda, made)
    call(people.wanda, made)
    with CaptureQueriesContext(connection) as three:
        browser.get(reverse("pilots:schemes"))

    assert len(one) == len(three)


def test_proposals_are_taken_longer_as_long_as_they_still_are(people):
    made = call(people.wanda)
    later = made.closes_on + timedelta(days=14)

    sent = browser_of(people.wanda).post(f"/en/desk/pilots/calls/{made.pk}/extend/", {"closes_on": later.isoformat()})
    earlier = {"closes_on": (later - timedelta(days=1)).isoformat()}
    refused = browser_of(people.wanda).post(f"/en/desk/pilots/calls/{made.pk}/extend/", earlier)

    made.refresh_from_db()
    assert (sent.status_code, refused.status_code, made.closes_on) == (302, 400, later)


def test_a_closed_call_is_not_opened_again(people):
    made = call(people.wanda)
    Call.objects.update(opens_on=today() - timedelta(days=9), closes_on=today() - timedelta(days=1))
    made.refresh_from_db()

    with pytest.raises(PermissionDenied):
        services.extend(made, today() + timedelta(days=9), by=people.wanda)
