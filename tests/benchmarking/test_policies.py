"""Scorecards: from measures through raters to medians, and beside peers."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from benchmarking.models import PolicyScore, Scorecard
from benchmarking.selectors import policies as selectors
from benchmarking.services import policies as services
from platform_core.exchange.assessment import selectors as assessment, services as judging
from platform_core.exchange.assessment.models import Criterion, Grid
from platform_core.exchange.messaging.models import Notice
from platform_core.ground.vocabulary.models import Region
from platform_core.identity.access.selectors import audience_of
from platform_core.people.members.models import Organisation
from tests.factories.assessments import add_experts
from tests.factories.policies import called, measure, published, rate, scorecard
from tests.factories.repository import record
from tests.people import hold_anyway
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def raters(people):
    return add_experts()


def test_the_rubric_has_a_line_for_each_recommendation():
    grid = Grid.objects.get(code="cluster-policy", version=1)

    parts = assessment.criteria_by_part(grid)

    assert [len(criteria) for _part, criteria in parts] == [4, 3, 5, 7, 5, 9]
    assert [(step.value, step.needs_evidence) for step in grid.steps.all()] == [
        (0, False),
        (1, False),
        (2, True),
        (3, True),
        (4, True),
    ]


@pytest.mark.parametrize(
    ("name", "may"), [("lena", True), ("marko", False), ("ana", False), ("petra", False), ("carl", False)]
)
def test_who_begins_a_scorecard(people, name, may):
    if may:
        scorecard(people.named(name))
    else:
        with pytest.raises(PermissionDenied):
            scorecard(people.named(name))

    assert Scorecard.objects.count() == may


def test_one_scorecard_for_an_area_and_a_period(people):
    made = scorecard(people.wanda, key="once")

    assert scorecard(people.wanda, key="once") == made
    with pytest.raises(ValidationError, match="There is a scorecard"):
        scorecard(people.lena, key="other")


def test_a_measure_leads_somewhere_its_author_sees(people):
    for person in (people.marko, people.carl):
        hold_anyway(person, "wg_expert", "group:4")
    found, hidden = scorecard(people.wanda), record("Hidden", publish=False, by=people.marko)

    with pytest.raises(ValidationError, match="Name a record"):
        measure(found, people.wanda, link="")
    with pytest.raises(ValidationError, match="Only a published record can be named"):
        measure(found, people.marko, record=hidden, link="")


def test_raters_have_no_interest_in_the_area(people, raters):
    Organisation.objects.filter(code="org-expert1").update(region=Region.objects.get(code="AT12"))
    found = scorecard(people.wanda)
    measure(found, people.wanda)
    hold_anyway(people.wanda, "reviewer")

    offered = assessment.eligible(assessment.kind_named(selectors.KIND), found)

    assert list(offered) == [raters[1]]
    with pytest.raises(ValidationError):
        called(found, raters, people.wanda)
    assert Scorecard.objects.get().state == "draft"


def test_the_measures_stand_while_raters_are_at_work(people, raters):
    found = scorecard(people.wanda)
    with pytest.raises(ValidationError, match="at least one measure"):
        called(found, raters, people.wanda)
    held = measure(found, people.wanda)
    rating = called(found, raters, people.wanda)

    for deed in (lambda: measure(found, people.wanda), lambda: services.remove(held, by=people.wanda)):
        with pytest.raises(PermissionDenied):
            deed()

    assert [selectors.scorecards(person).count() for person in (*raters, people.carl, people.guest)] == [1, 1, 0, 0]
    judging.abandon(rating, "Too early.", by=people.lena)
    settle()
    assert Scorecard.objects.get().state == "draft"


def test_medians_of_two_count_and_missing_is_not_zero(people, raters):
    found = scorecard(people.wanda)
    measure(found, people.wanda, codes=("t4-commitment", "t4-indicators"))
    rating = called(found, raters, people.wanda)
    rate(rating, raters[0], t4_commitment=3, t4_indicators=2, t1_gap=0)
    rate(rating, raters[1], t4_commitment=2, t4_indicators=None, t1_gap=0)
    judging.conclude(rating, "published", "Agreed.", by=people.lena)

    held = {row.criterion.code: (float(row.median), row.raters) for row in PolicyScore.objects.all()}
    assert held == {"t4-commitment": (2.5, 2), "t1-gap": (0.0, 2)}
    once = selectors.judged_once(rating)
    assert list(Criterion.objects.filter(pk__in=once).values_list("code", flat=True)) == ["t4-indicators"]
    fourth = selectors.themes(Scorecard.objects.get())[3]
    assert (fourth.rated, fourth.mean, [cell.value is None for cell in fourth.cells].count(True)) == (1, 2.5, 6)


def test_agreement_is_kept_with_the_scorecard(people, raters):
    """Kappa by hand: observed 1 - 1/16/2, expected of margins (3, 2) and (2, 2): 1 - 1/32; hence 0."""
    found = published(people, raters)

    assert (found.raters, found.kappa, found.alpha) == (2, pytest.approx(0), pytest.approx(0))
    assert selectors.reliability(found.alpha) == "the raters differ; read single lines, not sums"


def test_whoever_entered_measures_does_not_conclude(people, raters):
    found = scorecard(people.wanda)
    measure(found, people.wanda)
    rating = called(found, raters, people.wanda)

    assert rating.handler == "role:lead_partner"
    with pytest.raises(PermissionDenied):
        judging.conclude(rating, "returned", "No.", by=people.wanda)


def test_returned_measures_are_open_again(people, raters):
    found = scorecard(people.wanda)
    measure(found, people.wanda)
    rating = called(found, raters, people.wanda)
    for person in raters:
        rate(rating, person, t4_commitment=1)
    judging.conclude(rating, "returned", "More is needed.", by=people.lena)

    assert (Scorecard.objects.get().state, PolicyScore.objects.count()) == ("draft", 0)
    measure(found, people.wanda, "More")


def test_published_ones_are_for_everybody_and_the_group_is_told(people, raters):
    found = published(people, raters)

    subjects = Notice.objects.filter(recipient=people.wanda, channel="site").values_list("subject", flat=True)
    assert audience_of(found) == ["public"]
    assert [subject for subject in subjects if subject.startswith("Published")] == [
        "Published: Niederösterreich (AT12), 2024–2026"
    ]


def test_without_a_study_of_peers_nothing_is_compared(people, raters):
    found = published(people, raters)
    published(people, raters, "AT31")

    compared = selectors.comparison(people.guest, found, lambda user, code: None)

    assert (compared.has_study, compared.columns, compared.rows) == (False, [found], [])


def test_only_peers_are_compared_the_nearest_first(people, raters):
    found = published(people, raters)
    others = {code: published(people, raters, code) for code in ("AT31", "HU32", "SI04")}
    scorecard(people.wanda, "RO32")

    compared = selectors.comparison(people.guest, found, lambda user, code: ["SI04", "RO32", "AT31"])

    assert compared.columns == [found, others["SI04"], others["AT31"]]
    _part, lines = compared.rows[3]
    assert [[cell.value is None for cell in cells] for _line, cells in lines[:3]] == [
        [False] * 3,
        [False] * 3,
        [True] * 3,
    ]


def test_a_peer_on_another_version_is_not_compared(people, raters):
    found, other = published(people, raters), published(people, raters, "AT31")
    Scorecard.objects.filter(pk=other.pk).update(grid=Grid.objects.get(code="practice"))

    assert selectors.comparison(people.guest, found, lambda user, code: ["AT31"]).columns == [found]


def test_old_periods_are_kept(people, raters):
    first = published(people, raters, begins=2021, ends=2023)
    second = published(people, raters)

    assert [row for row, _themes in selectors.history(people.guest, "AT12")] == [second, first]


def test_progress_is_counted_without_those_who_stepped_back(people):
    three = add_experts(3)
    found = scorecard(people.wanda)
    measure(found, people.wanda)
    rating = called(found, three, people.wanda)
    rate(rating, three[0], t4_commitment=1)
    judging.step_back(rating.evaluations.get(evaluator=three[1]), "I advise them.", by=three[1])

    assert selectors.rating_progress([found]) == {found.pk: (rating, 1, 2)}
