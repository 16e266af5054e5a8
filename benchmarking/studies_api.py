"""Published studies of peers, cluster maps, policy scorecards and SWOTs for programs: what a guest may see."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404
from ninja import Router, Schema

from platform_core.ground.texts.fields import printable
from repository.selectors import records

from .models import ClusterMap, ClusterRow, PeerStudy, Scorecard, Study, Swot, SwotEntry, SwotEvidence
from .selectors import clusters, peers, policies, studies, swots

router = Router(tags=["studies"])
PER_PAGE = 50
GUEST = AnonymousUser()
STUDY = ("code", "year", "age", "countries", "inputs", "code_version", "digest", "is_demonstration")
CELL = (
    "employment",
    "year",
    "flag",
    "provenance",
    "lq",
    "size",
    "focus",
    "productivity",
    "is_small",
    "stars",
    "passed",
)
WHOLE = ("total", "is_estimated", "krugman", "hhi", "hachman", "entropy", "evenness", "change")


class Listed(Schema):
    total: int
    page: int
    pages: int
    found: list[dict[str, Any]]


def listed(rows: QuerySet, page: int, told) -> dict[str, Any]:
    shown = Paginator(rows, PER_PAGE).get_page(page)
    pages = {"total": shown.paginator.count, "page": shown.number, "pages": shown.paginator.num_pages}
    return {**pages, "found": [told(row) for row in shown]}


def of(row, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def study(found: Study) -> dict[str, Any]:
    return {
        **of(found, STUDY),
        "title": dict(found.title),
        "summary": dict(found.summary),
        "topic": found.group_id,
        "published_at": found.published_at,
        "address": found.get_absolute_url(),
    }


def published(model, code: str):
    found = studies.study_for(model, GUEST, printable(code))
    if not found.is_published:
        raise Http404
    return found


@router.get("/peers", response=Listed, url_name="peer_studies")
def list_peer_studies(request, page: int = 1):
    return listed(studies.published(PeerStudy, GUEST), page, study)


@router.get("/peers/{code}", url_name="peer_study")
def show_peer_study(request, code: str):
    """What regions were compared by, and how; which regions there are."""
    found = published(PeerStudy, code)
    return {
        **study(found),
        **of(found, ("distance", "number", "own_country", "share", "skew", "blocks")),
        "variables": [
            {"indicator": one.indicator.code, "block": one.block, "weight": one.weight}
            for one in peers.variables(found)
        ],
        "regions": [area.code for area in peers.regions(found)],
    }


@router.get("/peers/{code}/areas/{area}", url_name="peers_of")
def show_peers(request, code: str, area: str):
    """One region: its figures, and its nearest regions by every distance."""
    row = peers.row_of(published(PeerStudy, code), printable(area))
    return {"area": row.area.code, **of(row, ("values", "peers", "stability", "compared"))}


@router.get("/clusters", response=Listed, url_name="cluster_maps")
def list_cluster_maps(request, page: int = 1):
    return listed(studies.published(ClusterMap, GUEST), page, study)


@router.get("/clusters/{code}", url_name="cluster_map")
def show_cluster_map(request, code: str):
    found = published(ClusterMap, code)
    return {
        **study(found),
        "sectors": [one.employment.code for one in clusters.sectors(found)],
        "regions": list(clusters.regions(found).values_list("area__code", flat=True)),
    }


@router.get("/clusters/{code}/areas/{area}", url_name="cluster_region")
def show_cluster_region(request, code: str, area: str):
    """One region: how specialised it is, and every sector with its measures."""
    found = published(ClusterMap, code)
    row = clusters.region_of(found, printable(area))
    cells = clusters.of_region(found, row.area)
    return {"area": row.area.code, **of(row, WHOLE), "sectors": [cell(one) for one in cells]}


def cell(row: ClusterRow) -> dict[str, Any]:
    return {"sector": row.sector.employment.code, **of(row, CELL)}


@router.get("/scorecards", response=Listed, url_name="scorecards")
def list_scorecards(request, country: str = "", page: int = 1):
    return listed(policies.published(GUEST, country=printable(country[:2])), page, scorecard)


def scorecard(found: Scorecard) -> dict[str, Any]:
    return {
        **of(found, ("begins", "ends", "raters", "kappa", "alpha", "published_on", "is_demonstration")),
        "id": found.pk,
        "area": found.area.code,
        "topic": found.group_id,
        "rubric": found.grid.version,
        "address": found.get_absolute_url(),
    }


@router.get("/scorecards/{int:pk}", url_name="scorecard")
def show_scorecard(request, pk: int):
    """Every line of the rubric; one that fewer than two judged has no score, which is not zero."""
    found = policies.scorecard_for(GUEST, pk)
    if found.state != Scorecard.State.PUBLISHED:
        raise Http404
    return {**scorecard(found), "lines": [line(one) for theme in policies.themes(found) for one in theme.cells]}


def line(one: policies.Cell) -> dict[str, Any]:
    score = one.score
    return {
        "line": one.criterion.code,
        "question": dict(one.criterion.question),
        "reference": one.criterion.reference,
        "score": None if score is None else float(score.median),
        "lowest": score and score.lowest,
        "highest": score and score.highest,
        "raters": score.raters if score else 0,
    }


@router.get("/swots", response=Listed, url_name="swots")
def list_swots(request, country: str = "", topic: str = "", page: int = 1):
    return listed(swots.approved(GUEST, country=printable(country[:2]), topic=topic), page, swot)


def swot(found: Swot) -> dict[str, Any]:
    return {
        **of(found, ("begins", "ends", "approved_on", "is_demonstration")),
        "id": found.pk,
        "area": found.area.code,
        "topic": found.group_id,
        "address": found.get_absolute_url(),
    }


@router.get("/swots/{int:pk}", url_name="swot")
def show_swot(request, pk: int):
    """Every point with what it stands on."""
    found = swots.swot_for(GUEST, pk)
    if found.state != Swot.State.APPROVED:
        raise Http404
    rows = swots.with_cited(GUEST, swots.entries_of(GUEST, found))
    cited = {one.record_id for row in rows for one in row.evidence.all() if one.record_id}
    seen = set(records(GUEST).filter(pk__in=cited).values_list("pk", flat=True))
    return {**swot(found), "points": [point(row, seen) for row in rows]}


def point(row: SwotEntry, seen: set[int]) -> dict[str, Any]:
    return {
        "quadrant": row.quadrant,
        "topic": row.topic_id,
        "title": dict(row.title),
        "text": dict(row.text),
        "written_on": row.written_on,
        "evidence": [evidence(one) for one in row.evidence.all() if is_open(one, seen)],
    }


def is_open(one: SwotEvidence, seen: set[int]) -> bool:
    return one.cited is not None if one.thing else one.record_id is None or one.record_id in seen


def evidence(one: SwotEvidence) -> dict[str, Any]:
    return {
        **of(one, ("year", "value", "flag", "link", "words")),
        "indicator": one.indicator.code if one.indicator else "",
        "record": one.record.code if one.record else "",
        "finding": one.cited.address if one.thing and one.cited else "",
    }
