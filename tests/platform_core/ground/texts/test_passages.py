import re

from platform_core.ground.texts.passages import found_again, likeness, passages, place_name, with_items
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


LIST = """Before.

1. One *item*.
   - Inside.

   - Also inside,
     in two lines.

   Still one.
2. `Two`.

- Alone.
"""


def test_each_item_of_a_list_is_spoken_about_by_itself_and_the_list_as_before():
    assert [(place_name(one.number), one.words) for one in with_items(passages(LIST))] == [
        ("1", "Before."),
        ("2", "One item. Inside. Also inside, in two lines. Still one. Two."),
        ("2.1", "One item. Still one."),
        ("2.2", "Inside."),
        ("2.3", "Also inside, in two lines."),
        ("2.4", "Two."),
        ("3", "Alone."),
    ]
    assert [one.number for one in passages(LIST)] == [1, 2, 3]


def test_the_pieces_of_a_list_are_its_html_with_a_place_after_what_each_item_says():
    _before, listed, alone = passages(LIST)
    pieces = listed.pieces

    assert [(item and item.words) for _html, item in pieces] == [*(one.words for one in listed.items), None]
    assert re.sub(r' class="passage" id="[^"]+"', "", "".join(html for html, _item in pieces)) == listed.html
    told = [" ".join(re.sub("<[^>]+>", " ", html).split()) for html, _item in pieces]
    assert told == ["One item .", "Inside.", "Also inside, in two lines.", "Still one. Two .", ""]
    assert alone.pieces == [(alone.html, None)]


def test_items_of_a_wiki_page_are_its_own_and_keys_are_never_given_twice():
    text = "- A [[Page]]\n- Same\n- Same\n\nSame[^1]\n\n[^1]: - x\n    - y\n"
    listed = page_passages(text, pages={"page": Place("/page/")})[0]
    keys = [one.key for one in with_items(page_passages(text))]

    assert [item.words for item in listed.items] == ["A Page", "Same", "Same"]
    assert '<a href="/page/"' in listed.pieces[0][0]
    assert len(set(keys)) == len(keys)


def again(before: str, number: int, now: str) -> int | None:
    earlier, later = with_items(passages(before)), with_items(passages(now))
    asked = next(one for one in earlier if one.number == number)
    found = found_again(asked, later, {one.words for one in earlier})
    return found and found.number


def test_items_and_lists_are_found_where_they_have_moved_or_changed():
    text = "- We pay for two visits.\n- They pay the rest of it.\n"

    assert [
        again(text, 200_001, "New.\n\n- They pay the rest of it.\n- We pay for two visits.\n"),
        again(text, 100_001, "New.\n\n- Another.\n- We pay for three visits.\n"),
        again(text, 1, "New.\n\n- We pay for two visits.\n- They pay the rest.\n"),
        again(text, 200_001, "- We pay for two visits.\n- Another.\n"),
        again(text, 200_001, "We pay.\n\nThey pay the rest of it.\n"),
    ] == [100_002, 200_002, 2, None, 2]


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
