from collections.abc import Iterable

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from ..models import Area, Indicator, PeerRow, PeerStudy, PeerVariable
from . import studies

LABEL = "benchmarking.peerstudy"


def peer_studies(user) -> QuerySet[PeerStudy]:
    return studies.seen(PeerStudy, user)


def variables(study: PeerStudy) -> list[PeerVariable]:
    """By block, in the order of blocks."""
    rows = study.variables.select_related("indicator__denominator")
    order = list(PeerVariable.Block.values)
    return sorted(rows, key=lambda row: (order.index(row.block), row.pk))


def row_of(study: PeerStudy, area: str) -> PeerRow:
    return get_object_or_404(PeerRow.objects.select_related("area"), study=study, area__code=area)


def row_if_any(study: PeerStudy, area: str) -> PeerRow | None:
    return PeerRow.objects.select_related("area").filter(study=study, area__code=area).first()


def rows_of(study: PeerStudy, codes: Iterable[str]) -> dict[str, PeerRow]:
    rows = PeerRow.objects.select_related("area").filter(study=study, area__code__in=list(codes))
    return {row.area.code: row for row in rows.defer("peers", "stability")}


def regions(study: PeerStudy) -> list[Area]:
    return list(Area.objects.filter(pk__in=study.rows.values("area")).order_by("country", "code"))


def refused(study: PeerStudy) -> list[Indicator]:
    """Indicators of the chosen data that say nothing of what a region is."""
    return [one for one in studies.held_indicators(study) if one.role != Indicator.Role.STRUCTURAL]


def offered(study: PeerStudy) -> QuerySet[Indicator]:
    return studies.held_indicators(study).filter(role=Indicator.Role.STRUCTURAL)


def names_of(codes: Iterable[str]) -> dict[str, str]:
    return dict(Area.objects.filter(code__in=list(codes)).values_list("code", "name"))
