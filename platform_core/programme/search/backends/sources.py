from typing import NamedTuple


class Source(NamedTuple):
    """Tables that give rows called `entry`, and the order in which they give the newest first."""

    tables: str
    newest: str


ENTRIES = Source("search_searchentry entry", "entry.day DESC, entry.id DESC")
