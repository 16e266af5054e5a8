"""Folders of a library: renamed, moved, deleted when empty."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from lxml import html

from platform_core.identity.audit.models import Event
from tests.factories.workinggroups import file_document, group
from tests.people import browser_of
from workinggroups.models import Document, Folder
from workinggroups.services import documents, folders as services

pytestmark = pytest.mark.django_db


@pytest.fixture
def plans(people):
    return documents.add_folder(group(), "Plans", by=people.wanda)


@pytest.fixture
def inner(people, plans):
    return documents.add_folder(group(), "2026", by=people.wanda, parent=plans)


def verbs() -> list[str]:
    rows = Event.objects.filter(verb__startswith="workinggroups.folder_").order_by("pk")
    return [verb.removeprefix("workinggroups.folder_") for verb in rows.values_list("verb", flat=True)]


def test_a_folder_is_renamed_and_moved_with_what_lies_in_it(people, plans, inner):
    paper = file_document(people.wanda, folder=inner)
    browser = browser_of(people.wanda)

    answer = browser.post(f"{inner.get_absolute_url()}change/", {"name": "Of 2026", "parent": ""})

    inner.refresh_from_db()
    paper.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, inner.get_absolute_url())
    assert (inner.name, inner.parent, paper.folder) == ("Of 2026", None, inner)
    assert verbs() == ["added", "added", "renamed", "moved"]


def test_what_stays_as_it_was_is_no_event(people, plans, inner):
    services.change(inner, "2026", by=people.wanda, parent=plans)

    assert verbs() == ["added", "added"]


@pytest.mark.parametrize("at_top", [True, False])
def test_two_of_a_name_do_not_lie_in_one_place(people, plans, inner, at_top):
    parent = None if at_top else plans
    documents.add_folder(group(), "Minutes", by=people.wanda, parent=parent)
    typed = {"name": "Minutes", "parent": "" if at_top else plans.pk}

    answer = browser_of(people.wanda).post(f"{inner.get_absolute_url()}change/", typed)

    assert answer.status_code == 400
    assert answer.context["form"].errors == {"name": ["There is a folder of this name already."]}


def test_a_folder_never_lies_in_itself(people, plans, inner):
    deepest = documents.add_folder(group(), "May", by=people.wanda, parent=inner)
    page = browser_of(people.wanda).get(f"{plans.get_absolute_url()}change/")

    for parent in (plans, inner, deepest):
        with pytest.raises(ValidationError, match="in itself"):
            services.change(plans, "Plans", by=people.wanda, parent=parent)
    assert list(page.context["form"].fields["parent"].queryset) == []


def test_a_folder_stays_in_its_group(people, plans):
    elsewhere = documents.add_folder(group(1), "Elsewhere", by=people.lena)

    with pytest.raises(PermissionDenied):
        services.change(plans, "Plans", by=people.wanda, parent=elsewhere)


def test_an_empty_folder_is_deleted_and_one_is_where_it_lay(people, plans, inner):
    answer = browser_of(people.wanda).post(f"{inner.get_absolute_url()}delete/")

    assert (answer.url, list(Folder.objects.all()), verbs()[-1]) == (plans.get_absolute_url(), [plans], "removed")


def test_a_folder_at_the_top_leads_to_the_library(people, plans):
    answer = browser_of(people.wanda).post(f"{plans.get_absolute_url()}delete/")

    assert (answer.url, Folder.objects.count()) == ("/en/groups/4/documents/", 0)


def test_deleting_twice_leads_to_the_library(people, plans):
    address = f"{plans.get_absolute_url()}delete/"
    answers = [browser_of(people.wanda).post(address) for _press in range(2)]

    assert [(one.status_code, one["Location"]) for one in answers] == [(302, "/en/groups/4/documents/")] * 2


def test_a_folder_with_something_in_it_stays(people, plans, inner):
    file_document(people.wanda, folder=inner)

    for folder in (plans, inner):
        with pytest.raises(ValidationError, match="Only an empty folder"):
            services.remove(folder, by=people.wanda)
    assert Folder.objects.count() == 2


def test_deleting_is_offered_where_a_folder_is_empty(people, plans, inner):
    def offered(folder) -> bool:
        page = html.fromstring(browser_of(people.wanda).get(folder.get_absolute_url()).content)
        return bool(page.xpath("//form[contains(@action, '/delete/')]"))

    assert (offered(plans), offered(inner)) == (False, True)
    file_document(people.wanda, folder=inner)
    assert offered(inner) is False


def test_what_lies_in_the_trash_keeps_no_folder(people, inner):
    paper = file_document(people.wanda, folder=inner)
    documents.trash(paper, by=people.wanda)

    services.remove(inner, by=people.wanda)

    assert Document.objects.get().folder is None


@pytest.mark.parametrize("name", ["marko", "ana", "petra", "carl"])
def test_others_change_no_folder(people, plans, name):
    with pytest.raises(PermissionDenied):
        services.change(plans, "Mine", by=people.named(name), parent=None)
    with pytest.raises(PermissionDenied):
        services.remove(plans, by=people.named(name))


def test_who_opens_the_page_of_a_change(people, plans):
    address = f"{plans.get_absolute_url()}change/"

    pages = {name: browser_of(person).get(address).status_code for name, person in people.each()}

    assert pages == {**dict.fromkeys(pages, 403), "wanda": 200, "lena": 200, "guest": 302}
