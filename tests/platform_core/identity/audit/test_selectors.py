import json
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone

from platform_core.identity.audit import selectors, services
from platform_core.identity.audit.models import Event
from platform_core.identity.audit.sealing import Finding, digest

pytestmark = pytest.mark.database

WRONG = "altered, inserted or out of order"
CHANGES = [
    {"verb": "tests.undone"},
    {"actor": "somebody-else"},
    {"thing": "vocabulary.country"},
    {"thing_id": "6"},
    {"at": timezone.now() - timedelta(days=1)},
    {"payload": {"place": 7}},
    {"digest": "0" * 64},
]


def row(number: int):
    return Event.objects.filter(sequence=number)


def swap(first: int, second: int) -> None:
    row(first).update(sequence=99)
    row(second).update(sequence=first)
    row(99).update(sequence=second)


def chain_again() -> None:
    """What somebody who has the key and the database, but not the anchor, can do."""
    previous = "0" * 64
    for number, event in enumerate(Event.objects.order_by("sequence"), 1):
        previous = digest(event, number, previous, settings.AUDIT_KEY)
        Event.objects.filter(pk=event.pk).update(sequence=number, digest=previous)


def test_verify_finds_nothing_in_an_untouched_log(sealed):
    assert selectors.verify() == ([], 5, 0)


def test_verify_tells_what_waits_for_its_seal(sealed):
    Event.objects.create(at=timezone.now(), verb="tests.done", thing="vocabulary.topic", thing_id="4")

    assert selectors.verify() == ([], 5, 1)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
def test_verify_names_an_altered_row(sealed, change):
    row(3).update(**change)

    found = selectors.verify()[0]

    assert found[0] == Finding(3, WRONG)


def test_verify_names_only_the_row_whose_payload_was_changed(sealed):
    row(3).update(payload={"place": 2, "added": True})

    assert selectors.verify()[0] == [Finding(3, WRONG)]


def test_verify_finds_an_inserted_row(sealed):
    row(5).update(sequence=6)
    forged = Event(at=timezone.now(), verb="tests.done", thing="vocabulary.topic", thing_id="4", sequence=5)
    forged.digest = digest(forged, 5, sealed[3].digest, "another key")
    forged.save()

    assert selectors.verify()[0][0] == Finding(5, WRONG)


def test_verify_finds_a_row_removed_from_the_middle(sealed):
    row(3).delete()

    assert selectors.verify()[0] == [Finding(3, "rows 3 to 3 are missing")]


def test_verify_finds_a_gap_closed_by_renumbering(sealed):
    row(3).delete()
    row(4).update(sequence=3)
    row(5).update(sequence=4)

    assert [finding.sequence for finding in selectors.verify()[0]] == [3, 4, 5]


def test_verify_finds_rows_that_changed_places(sealed):
    swap(2, 4)

    assert selectors.verify()[0][0] == Finding(2, WRONG)


def test_verify_finds_a_tail_removed_after_an_anchor(sealed):
    row(4).delete()
    row(5).delete()

    assert selectors.verify()[0] == [Finding(4, "rows 4 to 5 are missing at the end")]


def test_verify_finds_a_log_emptied_after_an_anchor(sealed):
    Event.objects.all().delete()

    assert selectors.verify() == ([Finding(1, "rows 1 to 5 are missing at the end")], 0, 0)


def test_verify_finds_a_log_written_anew_with_the_key(sealed):
    row(3).update(verb="tests.undone")
    chain_again()

    assert selectors.verify()[0] == [Finding(5, "differs from the anchor outside the database")]


def test_verify_with_another_key_fits_nothing(sealed, settings):
    settings.AUDIT_KEY = "another key"

    assert [finding.sequence for finding in selectors.verify()[0]] == [1, 2, 3, 4, 5]


def test_verify_is_not_disturbed_by_an_anchor_further_back(sealed, write):
    anchor = json.loads(settings.AUDIT_ANCHOR.read_text())
    earlier = {**anchor, "count": 2, "head": row(2).get().digest}
    settings.AUDIT_ANCHOR.write_text("".join(json.dumps(note) + "\n" for note in (earlier, anchor)))

    assert selectors.verify()[0] == []


def test_verify_audit_tells_how_much_is_sealed(sealed):
    said = StringIO()

    call_command("verify_audit", stdout=said)

    assert said.getvalue() == "5 events sealed, 0 waiting for their seal.\n"


def test_verify_audit_ends_with_an_error_that_names_the_row(sealed):
    row(3).update(verb="tests.undone")
    complaints = StringIO()

    with pytest.raises(CommandError, match=r"does not verify: 1 findings\.") as ended:
        call_command("verify_audit", stdout=StringIO(), stderr=complaints)

    assert (ended.value.returncode, complaints.getvalue()) == (1, f"3: {WRONG}\n")


@pytest.mark.parametrize(
    ("name", "may"),
    [("lena", True)] + [(name, False) for name in ("wanda", "marko", "ana", "petra", "carl", "guest")],
)
def test_the_log_is_read_by_the_lead_partner_alone(people, name, may):
    person = people.named(name)

    if may:
        assert selectors.log_for(person).count() == Event.objects.count()
    else:
        with pytest.raises(PermissionDenied):
            selectors.log_for(person)


def test_the_log_is_filtered_newest_first(people):
    found = selectors.log_for(people.lena, verb="accounts.opened", actor=people.ana.pseudonym)

    assert [(event.thing, event.thing_id) for event in found] == [("accounts.user", str(people.ana.pk))]
    numbers = list(selectors.log_for(people.lena, verb="members.affiliated").values_list("id", flat=True))
    assert (len(numbers), numbers) == (6, sorted(numbers, reverse=True))


def test_history_is_of_one_thing(people, write):
    first, *_others, last = write(7)

    assert list(selectors.history_of("vocabulary.topic", 1)) == [last, first]
    assert services.head() == (0, "0" * 64)
