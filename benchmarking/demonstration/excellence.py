"""Invented self-assessments of cluster organisations, enough of them to compare groups; labelled as demonstration data."""

from random import Random

from platform_core.exchange.assessment.models import Criterion, Grid
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
from platform_core.people.members.models import Organisation
from platform_core.people.members.services import add_organisation
from platform_core.programme.network.models import ClusterProfile
from platform_core.programme.network.services.profiles import keep_profile

from ..models import Label, LabelRule, SelfAssessment, SelfScore
from ..selectors import excellence
from ..services import excellence as labelling, excellence_groups as groups

INVENTED = "Invented for demonstration."


def load(rows: list[dict]) -> None:
    for row in rows:
        organisation = Organisation.objects.filter(code=row["organisation"]).first()
        if organisation is None and "new" in row:
            organisation = add(row["organisation"], row["new"])
        if organisation:
            assess(organisation, row)
    groups.renew()


def add(code: str, row: dict) -> Organisation:
    """A cluster that is no member, as one of the directory."""
    made = add_organisation(
        code=code,
        name=row["name"],
        kind=excellence.CLUSTERS,
        country_id=row["country"],
        region=vocabulary.region(row["region"]),
        description={"en": f"{row['text']} ({INVENTED})"},
    )
    facts = {"founded": row["founded"], "firms": row["firms"], "confirmed_on": platform_day()}
    keep_profile(ClusterProfile(organisation=made, **facts), {"sector": [row["sector"]]})
    return made


def assess(organisation: Organisation, row: dict) -> None:
    """Without figures it is one that is being filled in."""
    grid, today = Grid.objects.get(code=excellence.GRID, version=1), platform_day()
    fields = {"organisation": organisation, "grid": grid, "is_demonstration": True, "begun_on": today}
    if row["found"] is None:
        labelling.share(SelfAssessment.objects.create(**fields))
        return
    state = {"state": SelfAssessment.State.VERIFIED, "submitted_on": today, "verified_on": today}
    made = SelfAssessment.objects.create(**fields, **state)
    scores = [
        SelfScore(assessment=made, criterion=one, value=row["own"], verified=level, text=INVENTED)
        for one, level in levels(grid, row).items()
    ]
    SelfScore.objects.bulk_create(scores)
    made.met, made.judged = sum(bool(score.met) for score in scores), len(scores)
    made.save()
    labelling.share(made)
    give(made, row["published"])


def levels(grid: Grid, row: dict) -> dict[Criterion, int]:
    """The level that was found of every indicator, or about that."""
    random = Random(row["organisation"])  # noqa: S311 - invented figures
    moves = (-1, 0, 0, 1) if row.get("spread") else (0,)
    return {one: min(4, max(0, row["found"] + random.choice(moves))) for one in grid.criteria.all()}


def give(made: SelfAssessment, is_published: bool) -> None:
    rule: LabelRule | None = excellence.rule_for(made.grid, made.met, made.judged)
    if rule:
        label = labelling.give_label(made, rule, by=None)
        Label.objects.filter(pk=label.pk).update(is_published=is_published)
