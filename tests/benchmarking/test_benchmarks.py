"""Choices of a benchmark: kept step by step, never over what somebody else changed, and void with every approval."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from benchmarking import comparison, computing, publication, steps
from benchmarking.choices import recipe_in_words, robustness_in_words
from benchmarking.models import Benchmark, BenchmarkNode, Indicator, Run, RunApproval
from benchmarking.recipes import budget_means, fingerprint
from benchmarking.selectors import benchmarks as selectors, runs as run_selectors, sources
from benchmarking.services import approvals, benchmarks as services, hierarchy, points, runs
from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import audience_of
from platform_core.identity.audit import services as audit
from repository.models import Record
from tests.factories.benchmarks import approved, begun, complete, computed, figures
from tests.factories.data import data_set, version
from tests.factories.workinggroups import group
from tests.settling import settle

pytestmark = pytest.mark.database


def state(found) -> str:
    found.refresh_from_db()
    return found.state


def test_a_draft_is_seen_by_its_group_alone(people):
    found = begun(people.wanda)
    seeing = {name for name, person in people.each() if found in selectors.benchmarks(person)}

    assert seeing == {"lena", "wanda"}


@pytest.mark.parametrize("name", ["marko", "ana", "petra", "carl", "guest"])
def test_nobody_else_begins_or_changes(people, name):
    found = begun(people.wanda)
    person = people.named(name)

    with pytest.raises(PermissionDenied):
        begun(person, title={"en": "Another"})
    with pytest.raises(PermissionDenied):
        services.keep(found, "weights", by=person, recipe={"weights": "equal"})


def test_a_double_click_begins_one(people):
    first, second = (begun(people.wanda, key="k") for _click in range(2))

    assert (first.pk, Benchmark.objects.count()) == (second.pk, 1)


def test_progress_says_what_is_lacking(people):
    found = begun(people.wanda)
    before = [(one.step.code, one.state) for one in steps.progress(found)][:3]
    found = complete(people.wanda, title={"en": "Another"})
    services.keep(found, "indicators", by=people.wanda)
    found.refresh_from_db()

    assert before == [("question", "done"), ("regions", "open"), ("indicators", "open")]
    assert [one.step.code for one in steps.progress(found) if one.state == "done"] == [
        "question",
        "regions",
        "indicators",
    ]
    assert (steps.resume_at(found), steps.hindrances(found)) == ("treatment", [])


def test_an_indicator_stands_once_and_nothing_below_itself(people):
    found = complete(people.wanda)
    money, skills = found.nodes.get(code="money"), found.nodes.get(code="people")
    hierarchy.add_indicators(found, list(Indicator.objects.all()), money, by=people.wanda)
    hierarchy.change_node(skills, by=people.wanda, parent=money)

    assert found.nodes.exclude(indicator="").count() == 4
    for parent in (skills, money, found.nodes.get(code="grants")):
        with pytest.raises(ValidationError):
            hierarchy.change_node(money, by=people.wanda, parent=parent)


def test_removing_a_group_removes_what_is_below(people):
    found = complete(people.wanda)
    hierarchy.drop_node(found.nodes.get(code="money"), by=people.wanda)

    assert set(found.nodes.values_list("code", flat=True)) == {"index", "people", "skills", "staff"}
    with pytest.raises(ValidationError):
        hierarchy.drop_node(found.nodes.get(parent=None), by=people.wanda)


def test_points_become_weights_by_their_mean(people):
    found = complete(people.wanda)
    access.give_role(people.marko, "wg_representative", scope="group:4")
    places = {node.code: node.pk for node in found.nodes.filter(parent__isnull=False)}
    even = dict.fromkeys(places.values(), 50)
    points.give(found, even | {places["money"]: 80, places["people"]: 20}, by=people.wanda)
    points.give(found, even, by=people.marko)

    means = budget_means(found)
    assert {code: means[pk] for code, pk in places.items()} == {
        "money": 65, "people": 35, "grants": 50, "venture": 50, "skills": 50, "staff": 50,
    }  # fmt: skip
    assert [one.name for one in selectors.people_who_gave(found)] == ["Marko", "Wanda"]
    points.withdraw(found, by=people.wanda)
    assert selectors.own_points(found, people.wanda) == {}


def test_points_make_a_hundred(people):
    found = complete(people.wanda)
    given = dict.fromkeys(found.nodes.filter(parent__isnull=False).values_list("pk", flat=True), 40)

    with pytest.raises(ValidationError) as refused:
        points.give(found, given, by=people.wanda)

    assert {told for messages in refused.value.message_dict.values() for told in messages} == {
        "These add up to 80 points; please make them 100."
    }
    with pytest.raises(PermissionDenied):
        points.give(found, given, by=people.ana)


@pytest.mark.parametrize("deed", ["method", "weights", "regions", "indicators", "title", "take back"])
def test_any_change_makes_an_approval_void(people, deed):
    run = approved(computed(people.wanda), by=people.wanda, approver=people.lena)
    found = run.benchmark
    assert (state(found), run_selectors.approved_run(found)) == ("approved", run)

    {
        "method": lambda: services.keep(found, "treatment", by=people.wanda, recipe={"screen": 0.9}),
        "weights": lambda: hierarchy.set_weights(found, {found.nodes.get(code="money").pk: 3.0}, by=people.wanda),
        "regions": lambda: services.choose_areas(found, ["AT11", "AT12", "AT13"], by=people.wanda),
        "indicators": lambda: hierarchy.drop_node(found.nodes.get(code="grants"), by=people.wanda),
        "title": lambda: services.keep(found, "question", by=people.wanda, title={"en": "New"}),
        "take back": lambda: approvals.take_back(found, by=people.wanda),
    }[deed]()

    assert (state(found), run_selectors.approved_run(found)) == ("draft", None)
    with pytest.raises(PermissionDenied):
        publication.publish(found, by=people.wanda)


def test_a_change_that_changes_nothing_leaves_the_approval(people):
    run = approved(computed(people.wanda), by=people.wanda, approver=people.lena)
    services.keep(run.benchmark, "treatment", by=people.wanda, recipe=dict(run.benchmark.recipe))

    assert state(run.benchmark) == "approved"


def test_only_who_is_asked_and_decides_answers(people):
    run = computed(people.wanda)
    (asked,) = approvals.ask(run, [people.ana], by=people.wanda, due_on=run.asked_at.date().replace(year=2099))

    for person in (people.ana, people.wanda, people.lena):
        with pytest.raises(PermissionDenied):
            approvals.approve(asked, by=person, reason="Good")
    assert list(run_selectors.can_approve(run.benchmark, people.wanda)) == [people.lena]


def test_an_own_approval_publishes_nothing(people):
    run = computed(people.lena)
    approved(run, by=people.wanda, approver=people.lena)

    assert publication.hindrances(run.benchmark) == [
        "A run of it needs the approval of somebody else who decides for a full member."
    ]


def test_publishing_opens_freezes_and_files(people):
    run = approved(computed(people.wanda), by=people.wanda, approver=people.lena)
    record = publication.publish(run.benchmark, by=people.wanda)
    audit.dispatch_events()
    found = Benchmark.objects.get()

    assert (found.state, audience_of(found), audience_of(run)) == ("published", ["public"], ["public"])
    assert (record.kind, record.state, [topic.number for topic in record.topics.all()]) == (
        "benchmark",
        "published",
        [4],
    )
    for deed in (
        lambda: services.keep(found, "weights", by=people.wanda, recipe={"weights": "pca"}),
        lambda: runs.start(found, by=people.wanda),
        lambda: services.delete(found, by=people.wanda),
    ):
        with pytest.raises(PermissionDenied):
            deed()
    with pytest.raises(ValidationError):
        runs.delete(Run.objects.get(), by=people.wanda)


def test_names_translated_since_the_run_are_published(people):
    run = approved(computed(people.wanda), by=people.wanda, approver=people.lena)
    run.benchmark.nodes.filter(code="money").update(name={"en": "Money", "de": "Geld"})
    publication.publish(run.benchmark, by=people.wanda)

    assert dict(run.nodes.get(code="money").name) == {"en": "Money", "de": "Geld"}
    assert computing.compared(run, computing.computed_from(run, lambda done, told: None))["identical"]


def test_figures_nobody_can_check_are_not_published(people):
    hidden = figures()
    hidden.published_at = None
    hidden.save()
    run = approved(computed(people.wanda, source=hidden), by=people.wanda, approver=people.lena)

    assert publication.hindrances(run.benchmark) == [
        "These data are not published, so nobody could check the figures: figures 1."
    ]


def test_the_next_version_replaces_the_one_before(people):
    run = approved(computed(people.wanda), by=people.wanda, approver=people.lena)
    old = publication.publish(run.benchmark, by=people.wanda)
    first = Benchmark.objects.get()
    second = services.begin_next(first, by=people.wanda)
    again = services.begin_next(first, by=people.wanda)
    next_run = runs.start(second, by=people.wanda)
    settle()
    next_run.refresh_from_db()
    record = publication.publish(approved(next_run, by=people.wanda, approver=people.lena).benchmark, by=people.wanda)
    first.refresh_from_db()

    assert (second.pk, first.state, [one.pk for one in selectors.published(people.guest)]) == (
        again.pk,
        "superseded",
        [second.pk],
    )
    assert selectors.next_version(people.guest, first) == second
    assert Record.objects.count() == 2
    assert record.pk != old.pk


def test_a_copy_takes_choices_and_nothing_else(people):
    run = computed(people.wanda)
    made = services.copy(run.benchmark, group(), by=people.wanda)
    shapes = [
        sorted((node.code, node.parent.code if node.parent else "", node.weight) for node in one.nodes.all())
        for one in (run.benchmark, made)
    ]

    assert shapes[0] == shapes[1]
    assert (made.recipe, made.runs.count(), fingerprint(made)) == (run.recipe, 0, fingerprint(run.benchmark))


def test_deleting_a_draft_leaves_nothing(people):
    run = computed(people.wanda)
    with pytest.raises(PermissionDenied):
        services.delete(run.benchmark, by=people.marko)
    services.delete(run.benchmark, by=people.wanda)

    assert [model.objects.count() for model in (Benchmark, BenchmarkNode, Run, RunApproval)] == [0, 0, 0, 0]


def test_runs_side_by_side(people):
    first = computed(people.wanda)
    services.keep(first.benchmark, "aggregation", by=people.wanda, recipe={"normalisation": "rank"})
    hierarchy.set_weights(first.benchmark, {first.benchmark.nodes.get(code="money").pk: 3.0}, by=people.wanda)
    second = runs.start(first.benchmark, by=people.wanda)
    settle()
    found = comparison.compare(first, Run.objects.get(pk=second.pk))

    assert found.choices == [
        ("Common scale", "Between the lowest and the highest region, 0 to 100", "Rank"),
        ("Money", "below Index, weight 1, more is better", "below Index, weight 3, more is better"),
    ]
    assert [row.rank_now for row in found.changes] == sorted(row.rank_now for row in found.changes)
    assert found.moved == sum(row.rank_then != row.rank_now for row in found.changes) > 0
    assert 0 < found.of_scores < 1
    assert comparison.compare(first, first).of_ranks == pytest.approx(1)


@pytest.mark.parametrize(
    ("of", "chosen", "rows"),
    [
        ("recipe", {"indicator_coverage": 0.6}, [("Indicators need", "60 % of the regions")]),
        (
            "recipe",
            {"node_coverage": 0.5, "imputation": "zero"},
            [("Groups need", "50 % of what they are made of"), ("Gaps", "zero")],
        ),
        ("robustness", {"left_out": True}, [("Left out", "one indicator at a time")]),
        (
            "robustness",
            {"imputation": ["none"], "top": 7},
            [("Other ways to fill gaps", None), ("Size of the leading group", "7")],
        ),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_what_only_one_run_chose_stands_beside_a_dash(people, of, chosen, rows, turned):
    first = computed(people.wanda)
    second = Run.objects.get(pk=first.pk)
    setattr(second, of, getattr(second, of) | chosen)
    pair = (second, first) if turned else (first, second)
    plain = dict(recipe_in_words(first.recipe) + robustness_in_words(first.robustness))
    told = dict(recipe_in_words(second.recipe) + robustness_in_words(second.robustness))

    found = comparison.differences(*pair)

    expected = [(name, plain.get(name, "–"), words or told[name]) for name, words in rows]
    assert sorted(found) == sorted((name, now, then) if turned else (name, then, now) for name, then, now in expected)


def test_others_data_are_used_only_when_published(people):
    found = begun(people.wanda)
    own, other = data_set("own", 4), data_set("other", 5)
    for held in (own, other):
        access.set_audience(held, {"role:lead_partner", held.scope})
    mine, hidden = version(own, ("gdp", "AT11", 2022, 1.0)), version(other, ("gdp", "AT11", 2022, 2.0))

    assert list(sources.usable_versions(people.wanda, found)) == [mine]
    assert hidden not in sources.usable_versions(people.lena, found)


def foreign():
    """Figures of another group that nobody but it may see yet."""
    held = data_set("secret", group=5)
    return version(held, ("grants", "AT11", 2022, 1.0), ("skills", "AT11", 2022, 1.0))


def test_data_another_group_keeps_to_itself_are_not_chosen(people):
    found, own = complete(people.wanda), data_set("own", group=4)
    access.set_audience(own, {"group:4"})
    inside, outside = version(own, ("grants", "AT11", 2022, 2.0)), foreign()
    services.choose_sources(found, [inside], by=people.wanda)

    for by in (people.wanda, None):
        with pytest.raises(ValidationError) as refused:
            services.choose_sources(found, [inside, outside], by=by)
        assert list(refused.value.message_dict) == ["versions"]
    assert list(found.sources.values_list("version", flat=True)) == [inside.pk]


def test_a_copy_for_another_group_takes_published_data_alone(people):
    access.give_role(people.wanda, "wg_leader", scope="group:5")
    found = complete(people.wanda)
    published = found.sources.get().version
    own = data_set("own", group=4)
    access.set_audience(own, {"group:4"})
    services.choose_sources(found, [version(own, ("grants", "AT11", 2022, 2.0)), published], by=people.wanda)

    within = services.copy(found, found.group, by=people.wanda)
    across = services.copy(found, group(5), by=people.wanda)

    assert (within.sources.count(), [one.version for one in across.sources.all()]) == (2, [published])


def test_nothing_is_computed_from_data_of_others(people):
    found = complete(people.wanda)
    found.sources.create(version=foreign(), order=9)

    assert steps.hindrances(found) == ["“Secret”, version 1, is not published and belongs to another group."]
    with pytest.raises(ValidationError):
        runs.start(found, by=people.wanda)


def test_what_tells_what_a_region_is_like_ranks_nobody(people):
    found = complete(people.wanda)
    Indicator.objects.filter(code="staff").update(role="structural", name={"en": "Staff"})
    more = figures("more", indicators=("area", "density"))
    Indicator.objects.filter(code__in=("area", "density")).update(role="structural")
    source = found.sources.get().version

    with pytest.raises(ValidationError) as refused:
        hierarchy.add_indicators(
            found, list(Indicator.objects.filter(code="area")), found.nodes.get(code="money"), by=people.wanda
        )

    assert refused.value.messages == [
        "These tell what a region is like and rank nobody: AREA. They belong to studies of peers."
    ]
    assert steps.hindrances(found) == ["“Staff” tells what a region is like and ranks nobody; please take it out."]
    services.choose_sources(found, [source, more], by=people.wanda)
    assert list(sources.held_indicators(found)) == []


@pytest.mark.parametrize("direction", [None, 0, -1, 1])
def test_what_is_better_is_said_where_the_catalogue_does_not(people, direction):
    found = complete(people.wanda)
    figures("more", indicators=("density",))
    Indicator.objects.filter(code="density").update(direction=0)
    told = list(Indicator.objects.filter(code="density")), found.nodes.get(code="money")

    if direction in (-1, 1):
        (made,) = hierarchy.add_indicators(found, *told, by=people.wanda, direction=direction)
        assert made.direction == direction
        return
    with pytest.raises(ValidationError) as refused:
        hierarchy.add_indicators(found, *told, by=people.wanda, direction=direction)
    assert refused.value.message_dict == {
        "direction": ["The catalogue does not say what is better in DENSITY. Please say it here."]
    }
