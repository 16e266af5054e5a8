"""Two people change the same page, minutes and document at the same moment: both are kept, or the second is told."""

import threading

import pytest

from platform_core.identity.accounts.models import User
from tests.factories.meetings import minuted
from tests.factories.workinggroups import file_document, group, page, upload
from tests.people import gather
from tests.platform_core.identity.threads import TOGETHER, in_parallel, with_several_writers
from workinggroups.models import AgendaItem, Document, WikiPage
from workinggroups.services import documents, minutes, wiki

pytestmark = pytest.mark.database

WORDS = "One.\n\nTwo.\n\nThree.\n"
FIRST, LAST, OTHER_FIRST = (
    WORDS.replace("One", "Eins"),
    WORDS.replace("Three", "Drei"),
    WORDS.replace("One", "Un"),
)
BOTH = "Eins.\n\nTwo.\n\nDrei.\n"


def together(people, change, texts: tuple) -> list[str]:
    """Wanda and Lena carry out `change(text, by)` at once; gives what became of it, by name."""
    ready, outcomes = threading.Barrier(2), []

    def carry_out(person, text):
        by = User.objects.get(pk=person.pk)
        ready.wait(TOGETHER)
        try:
            change(text, by)
            outcomes.append("kept")
        except (wiki.ConflictError, minutes.ConflictError, documents.ConflictError, documents.NewerError):
            outcomes.append("told")

    pairs = zip((people.wanda, people.lena), texts, strict=True)
    in_parallel(*(lambda pair=pair: carry_out(*pair) for pair in pairs))
    return sorted(outcomes)


CASES = [((FIRST, LAST), ["kept", "kept"]), ((FIRST, OTHER_FIRST), ["kept", "told"])]


def demand_nothing_lost(texts: tuple, stored: list[str]) -> None:
    """The last text holds both changes, or exactly one of those that contradict each other."""
    if texts == (FIRST, LAST):
        assert stored[-1] == BOTH
    else:
        assert stored[-1] in texts


@with_several_writers
@pytest.mark.parametrize(("texts", "outcomes"), CASES)
def test_a_wiki_page(committed_rows, texts, outcomes):
    people = gather()
    made = wiki.create(group(), "Funding", WORDS, by=people.wanda)

    found = together(people, lambda text, by: wiki.change(WikiPage.objects.get(pk=made.pk), text, 1, by=by), texts)

    rows = list(made.revisions.order_by("number").values_list("number", "text"))
    made.refresh_from_db()
    assert (found, [number for number, _text in rows]) == (outcomes, list(range(1, 2 + outcomes.count("kept"))))
    assert made.text == rows[-1][1]
    demand_nothing_lost(texts, [text for _number, text in rows])


@with_several_writers
@pytest.mark.parametrize(("texts", "outcomes"), CASES)
def test_minutes(committed_rows, texts, outcomes):
    people = gather()
    _meeting, point = minuted(people.wanda, WORDS)

    found = together(people, lambda text, by: minutes.write(AgendaItem.objects.get(pk=point.pk), text, 1, by=by), texts)

    rows = list(point.revisions.order_by("number").values_list("number", "text"))
    assert (found, [number for number, _text in rows]) == (outcomes, list(range(1, 2 + outcomes.count("kept"))))
    demand_nothing_lost(texts, [text for _number, text in rows])


@with_several_writers
@pytest.mark.parametrize(("texts", "outcomes"), CASES)
def test_a_page_among_documents(committed_rows, texts, outcomes):
    people = gather()
    made = page(people.wanda, WORDS)

    def change(text, by):
        documents.change(Document.objects.get(pk=made.pk), by=by, base="1.0", text=text)

    found = together(people, change, texts)

    rows = list(made.versions.order_by("major", "minor").values_list("major", "minor", "text"))
    numbers = [(major, minor) for major, minor, _text in rows]
    assert (found, numbers) == (outcomes, [(1, place) for place in range(1 + outcomes.count("kept"))])
    demand_nothing_lost(texts, [text for *_number, text in rows])


@with_several_writers
def test_a_file_is_never_put_over_another(committed_rows):
    people = gather()
    made = file_document(people.wanda)

    def change(words, by):
        documents.change(Document.objects.get(pk=made.pk), by=by, base="1.0", file=upload(words))

    found = together(people, change, (b"Hers.", b"Mine."))

    assert (found, made.versions.count()) == (["kept", "told"], 2)
