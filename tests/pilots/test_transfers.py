"""A practice held against a region: with missing data it says what is missing, and the expert has her own word."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from benchmarking.models import PeerRow
from pilots.demonstration import transfers as demonstration
from pilots.models import Judgement, Transfer
from pilots.selectors import transfers as selectors
from pilots.services import transfers as services
from platform_core.exchange.discussions.models import Comment
from platform_core.exchange.messaging.models import Notice
from repository import adoptions, services as repository
from tests.consultations.views.pages import texts
from tests.factories.changes import own
from tests.factories.conditions import declared, kept, practice, region, settled
from tests.factories.policies import study_of_peers
from tests.people import browser_of
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def names(needs) -> list[str]:
    return [need.code for need in needs]


@pytest.mark.parametrize(
    ("said", "share"),
    [
        ({"public_budget": "yes", "skilled_staff": "yes"}, 1.0),
        ({"public_budget": "yes", "skilled_staff": "partly"}, 0.75),
        ({"public_budget": "no", "skilled_staff": "yes"}, 0.5),
        ({"public_budget": "no", "skilled_staff": "no"}, 0.0),
    ],
)
def test_the_share_of_what_is_there(people, said, share):
    declared(settled(people.marko), **said)

    assert selectors.fit(people.guest, practice(), region()).share == share


@pytest.mark.parametrize("said", [{"public_budget": "yes"}, {"public_budget": "yes", "skilled_staff": "unknown"}])
def test_with_missing_data_it_says_what_is_missing_and_gives_no_number(people, said):
    declared(settled(people.marko), **said)

    fit = selectors.fit(people.guest, practice(), region())

    assert (fit.share, fit.percent, names(fit.unknown)) == (None, None, ["skilled_staff"])


def test_without_a_sheet_or_preconditions_there_is_no_number(people):
    bare = selectors.fit(people.guest, practice(), region())
    declared(settled(people.marko), public_budget="yes")
    silent = selectors.fit(people.guest, practice("Silent", needs=()), region())

    assert (bare.share, bare.has_sheet, names(bare.unknown)) == (None, False, ["public_budget", "skilled_staff"])
    assert (silent.share, silent.has_sheet, silent.needs) == (None, True, [])


def test_missing_conditions_are_named(people):
    declared(settled(people.marko), public_budget="no", skilled_staff="partly")

    fit = selectors.fit(people.guest, practice(), region())

    assert (names(fit.missing), names(fit.partly), fit.unknown) == (["public_budget"], ["skilled_staff"], [])


def test_how_alike_the_places_are_comes_from_the_study_of_peers(people):
    found = practice(regions=["SI04", "AT12", "BG41"])
    before = selectors.fit(people.guest, found, region())
    study_of_peers("AT12", ["HU32", "SI04"])
    row = PeerRow.objects.get()
    row.peers["cells"] = {"SI04": {"euclidean": 0.8, "shared": 1}}
    row.save()

    after = selectors.fit(people.guest, found, region())

    assert (before.has_study, [one.distance for one in before.worked]) == (False, [None, None, None])
    assert {one.region.code: (one.distance, one.place, one.is_same) for one in after.worked} == {
        "AT12": (None, None, True),
        "BG41": (None, None, False),
        "SI04": (0.8, 2, False),
    }


def test_who_took_it_over_and_how_it_went(people):
    found = practice()
    told = {"year": 2025, "adapted": "Smaller.", "outcome": "It worked.", "language": "en"}
    adoptions.adopt(found, own(people.ana), by=people.ana, region=region("HU32"), **told)
    adoptions.adopt(found, own(people.marko), by=people.marko, region=None, **told)

    fit = selectors.fit(people.guest, found, region())

    assert [(one.region.code, one.outcome) for one in fit.adoptions] == [("HU32", "It worked.")]


@pytest.mark.parametrize(
    ("name", "may"), [("lena", True), ("marko", True), ("ana", True), ("petra", False), ("carl", False)]
)
def test_members_keep_it(people, name, may):
    found = practice()
    if may:
        kept(people.named(name), found)
    else:
        with pytest.raises(PermissionDenied):
            kept(people.named(name), found)

    assert Transfer.objects.count() == may


def test_what_was_kept_stays_while_the_region_changes(people):
    declared(settled(people.marko), public_budget="no", skilled_staff="yes")
    made = kept(people.marko, practice())
    declared(people.marko, public_budget="yes")

    held = selectors.transfer_for(people.ana, made.pk)

    assert (held.share, selectors.fit(people.ana, held.record, held.region).share) == (0.5, 1.0)
    assert [words for _name, words, _tone in selectors.snapshot(held)] == ["No", "Yes"]


def test_members_read_what_is_kept_and_guests_do_not(people):
    kept(people.marko, practice())

    seen = [selectors.transfers(people.named(name)).count() for name in ("lena", "ana", "petra", "carl", "guest")]

    assert seen == [1, 1, 0, 0, 0]


@pytest.mark.parametrize("name", ["lena", "marko", "ana", "carl"])
def test_only_experts_judge(people, name):
    made = kept(people.marko, practice())

    with pytest.raises(PermissionDenied):
        services.judge(made, "fits", "I like it.", by=people.named(name))


def test_the_expert_has_one_word_which_nothing_computed_replaces(people):
    declared(settled(people.marko), public_budget="yes", skilled_staff="yes")
    made = kept(people.marko, practice())
    with pytest.raises(ValidationError):
        services.judge(made, "not", " ", by=people.wanda)
    services.judge(made, "fits", "It would.", by=people.wanda)
    services.judge(made, "not", "Nobody would apply.", by=people.wanda)
    kept(people.marko, made.record)
    settle()

    assert [(row.verdict, row.reasons) for row in Judgement.objects.all()] == [("not", "Nobody would apply.")]
    assert Transfer.objects.get().share == 1.0
    told = Notice.objects.filter(kind="pilots.transfer_judged").values_list("recipient", flat=True)
    assert set(told) == {people.marko.pk}


def test_members_discuss_it_and_those_who_take_part_are_told(people):
    made = kept(people.marko, practice())
    services.say(made, "Could it be smaller?", by=people.ana)
    settle()
    with pytest.raises(PermissionDenied):
        services.say(made, "Let me in.", by=people.carl)

    told = Notice.objects.filter(kind="pilots.transfer_discussed").values_list("recipient", flat=True)
    assert (set(told), Comment.objects.get().text) == ({people.marko.pk}, "Could it be smaller?")


def test_what_is_withdrawn_cannot_be_held_but_what_was_kept_stays(people):
    made = kept(people.marko, practice())
    repository.withdraw(made.record, by=people.lena, why="It was never true.")
    held = selectors.transfer_for(people.ana, made.pk)

    assert (selectors.practices(people.guest).count(), selectors.still_seen(people.ana, held)) == (0, False)


def test_the_demonstration_needs_its_records(people):
    assert demonstration.load() == ""


def test_how_alike_those_are_that_took_it_over(people):
    found = practice(regions=["SI04"])
    told = {"year": 2025, "adapted": "Smaller.", "outcome": "", "language": "en"}
    adoptions.adopt(found, own(people.ana), by=people.ana, region=region("HU32"), **told)
    study_of_peers("AT12", ["HU32", "SI04"])
    row = PeerRow.objects.get()
    row.peers["cells"] = {code: {"euclidean": far, "shared": 1} for code, far in (("SI04", 0.8), ("HU32", 0.5))}
    row.save()

    made = kept(people.marko, found)

    assert [
        (one.region.code, one.distance, one.is_adopter) for one in selectors.fit(people.guest, found, region()).worked
    ] == [
        ("SI04", 0.8, False),
        ("HU32", 0.5, True),
    ]
    assert [row[1:] for row in selectors.places_then(made)] == [(0.8, False), (0.5, True)]


def test_what_experts_thought_stands_beside_what_is_computed_today(people):
    found = practice()
    made = kept(people.marko, found)
    services.judge(made, by=people.wanda, verdict="adapt", reasons="With less money.")
    address = reverse("pilots:hold", args=[found.code]) + "?region=AT12"

    inside, outside = browser_of(people.ana).get(address), browser_of(people.guest).get(address)

    assert [one.reasons for one in inside.context["judgements"]] == ["With less money."]
    assert "judgements" not in outside.context


def test_a_judgement_says_on_which_fit_it_was_given(people):
    declared(settled(people.marko), public_budget="no", skilled_staff="yes")
    made = kept(people.marko, practice())
    services.judge(made, by=people.wanda, verdict="first", reasons="Money has to be there.")
    Transfer.objects.update(made_on=date(2026, 3, 1))
    declared(people.marko, public_budget="yes")
    before = made.judgements.get()
    kept(people.marko, made.record)
    browser = browser_of(people.ana)
    (shown,) = browser.get(made.get_absolute_url()).context["judgements"]
    (beside,) = browser.get(reverse("pilots:hold", args=[made.record.code]) + "?region=AT12").context["judgements"]
    hint = "//section[@aria-labelledby='judged']//p[@class='hint']"

    assert before.fit_on is None
    for one in (shown, beside):
        assert (one.fit_on, one.fit_percent, [words for _name, words, _tone in one.then]) == (
            date(2026, 3, 1),
            50,
            ["No", "Yes"],
        )
    assert texts(browser.get(made.get_absolute_url()), hint) == [
        "Given on the fit of 1 March 2026: 50 % of what it needs was there. It was found anew since."
    ]
    Transfer.objects.update(made_on=date(2026, 4, 1))
    kept(people.marko, made.record)
    assert made.judgements.get().fit_on == date(2026, 3, 1)
    services.judge(made, by=people.wanda, verdict="fits", reasons="Money is there now.")
    assert texts(browser.get(made.get_absolute_url()), hint) == []
