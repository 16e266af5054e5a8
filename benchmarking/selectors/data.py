"""Observations as frames, rows = areas, columns = indicators."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd
from django.db.models import QuerySet

from ..models import DataVersion, Observation


class Latest(NamedTuple):
    """The newest value up to `year` that is at most `age` years old."""

    year: int
    age: int = 0


@dataclass(frozen=True)
class Matrix:
    """Frames of one shape, indexed by area code, with a column for each indicator code, in the order asked for.

    `value` is NaN where nothing is known, `year` 0, `flag` and `provenance` "", `version` 0. A missing value that was
    reported as missing keeps its flag. `hashes` gives by version its number, file hash and digest of observations.
    """

    value: pd.DataFrame
    year: pd.DataFrame
    flag: pd.DataFrame
    provenance: pd.DataFrame
    version: pd.DataFrame
    hashes: dict[int, dict[str, str | int]]


COLUMNS = ["version", "indicator", "area", "year", "value", "flag", "provenance"]


def matrix(
    version_ids: Sequence[int], indicator_codes: Sequence[str], area_codes: Sequence[str], years: int | Latest
) -> Matrix:
    """One value for each area and indicator. Where several versions hold one, the earlier in `version_ids` is taken,
    but a newer year goes before that. Whoever asks has checked that the versions may be used.
    """
    wanted = Latest(years) if isinstance(years, int) else years
    rows = Observation.objects.filter(
        version__in=version_ids,
        indicator__code__in=indicator_codes,
        area__code__in=area_codes,
        year__range=(wanted.year - wanted.age, wanted.year),
    )
    told = rows.values_list("version", "indicator__code", "area__code", "year", "value", "flag", "provenance")
    chosen = choose(pd.DataFrame.from_records(list(told), columns=COLUMNS), version_ids)
    frames = {name: spread(chosen, name, indicator_codes, area_codes) for name in EMPTY}
    return Matrix(**frames, hashes=hashes(DataVersion.objects.filter(pk__in=version_ids)))


EMPTY: dict[str, Any] = {"value": float("nan"), "year": 0, "flag": "", "provenance": "", "version": 0}


def choose(cells: pd.DataFrame, version_ids: Sequence[int]) -> pd.DataFrame:
    """A known value before a missing one, then the newest year, then the version named first."""
    place = {version: number for number, version in enumerate(version_ids)}
    cells = cells.assign(place=cells["version"].map(place), absent=cells["value"].isna())
    ordered = cells.sort_values(["absent", "year", "place"], ascending=[True, False, True], kind="stable")
    return ordered.drop_duplicates(["indicator", "area"])


def spread(cells: pd.DataFrame, name: str, indicator_codes: Iterable[str], area_codes: Iterable[str]) -> pd.DataFrame:
    wide = cells.pivot(index="area", columns="indicator", values=name)
    wide = wide.reindex(index=list(area_codes), columns=list(indicator_codes)).rename_axis(index=None, columns=None)
    if name == "value":
        return wide.astype(float)
    filled = wide.astype(object).where(wide.notna(), EMPTY[name])
    return filled.astype(int if name in ("year", "version") else str)


def hashes(versions: QuerySet[DataVersion]) -> dict[int, dict[str, str | int]]:
    told = versions.values_list("pk", "number", "sha256", "digest", "data_set__code")
    return {
        pk: {"data_set": code, "number": number, "sha256": sha256, "digest": digest}
        for pk, number, sha256, digest, code in told
    }
