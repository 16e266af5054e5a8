"""The job of a cluster map: employment in, quotients, strengths and the parts of change out."""

from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _

from platform_core.identity.audit import services as audit

from .freezing import digest, figure, freeze
from .models import Area, ClusterMap, ClusterRegion, ClusterRow
from .selectors import studies
from .selectors.data import Latest, Matrix, matrix
from .statistics import clusters, shift_share
from .statistics.editions import Edition, editions

STEPS = 3
NATIONAL = "national"
MEASURES = {"lq": "specialisation", "size": "size", "focus": "focus", "productivity": "productivity"}
INDICES = ("known", "krugman", "hhi", "hachman", "entropy", "evenness")
PARTS = ("national", "mix", "regional", "competitive", "allocation", "born")


def compute(run, map: int) -> dict[str, Any]:
    found = ClusterMap.objects.select_related("total").get(pk=map)
    asked = digest(choices(found))
    run.progress(0, STEPS, _("Reading the figures"))
    worked = mapping(found)
    run.progress(1, STEPS, _("Comparing sectors and regions"))
    results = results_of(*worked)
    run.progress(2, STEPS, _("Keeping the results"))
    with run.writing():
        locked = ClusterMap.objects.select_for_update().get(pk=map)
        if locked.is_published or digest(choices(locked)) != asked:
            return {}  # published, or changed while this was computed
        keep(locked, *worked, *results)
    return {"regions": len(results[1])}


def at_once(found: ClusterMap) -> None:
    """Without a job: demonstrations are made in one go."""
    worked = mapping(found)
    keep(found, *worked, *results_of(*worked))


def results_of(told: Matrix, mapped: clusters.Mapping, parts: shift_share.Cells | None):
    return list(rows_of(told, mapped, parts)), list(regions_of(mapped, parts))


def choices(found: ClusterMap) -> dict[str, Any]:
    """Everything that decides the result."""
    return {
        "versions": sorted(found.versions.values_list("pk", flat=True)),
        "countries": found.countries,
        "years": [found.year, found.age, found.year_before],
        "sectors": list(found.sectors.values_list("employment__code", "output__code")),
        "total": found.total.code if found.total else "",
        "edition": [found.edition, found.thresholds, found.persons],
    }


def edition_of(found: ClusterMap) -> Edition:
    return editions()[found.edition].changed(**found.thresholds)


def mapping(found: ClusterMap) -> tuple[Matrix, clusters.Mapping, shift_share.Cells | None]:
    sectors = list(found.sectors.select_related("employment", "output"))
    codes = [sector.employment.code for sector in sectors]
    outputs = {sector.employment.code: sector.output.code for sector in sectors if sector.output}
    total = [found.total.code] if found.total else []
    areas = list(studies.areas(found).values_list("code", flat=True))
    versions = studies.version_ids(found)
    wanted = list(dict.fromkeys([*codes, *outputs.values(), *total]))
    told = matrix(versions, wanted, areas, Latest(found.year, found.age))
    own = usable(told, found.persons)
    there = own[codes].notna().any(axis=1)
    employment = own.loc[there, codes]
    output = (
        pd.DataFrame({code: own.loc[there, name] / found.persons for code, name in outputs.items()})
        if outputs
        else None
    )
    totals = own.loc[there, total[0]] if total else None
    mapped = clusters.mapped(employment, edition_of(found), output=output, totals=totals)
    if not found.year_before:
        return told, mapped, None
    both = [
        usable(matrix(versions, codes, list(employment.index), year), found.persons)
        for year in (found.year_before, found.year)
    ]
    return told, mapped, shift_share.cells(*both)


def usable(told: Matrix, persons: float) -> pd.DataFrame:
    """Figures in persons; a country's figure put on its regions is none of theirs, nor is one below zero."""
    values = told.value.where(told.provenance != NATIONAL)
    return values.where(values >= 0) * persons


def rows_of(told: Matrix, mapped: clusters.Mapping, parts: shift_share.Cells | None):
    """A row for each cell, region by region."""
    regions, codes = list(mapped.employment.index), list(mapped.employment.columns)
    changes = {**change_of(parts), **({"before": parts.before} if parts else {})}
    numbers = {
        "employment": mapped.employment,
        **{name: mapped.measures.get(measure) for name, measure in MEASURES.items()},
        **{name: changes.get(name) for name in ("before", *PARTS)},
    }
    listed = {name: spread(table, regions, codes) for name, table in numbers.items()}
    listed["year"] = [year or None for year in told.year.loc[regions, codes].to_numpy().ravel().tolist()]
    listed["flag"] = told.flag.loc[regions, codes].to_numpy().ravel().tolist()
    listed["provenance"] = told.provenance.loc[regions, codes].to_numpy().ravel().tolist()
    listed["is_small"] = mapped.small.to_numpy().ravel().tolist()
    listed["stars"] = [None if count is None else int(count) for count in spread(mapped.stars, regions, codes)]
    listed["passed"] = judged(mapped, regions, codes)
    names = list(listed)
    cells = zip(*listed.values(), strict=True)
    for (area, sector), values in zip(product(regions, codes), cells, strict=True):
        yield {"area": area, "sector": sector, **dict(zip(names, values, strict=True))}


def spread(table: pd.DataFrame | None, regions: list[str], codes: list[str]) -> list[float | None]:
    """The cells of a table one after the other, none where nothing is known."""
    if table is None:
        return [None] * (len(regions) * len(codes))
    flat = table.reindex(index=regions, columns=codes).to_numpy(float).ravel()
    return np.where(np.isfinite(flat), flat.astype(object), None).tolist()


def judged(mapped: clusters.Mapping, regions: list[str], codes: list[str]) -> list[dict[str, bool]]:
    """By measure whether a cell is a strength, without those it cannot be judged by."""
    columns = [spread(table, regions, codes) for table in mapped.passed.values()]
    return [
        {name: bool(value) for name, value in zip(mapped.passed, values, strict=True) if value is not None}
        for values in zip(*columns, strict=True)
    ]


def change_of(parts: shift_share.Cells | None) -> dict[str, pd.DataFrame]:
    if parts is None:
        return {}
    return {**shift_share.esteban_marquillas(parts), **shift_share.dunn(parts)}


def regions_of(mapped: clusters.Mapping, parts: shift_share.Cells | None):
    table = mapped.regions
    summed = shift_share.by_region(change_of(parts)) if parts else None
    factors = shift_share.gerfin(parts) if parts else None
    for area in table.index:
        change = {}
        if summed is not None and factors is not None and parts is not None:
            both = parts.before.loc[area].notna()
            change = {name: figure(summed.at[area, name]) for name in summed} | {
                name: figure(factors.at[area, name]) for name in factors
            }
            change |= {
                "before": figure(parts.before.loc[area].sum(min_count=1)),
                "after": figure(parts.after.loc[area].sum(min_count=1)),
                "covered": float(both.sum() / len(mapped.employment.columns)),
            }
        yield {
            "area": area,
            "total": figure(table.at[area, "total"]),
            "is_estimated": bool(table.at[area, "estimated"]),
            **{name: figure(table.at[area, name]) for name in INDICES},
            "change": change,
        }


def diagnosis(told: Matrix, mapped: clusters.Mapping, parts: shift_share.Cells | None) -> dict[str, Any]:
    codes = list(mapped.employment.columns)
    used = told.provenance.loc[mapped.employment.index, codes]
    years = told.year.loc[mapped.employment.index, codes].to_numpy()
    return {
        "regions": len(mapped.employment),
        "cells": int(mapped.employment.size),
        "missing": int(mapped.employment.isna().to_numpy().sum()),
        "small": int(mapped.small.to_numpy().sum()),
        "estimated": int(mapped.regions["estimated"].sum()),
        "national": int((used == NATIONAL).to_numpy().sum()),
        "older": int(((years > 0) & (years < years.max(initial=0))).sum()),
        "strengths": {name: int((table == 1).to_numpy().sum()) for name, table in mapped.passed.items()},
        "compared": int(parts.before.notna().to_numpy().sum()) if parts else None,
        "growth": figure(parts.factor - 1) if parts else None,
    }


def keep(found: ClusterMap, told: Matrix, mapped: clusters.Mapping, parts, cells, regions) -> None:
    areas = {area.code: area for area in Area.objects.filter(code__in=[row["area"] for row in regions])}
    sectors = {sector.employment.code: sector for sector in found.sectors.select_related("employment")}
    found.rows.all().delete()
    found.regions.all().delete()
    rows = [
        ClusterRow(map=found, **{**row, "area": areas[row["area"]], "sector": sectors[row["sector"]]}) for row in cells
    ]
    ClusterRow.objects.bulk_create(rows, batch_size=500)
    made = [ClusterRegion(map=found, **{**row, "area": areas[row["area"]]}) for row in regions]
    ClusterRegion.objects.bulk_create(made, batch_size=500)
    found.edition_used = mapped.edition.as_json()
    freeze(found, told, [cells, regions], diagnosis(told, mapped, parts))
    found.save(update_fields=["inputs", "diagnosis", "digest", "code_version", "computed_at", "edition_used"])
    audit.record("benchmarking.study_computed", found, rows=len(cells))
