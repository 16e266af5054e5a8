from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator

from .models import StoredFile


def page_text(stored: StoredFile, number: int) -> str:
    """What was read on a page; empty where nothing was."""
    return stored.pages.filter(number=number).values_list("text", flat=True).first() or ""


def joined_text(stored: StoredFile) -> str:
    """All that was read; parts make up the text as it was."""
    return ("" if stored.in_parts else "\n").join(stored.pages.values_list("text", flat=True))


def last_number(stored: StoredFile) -> int:
    """The number of the last page or part that has a text."""
    return stored.pages.order_by("-number").values_list("number", flat=True).first() or 0


def reading(stored: StoredFile, asked: Mapping[str, str]) -> dict[str, Any]:
    """One page of a file as a picture and as text. Parts stand beside no picture: they are read by themselves (`?text`)."""
    alone = "text" in asked or not stored.drawn
    last = last_number(stored) if alone else stored.drawn
    page = Paginator(range(1, last + 1), 1).get_page(asked.get("page"))
    shown = not stored.in_parts or alone
    return {
        "page": page,
        "alone": alone,
        "query": "text" if alone else "",
        "text": page_text(stored, page.number) if shown else "",
    }
