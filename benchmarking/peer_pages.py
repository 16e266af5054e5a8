"""What the pages and files of a study of peers show."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from platform_core.ground.ui.countries import country_name
from platform_core.ground.vocabulary import selectors as vocabulary

from .measures import PROVENANCES, TREATMENTS, distance_names, in_decimals, pair_in_words, percent
from .models import Area, PeerRow, PeerStudy, PeerVariable
from .selectors import peers as selectors

FEWEST, MOST, BESIDE = 3, 20, 5


@dataclass(frozen=True)
class Asked:
    """How a reader wants the list; what is no choice is as the study has it."""

    distance: str
    own_country: bool
    number: int

    @property
    def scope(self) -> str:
        return "all" if self.own_country else "abroad"

    @property
    def query(self) -> str:
        return f"distance={self.distance}&own={int(self.own_country)}&number={self.number}"


def asked(study: PeerStudy, told: Mapping[str, str]) -> Asked:
    distance = told.get("distance", "")
    number = told.get("number", "")
    own = told.get("own", "")
    return Asked(
        distance=distance if distance in PeerStudy.Distance.values else study.distance,
        own_country=own == "1" if own in ("0", "1") else study.own_country,
        number=min(MOST, max(FEWEST, int(number))) if number.isdecimal() and len(number) < 4 else study.number,
    )


def nearest(row: PeerRow, wanted: Asked) -> list[str]:
    return row.peers["lists"][wanted.distance][wanted.scope][: wanted.number]


def distance_of(row: PeerRow, code: str, distance: str) -> float:
    return row.peers["cells"][code][distance]


def likeness(distance: float) -> float:
    return 100 / (1 + distance)


def region_context(study: PeerStudy, row: PeerRow, wanted: Asked) -> dict[str, Any]:
    codes = nearest(row, wanted)
    others = selectors.rows_of(study, codes)
    variables = selectors.variables(study)
    near = [others[code] for code in codes]
    return {
        "study": study,
        "row": row,
        "asked": wanted,
        "distances": PeerStudy.Distance.choices,
        "numbers": (5, 10, 15, 20),
        "near": near,
        "variables": variables,
        "peers": [peer_line(study, row, other, wanted) for other in near],
        "beside": [row.area, *(other.area for other in near[:BESIDE])],
        "blocks": side_by_side(variables, [row, *near[:BESIDE]]),
        "tiles": tiles(study, row, wanted),
        "stability": stability(row, wanted),
        "distance_name": distance_names()[wanted.distance],
    }


def peer_line(study: PeerStudy, row: PeerRow, other: PeerRow, wanted: Asked) -> dict[str, Any]:
    cell = row.peers["cells"][other.area.code]
    return {
        "area": other.area,
        "country": country_name(other.area.country),
        "address": f"{address(study, other.area.code)}?{wanted.query}",
        "distance": in_decimals(cell[wanted.distance], 3),
        "others": [in_decimals(cell[method], 3) for method in PeerStudy.Distance.values if method != wanted.distance],
        "shared": percent(cell["shared"]),
    }


def address(study: PeerStudy, area: str) -> str:
    return reverse("benchmarking:peers_of", args=[study.code, area])


def side_by_side(variables: list[PeerVariable], rows: list[PeerRow]) -> list[dict[str, Any]]:
    """By block the variables, each with a cell for every region."""
    return [
        {
            "name": PeerVariable.Block(block).label,
            "rows": [
                {"indicator": one.indicator, "cells": [shown(row.values.get(one.indicator.code), one) for row in rows]}
                for one in found
            ],
        }
        for block, found in groupby(variables, key=lambda one: one.block)
    ]


def shown(cell: Mapping[str, Any] | None, variable: PeerVariable) -> dict[str, Any]:
    if not cell or cell["value"] is None:
        return {"text": _("not known"), "gap": True}
    notes = [str(cell["year"]), cell["flag"], str(PROVENANCES.get(cell["provenance"], ""))]
    return {
        "text": in_decimals(cell["value"], variable.indicator.decimals),
        "note": ", ".join(note for note in notes if note),
    }


def tiles(study: PeerStudy, row: PeerRow, wanted: Asked) -> list[dict[str, Any]]:
    """The regions of the map by how alike they are; the region itself is as alike as can be."""
    cells = row.peers["cells"]
    found = []
    for region in vocabulary.regions():
        distance = 0.0 if region.code == row.area.code else cells.get(region.code, {}).get(wanted.distance)
        known = distance is not None
        found.append(
            {
                "code": region.code,
                "name": region.name,
                "column": region.column,
                "row": region.row,
                "value": round(likeness(distance)) if known else None,
                "address": f"{address(study, region.code)}?{wanted.query}" if known else "",
            }
        )
    return found


def stability(row: PeerRow, wanted: Asked) -> list[tuple[str, str, str]]:
    """For each pair of distances: how many of the nearest ten are the same, and Spearman over all."""
    return [
        (pair_in_words(pair), percent(told["overlap"]), in_decimals(told["spearman"], 2))
        for pair, told in row.stability[wanted.scope].items()
    ]


def method_context(study: PeerStudy) -> dict[str, Any]:
    """The variables with their weights, and what was done to them."""
    told = study.diagnosis
    rules = {one["code"]: TREATMENTS[one["rule"]] for one in told.get("treatments", ())}
    weights, coverage = told.get("weights", {}), told.get("coverage", {})
    rows = []
    for one in selectors.variables(study):
        code = one.indicator.code
        left_out = _("left out: the same everywhere") if code in told.get("constant", ()) else ""
        rows.append(
            [
                one.indicator.name,
                one.get_block_display(),
                percent(weights.get(code, 0)),
                coverage.get(code, 0),
                left_out or rules.get(code, _("as it is")),
            ]
        )
    return {
        "study": study,
        "variables": rows,
        "figures_at": [2, 3],
        "share_shown": percent(study.share),
        "variable_head": [_("Variable"), _("Block"), _("Weight"), _("Regions with a figure"), _("Treatment")],
        "overlap": [(pair_in_words(pair), percent(share)) for pair, share in told.get("overlap", {}).items()],
        "correlated": correlated(study),
    }


def correlated(study: PeerStudy) -> list[tuple[Any, Any, str]]:
    names = {one.indicator.code: one.indicator.name for one in selectors.variables(study)}
    return [
        (names[one], names[other], in_decimals(value, 2))
        for one, other, value in study.diagnosis.get("correlated", ())
        if one in names and other in names
    ]


def by_country(areas: list[Area]) -> list[tuple[str, list[Area]]]:
    return [(country_name(code), list(found)) for code, found in groupby(areas, key=lambda area: area.country)]


FILE_HEAD = ["region", "rank", "peer", "peer_name", "euclidean", "manhattan", "mahalanobis", "shared"]


def file_rows(row: PeerRow, wanted: Asked, names: Mapping[str, str]):
    for place, code in enumerate(nearest(row, wanted), start=1):
        cell = row.peers["cells"][code]
        yield [row.area.code, place, code, names.get(code, ""), *(cell[name] for name in FILE_HEAD[4:])]
