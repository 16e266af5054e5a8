"""Documents that become records of the repository."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import audience_of
from repository import services as repository
from repository.models import Record
from tests.factories.workinggroups import approved, change, file_document, group, page, upload
from tests.people import add_member, browser_of, hold_anyway
from workinggroups.models import Document, Reviewer
from workinggroups.selectors import documents as selectors, publication as told
from workinggroups.services import documents as services, fields, publication

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def later():
    return timezone.localdate() + timedelta(days=7)


@pytest.fixture
def rita(people):
    rita = add_member("rita", "full")
    hold_anyway(rita, "wg_representative", scope="group:4")
    return rita


def published(people, rita, later, **fields) -> tuple[Document, Record]:
    made = approved(file_document(people.wanda, **fields), people.wanda, rita, later)
    record = publication.publish(
        made, by=people.wanda, kind="deliverable", summary="What we plan.", year=2026, people=[people.wanda]
    )
    made.refresh_from_db()
    return made, record


def test_an_approved_document_becomes_a_record_with_the_very_bytes(people, rita, later):
    made, record = published(people, rita, later)

    attached, version = record.files.get(), selectors.versions(made).first()
    assert (record.state, made.state, made.record) == ("published", "published", record)
    assert (attached.file.sha256, attached.name, record.topics.get().pk) == (version.file.sha256, "plan.txt", 4)
    assert (record.creators, record.about_thing, record.about_id) == (
        ["Wanda", "Organisation org-wanda"],
        selectors.LABEL,
        str(made.pk),
    )


def test_what_is_not_approved_is_not_published(people, later):
    with pytest.raises(PermissionDenied):
        publication.publish(file_document(people.wanda), by=people.wanda, kind="deliverable", summary="X", year=2026)


def test_published_again_it_is_the_next_version_of_the_same_record(people, rita, later):
    made, record = published(people, rita, later)
    change(made, people.wanda, file=upload(b"Better words."), title="Better plan")
    approved(made, people.wanda, rita, later)

    again = publication.publish(made, by=people.wanda, summary="Better.", year=2025)

    assert (again.pk, Record.objects.count(), again.versions.first().number) == (record.pk, 1, 2)
    assert (str(again.title), again.year, [row.file.size for row in again.files.all()]) == ("Better plan", 2025, [13])


def test_approved_translations_are_published_with_their_original(people, rita, later):
    made = page(people.wanda, "One.", "Plan")
    greek = services.translate(made, by=people.wanda, language="el", title="Σχέδιο", text="Ένα.")
    services.translate(made, by=people.wanda, language="bg", title="План", text="Едно.")
    for one in (made, greek):
        approved(one, people.wanda, rita, later)

    record = publication.publish(made, by=people.wanda, kind="guideline", summary="How.", year=2026)

    assert (dict(record.title), dict(record.description), record.languages) == (
        {"en": "Plan", "el": "Σχέδιο"},
        {"en": "One.", "el": "Ένα."},
        ["el", "en"],
    )


def test_the_record_says_which_version_it_is_and_who_approved_it(people, rita, later):
    made, record = published(people, rita, later)
    change(made, people.wanda, text=None, title="Better plan")
    approved(made, people.wanda, people.lena, later)
    publication.publish(made, by=people.wanda, summary="Better.", year=2026)

    day = date_format(platform_day(), "DATE_FORMAT")
    assert list(record.versions.order_by("number").values_list("number", "note")) == [
        (1, f"Version 1.0 of the working group, approved on {day} by Organisation org-rita"),
        (2, f"Version 1.1 of the working group, approved on {day} by Organisation org-lena"),
    ]


def test_an_approval_after_midnight_counts_for_the_day_that_has_begun(people, rita, later):
    made = page(people.wanda, "One.", "Plan")
    approved(made, people.wanda, rita, later)
    Reviewer.objects.update(answered_at=datetime(2026, 11, 23, 23, 30, tzinfo=UTC))

    record = publication.publish(made, by=people.wanda, kind="guideline", summary="How.", year=2026)

    assert record.versions.get().note == (
        "Version 1.0 of the working group, approved on 24 November 2026 by Organisation org-rita"
    )


def test_the_approval_stays_on_the_record_while_the_document_goes_on(people, rita, later):
    made, record = published(people, rita, later)
    change(made, people.wanda, title="Better plan")

    (found,) = told.published_as(record)

    assert (found.document, found.version.number, [one.person for one in found.approvals]) == (made, "1.0", [rita])


@pytest.mark.parametrize(("name", "shown"), [("guest", 0), ("carl", 0), ("marko", 1)])
def test_members_read_the_names_of_those_who_approved_and_everybody_their_organisations(
    people, rita, later, name, shown
):
    _made, record = published(people, rita, later)

    html = browser_of(people.named(name)).get(record.get_absolute_url()).content.decode()

    day = date_format(platform_day(), "DATE_FORMAT")
    approved_by = [html.count(f"Approved on {day} by {who}") for who in ("Rita", "Organisation org-rita")]
    assert approved_by == [shown, 1 - shown]


def test_only_authors_who_were_chosen_are_named(people, rita, later):
    made = approved(change(file_document(people.wanda), rita, title="Plan"), people.wanda, people.lena, later)

    record = publication.publish(made, by=people.wanda, summary="X", year=2026, people=[rita, people.carl])

    assert record.creators == ["Rita", "Organisation org-wanda", "Organisation org-rita"]


@pytest.mark.parametrize(
    ("marking", "keys"),
    [("public", ["public"]), ("group", ["public"]), ("members", ["members"])],
)
def test_the_record_is_for_whom_the_marking_says(people, rita, later, marking, keys):
    _made, record = published(people, rita, later, marking=marking)

    assert (record.for_members, audience_of(record)[:1]) == (marking == "members", keys)


def test_what_is_marked_for_members_later_closes_to_others(people, rita, later):
    made, record = published(people, rita, later)
    services.mark(made, by=people.wanda, marking="members")
    approved(change(made, people.wanda, title="Better plan"), people.wanda, rita, later)

    publication.publish(made, by=people.wanda, summary="Better.", year=2026)

    assert audience_of(record)[:1] == ["members"]


def test_what_was_said_in_the_repository_stays(people, rita, later):
    made, record = published(people, rita, later)
    repository.change(record, by=None, details={"number": "D1.3"}, for_members=True)
    approved(change(made, people.wanda, title="Better plan"), people.wanda, rita, later)

    again = publication.publish(made, by=people.wanda, summary="Better.", year=2026)

    assert (again.details, again.for_members, audience_of(again)[:1]) == ({"number": "D1.3"}, True, ["members"])


def test_what_is_restricted_is_not_published(people, rita, later):
    made = approved(file_document(people.wanda, marking="restricted"), people.wanda, rita, later)
    sent = browser_of(people.wanda).post(
        f"{made.get_absolute_url()}publish/", {"kind": "deliverable", "summary": "X", "year": 2026}
    )

    assert (sent.status_code, Record.objects.count()) == (400, 0)
    assert sent.context["form"].non_field_errors() == [
        "It is marked as restricted. Say first that others may see it, then it can be published."
    ]


def test_a_restricted_translation_stays_in_the_group(people, rita, later):
    made = page(people.wanda, "One.", "Plan")
    greek = services.translate(made, by=people.wanda, language="el", title="Σχέδιο", text="Ένα.")
    services.mark(greek, by=people.wanda, marking="restricted")
    for one in (made, greek):
        approved(one, people.wanda, rita, later)

    record = publication.publish(made, by=people.wanda, summary="How.", year=2026)

    assert (dict(record.title), record.languages) == ({"en": "Plan"}, ["en"])


# Kinds


def open_kinds(document) -> set[str]:
    return {code for code, _name in told.kinds(document)[0]}


PLAIN = {"recommendation", "project", "guideline", "report", "deliverable", "strategy", "training_material"}
PLAIN |= {"consultation_result", "link"}


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("Words.", set()),
        ("## Findings\n\nFew funds.\n", {"assessment", "evaluation", "benchmark"}),
        ("## Ergebnisse\n\nWenige.\n", set()),
        ("## Variables\n\nFunds by region.\n", {"dataset"}),
        ("## Position\n\nMore.\n\n## Interest group\n\nClusters.\n", {"paper"}),
        ("## Position\n\nMore.\n", set()),
        ("## Topic and strategy\n\nGuarantees.\n", {"concept_paper"}),
        ("## Findings\n\n", set()),
    ],
)
def test_a_page_becomes_what_its_headings_tell(people, text, more):
    assert open_kinds(page(people.wanda, text)) == PLAIN | more


def test_what_the_kind_asks_is_taken_from_the_document(people, rita, later):
    text = "## Method\n\nAsked forty.\n\n## Findings\n\nFew funds.\n"
    made = approved(page(people.wanda, text), people.wanda, rita, later)

    record = publication.publish(made, by=people.wanda, kind="evaluation", summary="X", year=2026)

    assert record.details == {"method": {"en": "Asked forty."}, "findings": {"en": "Few funds."}}


def test_a_file_tells_it_in_a_field(people):
    field = fields.add(group(), by=people.wanda, name={"en": "Variables"}, kind="text")
    made = file_document(people.wanda, values={field.pk: "Funds by region"})

    assert open_kinds(made) == PLAIN | {"dataset"}


def test_a_kind_that_asks_more_is_refused(people, rita, later):
    made = approved(page(people.wanda, "Words."), people.wanda, rita, later)

    with pytest.raises(ValidationError) as refused:
        publication.publish(made, by=people.wanda, kind="dataset", summary="X", year=2026)

    assert refused.value.message_dict == {"kind": ["The document does not tell: Variables."]}
