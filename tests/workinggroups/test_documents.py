"""What happens to the documents of a group."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from platform_core.identity.access.models import Audience, RoleAssignment
from platform_core.identity.access.selectors import may_see
from platform_core.identity.access.sight import people_of
from platform_core.identity.audit.models import Event
from tests.factories.workinggroups import approved, change, file_document, group, page, upload
from tests.people import add_member, hold_anyway
from workinggroups.models import Document, Folder, Review, Reviewer
from workinggroups.selectors import documents as selectors
from workinggroups.services import documents as services, locks

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TODAY = timezone.localdate()


@pytest.fixture
def later():
    return timezone.localdate() + timedelta(days=7)


def numbers(document) -> list[str]:
    return [version.number for version in selectors.versions(document)]


def readers(people, document) -> set[str]:
    return {name for name, person in people.each() if may_see(person, document)}


def test_a_file_becomes_a_document_with_a_first_version(people):
    made = file_document(people.wanda)

    version = selectors.versions(made).get()
    assert (made.title, made.state, made.is_page, made.made_by) == ("plan", "draft", False, people.wanda)
    assert (version.number, version.name, version.file.size, version.author) == ("1.0", "plan.txt", 16, people.wanda)


@pytest.mark.parametrize("name", ["marko", "ana", "petra", "carl"])
def test_only_the_group_adds_documents(people, name):
    with pytest.raises(PermissionDenied):
        file_document(people.named(name))


def test_every_change_is_a_version(people):
    made = file_document(people.wanda)

    change(made, people.wanda, file=upload(b"Other words.", "other.txt"), note="Better")
    change(made, people.wanda, title="The plan")
    change(made, people.wanda, file=upload(b"Third words."), major=True)

    assert numbers(made) == ["2.0", "1.2", "1.1", "1.0"]
    first, second, third, fourth = list(selectors.versions(made))[::-1]
    assert [version.title for version in (first, second, third, fourth)] == ["plan", "plan", "The plan", "The plan"]
    assert (second.note, second.name, third.file, fourth.name) == ("Better", "other.txt", second.file, "plan.txt")
    assert len({version.fingerprint for version in (first, second, third, fourth)}) == 4


def test_what_changes_nothing_is_no_version(people):
    made = file_document(people.wanda)

    with pytest.raises(ValidationError, match="Nothing has changed"):
        change(made, people.wanda, file=upload())

    assert numbers(made) == ["1.0"]


def test_a_file_made_from_an_older_version_is_refused_once(people):
    made = file_document(people.wanda)
    change(made, people.wanda, file=upload(b"Others were faster."))

    with pytest.raises(ValidationError, match=r"Wanda has meanwhile made version 1\.1"):
        services.change(made, by=people.lena, base="1.0", file=upload(b"Too late."))
    services.change(made, by=people.lena, base="1.1", file=upload(b"Too late."))

    assert numbers(made) == ["1.2", "1.1", "1.0"]


def test_two_changes_of_a_page_are_joined(people):
    made = page(people.wanda, "One.\nTwo.\nThree.\n")
    change(made, people.wanda, text="ONE.\nTwo.\nThree.\n")

    version = services.change(made, by=people.lena, base="1.0", text="One.\nTwo.\nTHREE.\n")

    assert (version.number, version.text) == ("1.2", "ONE.\nTwo.\nTHREE.\n")


def test_two_changes_of_the_same_lines_are_shown_and_nothing_is_lost(people):
    made = page(people.wanda, "One.\nTwo.\n")
    change(made, people.wanda, text="1.\nTwo.\n")

    with pytest.raises(services.ConflictError) as conflict:
        services.change(made, by=people.lena, base="1.0", text="Eins.\nTwo.\n")

    assert conflict.value.text == "<<<<<<< Yours\nEins.\n=======\n1.\n>>>>>>> Wanda\nTwo.\n"
    assert (conflict.value.number, numbers(made)) == ("1.1", ["1.1", "1.0"])


def test_an_earlier_version_comes_back_as_the_next(people):
    made = file_document(people.wanda)
    change(made, people.wanda, file=upload(b"Worse."), title="Worse")
    first = selectors.versions(made).last()

    restored = services.restore(first, by=people.wanda, base="1.1")

    made.refresh_from_db()
    assert (restored.number, restored.note, restored.fingerprint) == ("1.2", "As in version 1.0", first.fingerprint)
    assert made.title == "plan"
    with pytest.raises(ValidationError, match="newer version"):
        services.restore(first, by=people.wanda, base="1.1")


# Locks


def test_what_is_checked_out_others_leave_alone(people):
    made = locks.check_out(file_document(people.wanda), by=people.wanda)

    with pytest.raises(ValidationError, match="Wanda is working on it until"):
        change(made, people.lena, title="Mine")
    with pytest.raises(ValidationError, match="Wanda is working on it until"):
        locks.check_out(made, by=people.lena)
    change(made, people.wanda, title="Hers")

    assert (made.is_locked, made.locked_by) == (False, None)


def test_a_lock_ends_by_itself(people):
    made = locks.check_out(file_document(people.wanda), by=people.wanda)
    Document.objects.update(locked_until=timezone.now() - timedelta(seconds=1))

    change(made, people.lena, title="Mine")

    assert numbers(made) == ["1.1", "1.0"]


def test_a_leader_ends_the_lock_of_somebody_else_and_it_is_logged(people):
    made = locks.check_out(file_document(people.lena), by=people.lena)

    locks.end_lock(made, by=people.wanda)

    ended = Event.objects.get(verb="workinggroups.lock_ended")
    made.refresh_from_db()
    assert (made.is_locked, ended.payload["own"]) == (False, False)


# Who sees it


def test_who_sees_a_document(people, later):
    made = file_document(people.wanda)
    group_only, everybody = {"lena", "wanda"}, {name for name, _person in people.each()}
    found = {}
    for marking in Document.Marking.values:
        services.mark(made, by=people.wanda, marking=marking)
        draft = readers(people, made)
        approved(made, people.wanda, people.lena, later)
        found[marking] = (draft, readers(people, made))
        change(made, people.wanda, title=f"Title {marking}")

    assert found == {
        "public": (group_only, everybody),
        "members": (group_only, {"lena", "wanda", "marko", "ana"}),
        "group": (group_only, group_only),
        "restricted": (group_only, group_only),
    }


def test_folders_have_one_name_once(people):
    top = services.add_folder(group(), "Minutes", by=people.wanda)
    services.add_folder(group(), "2026", by=people.wanda, parent=top)

    for parent, name in ((None, "Minutes"), (top, "2026")):
        with pytest.raises(ValidationError, match="already"):
            services.add_folder(group(), name, by=people.wanda, parent=parent)
    with pytest.raises(PermissionDenied):
        services.add_folder(group(1), "Elsewhere", by=people.lena, parent=top)

    assert Folder.objects.count() == 2


def test_a_file_of_the_same_name_is_the_next_version(people):
    folder = services.add_folder(group(), "Minutes", by=people.wanda)
    first, one = services.take_in(group(), folder, upload(), by=people.wanda, language="en")
    again, two = services.take_in(group(), folder, upload(b"Other."), by=people.wanda, language="en")
    same, three = services.take_in(group(), folder, upload(b"Other."), by=people.wanda, language="en")
    other, four = services.take_in(group(), None, upload(b"Other."), by=people.wanda, language="en")

    assert (one, two, three, four) == ("new", "next", "same", "new")
    assert (first == again == same, other == first, numbers(first)) == (True, False, ["1.1", "1.0"])


# Trash


def test_what_is_in_the_trash_is_out_of_sight_and_can_come_back(people):
    made = file_document(people.lena)
    services.trash(made, by=people.wanda)

    assert (readers(people, made), list(selectors.in_folder(people.wanda, group(), None))) == ({"lena", "wanda"}, [])
    assert list(selectors.trashed(people.wanda, group())) == [made]

    services.take_back(made, by=people.wanda)
    assert list(selectors.in_folder(people.wanda, group(), None)) == [made]


@pytest.mark.parametrize(("days", "left"), [(90, 1), (91, 0)])
def test_the_trash_is_emptied_after_ninety_days(people, days, left):
    services.trash(file_document(people.wanda), by=people.wanda)
    Document.objects.update(trashed_on=timezone.localdate() - timedelta(days=days))

    services.empty_trash()

    assert Document.objects.count() == left


def test_versions_are_compared_by_field_and_text(people):
    made = page(people.wanda, "One two three.")
    change(made, people.wanda, text="One four three.", title="Plan B")
    newer, older = selectors.versions(made)

    changes = selectors.compared(older, newer, {"title": "Title", "language": "Language"})

    assert [(change.name, [(piece.kind, piece.text) for piece in change.pieces]) for change in changes] == [
        ("Title", [("gone", "Plan"), ("new", "Plan B")]),
        ("", [("same", "One "), ("gone", "two "), ("new", "four "), ("same", "three.")]),
    ]


def test_what_is_superseded_stays_readable_and_changes_no_more(people, later):
    made = page(people.wanda)
    services.mark(made, by=people.wanda, marking="public")
    with pytest.raises(PermissionDenied):
        services.supersede(made, by=people.wanda)
    approved(made, people.wanda, people.lena, later)

    services.supersede(made, by=people.wanda)

    made.refresh_from_db()
    assert (made.state, may_see(people.guest, made)) == ("superseded", True)
    with pytest.raises(PermissionDenied):
        change(made, people.wanda, text="Other.")
    assert services.reinstate(made, by=people.wanda).state == "approved"


def test_a_file_never_becomes_the_version_of_a_document_its_sender_does_not_see(people):
    hidden = file_document(people.lena)
    services.mark(hidden, by=people.lena, marking="restricted")
    expert = add_member("erna", "full")
    hold_anyway(expert, "wg_expert", scope="group:4")

    made, kind = services.take_in(group(), None, upload(b"Other."), by=expert, language="en")

    assert (kind, made == hidden, numbers(hidden)) == ("new", False, ["1.0"])


def test_what_was_left_as_it_was_does_not_undo_what_others_changed(people):
    made = page(people.wanda, "One.\nTwo.\n")
    change(made, people.wanda, title="Their title")

    services.change(made, by=people.lena, base="1.0", title="Plan", language="en", text="One.\n2.\n")

    made.refresh_from_db()
    assert (made.title, selectors.versions(made).first().text) == ("Their title", "One.\n2.\n")


def test_those_are_asked_who_may_decide_and_nobody_asks_herself(people):
    expert = add_member("erna", "associated")
    hold_anyway(expert, "wg_expert", scope="group:4")

    assert list(selectors.can_review(group(), people.wanda)) == [people.lena]


# Who made it


@pytest.fixture
def rita(people):
    rita = add_member("rita", "full")
    hold_anyway(rita, "wg_representative", scope="group:4")
    return rita


RIGHTS = ("change_document", "comment_document", "settle_comment", "share_document", "trash_document", "mark_document")


def rights(person, thing) -> list[bool]:
    """As on her next visit: whether she sees it, and what she may do."""
    person = type(person).objects.get(pk=person.pk)
    return [may_see(person, thing), *(person.has_perm(f"workinggroups.{right}", thing) for right in RIGHTS)]


@pytest.mark.parametrize("marking", ["group", "restricted"])
def test_who_made_a_document_keeps_it_while_she_is_in_the_group(people, rita, marking):
    made = file_document(rita, marking=marking)
    before = rights(rita, made)

    RoleAssignment.objects.filter(person=rita).update(
        begins=timezone.localdate() - timedelta(days=9), ends=timezone.localdate() - timedelta(days=1)
    )

    assert (before, rights(rita, made)) == ([True] * 7, [False] * 7)
    assert people_of(f"inside:{rita.pk}@group:4", timezone.localdate()) == set()


def test_another_group_gives_her_back_nothing(people, rita):
    made = file_document(rita, marking="restricted")
    RoleAssignment.objects.filter(person=rita).update(scope="group:5")

    assert rights(rita, made) == [False] * 7


def test_an_expert_does_with_her_own_what_she_may_not_do_with_others(people):
    edda = add_member("edda", "full")
    hold_anyway(edda, "wg_expert", scope="group:4")
    own, other = file_document(edda), file_document(people.wanda, name="other.txt")

    found = [edda.has_perm("workinggroups.mark_document", one) for one in (own, other)]

    assert (found, people_of(f"inside:{edda.pk}@group:4", timezone.localdate())) == ([True, False], {edda.pk})


def test_who_left_does_not_keep_what_she_was_asked_about_long_ago(people, rita):
    """What the migration leaves of the keys that makers had by name."""
    made = [file_document(rita, marking="restricted", name=f"{name}.txt") for name in ("plain", "released", "asked")]
    for document in made[1:]:
        Review.objects.create(document=document, version=document.versions.get(), opened_on=TODAY, due_on=TODAY)
    Reviewer.objects.create(review=made[1].reviews.get(), person=rita, answer="released")
    Reviewer.objects.create(review=made[2].reviews.get(), person=rita)
    for document in made:
        Audience.objects.get_or_create(thing="workinggroups.document", object_id=document.pk, key=f"person:{rita.pk}")
    RoleAssignment.objects.filter(person=rita).delete()

    (step,) = import_module("workinggroups.migrations.0015_makers_outside").Migration.operations
    step.code(apps, None)

    assert [may_see(type(rita).objects.get(pk=rita.pk), document) for document in made] == [False, False, True]
