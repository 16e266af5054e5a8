"""Invented scorecards and SWOTs, labelled as demonstration data."""

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from django.core.exceptions import ValidationError
from django.db import transaction

from platform_core.ground.vocabulary.days import platform_day
from platform_core.ground.vocabulary.models import Topic
from platform_core.identity.accounts.models import User
from repository.models import Record
from workinggroups.models import WorkingGroup

from ..models import Area, PolicyScore, Scorecard, SelfAssessment, Swot, SwotEntry
from ..services import policies, swots
from . import excellence

FOLDER = Path(__file__).parent
SEED = 33
PERIODS = {"AT12": [(2021, 2023), (2024, 2026)]}
UNDER_WAY = ("EL63", 2024, 2026)
LEADER, RATERS = "donaukreis@example.org", ("oncluster@example.org", "anatolikos-ormos@example.org")


def load() -> str:
    if Scorecard.objects.exists() or Swot.objects.exists() or SelfAssessment.objects.exists():
        return ""
    told = json.loads((FOLDER / "policy.json").read_text(encoding="utf-8"))
    leader = User.objects.filter(email=LEADER).first()
    if leader is None:
        return ""
    with transaction.atomic():
        rate(told, leader)
        begin_rating(told, leader)
        for row in told["swots"]:
            write(row, leader)
        excellence.load(told["clusters"])
    return f"{Scorecard.objects.count()} policy scorecards, {Swot.objects.count()} SWOTs"


def rate(told: dict, leader: User) -> None:
    random, group = Random(SEED), WorkingGroup.objects.get(pk=4)  # noqa: S311 - invented figures
    for area in Area.objects.filter(code__in=told["rated"]):
        for begins, ends in PERIODS.get(area.code, [(2024, 2026)]):
            made = policies.begin(group, area, begins, ends, by=leader, is_demonstration=True)
            enter(made, told["measures"], leader)
            settle_scores(made, random)


def enter(scorecard: Scorecard, measures: list[dict], leader: User) -> None:
    lines = {line.code: line for line in scorecard.grid.criteria.all()}
    for row in measures:
        record = Record.objects.filter(code=row["record"], state="published").first()
        policies.enter(
            scorecard,
            by=leader,
            lines=[lines[code] for code in row["lines"]],
            title={"en": row["title"]},
            text={"en": row["text"]},
            since=row["since"],
            record=record,
            link="" if record else "https://example.org/",
        )


def settle_scores(scorecard: Scorecard, random: Random) -> None:
    """Two invented raters; about a tenth of the lines is left open. Without a measure nothing is above announced."""
    ratings: list[list[float]] = [[], []]
    known = set(scorecard.measures.values_list("lines", flat=True))
    for line in scorecard.grid.criteria.all():
        low, high = (2, 4) if line.pk in known else (0, 1)
        level = random.randint(low, high)
        other: int | None = min(high, max(low, level + random.choice((-1, 0, 0, 0, 1))))
        if random.random() < 0.1:
            other = None
        for row, value in zip(ratings, (level, other), strict=True):
            row.append(float("nan") if value is None else value)
        if other is not None:
            given = sorted((level, other))
            fields = {"median": Decimal(sum(given)) / 2, "lowest": given[0], "highest": given[1], "raters": 2}
            PolicyScore.objects.create(scorecard=scorecard, criterion=line, **fields)
    policies.keep_agreement(scorecard, ratings)
    scorecard.state, scorecard.published_on = Scorecard.State.PUBLISHED, platform_day()
    scorecard.save()
    policies.share(scorecard)


def begin_rating(told: dict, leader: User) -> None:
    """One that two representatives are asked to rate."""
    code, begins, ends = UNDER_WAY
    area, raters = Area.objects.filter(code=code).first(), list(User.objects.filter(email__in=RATERS))
    if area is None or len(raters) < len(RATERS):
        return
    group = WorkingGroup.objects.get(pk=4)
    made = policies.begin(group, area, begins, ends, by=leader, is_demonstration=True)
    enter(made, told["measures"][:2], leader)
    try:
        with transaction.atomic():
            policies.call_raters(made, raters, by=leader, due_on=platform_day() + timedelta(weeks=4))
    except ValidationError:  # somebody of the demonstration may have left; the measures stay open
        return


def write(row: dict, leader: User) -> None:
    group, area = WorkingGroup.objects.get(pk=row["group"]), Area.objects.filter(code=row["area"]).first()
    if area is None:
        return
    made = swots.begin(group, area, row["begins"], row["ends"], by=leader, is_demonstration=True)
    for point in row["points"]:
        write_point(made, point, leader)
    if row["approved"]:
        swots.approve(made, by=leader)


def write_point(made: Swot, point: dict, leader: User) -> SwotEntry:
    record = Record.objects.filter(code=point.get("record", ""), state="published").first()
    link = {"link": point.get("link", "https://example.org/"), "words": point.get("words", "")}
    return swots.write(
        made,
        by=leader,
        evidence=[{"record": record} if record else link],
        quadrant=point["quadrant"],
        topic=Topic.objects.get(pk=point["topic"]),
        title={"en": point["title"]},
        text={"en": point["text"]},
    )
