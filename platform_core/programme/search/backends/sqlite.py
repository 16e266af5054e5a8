"""FTS5 tables; their rowid is the primary key of the entry or the page."""

from collections.abc import Iterable, Sequence

from django.db import connection

CREATE = [
    "CREATE VIRTUAL TABLE search_entry_words USING fts5(title, body)",
    "CREATE VIRTUAL TABLE search_page_words USING fts5(text)",
]
DROP = ["DROP TABLE search_entry_words", "DROP TABLE search_page_words"]


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


def write_entry(pk: int, title: str, body: str) -> None:
    execute("DELETE FROM search_entry_words WHERE rowid = %s", [pk])
    execute("INSERT INTO search_entry_words(rowid, title, body) VALUES (%s, %s, %s)", [pk, title, body])


def write_pages(rows: Iterable[tuple[int, str]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO search_page_words(rowid, text) VALUES (%s, %s)", list(rows))


def forget(entries: Sequence[int], pages: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM search_entry_words WHERE rowid = %s", [[pk] for pk in entries])
        cursor.executemany("DELETE FROM search_page_words WHERE rowid = %s", [[pk] for pk in pages])


def condition(question: Sequence[tuple[str, ...]]) -> tuple[str, list]:
    """SQL that gives the primary keys of entries whose words answer the question."""
    return "SELECT rowid FROM search_entry_words WHERE search_entry_words MATCH %s", [match(question)]


def few(question: Sequence[tuple[str, ...]], limit: int) -> list[int] | None:
    """All entries whose words answer the question, or None when they are more than the limit."""
    sql, parameters = condition(question)
    found = [pk for (pk,) in execute(f"{sql} LIMIT {int(limit) + 1}", parameters)]
    return found if len(found) <= limit else None


def title_condition(question: Sequence[tuple[str, ...]]) -> tuple[str, list]:
    sql, _parameters = condition(question)
    return sql, [f"title : ({match(question)})"]


def beginning(question: Sequence[tuple[str, ...]], start: str) -> tuple[str, list]:
    """Entries whose title answers the question and has a word that begins so."""
    sql, _parameters = condition(question)
    words = " AND ".join(filter(None, [match(question), f'"{start}" *']))
    return sql, [f"title : ({words})"]


def ranked(question: Sequence[tuple[str, ...]], candidates: Sequence[int]) -> list[int]:
    """Candidates from the best to the least; words in a title weigh ten times as much.

    The plus sign keeps SQLite from asking the full-text index once for each candidate.
    """
    marks = ",".join(str(int(pk)) for pk in candidates)
    sql = f"""SELECT rowid FROM search_entry_words WHERE search_entry_words MATCH %s AND +rowid IN ({marks})
              ORDER BY bm25(search_entry_words, 10.0, 1.0), rowid DESC"""  # noqa: S608 - integers only
    return [pk for (pk,) in execute(sql, [match(question)])]


def page_hits(question: Sequence[tuple[str, ...]], entries: Sequence[int], limit: int) -> list[int]:
    """Primary keys of pages of the entries that hold any of the words, the best first."""
    marks = ",".join(str(int(pk)) for pk in entries)
    sql = f"""SELECT page.id FROM search_searchpage page JOIN search_page_words ON search_page_words.rowid = page.id
              WHERE search_page_words MATCH %s AND page.entry_id IN ({marks})
              ORDER BY bm25(search_page_words) LIMIT {int(limit)}"""  # noqa: S608 - integers only
    return [pk for (pk,) in execute(sql, [match_any(question)])]


def all_words() -> dict[int, tuple[str, str]]:
    return {pk: (title, body) for pk, title, body in execute("SELECT rowid, title, body FROM search_entry_words")}
