"""tsvector tables with GIN indexes; rows go with their entry or page."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import connection

from .sources import ENTRIES, KEYWORD

SOURCE = ENTRIES
CREATE = [
    """CREATE TABLE search_entry_words (entry_id bigint PRIMARY KEY REFERENCES search_searchentry(id) ON DELETE CASCADE,
       words tsvector NOT NULL)""",
    "CREATE INDEX search_entry_words_gin ON search_entry_words USING gin (words)",
    """CREATE TABLE search_page_words (page_id bigint PRIMARY KEY REFERENCES search_searchpage(id) ON DELETE CASCADE,
       words tsvector NOT NULL)""",
    "CREATE INDEX search_page_words_gin ON search_page_words USING gin (words)",
]
TITLE = "ts_filter(words, '{a}')"  # an index of its own, so that the planner knows how rare a word is in titles
CREATE_TITLES = f"CREATE INDEX search_entry_titles_gin ON search_entry_words USING gin ({TITLE})"
DROP_TITLES = "DROP INDEX search_entry_titles_gin"
# A value belongs to one dimension: without these each is thought ten times rarer than it is, and plans go wrong
CREATE_STATISTICS = (
    "CREATE STATISTICS search_facet_values (mcv, dependencies) ON dimension, value FROM search_searchfacet"
)
SET_STATISTICS = "ALTER STATISTICS search_facet_values SET STATISTICS 1000"
DROP_STATISTICS = "DROP STATISTICS search_facet_values"
INDEX_LOCK = 7_203_002
DROP = ["DROP TABLE search_entry_words", "DROP TABLE search_page_words"]


def execute(sql: str, parameters: Sequence = ()) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else []


def match(question: Sequence[tuple[str, ...]]) -> str:
    return " & ".join("(" + " | ".join(word) + ")" for word in question)


def match_any(question: Sequence[tuple[str, ...]]) -> str:
    return " | ".join(token for word in question for token in word)


def wait_for_turn() -> None:
    """One writer of the index at a time, until its transaction ends."""
    execute("SELECT pg_advisory_xact_lock(%s)", [INDEX_LOCK])


def write_entry(pk: int, _day: date, title: str, body: str) -> None:
    execute(
        """INSERT INTO search_entry_words(entry_id, words)
           VALUES (%s, setweight(to_tsvector('simple', %s), 'A') || setweight(to_tsvector('simple', %s), 'B'))
           ON CONFLICT (entry_id) DO UPDATE SET words = excluded.words""",
        [pk, title, body],
    )


def write_pages(rows: Iterable[tuple[int, str]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_page_words(page_id, words) VALUES (%s, to_tsvector('simple', %s))", list(rows)
        )


def forget_entry(pk: int, day: date) -> None:
    """Nothing to do: the row goes with its entry, or is written over."""


def forget_pages(pages: Sequence[int]) -> None:
    """Nothing to do: the rows went with those they point to."""


def holding(words: str) -> str:
    return f"SELECT entry_id FROM search_entry_words WHERE {words} @@ to_tsquery('simple', %s)"  # noqa: S608 - our own expression


def within(words: str) -> str:
    return f"entry.id IN ({holding(words)})"


def condition(question: Sequence[tuple[str, ...]]) -> tuple[str, list]:
    """What holds in `SOURCE` for entries whose words answer the question."""
    return within("words"), [match(question)]


def few(question: Sequence[tuple[str, ...]], limit: int) -> list[int] | None:
    """All entries whose words answer the question, or None when they are more than the limit."""
    found = [pk for (pk,) in execute(f"{holding('words')} LIMIT {int(limit) + 1}", [match(question)])]
    return found if len(found) <= limit else None


def title_condition(question: Sequence[tuple[str, ...]]) -> tuple[str, list]:
    return within(TITLE), [match(question)]


def beginning(question: Sequence[tuple[str, ...]], start: str) -> tuple[str, list]:
    """Entries whose title answers the question and has a word that begins so."""
    return within(TITLE), [" & ".join(filter(None, [match(question), f"{start}:*"]))]


def fits(question: Sequence[tuple[str, ...]], candidates: Sequence[int]) -> dict[int, float]:
    """How little each candidate fits; words in a title weigh ten times as much, and a keyword beside it more than any words,
    whose fit is below one."""
    borne = [keyword for word in question if (keyword := bearing(word))]
    bonus = " + ".join(["(words @@ to_tsquery('simple', %s))::int"] * len(borne)) or "0"
    sql = f"""SELECT entry_id, -ts_rank('{{0,0,0.1,1}}', words, to_tsquery('simple', %s), 1) - ({bonus})
              FROM search_entry_words WHERE entry_id = ANY(%s)"""  # noqa: S608 - values are parameters
    return dict(execute(sql, [match(question), *borne, list(candidates)]))


def bearing(word: tuple[str, ...]) -> str:
    """What asks for any of the keywords that a word is part of the name of, beside a title; empty where it is of none."""
    return " | ".join(f"{token}:A" for token in word if token.startswith(KEYWORD))


def page_hits(question: Sequence[tuple[str, ...]], entries: Sequence[int], limit: int) -> list[int]:
    """Primary keys of pages of the entries that hold any of the words, the best first."""
    sql = """SELECT page.id FROM search_searchpage page JOIN search_page_words words ON words.page_id = page.id,
             to_tsquery('simple', %s) question
             WHERE page.entry_id = ANY(%s) AND words.words @@ question
             ORDER BY ts_rank(words.words, question) DESC LIMIT %s"""
    return [pk for (pk,) in execute(sql, [match_any(question), list(entries), limit])]


def all_words() -> dict[int, tuple[str, str]]:
    return {pk: (words, "") for pk, words in execute("SELECT entry_id, words::text FROM search_entry_words")}
