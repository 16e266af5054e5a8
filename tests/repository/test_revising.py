"""Revising what is published, files and all, and what a form keeps of a record."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from platform_core.people.members import services as members
from platform_core.people.members.models import Organisation
from repository import services
from repository.models import Record
from tests.factories.repository import record
from tests.people import add_organisation, browser_of

from .filing import attach
from .test_versions import typed

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def filed(people) -> tuple[Record, int]:
    """A published record with one file, and the key of that."""
    found = record("Vouchers", publish=False, by=people.marko)
    attached = attach(found, b"The first words.", "plan.txt")
    services.publish(found)
    return found, attached.pk


def revise(people, found: Record, **fields):
    place = reverse("repository:change", args=[found.code])
    return browser_of(people.lena).post(place, typed(found, note="A new file", **fields))


def names(found: Record) -> list[list[str]]:
    return [[file["name"] for file in one.content["files"]] for one in found.versions.order_by("number")]


def new(name: str = "new.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"Other words.")


def test_a_revision_adds_a_file(people):
    found, _pk = filed(people)

    assert revise(people, found, file=new()).status_code == 302
    assert names(found) == [["plan.txt"], ["plan.txt", "new.txt"]]
    assert found.versions.first().note == "A new file"


def test_a_revision_replaces_a_file_and_the_version_before_keeps_its_own(people):
    found, pk = filed(people)

    assert revise(people, found, file=new(), dropped=[pk]).status_code == 302
    assert names(found) == [["plan.txt"], ["new.txt"]]
    assert list(found.files.values_list("name", flat=True)) == ["new.txt"]


def test_a_revision_takes_no_file_of_another_record(people):
    found, _pk = filed(people)
    other = attach(record("Other", publish=False), b"x", "other.txt")

    answer = revise(people, found, dropped=[other.pk])

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["dropped"])


@pytest.mark.parametrize(
    ("name", "status", "files"), [("lena", 302, 2), ("wanda", 302, 2), ("marko", 302, 1), ("carl", 403, 1)]
)
def test_who_brings_a_file_to_what_is_published(people, name, status, files):
    found, _pk = filed(people)
    place = reverse("repository:change", args=[found.code])

    answer = browser_of(people.named(name)).post(place, typed(found, note="New", file=new()))

    assert (answer.status_code, found.files.count()) == (status, files)


def test_a_change_keeps_every_region(people):
    found = record("Vouchers", publish=False, by=people.marko, regions=["EL30", "EL52"], countries=["EL"])
    place = reverse("repository:change", args=[found.code])

    browser_of(people.marko).post(place, typed(found, title="Better vouchers"))

    assert sorted(found.regions.values_list("code", flat=True)) == ["EL30", "EL52"]


def test_a_region_of_another_country_is_told(people):
    found = record("Vouchers", publish=False, by=people.marko)
    place = reverse("repository:change", args=[found.code])

    answer = browser_of(people.marko).post(place, typed(found, countries=["AT"], regions=["EL30", "AT22"]))

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["regions"])


def test_a_region_brings_its_country(people):
    made = record("Vouchers", publish=False, countries=[], regions=["EL30", "AT22"])
    services.change(made, by=None, countries=["IT"])

    assert sorted(made.countries.values_list("pk", flat=True)) == ["AT", "EL", "IT"]


def test_the_languages_of_the_document_are_those_stated(people):
    found = record("Vouchers", publish=False, by=people.marko)
    place = reverse("repository:change", args=[found.code])

    browser_of(people.marko).post(place, typed(found, languages=["hu", "de"]))
    assert Record.objects.get().languages == ["de", "hu"]

    browser_of(people.marko).post(place, typed(found, languages=[]))
    assert Record.objects.get().languages == ["en"]


DEPOSIT = "/en/repository/deposit/report/"
GOOD = {
    "language": "en",
    "title": "Vouchers",
    "summary": "What came of it.",
    "topics": ["4"],
    "year": "2024",
    "creators": "An office",
    "licence": "CC-BY-4.0",
}


def own(person):
    return Organisation.objects.get(code=f"org-{person.name.lower()}")


def test_a_record_comes_from_the_only_organisation_of_its_depositor(people):
    browser_of(people.marko).post(DEPOSIT, GOOD)

    assert Record.objects.get().organisation == own(people.marko)


def test_of_several_organisations_one_is_chosen(people):
    other = add_organisation("org-other", tier="full")
    members.affiliate(people.marko, other)
    browser = browser_of(people.marko)
    offered = browser.get(DEPOSIT).context["form"]["organisation"]

    browser.post(DEPOSIT, {**GOOD, "organisation": other.pk})

    assert ({one.pk for one in offered.field.queryset}, offered.value()) == ({own(people.marko).pk, other.pk}, None)
    assert Record.objects.get().organisation == other


def test_nobody_deposits_for_others(people):
    answer = browser_of(people.marko).post(DEPOSIT, {**GOOD, "organisation": own(people.ana).pk})

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["organisation"])


def test_an_editor_leaves_the_organisation_as_it_is(people):
    browser_of(people.marko).post(DEPOSIT, GOOD)
    found = services.publish(Record.objects.get())

    assert revise(people, found, title="Better vouchers").status_code == 302
    assert Record.objects.get().organisation == own(people.marko)


def test_the_same_bytes_replace_themselves(people):
    found, pk = filed(people)

    services.change(
        found,
        by=people.lena,
        note="Renamed",
        added=services.NewFile(io.BytesIO(b"The first words."), "renamed.txt", "en"),
        dropped=[pk],
    )

    assert names(found) == [["plan.txt"], ["renamed.txt"]]


def test_what_is_typed_into_a_change_is_kept(people):
    found = record("Vouchers", publish=False, by=people.marko)
    browser, place = browser_of(people.marko), reverse("repository:change", args=[found.code])

    assert browser.post(place, typed(found, title="Half", keep_draft="1")).headers["Location"] == place
    assert browser.get(place).context["form"]["title"].value() == "Half"
    assert Record.objects.get().title["en"] == "Vouchers"
    assert browser.get(f"{place}?language=el").context["form"]["title"].value() == ""

    browser.post(place, typed(found, title="Whole"))
    assert browser.get(place).context["form"]["title"].value() == "Whole"
    assert browser.get(place).context["draft"] is None


def test_what_was_kept_over_an_older_record_overwrites_nothing_unseen(people):
    found = record("Vouchers", publish=False, by=people.marko)
    browser, place = browser_of(people.marko), reverse("repository:change", args=[found.code])
    seen = browser.get(place).context["stamp"]
    browser.post(place, typed(found, title="Half", keep_draft="1", seen=seen))
    services.change(found, by=people.lena, title={"en": "Lena's"})

    assert browser.get(place).context["stamp"] == seen
    assert browser.post(place, typed(found, title="Half", seen=seen)).status_code == 400


def test_the_forms_tell_what_would_help(people):
    found = record("Vouchers", publish=False, by=people.marko, licence="LicenseRef-all-rights-reserved", countries=[])
    browser = browser_of(people.marko)

    in_change = [hint.words for hint in browser.get(reverse("repository:change", args=[found.code])).context["hints"]]
    wrong = {**GOOD, "year": "1", "licence": "", "language": "el"}
    in_deposit = [hint.words for hint in browser.post(DEPOSIT, wrong).context["hints"]]

    closed = "All rights are reserved: others may only read it. An open licence lets them build on it."
    assert closed in in_change
    assert in_deposit[-5:] == [
        "There is no summary in English, which all partners read.",
        "It has no licence, so nobody knows what may be done with it.",
        "It has no keywords; with them it is found in every language.",
        "It names no country or region.",
        "There is nothing to read beside the summary: add a description or a file.",
    ]
    assert browser.get(DEPOSIT).context["hints"] == []
