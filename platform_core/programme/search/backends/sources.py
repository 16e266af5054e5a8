from typing import NamedTuple

KEYWORD = "zz9"  # how the tokens of keywords begin, and no word does


class Source(NamedTuple):
    """Tables that give rows called `entry`, and the order in which they give the newest first.

    `fit` is an expression for how little a row fits what was asked, where that costs less than to ask again.
    """

    tables: str
    newest: str
    fit: str = "NULL"


ENTRIES = Source("search_searchentry entry", "entry.day DESC, entry.id DESC")
