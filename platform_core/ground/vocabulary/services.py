"""Reference rows from the files in `reference/`; loading again refreshes them and removes nothing."""

import json
from pathlib import Path

from . import selectors
from .models import Concept, Country, Region, Term, Topic

FOLDER = Path(__file__).parent / "reference"


def read(name: str):
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def load_reference() -> None:
    upsert(Topic, ["number"], read("topics"))
    upsert(Country, ["code"], [{"in_eu": row.pop("eu"), **row} for row in read("countries")])
    regions = [{"native": "", "country_id": row.pop("country"), **row} for row in read("regions")]
    upsert(Region, ["code", "vintage"], regions)
    terms = [
        {"scheme": scheme, "order": order, **row}
        for scheme, rows in read("terms").items()
        for order, row in enumerate(rows)
    ]
    upsert(Term, ["scheme", "code"], terms)
    upsert(Concept, ["code"], list(read("thesaurus")))
    selectors.forget()


def upsert(model, key: list[str], rows: list[dict]) -> None:
    """Write rows in one statement; those whose key is there already are refreshed."""
    fields = sorted({name.removesuffix("_id") for row in rows for name in row} - set(key))
    model.objects.bulk_create(
        [model(**row) for row in rows], update_conflicts=True, unique_fields=key, update_fields=fields
    )
