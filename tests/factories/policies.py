"""Scorecards, SWOTs and self-assessments, and the people who judge them."""

from datetime import date, timedelta

from django.utils import timezone

from benchmarking.models import Area, PeerRow, PeerStudy, Scorecard, SelfAssessment, SelfScore, Swot
from benchmarking.services import excellence, policies, swots
from platform_core.exchange.assessment import services as assessment
from platform_core.exchange.assessment.models import Assessment, Criterion
from platform_core.ground.vocabulary.models import Region, Term
from platform_core.identity.access import services as access
from platform_core.people.members import services as members
from platform_core.people.members.models import Organisation
from platform_core.programme.network.models import ClusterProfile
from tests.people import add_organisation, add_person
from tests.settling import settle
from workinggroups.models import WorkingGroup


def area(code: str = "AT12") -> Area:
    return Area.objects.get(code=code)


def scorecard(by, code: str = "AT12", begins: int = 2024, ends: int = 2026, **fields) -> Scorecard:
    return policies.begin(WorkingGroup.objects.get(pk=4), area(code), begins, ends, by=by, **fields)


def line(found: Scorecard, code: str) -> Criterion:
    return found.grid.criteria.get(code=code)


def measure(found: Scorecard, by, title: str = "Cluster contracts", codes=("t4-commitment",), **fields):
    given = {"title": {"en": title}, "text": {}, "since": None, "record": None, "link": "https://example.org/law"}
    return policies.enter(found, by=by, lines=[line(found, code) for code in codes], **{**given, **fields})


def called(found: Scorecard, raters, by) -> Assessment:
    made = policies.call_raters(found, raters, by=by, due_on=timezone.localdate() + timedelta(weeks=2))
    settle()
    return made


def rate(found: Assessment, person, **values: int | None) -> None:
    """Levels by the code of the line, `_` for `-`; every measure of a line is its evidence."""
    offered = {code: [piece.key for piece in pieces] for code, pieces in policies.evidence(subject(found)).items()}
    judge(found, person, {code.replace("_", "-"): value for code, value in values.items()}, offered)


def subject(found: Assessment) -> Scorecard:
    return Scorecard.objects.get(pk=found.object_id)


def judge(found: Assessment, person, values: dict, offered: dict) -> None:
    criteria = {one.code: one for one in found.grid.criteria.all()}
    scores = {criteria[code].pk: (value, f"Because of {code}.") for code, value in values.items()}
    evidence = {criteria[code].pk: offered.get(code, []) for code in values if offered.get(code)}
    own = found.evaluations.get(evaluator=person)
    assessment.submit(own, scores, "", by=person, evidence=evidence)
    settle()


def published(people, raters, code: str = "AT12", begins: int = 2024, ends: int = 2026, levels=((3, 2), (2, 2))):
    """A scorecard of wanda's with two lines that both raters judged; each pair of levels is one rater's."""
    found = scorecard(people.wanda, code, begins, ends)
    measure(found, people.wanda, codes=("t4-commitment", "t4-indicators"))
    rating = called(found, raters, people.wanda)
    for person, (first, second) in zip(raters, levels, strict=True):
        rate(rating, person, t4_commitment=first, t4_indicators=second)
    assessment.conclude(rating, "published", "Agreed.", by=people.lena)
    settle()
    return Scorecard.objects.get(pk=found.pk)


def swot(by, code: str = "AT12", begins: int = 2024, ends: int = 2026, number: int = 4, **fields) -> Swot:
    return swots.begin(WorkingGroup.objects.get(pk=number), area(code), begins, ends, by=by, **fields)


def point(found: Swot, by, title: str = "Steady financing", quadrant: str = "strength", **fields):
    given = {"topic_id": 4, "text": {}, "evidence": [{"link": "https://example.org/report", "words": "Report"}]}
    return swots.write(found, by=by, title={"en": title}, quadrant=quadrant, **{**given, **fields})


def cluster(code: str = "woodland", region: str = "") -> Organisation:
    made = add_organisation(code, kind="cluster_organisation")
    if region:
        made.region = Region.objects.get(code=region)
        made.save()
    return made


def manager(found: Organisation, name: str = "mara", *, is_admin: bool = True):
    person = add_person(name)
    members.affiliate(person, found, is_contact=True, is_admin=is_admin)
    return person


def answers(found: SelfAssessment, value: int | None = 3) -> dict:
    return {one.pk: (value, "A page of the manual.", "") for one in found.grid.criteria.all()}


def submitted(person, found: Organisation, value: int = 3) -> SelfAssessment:
    made = excellence.begin(found, by=person)
    excellence.submit(made, answers(made, value), by=person)
    settle()
    return SelfAssessment.objects.get(pk=made.pk)


def verified(people, verifiers, made: SelfAssessment, value: int = 3, outcome: str = "label") -> SelfAssessment:
    due_on = timezone.localdate() + timedelta(weeks=2)
    asked = excellence.call_verifiers(made, verifiers, by=people.lena, due_on=due_on)
    settle()
    offered = {code: [piece.key for piece in pieces] for code, pieces in excellence.evidence(made).items()}
    for person in verifiers:
        judge(asked, person, {one.code: value for one in made.grid.criteria.all()}, offered)
    assessment.conclude(asked, outcome, "As found.", by=people.lena)
    settle()
    return SelfAssessment.objects.get(pk=made.pk)


def found_verified(made: Organisation, grid, met: int) -> SelfAssessment:
    """Verified on the first indicators of the set: level 4 on so many, 0 on the others."""
    state = {"state": "verified", "begun_on": date(2026, 1, 1), "judged": 31, "met": met}
    found = SelfAssessment.objects.create(organisation=made, grid=grid, **state)
    SelfScore.objects.bulk_create(
        SelfScore(assessment=found, criterion=one, value=4, verified=4 if place < met else 0)
        for place, one in enumerate(grid.criteria.all())
    )
    return found


def several(grid, *countries: str, first: int = 0, sector: bool = True, **profile) -> list[SelfAssessment]:
    """Verified organisations of these countries, each meeting three indicators more than the one before."""
    rows = []
    for number, country in enumerate(countries, first):
        made = cluster(f"c{number}")
        made.country_id = country
        made.save()
        if profile:
            tell(made, *sectors()[:sector], **profile)
        rows.append(found_verified(made, grid, 3 * number % 31))
    return rows


def sectors() -> list[Term]:
    return list(Term.objects.filter(scheme="sector").order_by("order"))


def tell(made: Organisation, *terms: Term, **profile) -> None:
    told, _made = ClusterProfile.objects.update_or_create(
        organisation=made, defaults={"confirmed_on": date(2026, 1, 1), **profile}
    )
    told.terms.set(terms)


def study_of_peers(code: str, nearest: list[str]) -> PeerStudy:
    """A published study that tells of one area."""
    now = timezone.now()
    made = PeerStudy.objects.create(
        group_id=4, code="alike", title={"en": "Alike"}, state="published", year=2024, computed_at=now, published_at=now
    )
    lists = {made.distance: {"all": nearest, "abroad": []}}
    row = {"values": {}, "peers": {"lists": lists, "cells": {}}, "stability": {}, "compared": len(nearest)}
    PeerRow.objects.create(study=made, area=area(code), **row)
    access.set_audience(made, {"public"})
    return made
