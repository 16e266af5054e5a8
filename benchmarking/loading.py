"""Observations go into the database in bulk, past the objects of the framework: a version can have a million."""

import hashlib
import io
import json
from typing import Any

import numpy as np
import pandas as pd
from django.db import connection, transaction

from .models import Area, DataVersion, Indicator, Observation, VersionIndicator

COLUMNS = ["indicator", "area", "year", "value", "flag", "provenance"]
STORED = ["version_id", "indicator_id", "area_id", "year", "value", "flag", "provenance"]


def digest(cells: pd.DataFrame) -> str:
    """A hash of the observations whatever their order: sorted codes as JSON, then the columns as little-endian bytes."""
    made = hashlib.sha256()
    texts = {name: pd.factorize(cells[name], sort=True) for name in ("indicator", "area", "flag", "provenance")}
    order = np.lexsort((cells["year"], texts["area"][0], texts["indicator"][0]))
    for places, words in texts.values():
        made.update(json.dumps([str(word) for word in words]).encode())
        made.update(places[order].astype("<i4").tobytes())
    made.update(cells["year"].to_numpy("<i4")[order].tobytes())
    made.update(cells["value"].to_numpy("<f8")[order].tobytes())
    return made.hexdigest()


@transaction.atomic
def store(cells: pd.DataFrame, version: DataVersion) -> DataVersion:
    """Save a version with its observations: `cells` has COLUMNS, with codes, one row for each cell."""
    version.digest = digest(cells)
    version.cells, version.values = len(cells), int(cells["value"].notna().sum())
    version.area_count, version.indicator_count = cells["area"].nunique(), cells["indicator"].nunique()
    version.first_year, version.last_year = (int(cells["year"].agg(end)) for end in ("min", "max"))
    version.report = version.report | held(cells)
    version.save(force_insert=True)
    indicators = dict(Indicator.objects.values_list("code", "pk"))
    areas = dict(Area.objects.values_list("code", "pk"))
    insert(
        pd.DataFrame(
            {
                "version_id": version.pk,
                "indicator_id": numbered(cells["indicator"], indicators),
                "area_id": numbered(cells["area"], areas),
                **{name: cells[name].to_numpy() for name in ("year", "value", "flag", "provenance")},
            }
        )
    )
    VersionIndicator.objects.bulk_create(counts(cells, version, indicators))
    return version


def held(cells: pd.DataFrame) -> dict[str, Any]:
    """What lists and filters say of a version without reading its observations."""
    told = Area.objects.values_list("code", "country", "level")
    areas = {code: (country, level) for code, country, level in told}
    found = [areas[code] for code in cells["area"].unique()]
    flags, provenance = (cells.loc[cells[name] != "", name].value_counts() for name in ("flag", "provenance"))
    return {
        "countries": sorted({country for country, _level in found if country}),
        "levels": sorted({level for _country, level in found}),
        "flags": {str(flag): int(count) for flag, count in flags.items()},
        "provenance": {str(kind): int(count) for kind, count in provenance.items()},
    }


def numbered(codes: pd.Series, keys: dict[str, int]) -> np.ndarray:
    places, words = pd.factorize(codes)
    return np.array([keys[word] for word in words], dtype="i8")[places]


def counts(cells: pd.DataFrame, version: DataVersion, keys: dict[str, int]) -> list[VersionIndicator]:
    grouped = cells.groupby("indicator", observed=True)
    told = grouped.agg(
        cells=("year", "size"),
        values=("value", "count"),
        area_count=("area", "nunique"),
        first_year=("year", "min"),
        last_year=("year", "max"),
    )
    return [
        VersionIndicator(
            version=version, indicator_id=keys[str(code)], **{str(name): int(number) for name, number in row.items()}
        )
        for code, row in told.to_dict("index").items()
    ]


def insert(rows: pd.DataFrame) -> None:
    """In the order of the primary key, which is what the index likes."""
    ordered = rows[STORED].sort_values(["indicator_id", "area_id", "year"], kind="stable")
    if connection.vendor == "postgresql":
        copy(ordered)
        return
    columns = [ordered[name].tolist() for name in STORED]
    columns[4] = ordered["value"].astype(object).where(ordered["value"].notna(), None).tolist()
    places = ", ".join(["%s"] * len(STORED))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {Observation._meta.db_table} ({', '.join(STORED)}) VALUES ({places})",  # noqa: S608
            zip(*columns, strict=True),
        )


def copy(rows: pd.DataFrame) -> None:
    text = io.StringIO()
    rows.to_csv(text, header=False, index=False)
    text.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert(
            f"COPY {Observation._meta.db_table} ({', '.join(STORED)}) FROM STDIN "
            "WITH (FORMAT csv, FORCE_NOT_NULL (flag, provenance))",
            text,
        )
