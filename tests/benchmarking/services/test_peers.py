import pandas as pd
import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from benchmarking.models import Observation, PeerRow, PeerStudy
from benchmarking.selectors import neighbours
from benchmarking.services import peers, studies
from benchmarking.statistics.scaling import Variable, scaled
from platform_core.identity.access.selectors import audience_of
from platform_core.identity.audit.models import Event
from platform_core.materials.jobs.models import Job
from tests.factories import studies as factory
from tests.people import hold_anyway
from tests.settling import settle

pytestmark = pytest.mark.database


def computed(people, **fields) -> PeerStudy:
    study = factory.peer_study(people.wanda, **fields)
    peers.compute(study, by=people.wanda)
    settle()
    study.refresh_from_db()
    return study


def test_every_region_has_its_peers(people):
    study = computed(people)

    row = study.rows.get(area__code="AT11")
    assert study.rows.count() == row.compared + 1 == 6
    assert row.peers["lists"]["manhattan"]["all"][0] == "AT12"
    assert row.peers["lists"]["manhattan"]["abroad"][0] == "BG32"
    assert row.values["age"] == {"value": 40.0, "year": 2020, "flag": "p", "provenance": "", "scaled": 1 / 6}


def test_countries_are_as_near_as_their_regions(people):
    """By both AT11 and AT12 stand BG32 and BG31 before those of RO; a country without a region in the study has none."""
    study = studies.publish(computed(people), by=people.wanda)

    assert neighbours.countries_like(study, "AT") == ["BG", "RO"]
    assert neighbours.peers_of(people.guest, "AT") == ["BG", "RO"]
    assert neighbours.peers_of(people.guest, "HU") is None
    assert neighbours.peers_of(people.guest, "AT11")[0] == "AT12"


def test_the_distance_stored_is_the_distance_of_the_formula(people):
    study = computed(people, skew=20.0)

    # without logarithms: (10 and 50 of 10 to 90), ages 40 and 39 of 39 to 45
    expected = (40 / 80 + 1 / 6) / 2
    assert study.rows.get(area__code="AT11").peers["cells"]["RO11"]["manhattan"] == pytest.approx(expected, abs=1e-6)


def test_what_it_stands_on_is_stored(people):
    study = computed(people)

    version = study.versions.get()
    assert study.inputs == [
        {"version": version.pk, "data_set": "figures", "number": 1, "sha256": "", "digest": version.digest}
    ]
    assert (len(study.digest), len(study.code_version)) == (64, 16)
    assert study.diagnosis["coverage"] == {"size": 6, "age": 6}
    assert study.diagnosis["weights"] == {"size": 0.5, "age": 0.5}


def test_the_same_figures_give_the_same_hash(people):
    study = computed(people)
    before = study.digest

    peers.compute(study, by=people.wanda)
    settle()
    study.refresh_from_db()

    assert study.digest == before


def test_a_variable_of_performance_is_refused_with_the_reason(people):
    study = factory.peer_study(people.wanda)
    chosen = dict.fromkeys(factory.indicators("size", "gdp"), ("people", 1.0))

    with pytest.raises(ValidationError, match="what it achieves or can change soon: GDP"):
        peers.choose_variables(study, chosen, {}, by=people.wanda)

    assert set(study.variables.values_list("indicator__code", flat=True)) == {"size", "age"}


@pytest.mark.parametrize(
    ("chosen", "blocks", "told"),
    [
        ({"size": ("people", 1.0)}, {}, "at least two"),
        ({"size": ("people", 0.0), "age": ("people", 0.0)}, {}, "weigh something"),
        ({"size": ("people", 1.0), "age": ("people", 1.0)}, {"people": 0}, "weigh something"),
        ({"size": ("people", 1.0), "age": ("nothing", 1.0)}, {}, "not a valid choice"),
    ],
)
def test_variables_that_mean_nothing_are_refused(people, chosen, blocks, told):
    study = factory.peer_study(people.wanda)
    found = dict(zip(factory.indicators(*chosen), chosen.values(), strict=True))

    with pytest.raises(ValidationError, match=told):
        peers.choose_variables(study, found, blocks, by=people.wanda)


def test_other_choices_forget_what_was_computed(people):
    study = computed(people)
    chosen = dict.fromkeys(factory.indicators("size", "age"), ("people", 2.0))

    peers.choose_variables(study, chosen, {}, by=people.wanda)

    study.refresh_from_db()
    assert (study.computed_at, study.digest, PeerRow.objects.count()) == (None, "", 0)


def test_other_words_forget_nothing(people):
    study = computed(people)

    studies.change(study, by=people.wanda, title={"en": "Who is like us"})

    study.refresh_from_db()
    assert (str(study.title), study.rows.count()) == ("Who is like us", 6)


def test_what_was_computed_from_other_choices_is_not_kept(people):
    study = factory.peer_study(people.wanda)
    peers.compute(study, by=people.wanda)
    studies.change(study, by=people.wanda, share=0.9)
    job = Job.objects.get()

    settle()

    study.refresh_from_db()
    job.refresh_from_db()
    assert (job.state, study.share, study.rows.count()) == ("done", 0.9, 6)


def test_asked_twice_it_is_computed_once(people):
    study = factory.peer_study(people.wanda)

    jobs = [peers.compute(study, by=people.wanda).pk for _twice in range(2)]

    assert jobs[0] == jobs[1]


def test_a_double_click_begins_one(people):
    told = factory.version()

    made = [factory.begun(PeerStudy, people.wanda, told, key="one").pk for _twice in range(2)]

    assert made[0] == made[1]


def test_only_its_group_sees_it_before_publication(people):
    study = computed(people)

    assert audience_of(study) == ["group:4", "role:lead_partner"]
    studies.publish(study, by=people.wanda)
    assert audience_of(study) == ["public"]
    assert Event.objects.filter(verb="benchmarking.study_published").count() == 1


def test_published_it_never_changes(people):
    study = computed(people)
    studies.publish(study, by=people.wanda)

    for deed in (
        lambda: studies.change(study, by=people.wanda, share=0.5),
        lambda: peers.compute(study, by=people.wanda),
        lambda: studies.drop(study, by=people.wanda),
        lambda: studies.publish(study, by=people.wanda),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_a_job_that_comes_late_changes_nothing_published(people):
    study = computed(people)
    peers.compute(study, by=people.wanda)
    studies.publish(study, by=people.wanda)
    before = study.rows.values_list("pk", flat=True)

    settle()

    assert list(study.rows.values_list("pk", flat=True)) == list(before)


def test_it_stands_on_published_data_only(people):
    study = factory.peer_study(people.wanda, factory.version(published=False))
    peers.compute(study, by=people.wanda)
    settle()

    with pytest.raises(ValidationError, match="These data are not published: Figures 1"):
        studies.publish(study, by=people.wanda)


def test_it_is_published_only_once_computed(people):
    with pytest.raises(ValidationError, match="It has to be computed first"):
        studies.publish(factory.peer_study(people.wanda), by=people.wanda)


def test_data_of_another_group_that_are_not_published_are_refused(people):
    told = factory.version(group=3, published=False)

    with pytest.raises(ValidationError, match="another group's and not published"):
        factory.peer_study(people.wanda, told)

    assert PeerStudy.objects.count() == 0


def test_an_associated_leader_makes_and_does_not_publish(people):
    study = computed(people)
    hold_anyway(people.ana, "wg_leader", "group:4")

    studies.change(study, by=people.ana, title={"en": "Other words"})
    with pytest.raises(PermissionDenied):
        studies.publish(study, by=people.ana)


@pytest.mark.parametrize("name", ["marko", "ana", "petra", "carl"])
def test_nobody_else_makes_one(people, name):
    told = factory.version()

    with pytest.raises(PermissionDenied):
        factory.begun(PeerStudy, people.named(name), told)


def test_regions_without_any_figure_are_left_out(people):
    told = factory.version()
    Observation.objects.filter(area__code="RO12").delete()

    study = factory.peer_study(people.wanda, told)
    peers.compute(study, by=people.wanda)
    settle()

    assert list(study.rows.values_list("area__code", flat=True)) == list(factory.REGIONS[:5])


def test_countries_narrow_the_regions(people):
    study = factory.peer_study(people.wanda, countries=["AT", "BG"])
    peers.compute(study, by=people.wanda)
    settle()

    assert list(study.rows.values_list("area__code", flat=True)) == list(factory.REGIONS[:4])


def test_a_denominator_divides(people):
    told = factory.version()
    size, age = factory.indicators("size", "age")
    size.denominator = age
    size.save()

    study = factory.peer_study(people.wanda, told)
    peers.compute(study, by=people.wanda)
    settle()

    row = study.rows.get(area__code="AT12")
    shares = [size / age for size, age in zip(factory.SIZES, factory.AGES, strict=True)]
    expected = scaled(pd.DataFrame({"size": shares}), [Variable("size")]).values["size"].iloc[1]
    assert row.values["size"]["scaled"] == pytest.approx(expected)
