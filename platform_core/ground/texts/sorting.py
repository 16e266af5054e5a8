"""Sort keys, since SQLite knows no Greek or Cyrillic order."""

import unicodedata

LAST = "\uffff"


def sort_key(text: str) -> str:
    """Letters without accents in lower case, within their own script; empty texts go last."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in bare if not unicodedata.combining(letter)) or LAST
