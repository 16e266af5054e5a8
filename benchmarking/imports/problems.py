"""What is wrong with a file, as codes: they are said in the language of whoever reads them."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

MOST_TOLD = 200


class UnreadableError(Exception):
    """A file that cannot be read at all; `told` goes into the words for `code`."""

    def __init__(self, code: str, **told: Any) -> None:
        super().__init__(f"{code} {told}")
        self.code, self.told = code, told


@dataclass(frozen=True)
class Problem:
    """What is wrong with a cell or row; `row` as programs for tables count, 0 for the whole file."""

    code: str
    row: int = 0
    column: str = ""
    told: dict[str, Any] = field(default_factory=dict)


class Problems(list[Problem]):
    """The first ones of each kind, and how many there are of each."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: dict[str, int] = {}

    def add(self, code: str, rows: Iterable[tuple[int, str, dict[str, Any]]], count: int) -> None:
        self.counts[code] = self.counts.get(code, 0) + count
        self.extend(Problem(code, row, column, told) for row, column, told in rows)

    def stored(self) -> dict[str, Any]:
        return {"counts": self.counts, "told": [asdict(problem) for problem in self[:MOST_TOLD]]}
