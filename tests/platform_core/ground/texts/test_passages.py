from platform_core.ground.texts.passages import found_again, likeness, passages
from platform_core.ground.texts.wikitext import Place, page_passages, render_page

TEXT = """# Aim

Two *lines*
of one.

- one

- two

| a | b |
|---|---|
| 1 | 2 |

---

> Said.

```
code  here
```
"""


def test_a_text_is_taken_apart_into_what_is_spoken_about():
    assert [(one.number, one.words) for one in passages(TEXT)] == [
        (1, "Aim"),
        (2, "Two lines of one."),
        (3, "one two"),
        (4, "a b 1 2"),
        (5, ""),
        (6, "Said."),
        (7, "code here"),
    ]


def test_keys_stay_where_words_do_and_are_never_given_twice():
    first, second, again = passages("One.\n\nTwo.\n\nOne.")
    moved = {one.words: one.key for one in passages("Two, new.\n\nTwo.\n\n**One.**")}

    assert (moved["One."], moved["Two."], again.key) == (first.key, second.key, f"{first.key}-2")


def test_the_passages_of_a_wiki_page_are_what_the_page_shows():
    text = "A [[Page]].[^1]\n\n## Part\n\n<script>alert(1)</script>\n\n[^1]: A note.\n"
    how = {"pages": {"page": Place("/page/")}, "images": {}}

    parts = page_passages(text, **how)

    assert "".join(one.html for one in parts) == render_page(text, **how)
    assert [one.words for one in parts] == ["A Page.", "Part", "<script>alert(1)</script>", ""]


def again(before: str, number: int, now: str) -> int | None:
    earlier, later = passages(before), passages(now)
    found = found_again(earlier[number - 1], later, {one.words for one in earlier})
    return found and found.number


def test_a_passage_is_found_where_it_was_moved_or_changed_and_not_where_it_is_gone():
    text = "One two three.\n\nFour five six."

    assert [
        again(text, 1, "New.\n\nOne two three."),
        again(text, 1, "Four five six.\n\nOne two, three."),
        again(text, 1, "Four five six."),
        again("One two three.\n\nOne two four.", 1, "One two four."),
        again("Same.\n\nOther.\n\nSame.", 3, "Same.\n\nSame."),
    ] == [2, 2, None, None, 2]


def test_what_has_no_words_is_like_nothing():
    assert [likeness(set(), ""), likeness({"one"}, ""), likeness({"one"}, "One")] == [0.0, 0.0, 1.0]
