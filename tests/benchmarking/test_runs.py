"""A run is frozen, whole or not there, and can be computed again."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from benchmarking import computing, robustness
from benchmarking.models import Observation, PeerStudy, Run, RunArea
from benchmarking.services import benchmarks, runs as services
from platform_core.identity.access.selectors import audience_of
from platform_core.materials.jobs import runner
from platform_core.materials.jobs.models import Job
from tests.factories.benchmarks import INDICATORS, REGIONS, begun, complete, computed
from tests.factories.data import area
from tests.settling import settle

pytestmark = pytest.mark.database


def test_a_run_keeps_its_results_as_rows(people):
    run = computed(people.wanda)

    assert (run.state, run.error, len(run.sha256)) == ("done", "", 64)
    assert sorted(run.areas.values_list("code", flat=True)) == sorted(REGIONS)
    assert set(run.nodes.filter(level=1).values_list("code", flat=True)) == set(INDICATORS)
    assert sorted(run.areas.values_list("rank", flat=True)) == list(range(1, 11))
    assert sorted(run.results.values_list("code", flat=True)) == [
        "cautions", "coherence", "correlations", "coverage", "dominance", "draws", "removal", "sensitivity",
        "treatment", "uncertainty", "weights",
    ]  # fmt: skip


def test_every_rank_has_its_interval_and_every_figure_its_origin(people):
    first = computed(people.wanda).areas.get(rank=1)
    figure = first.profile["indicators"]["grants"]

    assert 1 <= first.rank_low <= first.rank_median <= first.rank_high <= 10
    assert set(first.profile["nodes"]) == {"index", "money", "people", *INDICATORS}
    assert (figure["year"], figure["flag"], figure["imputed"]) == (2022, "", False)
    assert sum(one["contribution"] for one in first.profile["indicators"].values()) == pytest.approx(first.score)


def test_parts_of_the_index_have_intervals_too(people):
    run = computed(people.wanda)

    for one in run.areas.all():
        nodes = one.profile["nodes"]
        assert (nodes["index"]["low"], nodes["index"]["high"]) == (one.rank_low, one.rank_high)
        assert [1 <= nodes[part]["low"] <= nodes[part]["high"] <= 10 for part in ("money", "people")] == [True, True]
        assert {nodes[code]["low"] for code in INDICATORS} == {None}


def test_figures_of_countries_are_counted(people):
    found = complete(people.wanda)
    Observation.objects.filter(area__code__in=["AT11", "AT12"], indicator__code="grants").update(provenance="national")
    run = services.start(found, by=people.wanda)
    settle()

    assert run.results.get(code="national").figures == {"grants": 2}
    assert run.areas.get(code="AT11").profile["contributions"] == "adds"


def test_what_went_in_is_frozen(people):
    run = computed(people.wanda)
    benchmarks.keep(run.benchmark, "aggregation", by=people.wanda, recipe={"aggregation": ["median"]})
    run.refresh_from_db()

    assert run.recipe["aggregation"] == ["amean"]
    assert [(one["data_set"], one["number"]) for one in run.inputs] == [("figures", 1)]
    assert [one.version_id for one in run.sources.all()] == [run.inputs[0]["version"]]


def test_the_same_choices_give_the_same_run(people):
    first = computed(people.wanda)
    second = services.start(first.benchmark, by=people.wanda)
    settle()
    second.refresh_from_db()

    assert (second.number, second.sha256) == (2, first.sha256)


def test_a_double_click_starts_one_run(people):
    found = complete(people.wanda)

    assert services.start(found, by=people.wanda) == services.start(found, by=people.wanda)
    assert Job.objects.filter(kind="benchmarking.run").count() == 1


def test_nothing_is_computed_from_too_little(people):
    with pytest.raises(ValidationError) as refused:
        services.start(begun(people.wanda), by=people.wanda)

    assert refused.value.messages == [
        "At least 3 regions are needed.",
        "At least 2 indicators are needed.",
        "It is not chosen yet from which data the figures are taken.",
    ]


def test_a_cancelled_run_leaves_nothing(people):
    run = services.start(complete(people.wanda), by=people.wanda)
    services.cancel(run, by=people.wanda)
    settle()
    run.refresh_from_db()

    assert (run.state, run.nodes.count(), run.areas.count(), run.results.count()) == ("cancelled", 0, 0, 0)


def test_a_run_cancelled_while_it_is_computed_leaves_nothing(people, monkeypatch):
    run = services.start(complete(people.wanda), by=people.wanda)
    built = computing.build

    def build_and_cancel(*args):
        services.cancel(run, by=people.wanda)
        return built(*args)

    monkeypatch.setattr(computing, "build", build_and_cancel)
    settle()
    run.refresh_from_db()

    assert (run.state, RunArea.objects.count()) == ("cancelled", 0)


def test_what_the_figures_do_not_allow_fails_with_its_reason(people):
    found = complete(people.wanda)
    benchmarks.keep(found, "aggregation", by=people.wanda, recipe={"aggregation": ["gmean"]})
    run = services.start(found, by=people.wanda)
    settle()
    run.refresh_from_db()

    assert (run.state, run.areas.count()) == ("failed", 0)
    assert run.error.endswith("Choose the scale 1 to 100, or the arithmetic mean.")


def test_a_penalty_that_would_be_a_reward_fails_with_the_scale_that_helps(people):
    found = complete(people.wanda)
    recipe = {"normalisation": "zscore:0:1", "aggregation": ["ampi"]}
    benchmarks.keep(found, "aggregation", by=people.wanda, recipe=recipe)
    run = services.start(found, by=people.wanda)
    settle()
    run.refresh_from_db()

    assert (run.state, run.areas.count()) == ("failed", 0)
    assert run.error.endswith(
        "Choose the scale 70 to 130, with which it was published (Mazziotta and Pareto 2016), or the arithmetic mean."
    )


def test_a_failed_run_is_tried_again(people, monkeypatch):
    found = complete(people.wanda)
    with monkeypatch.context() as patched:
        patched.setattr(computing, "build", broken)
        run = services.start(found, by=people.wanda)
        settle()
    run.refresh_from_db()
    failed = (run.state, run.error)
    services.retry(run, by=people.wanda)
    settle()
    run.refresh_from_db()

    assert failed == ("failed", "The computation broke off, and nothing was kept. Please try again.")
    assert (run.state, run.error, run.areas.count()) == ("done", "", 10)


def broken(*args):
    raise RuntimeError("out of memory")


def test_a_run_whose_worker_died_is_failed_by_the_tick(people):
    run = services.start(complete(people.wanda), by=people.wanda)
    Job.objects.filter(kind="benchmarking.run").update(state="failed", error="Each of 3 attempts ended.")

    assert (services.end_lost(), services.end_lost()) == (1, 0)
    run.refresh_from_db()
    assert (run.state, run.error) == ("failed", "Each of 3 attempts ended.")


def alike(**fields) -> PeerStudy:
    """A study that has AT12 and a region that is not compared here near to AT11."""
    fields = {"group_id": 4, "code": "alike", "title": {"en": "Alike"}, "year": 2022, "state": "published"} | fields
    study = PeerStudy.objects.create(digest="a" * 64, **fields)
    near = {"lists": {"euclidean": {"all": ["AT21", "AT12"], "abroad": []}}, "cells": {"AT12": {"euclidean": 0.5}}}
    study.rows.create(area=area("AT11"), values={}, peers=near, stability={}, compared=2)
    return study


def test_regions_know_their_structural_peers(people):
    found, study = complete(people.wanda), alike()
    benchmarks.keep(found, "regions", by=people.wanda, peer_study=study)
    run = services.start(found, by=people.wanda)
    settle()
    peers = {code: profile["peers"] for code, profile in run.areas.values_list("code", "profile")}

    assert (peers["AT11"], peers["AT12"]) == ([{"code": "AT12", "distance": 0.5}], [])


def test_a_study_computed_anew_is_not_taken_unknowingly(people):
    found, study = complete(people.wanda), alike()
    benchmarks.keep(found, "regions", by=people.wanda, peer_study=study)
    run = services.start(found, by=people.wanda)
    PeerStudy.objects.update(digest="b" * 64)
    settle()
    run.refresh_from_db()

    assert (run.state, run.error) == (
        "failed",
        "The study of peers alike was computed anew since. Please start a new run.",
    )


def test_computing_again_finds_everything_identical(people, capsys):
    run = computed(people.wanda)
    call_command("reproduce_run", str(run.pk))

    assert capsys.readouterr().out == f"Identical: {run} ({run.sha256[:16]})\n"


def test_that_parts_have_intervals_today_is_no_difference(people, capsys):
    run = computed(people.wanda)
    for one in run.areas.all():
        for part in ("money", "people"):
            one.profile["nodes"][part] |= {"low": None, "high": None}
        one.save()
    call_command("reproduce_run", str(run.pk))

    assert capsys.readouterr().out == f"Identical: {run} ({run.sha256[:16]})\n"


def test_computing_again_says_what_differs(people, capsys):
    run = computed(people.wanda)
    first = run.areas.get(rank=1)
    RunArea.objects.filter(pk=first.pk).update(score=0.5)
    job = services.reproduce(run, by=people.wanda)
    runner.run(job.pk)
    job.refresh_from_db()

    assert (job.result["identical"], job.result["count"]) == (False, 1)
    assert [(one["code"], one["name"], one["then"]) for one in job.result["differences"]] == [
        (first.code, "score", "0.5")
    ]
    with pytest.raises(CommandError):
        call_command("reproduce_run", str(run.pk))


def test_drafts_are_the_group_s(people):
    run = computed(people.wanda)

    assert audience_of(run) == audience_of(run.benchmark)
    assert "public" not in audience_of(run)
    for person in (people.ana, people.petra, people.carl):
        with pytest.raises(PermissionDenied):
            services.reproduce(run, by=person)


def test_deleting_a_run_frees_its_data(people):
    run = computed(people.wanda)
    services.delete(run, by=people.wanda)

    assert Run.objects.count() == 0


def test_a_run_is_cancelled_within_a_stage(people, monkeypatch):
    """Between two blocks of replications, not only when a stage ends."""
    run = services.start(complete(people.wanda), by=people.wanda)
    monkeypatch.setattr(computing, "LOOK_SECONDS", 0)
    drawn = robustness.analysed

    def cancel_and_draw(*args, **kwargs):
        services.cancel(run, by=people.wanda)
        with pytest.raises(computing.CancelledError):
            drawn(*args, **kwargs)
        raise computing.CancelledError

    monkeypatch.setattr(robustness, "analysed", cancel_and_draw)
    settle()
    run.refresh_from_db()

    assert (run.state, RunArea.objects.count()) == ("cancelled", 0)


def test_a_run_whose_worker_dies_can_be_computed_again(people):
    """Killed half-way it is taken up by the next worker; killed every time it ends, and can be asked for anew."""
    run = services.start(complete(people.wanda), by=people.wanda)
    Run.objects.filter(pk=run.pk).update(state=Run.State.RUNNING)
    run.refresh_from_db()
    died = timezone.now() - timedelta(hours=1)
    Job.objects.filter(pk=run.job).update(state=Job.State.RUNNING, lease="gone", lease_until=died, attempt=99)
    runner.run(run.job)
    services.end_lost()
    run.refresh_from_db()
    assert (run.state, run.nodes.count()) == ("failed", 0)

    services.retry(run, by=people.wanda)
    settle()
    run.refresh_from_db()
    assert (run.state, run.areas.count()) == ("done", 10)
