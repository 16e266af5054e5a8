"""Files of a post are added and taken away when it is changed."""

import pytest

from tests.factories.forum import first, thread
from tests.factories.workinggroups import upload
from tests.people import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def said(people):
    return first(thread(people.wanda, files=[upload(b"One.", "one.txt"), upload(b"Two.", "two.txt")]))


def sent(person, said, **more):
    typed = {"base": said.version, "text": said.text, "language": "en", **more}
    found = browser_of(person).post(f"/en/groups/posts/{said.pk}/change/", typed)
    said.refresh_from_db()
    return found


def names(said) -> list[str]:
    return [one.name for one in said.files.all()]


def test_files_are_added_and_taken_away(people, said):
    found = sent(people.wanda, said, files=[upload(b"Three.", "three.txt")], without=[said.files.first().pk])

    assert (found.status_code, names(said), said.version) == (302, ["two.txt", "three.txt"], 2)


def test_what_is_left_alone_stays(people, said):
    found = sent(people.wanda, said, text="Other words.")

    assert (found.status_code, names(said), said.text) == (302, ["one.txt", "two.txt"], "Other words.")


def test_what_changes_nothing_is_no_version(people, said):
    sent(people.wanda, said)

    assert (names(said), said.version) == (["one.txt", "two.txt"], 1)


def test_files_of_another_post_are_left_alone(people, said):
    other = first(thread(people.wanda, "Other", files=[upload(b"Four.", "four.txt")]))

    found = sent(people.wanda, said, without=[other.files.get().pk])

    assert (found.status_code, names(said), names(other)) == (400, ["one.txt", "two.txt"], ["four.txt"])


def test_only_the_author_changes_them(people, said):
    found = sent(people.lena, said, without=[said.files.first().pk])

    assert (found.status_code, names(said)) == (403, ["one.txt", "two.txt"])
