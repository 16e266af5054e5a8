"""Invented figures of regions: plausible in size and spread, with a few that are missing or suppressed."""

import json
from collections.abc import Iterator
from functools import cache
from math import exp
from pathlib import Path
from random import Random

LICENCE = "EUPL-1.2"  # of the program, with which invented figures come
STRUCTURAL, PERFORMANCE = "structural", "performance"
STRUCTURE = {
    "demo-density": ("Population density (invented)", "people per km²", 0, STRUCTURAL),
    "demo-old": ("People aged 65 and over (invented)", "% of population", 1, STRUCTURAL),
    "demo-tertiary": ("Tertiary education (invented)", "% of people aged 25–64", 1, STRUCTURAL),
    "demo-farming": ("Jobs in farming (invented)", "% of jobs", 1, STRUCTURAL),
    "demo-industry": ("Jobs in industry (invented)", "% of jobs", 1, STRUCTURAL),
    "demo-micro": ("Firms with fewer than ten people (invented)", "% of firms", 1, STRUCTURAL),
    "demo-trade": ("Exports and imports (invented)", "% of value added", 0, STRUCTURAL),
    "demo-trust": ("People who trust most others (invented)", "% of population", 0, STRUCTURAL),
    "demo-patents": ("Patents applied for (invented)", "per million people", 0, PERFORMANCE),
}
BRANCHES = {
    "food": ("food and drink", 0.16),
    "textiles": ("textiles and clothing", 0.08),
    "wood": ("wood and furniture", 0.09),
    "chemicals": ("chemicals and pharmaceuticals", 0.05),
    "metals": ("metals and machinery", 0.16),
    "electronics": ("electronics", 0.06),
    "vehicles": ("vehicles", 0.09),
    "tourism": ("tourism", 0.15),
    "logistics": ("transport and logistics", 0.1),
    "software": ("software and services to firms", 0.06),
}
SECTORS = {
    "demo-jobs-all": ("People employed in all sectors (invented)", "people", 0, STRUCTURAL),
    **{
        f"demo-jobs-{code}": (f"{name.capitalize()} (invented)", "people employed", 0, STRUCTURAL)
        for code, (name, _) in BRANCHES.items()
    },
    **{
        f"demo-value-{code}": (f"Value added, {name} (invented)", "thousand euro", 0, PERFORMANCE)
        for code, (name, _) in BRANCHES.items()
    },
}
DIVISORS = {f"demo-value-{code}": f"demo-jobs-{code}" for code in BRANCHES}
SUPPRESSED, MISSING = 0.03, 0.02


@cache
def filed() -> dict[str, dict[str, dict[str, str]]]:
    return json.loads(Path(__file__).with_name("names.json").read_text(encoding="utf-8"))


def named(kind: str, key: str, english: str = "") -> dict[str, str]:
    """A name, unit or title in every language it is filed in; units are filed under their English words."""
    return {"en": english or key, **filed()[kind].get(key, {})}


def cells(regions: list[str], chance: Random, year: int, before: int) -> Iterator[tuple]:
    """Indicator, area, year, value, flag, provenance."""
    for region in regions:
        town = chance.random() ** 3  # few regions are cities
        yield from structure(region, chance, year, town)
        yield from employment(region, chance, year, before, town)


def structure(region: str, chance: Random, year: int, town: float) -> Iterator[tuple]:
    told = {
        "demo-density": 40 * exp(4 * town) * chance.uniform(0.7, 1.4),
        "demo-old": chance.gauss(20.5, 2.2) - 3 * town,
        "demo-tertiary": 22 + 22 * town + chance.gauss(0, 4),
        "demo-farming": max(0.3, 14 * (1 - town) ** 2 + chance.gauss(0, 3)),
        "demo-industry": max(4.0, 24 - 8 * town + chance.gauss(0, 5)),
        "demo-micro": min(98.5, chance.gauss(93, 2)),
        "demo-trade": max(12.0, 60 + 35 * town + chance.gauss(0, 18)),
        "demo-trust": min(65.0, max(8.0, chance.gauss(28, 9))),
        "demo-patents": exp(chance.gauss(2 + 2.5 * town, 0.9)),
    }
    for code, value in told.items():
        if chance.random() < MISSING:
            yield code, region, year, None, ":", ""
        else:
            yield code, region, year, round(value, 2), "", ""


def employment(region: str, chance: Random, year: int, before: int, town: float) -> Iterator[tuple]:
    people = exp(chance.gauss(12.3 + town, 0.6))
    whole = 0.0
    for code, (_name, share) in BRANCHES.items():
        now = people * 0.45 * share * exp(chance.gauss(0, 0.8))
        then = now / chance.uniform(0.85, 1.2)
        whole += now
        hidden = chance.random() < SUPPRESSED
        for when, value in ((before, then), (year, now)):
            yield f"demo-jobs-{code}", region, when, None if hidden else round(value), "c" if hidden else "", ""
        each = 30 * exp(chance.gauss(0.3 * town, 0.3))
        yield f"demo-value-{code}", region, year, None if hidden else round(now * each), "c" if hidden else "", ""
    yield "demo-jobs-all", region, year, round(whole + people * 0.55), "", ""
