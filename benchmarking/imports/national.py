"""A country's figure on its regions: only on request, and labelled, since it makes regions alike that are not."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

NATIONAL = "national"


def put_on_regions(
    cells: pd.DataFrame, regions: Mapping[str, Sequence[str]], notes: list[dict[str, Any]]
) -> pd.DataFrame:
    """For countries of which the file has no figure of any region (NUTS 2) for that indicator and year."""
    owners = {region: country for country, found in regions.items() for region in found}
    keys = ["indicator", "year", "country"]
    regional = cells.assign(country=cells["area"].map(owners)).dropna(subset=["country", "value"])
    countries = cells[cells["area"].isin(regions.keys()) & cells["value"].notna()]
    countries = countries.assign(country=countries["area"])
    held = pd.MultiIndex.from_frame(regional[keys])
    lacking = countries[~pd.MultiIndex.from_frame(countries[keys]).isin(held)]
    spread = lacking.assign(area=lacking["country"].map(dict(regions)), provenance=NATIONAL).explode("area")
    spread = spread[cells.columns].dropna(subset=["area"])
    if len(spread):
        named = ", ".join(sorted(set(lacking["country"])))
        notes.append({"code": "national_on_regions", "told": {"count": len(spread), "list": named}})
    whole = pd.concat([cells, spread], ignore_index=True)
    return whole.drop_duplicates(["indicator", "area", "year"], keep="last")
