"""Reviews of documents: an approval is for one version and dies with any change."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from platform_core.exchange.cases import services as cases
from platform_core.exchange.cases.models import Case
from platform_core.exchange.messaging.models import Notice
from platform_core.identity.access.selectors import may_see
from tests.factories.workinggroups import approved, change, file_document, group, page, upload
from tests.people import add_member, hold_anyway
from tests.settling import settle
from workinggroups.models import Review
from workinggroups.selectors import documents as selectors
from workinggroups.services import documents as services, reviews

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def later():
    return timezone.localdate() + timedelta(days=7)


@pytest.fixture
def rita(people):
    """Represents another full member in the group."""
    person = add_member("rita", "full")
    hold_anyway(person, "wg_representative", scope="group:4")
    return person


def case_of(person) -> Case:
    settle()
    return Case.objects.get(handler=f"person:{person.pk}", state="open")


def answered(person, code: str) -> None:
    cases.answer(case_of(person), code, by=person, reason="My reasons.")


def test_everybody_asked_has_a_case_with_the_deadline(people, rita, later):
    made = file_document(people.wanda)

    reviews.ask(made, [people.lena, rita], by=people.wanda, due_on=later)

    found = case_of(rita)
    made.refresh_from_db()
    assert (made.state, found.due_on, found.opener) == ("in_review", later, people.wanda)


@pytest.mark.parametrize(
    ("first", "second", "state", "outcome"),
    [
        ("approve", "approve", "approved", "approved"),
        ("approve", "remarks", "approved", "approved"),
        ("changes", "approve", "draft", "changes"),
        ("approve", "changes", "draft", "changes"),
    ],
)
def test_the_last_answer_decides(people, rita, later, first, second, state, outcome):
    made = file_document(people.wanda)
    reviews.ask(made, [people.lena, rita], by=people.wanda, due_on=later)
    answered(people.lena, first)
    made.refresh_from_db()
    between = made.state
    answered(rita, second)

    made.refresh_from_db()
    fingerprint = selectors.versions(made).first().fingerprint
    assert (between, made.state, Review.objects.get().outcome) == ("in_review", state, outcome)
    assert made.approved == (fingerprint if state == "approved" else "")


@pytest.mark.parametrize(
    "changed",
    [{"file": upload(b"The first words!")}, {"title": "Plan"}, {"description": "More"}, {"language": "el"}],
)
def test_one_byte_voids_an_approval(people, rita, later, changed):
    made = approved(file_document(people.wanda), people.wanda, rita, later)

    change(made, people.wanda, **changed)
    settle()

    assert (made.state, made.approved, Review.objects.get().outcome) == ("draft", "", "void")
    assert list(
        Notice.objects.filter(kind="workinggroups.review_void").values_list("recipient", "channel").order_by("channel")
    ) == [
        (rita.pk, "mail"),
        (rita.pk, "site"),
    ]


def test_a_change_ends_an_open_review_and_takes_it_from_every_desk(people, rita, later):
    made = file_document(people.wanda)
    reviews.ask(made, [people.lena, rita], by=people.wanda, due_on=later)
    answered(people.lena, "approve")
    case_of(rita)

    change(made, people.wanda, title="Plan B")
    settle()

    states = sorted(Case.objects.values_list("state", flat=True))
    assert (made.state, Review.objects.get().outcome, states) == ("draft", "void", ["answered", "withdrawn"])


def test_who_sees_it_and_where_it_lies_is_no_part_of_what_was_approved(people, rita, later):
    made = approved(file_document(people.wanda), people.wanda, rita, later)

    services.mark(
        made, by=people.wanda, marking="members", folder=services.add_folder(group(), "Plans", by=people.wanda)
    )

    made.refresh_from_db()
    assert made.state == "approved"


def test_only_who_acts_for_a_full_member_approves(people, later):
    made = file_document(people.wanda)
    review = reviews.ask(made, [people.ana], by=people.wanda, due_on=later)

    with pytest.raises(PermissionDenied):
        reviews.approve(review.reviewers.get(), by=people.ana, reason="Good.")


def test_nobody_answers_for_somebody_else(people, rita, later):
    review = reviews.ask(file_document(people.wanda), [rita], by=people.wanda, due_on=later)

    with pytest.raises(PermissionDenied):
        reviews.approve(review.reviewers.get(), by=people.lena, reason="Good.")


def test_whoever_is_asked_sees_a_restricted_document_until_the_review_ends(people, rita, later):
    made = file_document(people.wanda)
    services.mark(made, by=people.wanda, marking="restricted")
    before = may_see(rita, made)
    reviews.ask(made, [rita], by=people.wanda, due_on=later)
    during = may_see(rita, made)
    answered(rita, "approve")

    assert (before, during, may_see(rita, made)) == (False, True, False)


def test_a_review_needs_people_and_a_day_to_come(people, later):
    made = file_document(people.wanda)

    with pytest.raises(ValidationError, match="whom you ask"):
        reviews.ask(made, [], by=people.wanda, due_on=later)
    with pytest.raises(ValidationError, match="passed"):
        reviews.ask(made, [people.lena], by=people.wanda, due_on=timezone.localdate() - timedelta(days=1))


def test_late_answers_escalate_to_the_lead_partner(people, rita, later):
    made = file_document(people.wanda)
    reviews.ask(made, [rita], by=people.wanda, due_on=later)
    late = case_of(rita)
    Case.objects.update(due_on=timezone.localdate() - timedelta(days=1))

    cases.remind()

    late.refresh_from_db()
    assert (late.escalated, may_see(people.lena, late)) == (True, True)


def test_a_review_is_taken_back(people, rita, later):
    made = file_document(people.wanda)
    reviews.ask(made, [rita], by=people.wanda, due_on=later)
    case_of(rita)

    reviews.end(made, by=people.wanda)
    settle()

    made.refresh_from_db()
    assert (made.state, Review.objects.get().outcome, Case.objects.get().state) == ("draft", "void", "withdrawn")


@pytest.mark.parametrize(("answered_first", "state"), [(True, "approved"), (False, "draft")])
def test_who_is_asked_no_longer_is_not_waited_for(people, rita, later, answered_first, state):
    made = file_document(people.wanda)
    reviews.ask(made, [people.lena, rita] if answered_first else [rita], by=people.wanda, due_on=later)
    if answered_first:
        answered(people.lena, "approve")

    cases.withdraw(case_of(rita), by=people.wanda)

    made.refresh_from_db()
    assert made.state == state


def test_whose_account_is_gone_is_not_waited_for(people, rita, later):
    made = file_document(people.wanda)
    review = reviews.ask(made, [people.lena, rita], by=people.wanda, due_on=later)
    review.reviewers.filter(person=rita).update(person=None)

    answered(people.lena, "approve")

    made.refresh_from_db()
    assert made.state == "approved"


def test_the_trash_ends_an_open_review_and_no_approval(people, rita, later):
    made = approved(file_document(people.wanda), people.wanda, rita, later)
    services.take_back(services.trash(made, by=people.wanda), by=people.wanda)
    open_one = file_document(people.wanda, b"Other.", "other.txt")
    reviews.ask(open_one, [rita], by=people.wanda, due_on=later)
    services.take_back(services.trash(open_one, by=people.wanda), by=people.wanda)

    found = [(one.document.title, one.document.state, one.outcome) for one in Review.objects.order_by("pk")]
    assert found == [("plan", "approved", "approved"), ("other", "draft", "void")]


# Translations


def test_a_set_has_each_language_once_and_one_original(people):
    made = page(people.wanda)
    greek = services.translate(made, by=people.wanda, language="el", title="Σχέδιο", text="Ένα.")

    for original, language in ((made, "en"), (made, "el"), (greek, "bg")):
        with pytest.raises(ValidationError):
            services.translate(original, by=people.wanda, language=language, title="X", text="X")


def test_a_translation_says_when_it_has_caught_up(people):
    made = page(people.wanda)
    greek = services.translate(made, by=people.wanda, language="el", title="Σχέδιο", text="Ένα.")
    change(made, people.wanda, text="Other.")
    found = [selectors.editions(people.wanda, made)[0].is_stale]
    for caught_up in (False, True):
        change(greek, people.wanda, text=f"Άλλο {caught_up}.", caught_up=caught_up)
        found.append(selectors.editions(people.wanda, made)[0].is_stale)

    assert found == [True, True, False]
