from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations
from statistics import mean, median
from typing import Any

import numpy as np
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.exchange.assessment import selectors as judged, services as assessment
from platform_core.exchange.assessment.consolidation import Picture
from platform_core.exchange.assessment.models import Assessment
from platform_core.ground.registry.kinds import Evidence
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.keys import PUBLIC
from platform_core.identity.access.selectors import holders, may_see, require
from platform_core.identity.access.sight import people_of, people_with
from platform_core.identity.audit import services as audit
from platform_core.materials.languages.services import note_translations
from platform_core.people.members.models import Organisation
from workinggroups.models import WorkingGroup

from ..models import Area, Measure, PolicyScore, Scorecard
from ..selectors.policies import GRID, KIND
from ..statistics.agreement import alpha, weighted_kappa

LEAST = 2
RATERS = ("role:stc_member", "role:reviewer", "role:sc_member")


@transaction.atomic
def begin(group: WorkingGroup, area: Area, begins: int, ends: int, *, by, key: str = "", **fields) -> Scorecard:
    require(by, "benchmarking.enter_policies", group)
    if key and (held := Scorecard.objects.filter(group=group, key=key).first()):
        return held
    if Scorecard.objects.filter(area=area, begins=begins, ends=ends).exists():
        raise ValidationError({"area": _("There is a scorecard of this area and period already.")})
    grid = judged.grid_in_force(GRID)
    made = Scorecard(group=group, area=area, begins=begins, ends=ends, grid=grid, key=key, **fields)
    made.full_clean(exclude=["key"])
    made.save()
    share(made)
    audit.record("benchmarking.scorecard_begun", made, by=by)
    return made


def share(scorecard: Scorecard, people: Collection[int] = ()) -> None:
    """The group until it is published, and those who rate it while they do; then everybody."""
    if scorecard.state == Scorecard.State.PUBLISHED:
        access.set_audience(scorecard, {PUBLIC})
    else:
        access.set_audience(scorecard, {scorecard.scope, "role:lead_partner", *(f"person:{pk}" for pk in people)})


def locked(scorecard: Scorecard) -> Scorecard:
    return Scorecard.objects.select_for_update().get(pk=scorecard.pk)


@transaction.atomic
def enter(
    scorecard: Scorecard, *, by, lines: Sequence, measure: Measure | None = None, key: str = "", **fields
) -> Measure:
    """Enter a measure under the lines it speaks to, or change one; it leads to a record or an address outside."""
    scorecard = locked(scorecard)
    require(by, "benchmarking.change_scorecard", scorecard)
    if key and measure is None and (held := scorecard.measures.filter(key=key).first()):
        return held
    if not fields.get("record") and not fields.get("link"):
        told = _("Name a record of the repository or an address outside: raters need to read about it.")
        raise ValidationError({"record": told})
    if (record := fields.get("record")) and not may_see(AnonymousUser(), record):
        told = _("Only a published record can be named: everybody will read what this stands on.")
        raise ValidationError({"record": told})
    if {line.grid_id for line in lines} != {scorecard.grid_id}:
        raise ValidationError({"lines": _("Please choose lines of this rubric.")})
    made = measure or Measure(scorecard=scorecard, entered_by=by, key=key)
    for name, value in fields.items():
        setattr(made, name, value)
    made.full_clean()
    made.save()
    made.lines.set(lines)
    note_translations(made, by=by)
    audit.record("benchmarking.measure_entered", scorecard, by=by, measure=made.pk)
    return made


@transaction.atomic
def remove(measure: Measure, *, by) -> Scorecard:
    scorecard = locked(measure.scorecard)
    require(by, "benchmarking.change_scorecard", scorecard)
    audit.record("benchmarking.measure_removed", scorecard, by=by, measure=measure.pk)
    measure.delete()
    return scorecard


@transaction.atomic
def call_raters(scorecard: Scorecard, raters: Sequence, *, by, due_on: date) -> Assessment:
    """From now on the measures stand as they are."""
    scorecard = locked(scorecard)
    require(by, "benchmarking.call_raters", scorecard)
    if not scorecard.measures.exists():
        raise ValidationError(_("Enter at least one measure; raters judge by what is entered."))
    if by.pk in {person.pk for person in raters}:
        raise ValidationError({"evaluators": _("Whoever calls the raters does not rate.")})
    scorecard.state = Scorecard.State.RATED
    scorecard.save(update_fields=["state"])
    made = assessment.open_assessment(KIND, scorecard, raters, due_on=due_on, version=scorecard.period, by=by)
    share(scorecard, [person.pk for person in raters])
    audit.record("benchmarking.raters_called", scorecard, by=by)
    return made


def share_with_raters(event) -> None:
    """Whoever is asked later sees the scorecard too; when a rating is abandoned, its measures can be changed again."""
    found = Assessment.objects.filter(kind=KIND)
    if event.verb == "assessment.evaluator_asked":
        found = found.filter(evaluations=event.thing_id)
    else:
        found = found.filter(pk=event.thing_id)
    for one in found:
        scorecard = Scorecard.objects.filter(pk=one.object_id, state=Scorecard.State.RATED).first()
        if scorecard is None:
            continue
        if one.state == Assessment.State.ABANDONED:
            scorecard.state = Scorecard.State.DRAFT
            scorecard.save(update_fields=["state"])
        share(scorecard, raters_of(one) if one.state == Assessment.State.OPEN else ())


def raters_of(found: Assessment) -> list[int]:
    return list(found.evaluations.exclude(evaluator=None).values_list("evaluator_id", flat=True))


def handler(scorecard: Scorecard) -> str:
    """Who concludes: the leader of the group, or the lead partner where the leader has an interest or there is none."""
    leaders = set(holders("wg_leader", scorecard.scope))
    free = leaders and not leaders & interested(scorecard)
    return f"role:wg_leader@{scorecard.scope}" if free else "role:lead_partner"


def evaluators(scorecard: Scorecard) -> list[str]:
    """Members of both committees, reviewers, and representatives and experts of every group."""
    groups = WorkingGroup.objects.values_list("pk", flat=True)
    return [*RATERS, *(f"role:{role}@group:{pk}" for pk in groups for role in ("wg_expert", "wg_representative"))]


def interested(scorecard: Scorecard) -> set[int]:
    """Everybody of the organisations of the area, and who entered its measures."""
    area = scorecard.area
    here = {"country": area.code} if area.level == Area.Level.COUNTRY else {"region__code__startswith": area.code}
    keys = [f"org:{pk}" for pk in Organisation.objects.filter(**here).values_list("pk", flat=True)]
    entered = scorecard.measures.exclude(entered_by=None).values_list("entered_by", flat=True)
    return people_with(keys, platform_day()) | set(entered) if keys else set(entered)


def evidence(scorecard: Scorecard) -> dict[str, list[Evidence]]:
    """The measures, by the code of each line they are entered under."""
    found: dict[str, list[Evidence]] = {}
    for measure in scorecard.measures.select_related("record").prefetch_related("lines"):
        address = measure.record.get_absolute_url() if measure.record else measure.link
        for line in measure.lines.all():
            found.setdefault(line.code, []).append(
                Evidence(key=measure.evidence_key, words=measure.title, address=address)
            )
    return found


def rated_twice(scorecard: Scorecard, picture: Picture) -> bool:
    return any(len(line.values) >= LEAST for line in picture.lines)


def conclude(scorecard: Scorecard, concluded: Assessment, *, by) -> None:
    """Publish the medians of what at least two raters judged, with their agreement; or open the measures again."""
    scorecard = locked(scorecard)
    if by.pk in interested(scorecard):
        raise ValidationError(
            _("You act for an organisation of this area, or entered its measures: somebody else concludes.")
        )
    if concluded.outcome == "published":
        keep_scores(scorecard, judged.picture(concluded))
        scorecard.state, scorecard.published_on = Scorecard.State.PUBLISHED, platform_day()
        audit.record("benchmarking.scorecard_published", scorecard, by=by)
    else:
        scorecard.state = Scorecard.State.DRAFT
        audit.record("benchmarking.scorecard_returned", scorecard, by=by)
    scorecard.save()
    share(scorecard)


def keep_scores(scorecard: Scorecard, picture: Picture) -> None:
    lines = [line for line in picture.lines if len(line.values) >= LEAST]
    PolicyScore.objects.bulk_create(
        PolicyScore(
            scorecard=scorecard,
            criterion=line.criterion,
            median=Decimal(str(median(line.values))),
            lowest=min(line.values),
            highest=max(line.values),
            raters=len(line.values),
        )
        for line in lines
    )
    keep_agreement(scorecard, matrix(picture))


def keep_agreement(scorecard: Scorecard, ratings: Any) -> None:
    """`ratings` have a row per rater and a column per line, NaN where one was not given."""
    scorecard.raters = len(ratings)
    scorecard.kappa, scorecard.alpha = mean_kappa(ratings), alpha(ratings, "ordinal").value


def matrix(picture: Picture) -> np.ndarray:
    """A row per rater, a column per line, NaN where a rater could not judge."""
    numbers = sorted({number for line in picture.lines for number, _value, _reason in line.given})
    places = {number: place for place, number in enumerate(numbers)}
    ratings = np.full((len(numbers), len(picture.lines)), np.nan)
    for column, line in enumerate(picture.lines):
        for number, value, _reason in line.given:
            if value is not None:
                ratings[places[number], column] = value
    return ratings


def mean_kappa(ratings: Any) -> float | None:
    """Quadratically weighted, on the steps 0 to 4, the mean over all pairs of raters."""
    steps = np.arange(5)
    close = 1 - (steps[:, None] - steps[None, :]) ** 2 / 16
    found = [weighted_kappa(one, other, close).value for one, other in combinations(ratings, 2)]
    told = [value for value in found if value is not None]
    return float(mean(told)) if told else None


def told_people(scorecard: Scorecard) -> list[int]:
    """The group, which is told of what becomes of a scorecard."""
    return sorted(people_of(scorecard.scope, platform_day()))
