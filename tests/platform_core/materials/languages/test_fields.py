"""Kinds that have nothing but translated fields: collections, networks and initiatives."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from platform_core.ground.registry.catalogue import declared, thing_kind
from platform_core.ground.registry.kinds import Translatable
from platform_core.identity.access import services as access
from platform_core.materials.languages import selectors, services
from platform_core.materials.languages.services import Entry
from platform_core.materials.languages.texts import translatable
from repository.models import Collection
from tests.factories.repository import collection
from tests.people import add_person

pytestmark = pytest.mark.database


def keep(thing, by, *, reviewed: bool, **texts):
    kind = translatable(thing._meta.label_lower)
    entries = {key: Entry(text, is_reviewed=reviewed) for key, text in texts.items()}
    return services.keep_translations(kind, thing, "de", entries, by=by)


@pytest.fixture
def tessa(people):
    person = add_person("tessa")
    access.give_role(person, "translator")
    return person


def test_every_kind_at_the_desk_is_a_thing():
    assert [kind.label for kind in declared(Translatable)] == [
        "consultations.consultation",
        "consultations.finding",
        "consultations.bookcode",
        "benchmarking.benchmark",
        "benchmarking.benchmarknode",
        "pilots.mechanism",
        "pilots.pattern",
        "pilots.patternpart",
        "repository.record",
        "benchmarking.measure",
        "benchmarking.swotentry",
        "pilots.helpdeskquestion",
        "pilots.coursestatement",
        "pilots.projectevaluation",
        "pilots.evaluationreport",
        "pilots.evaluationrecommendation",
        "pilots.evaluationquestion",
        "pilots.evaluationfinding",
        "repository.collection",
        "benchmarking.indicator",
        "benchmarking.dataset",
        "benchmarking.peerstudy",
        "benchmarking.clustermap",
        "pilots.scheme",
        "pilots.call",
        "pilots.pilot",
        "pilots.milestone",
        "pilots.pilotindicator",
        "network.network",
        "network.initiative",
        "pilots.policychange",
        "pilots.peerreview",
        "pilots.finding",
        "pilots.recommendation",
        "pilots.followup",
        "monitoring.indicator",
    ]
    assert all(thing_kind(kind.label) for kind in declared(Translatable))


def test_reviewed_texts_go_into_the_fields(people, tessa):
    made = collection("What vouchers did", intro={"en": "Look **here**"})
    keep(made, tessa, reviewed=False, title="Was Gutscheine taten")

    keep(made, people.lena, reviewed=True, title="Was Gutscheine taten", intro="Sehen Sie **hier**")

    held = Collection.objects.get(pk=made.pk)
    assert (held.title["de"], held.intro["de"]) == ("Was Gutscheine taten", "Sehen Sie **hier**")
    assert selectors.ready_languages(held) == ["en", "de"]
    assert [cell.row.translator for cell in selectors.cells(held, "de")] == [tessa, people.lena]


def test_translators_do_not_review_and_others_do_not_translate(people, tessa):
    made = collection()

    with pytest.raises(PermissionDenied):
        keep(made, tessa, reviewed=True, title="Gut")
    with pytest.raises(PermissionDenied):
        keep(made, people.marko, reviewed=False, title="Gut")


def test_a_text_that_is_too_long_is_refused_whole(people):
    made = collection()

    with pytest.raises(ValidationError):
        keep(made, people.lena, reviewed=True, title="x" * 301)

    assert "de" not in Collection.objects.get(pk=made.pk).title


def test_collections_nobody_published_stay_with_the_editors(people, tessa):
    collection("Hidden", is_public=False)
    collection("Open")
    kind = translatable("repository.collection")

    assert [str(found) for found in kind.things(tessa)] == ["Open"]
    assert list(kind.things(people.marko)) == []
