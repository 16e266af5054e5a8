"""FTS5 tables. The rowid of a page is its primary key, that of an entry its day and its primary key, so that the newest that
hold a word are come by without reading all that do."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import connection

from .sources import Source

CREATE = [
    "CREATE VIRTUAL TABLE search_entry_words USING fts5(title, body)",
    "CREATE VIRTUAL TABLE search_page_words USING fts5(text)",
]
DROP = ["DROP TABLE search_entry_words", "DROP TABLE search_page_words"]
BITS = 40  # of a rowid, for the primary key
KEY = f"search_entry_words.rowid & {(1 << BITS) - 1}"
ROWID = (
    f"((CAST(julianday(day) AS integer) - 1721424) << {BITS}) | id"  # of a row of search_searchentry, as `place` has it
)
FIT = "bm25(search_entry_words, 10.0, 1.0)"  # the less, the better
SOURCE = Source("search_entry_words CROSS JOIN search_searchentry entry", "search_entry_words.rowid DESC", FIT)


def execute(sql: str, parameters: Sequence = ()) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else []


def match(question: Sequence[tuple[str, ...]]) -> str:
    return " AND ".join("(" + " OR ".join(f'"{token}"' for token in word) + ")" for word in question)


def match_any(question: Sequence[tuple[str, ...]]) -> str:
    return " OR ".join(f'"{token}"' for word in question for token in word)


def wait_for_turn() -> None:
    """Nothing to do: SQLite has one writer at a time."""


def place(pk: int, day: date) -> int:
    return day.toordinal() << BITS | pk


def write_entry(pk: int, day: date, title: str, body: str) -> None:
    execute(
        "INSERT OR REPLACE INTO search_entry_words(rowid, title, body) VALUES (%s, %s, %s)",
        [place(pk, day), title, body],
    )


def write_pages(rows: Iterable[tuple[int, str]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO search_page_words(rowid, text) VALUES (%s, %s)", list(rows))


def forget_entry(pk: int, day: date) -> None:
    execute("DELETE FROM search_entry_words WHERE rowid = %s", [place(pk, day)])


def forget_pages(pages: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM search_page_words WHERE rowid = %s", [[pk] for pk in pages])


def condition(question: Sequence[tuple[str, ...]]) -> tuple[str, list]:
    """What holds in `SOURCE` for entries whose words answer the question."""
    return f"search_entry_words MATCH %s AND entry.id = {KEY}", [match(question)]


def few(_question: Sequence[tuple[str, ...]], _limit: int) -> None:
    """Never asked for by name: the source gives few as readily as many."""


def title_condition(question: Sequence[tuple[str, ...]]) -> tuple[str, list]:
    sql, _parameters = condition(question)
    return sql, [f"title : ({match(question)})"]


def beginning(question: Sequence[tuple[str, ...]], start: str) -> tuple[str, list]:
    """Entries whose title answers the question and has a word that begins so."""
    sql, _parameters = condition(question)
    words = " AND ".join(filter(None, [match(question), f'"{start}" *']))
    return sql, [f"title : ({words})"]


def fits(question: Sequence[tuple[str, ...]], candidates: Sequence[int]) -> dict[int, float]:
    """How little each candidate fits; words in a title weigh ten times as much.

    What is older than the oldest of them is not read.
    """
    marks = ",".join(str(int(pk)) for pk in candidates)
    sql = f"""SELECT {KEY}, {FIT} FROM search_entry_words WHERE search_entry_words MATCH %s AND {KEY} IN ({marks})
              AND rowid >= (SELECT min({ROWID}) FROM search_searchentry WHERE id IN ({marks}))"""  # noqa: S608 - integers only
    return dict(execute(sql, [match(question)]))


def page_hits(question: Sequence[tuple[str, ...]], entries: Sequence[int], limit: int) -> list[int]:
    """Primary keys of pages of the entries that hold any of the words, the best first.

    The plus sign keeps SQLite from asking the full-text index once for each page.
    """
    marks = ",".join(str(int(pk)) for pk in entries)
    sql = f"""SELECT rowid FROM search_page_words WHERE search_page_words MATCH %s
              AND +rowid IN (SELECT id FROM search_searchpage WHERE entry_id IN ({marks}))
              ORDER BY bm25(search_page_words) LIMIT {int(limit)}"""  # noqa: S608 - integers only
    return [pk for (pk,) in execute(sql, [match_any(question)])]


def all_words() -> dict[int, tuple[str, str]]:
    rows = execute(f"SELECT {KEY}, title, body FROM search_entry_words")  # noqa: S608 - our own expression
    return {pk: (title, body) for pk, title, body in rows}
