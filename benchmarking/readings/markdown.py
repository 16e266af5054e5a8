"""Words and tables as Markdown that stays what it is, whoever wrote them."""

import re
from collections.abc import Sequence
from typing import Any

MARKS = re.compile(r"([\\`*_{}\[\]<>#|!~^$=+-])")


def plain(words: Any) -> str:
    return MARKS.sub(r"\\\1", " ".join(str(words).split()))


def table(head: Sequence[Any], rows: Sequence[Sequence[Any]]) -> str:
    lines = [line(head), "|" + " --- |" * len(head), *(line(row) for row in rows)]
    return "\n".join(lines)


def line(cells: Sequence[Any]) -> str:
    return "| " + " | ".join(plain(cell) or " " for cell in cells) + " |"
