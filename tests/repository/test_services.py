from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from reversion.models import Version

from platform_core.ground.texts.text import Text
from platform_core.identity.access.selectors import audience_of
from platform_core.identity.audit.models import Event
from platform_core.materials.files.models import StoredFile
from repository import services
from repository.models import Record, RecordFile
from tests.factories.repository import record

from .filing import attach

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def verbs(made: Record) -> list[str]:
    rows = Event.objects.filter(thing="repository.record", thing_id=str(made.pk)).order_by("pk")
    return [row.verb.removeprefix("repository.") for row in rows]


def test_deposit_makes_a_draft_for_depositor_and_editors(people):
    made = record("Vouchers", publish=False, by=people.marko, topics=[])

    assert (made.state, made.published_on, made.deposited_by) == ("draft", None, people.marko)
    assert audience_of(made) == [f"person:{people.marko.pk}", "role:editor", "role:lead_partner"]
    assert verbs(made) == ["deposited"]


def test_deposit_keeps_topics_places_and_terms(people):
    terms = {"level": ["regional", "eu"], "cycle_stage": ["preparation"]}

    made = record(topics=[1, 4], countries=["AT", "EL"], regions=["EL30", "AT12"], terms=terms)

    assert sorted(made.topics.values_list("pk", flat=True)) == [1, 4]
    assert sorted(made.countries.values_list("pk", flat=True)) == ["AT", "EL"]
    assert sorted(made.regions.values_list("code", flat=True)) == ["AT12", "EL30"]
    assert sorted(made.terms.values_list("code", flat=True)) == ["eu", "preparation", "regional"]


def test_deposit_refuses_unknown_terms(people):
    with pytest.raises(ValidationError), transaction.atomic():
        record(terms={"level": ["galactic"]})

    assert Record.objects.count() == 0


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"title": "x" * 301}, {"summary": {"en": "x" * 1201}}, {"year": -1}, {"year": "soon"}]
)
def test_deposit_refuses_bad_fields(people, wrong):
    with pytest.raises(ValidationError), transaction.atomic():
        record(**wrong)

    assert Record.objects.count() == 0
    assert Event.objects.filter(thing="repository.record").count() == 0


@pytest.mark.parametrize("name", ["petra", "carl"])
def test_strangers_cannot_deposit(people, name):
    with pytest.raises(PermissionDenied):
        record(by=people.named(name))

    assert Record.objects.count() == 0


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Innovation vouchers", "innovation-vouchers"),
        ("Κουπόνια καινοτομίας", "kouponia-kainotomias"),
        ("Ваучери за иновации", "vaucheri-za-inovatsii"),
        ("Förderung: Größe & Maß", "forderung-grosse-mass"),
        ("Învățământ în țară", "invatamant-in-tara"),
        ("!!! 🙂", "record"),
        ("集群", "record"),
        ("Deposit", "deposit-2"),
        ("Drafts", "drafts-2"),
        ("x" * 200, "x" * 60),
    ],
)
def test_code_is_read_from_the_title(db, title, expected):
    assert services.code_for(title).replace("koyponia", "kouponia") == expected


def test_taken_codes_are_counted_on():
    codes = [record("Vouchers").code for _ in range(3)]
    longer = record("Vouchers again").code

    assert codes == ["vouchers", "vouchers-2", "vouchers-3"]
    assert longer == "vouchers-again"


def test_code_prefers_the_english_title():
    title = {"el": "Κουπόνια", "en": "Coupons", "_source": "el"}

    made = services.deposit(kind="report", title=title, summary="x", year=2024, languages=["el"])

    assert made.code == "coupons"
    assert made.title.source == "el"


def test_publishing_opens_the_record_to_everybody(people):
    made = services.publish(record(publish=False), by=people.lena)

    assert made.state == "published"
    assert audience_of(made) == ["public"]
    assert verbs(made) == ["deposited", "published"]


def test_publishing_again_keeps_the_first_day(people):
    made = record(publish=False, published_on=date(2025, 3, 1))

    services.publish(made)
    services.withdraw(made, by=people.lena, why="wrong file")
    made = services.publish(made, by=people.lena)

    assert made.published_on == date(2025, 3, 1)


def test_withdrawing_leaves_it_to_depositor_and_editors(people):
    made = services.publish(record(publish=False, by=people.marko, topics=[4, 6]))

    services.withdraw(made, by=people.lena, why="wrong file")

    made.refresh_from_db()
    assert made.state == "withdrawn"
    shown = [f"person:{people.marko.pk}", "role:editor", "role:lead_partner", "role:wg_leader@group:4"]
    assert audience_of(made) == shown
    assert verbs(made)[-1] == "withdrawn"


@pytest.mark.parametrize("name", ["marko", "ana", "petra", "carl"])
def test_those_without_the_right_change_nothing(people, name):
    person, draft, public = people.named(name), record("A", publish=False), record("B")

    for deed in (
        lambda: services.publish(draft, by=person),
        lambda: services.withdraw(public, by=person, why="x"),
        lambda: services.attach(draft, None, "x.txt", "en", by=person),
    ):
        with pytest.raises(PermissionDenied):
            deed()

    assert dict(Record.objects.values_list("code", "state")) == {"a": "draft", "b": "published"}


def test_every_deed_leaves_a_version(people):
    made = record("Vouchers", publish=False, topics=[1, 4])
    services.publish(made, by=people.lena)
    services.withdraw(made, by=people.lena, why="wrong file")

    versions = Version.objects.get_for_object(made)

    assert [row.field_dict["state"] for row in versions] == ["withdrawn", "published", "draft"]
    assert [row.revision.comment for row in versions] == ["wrong file", "", ""]
    assert [row.revision.user for row in versions] == [None] * 3
    assert sorted(versions.last().field_dict["topics"]) == [1, 4]


def test_version_keeps_the_text_in_all_its_languages():
    made = record("Vouchers", summary={"en": "x", "el": "Περίληψη", "_source": "el"})

    (_later, first) = Version.objects.get_for_object(made)

    assert first.field_dict["summary"] == Text({"en": "x", "el": "Περίληψη"}, source="el")


@pytest.mark.parametrize(
    "change",
    [
        {"state": "published", "published_on": None},
        {"code": "taken"},
        {"year": None},
    ],
)
def test_database_refuses_what_must_not_be(change):
    record("Taken", code="taken")
    made = record("Vouchers")

    with pytest.raises(IntegrityError), transaction.atomic():
        Record.objects.filter(pk=made.pk).update(**change)


def test_same_bytes_are_kept_and_attached_once(people):
    first, second = record("A", publish=False), record("B", publish=False)

    one, again, elsewhere = attach(first), attach(first, name="other.txt"), attach(second)

    assert one == again
    assert one.file == elsewhere.file
    assert (StoredFile.objects.count(), RecordFile.objects.count()) == (1, 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        RecordFile.objects.create(record=first, file=one.file, name="x", language="en")


def test_file_of_the_wrong_kind_is_refused(people):
    made = record(publish=False)

    with pytest.raises(ValidationError):
        attach(made, b"MZ not a pdf", "report.pdf")

    assert (StoredFile.objects.count(), made.files.count()) == (0, 0)
