"""The job of a study of peers: figures in, every region's nearest by three distances out."""

from typing import Any

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _

from platform_core.identity.audit import services as audit

from .freezing import digest, figure, freeze
from .models import Area, PeerRow, PeerStudy
from .selectors import studies
from .selectors.data import Latest, Matrix, matrix
from .statistics import peers
from .statistics.scaling import Scaled, Variable, scaled

DIGITS = 6
KEPT = 20  # nearest regions kept for each region and distance
STEPS = 4
SCOPES = {"all": True, "abroad": False}  # whether regions of the same country may be peers


def compute(run, study: int) -> dict[str, Any]:
    found = PeerStudy.objects.get(pk=study)
    asked = digest(choices(found))
    run.progress(0, STEPS, _("Reading the figures"))
    told, values = figures(found)
    run.progress(1, STEPS, _("Measuring distances"))
    ready, results = measured(found, values)
    run.progress(2, STEPS, _("Comparing the distances"))
    rows = list(rows_of(told, ready, results))
    run.progress(3, STEPS, _("Keeping the results"))
    with run.writing():
        locked = PeerStudy.objects.select_for_update().get(pk=study)
        if locked.is_published or digest(choices(locked)) != asked:
            return {}  # published, or changed while this was computed
        keep(locked, rows, told, diagnosis(ready, results, told, values))
    return {"regions": len(rows)}


def at_once(study: PeerStudy) -> None:
    """Without a job: demonstrations are made in one go."""
    told, values = figures(study)
    ready, results = measured(study, values)
    keep(study, list(rows_of(told, ready, results)), told, diagnosis(ready, results, told, values))


def choices(study: PeerStudy) -> dict[str, Any]:
    """Everything that decides the result."""
    return {
        "versions": sorted(study.versions.values_list("pk", flat=True)),
        "countries": study.countries,
        "years": [study.year, study.age],
        "variables": list(study.variables.values_list("indicator__code", "block", "weight")),
        "blocks": study.blocks,
        "rules": [study.share, study.skew],
    }


def figures(study: PeerStudy) -> tuple[Matrix, pd.DataFrame]:
    """What is stored, and the values divided by their denominators, of the regions that have any."""
    variables = [variable.indicator for variable in study.variables.select_related("indicator__denominator")]
    codes = [indicator.code for indicator in variables]
    below = {indicator.code: indicator.denominator.code for indicator in variables if indicator.denominator}
    areas = list(studies.areas(study).values_list("code", flat=True))
    wanted = list(dict.fromkeys([*codes, *below.values()]))
    told = matrix(studies.version_ids(study), wanted, areas, Latest(study.year, study.age))
    values = told.value[codes].copy()
    for code, denominator in below.items():
        values[code] = told.value[code] / told.value[denominator].replace(0, np.nan)
    return told, values[values.notna().any(axis=1)]


def measured(study: PeerStudy, values: pd.DataFrame) -> tuple[Scaled, dict[str, peers.Distances]]:
    variables = [
        Variable(variable.indicator.code, variable.block, variable.weight, variable.indicator.role)
        for variable in study.variables.select_related("indicator")
    ]
    ready = scaled(values, variables, study.blocks, study.skew)
    return ready, {method: peers.distances(ready, method, study.share) for method in peers.METHODS}


def rows_of(told: Matrix, ready: Scaled, results: dict[str, peers.Distances]):
    """The content of each region's row, in the order of codes."""
    codes = list(ready.values.index)
    countries = countries_of(codes)
    lists = {
        (method, scope): near(result, peers.allowed(result, countries, own))
        for method, result in results.items()
        for scope, own in SCOPES.items()
    }
    steady = {scope: peers.stability(results, peers.TOP, countries, own) for scope, own in SCOPES.items()}
    may, told_between = peers.allowed(results[peers.METHODS[0]]), between(results)
    for place, code in enumerate(codes):
        listed = {method: {scope: lists[method, scope][place] for scope in SCOPES} for method in results}
        others = pairs(told_between, codes, place, may[place])
        yield {
            "area": code,
            "values": cells(told, ready, code),
            "peers": {"lists": listed, "cells": others},
            "stability": {scope: steadiness(found, code) for scope, found in steady.items()},
            "compared": len(others),
        }


def countries_of(codes: list[str]) -> list[str]:
    held = dict(Area.objects.filter(code__in=codes).values_list("code", "country"))
    return [held[code] for code in codes]


def near(result: peers.Distances, may: np.ndarray) -> list[list[str]]:
    codes = np.asarray(result.values.index)
    order = peers.order(np.where(may, result.values.to_numpy(), np.nan))
    return [codes[row[: min(KEPT, count)]].tolist() for row, count in zip(order, may.sum(axis=1), strict=True)]


def cells(told: Matrix, ready: Scaled, code: str) -> dict[str, dict[str, Any]]:
    found = {}
    for name in told.value.columns:
        found[name] = {
            "value": figure(told.value.at[code, name]),
            "year": int(told.year.at[code, name]),
            "flag": told.flag.at[code, name],
            "provenance": told.provenance.at[code, name],
            "scaled": figure(ready.values.at[code, name]) if name in ready.values else None,
        }
    return found


def between(results: dict[str, peers.Distances]) -> list[tuple[str, np.ndarray]]:
    """What is told of two regions: each distance and the share of weights shared, as arrays of one shape."""
    plain = next(iter(results.values()))
    told = [(method, result.values) for method, result in results.items()] + [("shared", plain.shared)]
    return [(name, np.round(table.to_numpy(), DIGITS)) for name, table in told]


def pairs(
    told: list[tuple[str, np.ndarray]], codes: list[str], place: int, may: np.ndarray
) -> dict[str, dict[str, float]]:
    """A region's distances to all it was compared with."""
    names = [name for name, _table in told]
    there = np.flatnonzero(may)
    columns = zip(*(table[place, there].tolist() for _name, table in told), strict=True)
    return {codes[other]: dict(zip(names, values, strict=True)) for other, values in zip(there, columns, strict=True)}


def steadiness(found: peers.Stability, code: str) -> dict[str, dict[str, float | None]]:
    return {
        f"{one}-{other}": {"overlap": figure(overlap[code]), "spearman": figure(found.spearman[one, other][code])}
        for (one, other), overlap in found.overlap.items()
    }


def diagnosis(ready: Scaled, results, told: Matrix, values: pd.DataFrame) -> dict[str, Any]:
    """What whoever made the study has to look at before publishing it, and every reader may."""
    distances = results[peers.METHODS[0]].values.to_numpy()
    steady = peers.stability(results)
    used = told.provenance.loc[values.index, values.columns]
    return {
        "regions": len(values),
        "weights": {code: float(weight) for code, weight in ready.weights.items()},
        "treatments": [vars(treatment) for treatment in ready.treatments if treatment.rule != "none"],
        "constant": list(ready.constant),
        "coverage": {code: int(values[code].notna().sum()) for code in values},
        "alone": [code for code, row in zip(values.index, distances, strict=True) if np.isfinite(row).sum() < 2],
        "shrinkage": results["mahalanobis"].shrinkage,
        "national": int((used == "national").to_numpy().sum()),
        "overlap": {f"{one}-{other}": figure(shares.mean()) for (one, other), shares in steady.overlap.items()},
        "correlated": correlated(ready.values),
    }


def correlated(values: pd.DataFrame, limit: float = 0.9) -> list[list[Any]]:
    """Pairs of variables that say nearly the same and so count twice."""
    table = values.corr(min_periods=10)
    names = list(table)
    return [
        [one, other, round(float(table.at[one, other]), 2)]
        for place, one in enumerate(names)
        for other in names[place + 1 :]
        if abs(table.at[one, other]) >= limit
    ]


def keep(study: PeerStudy, rows: list[dict[str, Any]], told: Matrix, found: dict[str, Any]) -> None:
    areas = {area.code: area for area in Area.objects.filter(code__in=[row["area"] for row in rows])}
    study.rows.all().delete()
    made = [PeerRow(study=study, **{**row, "area": areas[row["area"]]}) for row in rows]
    PeerRow.objects.bulk_create(made, batch_size=200)
    freeze(study, told, rows, found)
    study.save(update_fields=["inputs", "diagnosis", "digest", "code_version", "computed_at"])
    audit.record("benchmarking.study_computed", study, rows=len(rows))
