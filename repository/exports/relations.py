"""How records are related to others, for programs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from django.contrib.auth.models import AnonymousUser

from platform_core.materials.trails.selectors import Related, around_each

from ..models import Record
from ..selectors import LABEL

ROOM = "repository."


@dataclass(frozen=True)
class Relation:
    """`kind` is the code of a relation between records, read from its other end unless it `is_own`."""

    kind: str
    is_own: bool
    title: str
    address: str


def between_records(rows: Iterable[Related], root: str) -> list[Relation]:
    """Of the relations of a record those to other records, with addresses under `root`."""
    return [
        Relation(row.code.removeprefix(ROOM), row.is_own, str(row.title), urljoin(root, row.address))
        for row in rows
        if row.code.startswith(ROOM)
    ]


def of_each(records: Sequence[Record], root: str) -> dict[int, list[Relation]]:
    """Those that a guest sees, by the key of each record; costs the same whatever their number."""
    found = around_each(AnonymousUser(), LABEL, [record.pk for record in records])
    return {pk: between_records(rows, root) for pk, rows in found.items()}
