from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.exchange.assessment import services as assessment
from platform_core.exchange.assessment.models import Assessment
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.audit import services as audit
from platform_core.materials.jobs import services as jobs
from platform_core.people.members.models import Affiliation

from .. import composition
from ..models import Call, Candidate, Expression, LetterText
from ..permissions.calls import chair
from ..selectors import calls as selectors, ranking
from . import calls, candidates as naming, expressions, letters

Outcome = LetterText.Outcome
ORDER = (Outcome.ACCEPT, Outcome.RESERVE, Outcome.DECLINE)
LEAST = 2


def interested(expression: Expression) -> set[int]:
    """Everybody of the organisation, who was named, and who sent it."""
    rows = Affiliation.objects.on(platform_day()).filter(organisation=expression.organisation_id)
    people = {*rows.values_list("person", flat=True), *expression.candidates.values_list("person", flat=True)}
    return {pk for pk in (*people, expression.made_by_id) if pk}


def evaluators(expression: Expression) -> Iterable[str]:
    return [f"person:{pk}" for pk in expression.call.evaluators.values_list("person", flat=True)]


def held(call: Call, by, right: str) -> Call:
    return calls.locked(call, by, right)


@transaction.atomic
def begin(call: Call, people: Sequence, *, by, due_on: date) -> Call:
    """Everything eligible is given to the evaluators, each of whom scores alone; nobody judges her own organisation."""
    found = held(call, by, "workinggroups.evaluate_call")
    waiting = found.expressions.filter(state__in=("submitted", "completion"))
    if waiting.exists():
        raise ValidationError(_("The eligibility of every expression has to be judged first."))
    eligible = list(found.expressions.filter(state=Expression.State.ELIGIBLE).select_related("call"))
    if not eligible:
        raise ValidationError(
            _("There is nothing to score: no expression is eligible. Cancel the call with your reasons.")
        )
    if by.pk in {person.pk for person in people}:
        raise ValidationError({"evaluators": _("Whoever concludes does not score.")})
    may = set(selectors.can_score(found).values_list("pk", flat=True))
    for person in people:
        if person.pk not in may:
            raise ValidationError({"evaluators": _("%(person)s may not evaluate this.") % {"person": person}})
        found.evaluators.get_or_create(person=person)
    judged = ranking.assessments(found)
    for expression in eligible:
        if expression.pk not in judged:
            give_out(expression, people, by=by, due_on=due_on)
    found.evaluate_by = due_on
    found.save(update_fields=["evaluate_by"])
    audit.record("workinggroups.evaluation_begun", found, by=by)
    return found


def give_out(expression: Expression, people: Sequence, *, by, due_on: date) -> None:
    own = interested(expression)
    free = [person for person in people if person.pk not in own]
    if len(free) < LEAST:
        told = {"number": LEAST, "organisation": expression.organisation}
        raise ValidationError(
            {
                "evaluators": _("“%(organisation)s” needs at least %(number)s evaluators without an interest in it.")
                % told
            }
        )
    assessment.open_assessment(ranking.KIND, expression, free, due_on=due_on, version=str(expression.edition), by=by)
    expressions.share(expression)


@transaction.atomic
def settle(call: Call, *, by) -> Call:
    """The ranking as the scores make it; it is settled again when a score came in later."""
    found = held(call, by, "workinggroups.evaluate_call")
    places = ranking.ranking(found)
    for place in places:
        if place.submitted < LEAST:
            told = {"number": LEAST, "organisation": place.expression.organisation}
            raise ValidationError(_("“%(organisation)s” has fewer than %(number)s evaluations.") % told)
    for place in places:
        fields = {"rank": place.rank, "score": place.score, "passes": place.passes}
        Expression.objects.filter(pk=place.expression.pk).update(**fields)
    found.state, found.ranked_at = Call.State.EVALUATED, timezone.now()
    found.save(update_fields=["state", "ranked_at"])
    audit.record("workinggroups.call_ranked", found, by=by, expressions=len(places))
    return found


@transaction.atomic
def decide(call: Call, *, by, seats: dict[int, str], reasons: dict[int, str]) -> Call:
    """What is proposed for each person named and why for each organisation; nothing of it is told before the conclusion."""
    found = held(call, by, "workinggroups.conclude_call")
    for candidate in Candidate.objects.filter(expression__call=found, expression__state="eligible"):
        wanted = seats.get(candidate.pk, "")
        if wanted == Outcome.ACCEPT and not candidate.expression.passes:
            raise ValidationError(
                _("%(organisation)s does not pass the gates and cannot be accepted.")
                % {"organisation": candidate.expression.organisation}
            )
        candidate.decision = wanted
        candidate.save(update_fields=["decision"])
    for expression in found.expressions.filter(state="eligible"):
        expression.reason = reasons.get(expression.pk, expression.reason).strip()
        expression.save(update_fields=["reason"])
    audit.record("workinggroups.shortlist_kept", found, by=by)
    return found


def proposal(call: Call) -> list[composition.Requirement]:
    """What the group would have with those accepted."""
    accepted = Candidate.objects.filter(expression__call=call, decision=Outcome.ACCEPT)
    organisations = accepted.filter(role="wg_representative").values_list("expression__organisation", flat=True)
    return composition.proposed(call.group, organisations, accepted.filter(role="wg_expert").count())


def hindrances(call: Call) -> list[str]:
    """Why a call cannot be concluded as its short-list stands."""
    eligible = call.expressions.filter(state="eligible").select_related("organisation")
    rows = list(eligible.prefetch_related("candidates").order_by("organisation__sort_name"))
    found = [_("Nothing is decided yet for %(name)s.") % {"name": one} for one in rows if not decided(one)]
    found += [_("The reasons are missing for %(name)s.") % {"name": one} for one in rows if not one.reason.strip()]
    for one in rows:
        unsure = [str(person) for person in one.candidates.all() if person.decision == "accept" and not willing(person)]
        found += [_("%(person)s has not agreed to be named.") % {"person": person} for person in unsure]
    asked = call.representatives, call.experts
    counts = count_accepted(rows)
    names = (_("More organisations are accepted than the call seeks."), _("More experts are accepted than it seeks."))
    found += [name for name, number, most in zip(names, counts, asked, strict=True) if number > most]
    limits = proposal(call)[-len(composition.LIMITS) :]
    found += [_("The rule is broken: %(rule)s") % {"rule": one.words} for one in limits if not one.met]
    if any(place.score != as_number(place.expression.score) for place in ranking.ranking(call)):
        found.append(_("Scores have come in since the ranking was settled; settle it again."))
    return found


def as_number(score: Any) -> float | None:
    return None if score is None else float(score)


def willing(candidate: Candidate) -> bool:
    return candidate.consent == Candidate.Consent.GIVEN


def decided(expression: Expression) -> bool:
    people = [one for one in expression.candidates.all() if one.consent != Candidate.Consent.DECLINED]
    return all(one.decision for one in people)


def count_accepted(rows: Sequence[Expression]) -> tuple[int, int]:
    accepted = [one for row in rows for one in row.candidates.all() if one.decision == Outcome.ACCEPT]
    seats = {one.expression_id for one in accepted if one.role == Candidate.Role.REPRESENTATIVE}
    return len(seats), sum(one.role == Candidate.Role.EXPERT for one in accepted)


def outcome_of(expression: Expression) -> str:
    given = {one.decision for one in expression.candidates.all()}
    return next((str(one) for one in ORDER if one in given), str(Outcome.DECLINE))


@transaction.atomic
def conclude(call: Call, *, by, reason: str, in_spite: bool = False) -> Call:
    """The end: scores and reasons are open to each organisation, letters go out once, seats are offered, and the set-up
    document is written. `in_spite`: although the group lacks something.
    """
    found = held(call, by, "workinggroups.conclude_call")
    if not reason.strip():
        raise ValidationError({"reason": _("Please give your reasons.")})
    if problems := hindrances(found):
        raise ValidationError(problems)
    lacking = [one.words for one in proposal(found) if not one.met]
    if lacking and not in_spite:
        raise ValidationError({"in_spite": [_("Still lacking: %(words)s") % {"words": words} for words in lacking]})
    found.state, found.reason, found.ended_at = Call.State.CONCLUDED, reason.strip(), timezone.now()
    found.save()
    judged = ranking.assessments(found)
    for expression in found.expressions.filter(state="eligible").select_related("organisation"):
        settle_one(expression, judged[expression.pk], by=by)
    letters.write_all(found, by=by)
    accepted = Candidate.objects.filter(expression__call=found, decision=Outcome.ACCEPT)
    for candidate in accepted.select_related("expression__call"):
        naming.offer(candidate, by=by)
    calls.share(found)
    audit.record("workinggroups.call_concluded", found, by=by)
    jobs.start("workinggroups.letters", by=by, call=found.pk)
    jobs.start("workinggroups.set_up_document", by=by, call=found.pk, person=by.pk)
    return found


def settle_one(expression: Expression, judged: Assessment, *, by) -> None:
    outcome = outcome_of(expression)
    expression.outcome, expression.state = outcome, Expression.State.DECIDED
    expression.save(update_fields=["outcome", "state"])
    if judged.handler != chair(expression.call):
        assessment.hand_over(judged, chair(expression.call))
    assessment.conclude(judged, outcome, expression.reason, by=by)


def conclude_one(expression: Expression, judged: Assessment, *, by) -> None:
    """Expressions are concluded together: one alone would tell an organisation before the others."""
    if expression.state != Expression.State.DECIDED:
        raise ValidationError(_("Expressions of interest are concluded together, with their call."))


def carries(code: str):
    """An assessment ends as the short-list says."""

    def allowed(expression: Expression, picture) -> bool:
        return expression.outcome == code

    return allowed
