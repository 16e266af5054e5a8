"""Several people judge by a grid: who can be asked, what they must give, what may be concluded."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from platform_core.exchange.assessment import selectors, services
from platform_core.exchange.assessment.models import Assessment, Evaluation, Grid
from platform_core.exchange.messaging.models import Notice
from platform_core.identity.access import services as access
from platform_core.identity.accounts.models import User
from platform_core.people.members import services as members
from platform_core.people.members.models import Membership, Organisation
from repository import validation
from tests.factories.assessments import add_experts, evaluated, evaluation_of, passed, scores
from tests.factories.repository import record
from tests.people import add_person, hold_anyway

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def told(person) -> list[str]:
    rows = Notice.objects.filter(recipient=person, channel="site").order_by("pk")
    return [subject for subject in rows.values_list("subject", flat=True) if "Vouchers" in subject]


def test_evaluators_are_asked_told_and_numbered(people):
    experts = add_experts()

    made = passed(people, experts)

    assert [(row.number, row.evaluator, row.state) for row in made.evaluations.all()] == [
        (1, experts[0], "asked"),
        (2, experts[1], "asked"),
    ]
    assert [told(expert) for expert in experts] == [["Please evaluate: Vouchers"]] * 2


def test_who_has_an_interest_is_not_offered(people):
    first, second = add_experts()
    colleague = add_person("colleague")
    members.affiliate(colleague, Organisation.objects.get(code="org-marko"))
    for person in (colleague, people.marko, people.ana):
        hold_anyway(person, "reviewer")
    made = record("Vouchers", by=people.marko, organisation=Organisation.objects.get(code="org-marko"))

    offered = selectors.eligible(selectors.kind_named(validation.KIND), made)

    assert list(offered) == [first, second]  # ana acts for an associated member


def test_one_evaluator_is_too_few_and_nothing_is_left_behind(people):
    with pytest.raises(ValidationError, match="At least 2 evaluators"):
        passed(people, add_experts(1))

    assert Assessment.objects.count() == 0


def test_strangers_are_refused(people):
    with pytest.raises(ValidationError, match="Carl may not evaluate this"):
        passed(people, [*add_experts(), people.carl])


def test_a_conflict_steps_back_and_somebody_else_is_asked(people):
    experts = add_experts(3)
    made = passed(people, experts[:2])
    own = evaluation_of(experts[0])
    services.keep(own, scores(made), "half", by=experts[0])

    services.step_back(own, "We run the same scheme.", by=experts[0])
    services.ask_further(made, [experts[2]], by=people.wanda, due_on=made.due_on)

    assert [(row.number, row.state, row.scores.count()) for row in made.evaluations.all()] == [
        (1, "conflict", 0),
        (2, "asked", 0),
        (3, "asked", 0),
    ]
    with pytest.raises(ValidationError, match="closed already"):
        services.submit(own, scores(made), "", by=experts[0])


def test_every_score_needs_its_reason_and_a_gate_knows_two_answers(people):
    expert, _other = experts = add_experts()
    made = passed(people, experts)
    given = scores(made)
    gate, core = (made.grid.criteria.filter(kind=kind).first() for kind in ("gate", "core"))

    for wrong in ({core.pk: (3, " ")}, {gate.pk: (2, "half")}):
        with pytest.raises(ValidationError):
            services.submit(evaluation_of(expert), given | wrong, "", by=expert)

    assert evaluation_of(expert).state == "asked"


def test_nobody_evaluates_for_another(people):
    first, second = experts = add_experts()
    made = passed(people, experts)

    for person in (second, people.lena, people.wanda, people.carl):
        with pytest.raises(PermissionDenied):
            services.submit(evaluation_of(first), scores(made), "", by=person)


def test_an_evaluator_who_no_longer_acts_for_a_full_member_decides_nothing(people):
    expert, _other = experts = add_experts()
    made = passed(people, experts)
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(organisation__code="org-expert1").update(begins=yesterday, ends=yesterday)

    with pytest.raises(PermissionDenied):
        services.submit(evaluation_of(expert), scores(made), "", by=User.objects.get(pk=expert.pk))


@pytest.mark.parametrize(
    ("given", "allowed"),
    [
        ([{"core": 4, "qualifier": 4}] * 2, ["best", "good", "promising", "not"]),
        ([{"core": 4, "qualifier": 0}] * 2, ["good", "promising", "not"]),
        ([{"core": 3, "qualifier": 4}] * 2, ["good", "promising", "not"]),
        ([{"core": 2}] * 2, ["promising", "not"]),
        ([{"core": 1}] * 2, ["not"]),
        ([{"core": 4, "gate": 0}, {"core": 4}], ["not"]),
        ([{"core": 4, "gate": None}] * 2, ["not"]),
        ([{"core": None}] * 2, ["not"]),
        ([{"core": 4}, {"core": 1}], ["good", "promising", "not"]),
    ],
)
def test_scores_bound_the_conclusion(people, given, allowed):
    made = evaluated(passed(people, add_experts()), *given)

    picture = selectors.picture(made)

    assert [outcome.code for outcome in selectors.allowed_outcomes(made, picture)] == allowed


def test_disagreement_is_named(people):
    made = evaluated(passed(people, add_experts()), {"core": 4}, {"core": 2, "gate": 0})

    picture = selectors.picture(made)

    assert {line.criterion.kind for line in picture.disagreements} == {"gate", "core"}
    assert (picture.score, picture.passes) == (75.0, False)


def test_unanswered_questions_count_for_nothing(people):
    made = evaluated(passed(people, add_experts()), {"core": 4}, {"core": None})

    assert selectors.picture(made).score == 100.0


@pytest.mark.parametrize(
    ("submitted", "outcome", "reason", "problem"),
    [
        (1, "promising", "Well.", "At least 2 evaluations"),
        (2, "best", "Well.", "The scores do not allow"),
        (2, "nonsense", "Well.", "The scores do not allow"),
        (2, "good", "  ", "Please give your reasons"),
    ],
)
def test_conclusions_that_are_refused(people, submitted, outcome, reason, problem):
    made = evaluated(passed(people, add_experts()), *[{}] * submitted)

    with pytest.raises(ValidationError, match=problem):
        services.conclude(made, outcome, reason, by=people.wanda)

    assert Assessment.objects.get().state == "open"


def test_who_evaluated_does_not_conclude(people):
    experts = add_experts()
    made = evaluated(passed(people, experts), {}, {})
    access.give_role(experts[0], "lead_partner")
    Assessment.objects.update(handler="role:lead_partner")

    with pytest.raises(ValidationError, match="does not draw the conclusion"):
        services.conclude(made, "good", "Well.", by=experts[0])


def test_a_conclusion_is_drawn_once_and_told(people):
    experts = add_experts()
    made = evaluated(passed(people, experts), {}, {})
    assert told(people.wanda) == ["To conclude: Vouchers"]

    services.conclude(made, "good", "Well done.", by=people.wanda)

    found = Assessment.objects.get()
    assert (found.state, found.outcome, float(found.score), found.concluded_on) == (
        "concluded",
        "good",
        75.0,
        timezone.localdate(),
    )
    with pytest.raises(ValidationError, match="closed already"):
        services.conclude(made, "good", "Again.", by=people.wanda)


def test_late_evaluators_are_reminded_once(people):
    experts = add_experts()
    passed(people, experts)
    assert services.remind() == 0
    Assessment.objects.update(due_on=timezone.localdate())

    assert [services.remind(), services.remind()] == [2, 0]


def test_erasing_an_evaluator_keeps_what_she_said(people):
    experts = add_experts()
    made = evaluated(passed(people, experts), {}, {})
    experts[0].delete()

    assert [row.evaluator for row in Evaluation.objects.all()] == [None, experts[1]]
    assert selectors.picture(made).score == 75.0


def test_grids_are_loaded_once(db):
    validation.load_reference()
    validation.load_reference()

    (grid,) = Grid.objects.filter(code="practice")
    assert (grid.code, grid.version, grid.criteria.count()) == ("practice", 1, 13)
