"""What the migration makes of records and requests that were kept before."""

from importlib import import_module

import pytest
from django.apps import apps

from platform_core.exchange.cases import services as cases
from platform_core.exchange.cases.models import Case
from platform_core.ground.vocabulary.models import Topic
from platform_core.materials.jobs.models import Job
from platform_core.people.members.models import Affiliation, Organisation
from platform_core.programme.search.models import SearchFacet
from repository import gaps
from repository.models import GapRequest, Record, TitleWord
from tests.factories.repository import record
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def migrate() -> None:
    steps = import_module("repository.migrations.0013_kept_anew").Migration.operations
    for step in steps:
        step.code(apps, None)


def test_regions_bring_their_countries_and_are_found_by_them():
    made = record("Innovation vouchers", regions=["EL30", "AT22"], countries=["AT"])
    settle()
    Record.countries.through.objects.filter(country="EL").delete()
    SearchFacet.objects.filter(dimension="country", value="EL").delete()

    migrate()
    settle()

    assert sorted(made.countries.values_list("pk", flat=True)) == ["AT", "EL"]
    assert SearchFacet.objects.filter(dimension="country", value="EL").count() == 1
    assert Job.objects.get(kind="search.rebuild").state == "done"


def test_titles_get_the_words_they_are_found_by():
    record("Innovation vouchers")
    before = list(TitleWord.objects.values_list("record", "word"))
    TitleWord.objects.all().delete()

    migrate()

    assert (len(before), list(TitleWord.objects.values_list("record", "word"))) == (1, before)


def test_requests_that_ended_are_closed(people):
    Affiliation.objects.update(is_admin=True)
    own = Organisation.objects.get(code="org-ana")
    for kind in ("report", "lesson"):
        gaps.ask([own], by=people.wanda, topic=Topic.objects.get(pk=4), kind=kind, text="Please tell us.")
    settle()
    ended = GapRequest.objects.get(kind="report")
    cases.answer(Case.objects.get(object_id=ended.pk), "nothing", by=people.ana, reason="Not yet.")
    GapRequest.objects.update(is_open=True)

    migrate()

    assert list(GapRequest.objects.order_by("kind").values_list("kind", "is_open")) == [
        ("lesson", True),
        ("report", False),
    ]


def test_an_empty_platform_has_nothing_to_be_read_again():
    migrate()

    assert Job.objects.count() == 0
