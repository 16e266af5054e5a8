"""Conditions sheets: declared by the region with evidence, kept with their history, checked once a year."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pilots.demonstration import conditions as demonstration
from pilots.models import Condition, ConditionAnswer, ConditionSheet
from pilots.selectors import conditions as selectors
from pilots.services import conditions as services
from platform_core.exchange.messaging.models import Notice
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.people.members import services as members
from tests.factories.changes import own
from tests.factories.conditions import condition, declared, region, settled
from tests.people import add_organisation
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def values(sheet) -> dict[str, str]:
    return {line.condition.code: line.value for line in selectors.lines(sheet) if line.answer}


def test_five_conditions_a_topic_and_every_precondition_once():
    by_topic = [Condition.objects.filter(topic=topic).count() for topic in range(1, 7)]
    asked = Condition.objects.order_by("precondition").values_list("precondition", flat=True)

    assert by_topic == [5] * 6
    assert list(asked) == sorted(code for code, _name in vocabulary.term_choices("precondition"))


def test_forms_offer_preconditions_under_the_topics_of_the_sheet():
    names, found = vocabulary.topic_labels(), {}
    for row in Condition.objects.order_by("topic", "order"):
        found.setdefault(names[str(row.topic_id)], []).append(row.precondition)

    offered = {name: [code for code, _name in rows] for name, rows in vocabulary.choices_by_topic("precondition")}
    assert offered == found
    assert vocabulary.choices_by_topic("level") == vocabulary.term_choices("level")


def test_a_practice_that_needs_any_condition_is_held_against_the_sheet(people):
    settled(people.marko)
    sheet = declared(people.marko, **dict.fromkeys(Condition.objects.values_list("code", flat=True), "partly"))
    codes = [code for code, _name in vocabulary.term_choices("precondition")]

    held = selectors.by_precondition(sheet)

    assert {code: held[code].value for code in codes} == dict.fromkeys(codes, "partly")


def test_loading_them_again_changes_nothing():
    before = list(Condition.objects.values())
    services.load_conditions()

    assert list(Condition.objects.values()) == before


@pytest.mark.parametrize(
    ("name", "may"), [("lena", False), ("marko", True), ("ana", True), ("petra", True), ("carl", False)]
)
def test_members_in_the_region_declare(people, name, may):
    person = people.named(name)
    if name != "lena":
        settled(person)
    if may:
        declared(person, public_budget="yes")
    else:
        with pytest.raises(PermissionDenied):
            declared(person, public_budget="yes")

    assert ConditionSheet.objects.count() == may


def test_a_national_authority_declares_for_its_regions(people):
    organisation = own(people.marko)
    organisation.kind = "national_authority"
    organisation.save()

    declared(people.marko, public_budget="no")

    with pytest.raises(PermissionDenied):
        declared(people.marko, "HU32", public_budget="no")


def test_nobody_declares_for_a_stranger(people):
    settled(people.marko), settled(people.ana)
    answers = {condition("public_budget").pk: ("yes", "So it is.", "")}

    with pytest.raises(PermissionDenied):
        services.declare(region(), own(people.ana), answers, by=people.marko)


def test_everybody_reads_and_what_was_said_before_is_kept(people):
    settled(people.marko), settled(people.ana)
    declared(people.marko, public_budget="no", private_share="yes")
    declared(people.ana, public_budget="partly")
    declared(people.ana, evidence="The office says so.", private_share="yes")

    sheet = selectors.sheet_for(people.guest, "AT12")
    assert values(sheet) == {"public_budget": "partly", "private_share": "yes"}
    assert [(row.condition.code, row.value, row.is_current) for row in selectors.history(sheet)] == [
        ("public_budget", "partly", True),
        ("private_share", "yes", True),
        ("public_budget", "no", False),
    ]


def test_an_answer_that_is_none_is_refused(people):
    with pytest.raises(ValidationError):
        declared(settled(people.marko), public_budget="perhaps")

    assert ConditionAnswer.objects.count() == 0


def test_after_a_year_the_region_is_asked_once(people):
    sheet = declared(settled(people.marko), public_budget="yes")
    early = services.remind()
    ConditionSheet.objects.update(check_on=timezone.localdate())
    asked = [services.remind(), services.remind()]
    settle()

    told = Notice.objects.filter(kind="pilots.conditions_due").values_list("recipient", flat=True)
    assert (early, asked, set(told)) == (0, [1, 0], {people.marko.pk})

    services.still_correct(sheet, by=people.marko)
    sheet.refresh_from_db()
    assert (sheet.is_reminded, sheet.check_on) == (False, timezone.localdate() + timedelta(days=365))


@pytest.mark.parametrize("name", ["lena", "ana", "carl"])
def test_strangers_do_not_say_that_it_is_still_correct(people, name):
    sheet = declared(settled(people.marko), public_budget="yes")

    with pytest.raises(PermissionDenied):
        services.still_correct(sheet, by=people.named(name))


def test_the_demonstration_is_labelled_and_loaded_once(people):
    made = add_organisation("donaukreis", tier="full")
    made.region = region()
    made.save()
    members.affiliate(people.ana, made, is_contact=True)
    people.ana.__dict__.pop("_audience_keys", None)

    assert [demonstration.load(), demonstration.load()] == ["conditions sheets of 1 regions", ""]
    assert ConditionSheet.objects.get().is_demonstration


def test_all_lines_answered_anew_are_as_good_as_still_correct(people):
    sheet = declared(settled(people.marko), public_budget="yes")
    long_ago = timezone.localdate() - timedelta(days=400)
    ConditionSheet.objects.update(checked_on=long_ago, check_on=long_ago, is_reminded=True)
    told = dict.fromkeys(Condition.objects.values_list("pk", flat=True), ("unknown", "", ""))
    services.declare(sheet.region, own(people.marko), told, by=people.marko)

    sheet.refresh_from_db()
    assert (sheet.checked_on, sheet.is_reminded) == (timezone.localdate(), False)
