import pytest

from platform_core.ground.texts.markdown import render_markdown
from platform_core.ground.texts.wikitext import render_page

REL = ' rel="nofollow noopener"'
VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
TOLD = f'<a href="{VIDEO}" class="video"{REL}>youtube.com/watch?v=dQw4w9WgXcQ</a>'
LONG = "https://example.org/" + "a" * 90


def shown(text: str) -> set[str]:
    """What both kinds of text make of it; they are to agree."""
    return {render_markdown(text).strip(), render_page(text, pages={}, images={}).strip()}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (VIDEO, TOLD),
        (f"Look: {VIDEO}.", f"Look: {TOLD}."),
        ("(https://vimeo.com/7)", f'(<a href="https://vimeo.com/7" class="video"{REL}>vimeo.com/7</a>)'),
        ("https://youtu.be/x", f'<a href="https://youtu.be/x" class="video"{REL}>youtu.be/x</a>'),
        ("https://a.eu/b.mp4", f'<a href="https://a.eu/b.mp4" class="video"{REL}>a.eu/b.mp4</a>'),
        ("http://a.eu/", f'<a href="http://a.eu/"{REL}>a.eu</a>'),
        ("https://a.eu/x_(y)", f'<a href="https://a.eu/x_(y)"{REL}>a.eu/x_(y)</a>'),
        (LONG, f'<a href="{LONG}"{REL}>{LONG[8:67]}…</a>'),
        (f"[The film]({VIDEO})", f'<a href="{VIDEO}"{REL}>The film</a>'),
        (f"`{VIDEO}`", f"<code>{VIDEO}</code>"),
        ("https://youtube.com@evil.org/x", f'<a href="https://youtube.com@evil.org/x"{REL}>evil.org/x</a>'),
        ("https://[x", "https://[x"),
        ("javascript://a.eu", "javascript://a.eu"),
    ],
)
def test_a_bare_address_is_a_link_that_names_its_host(text, html):
    assert shown(text) == {f"<p>{html}</p>"}


def test_no_film_is_embedded():
    html = "".join(shown(f"{VIDEO}\n\n<iframe src='{VIDEO}'></iframe>\n\n![film]({VIDEO})"))

    assert [html.count(part) for part in ("<iframe", "<img", "<video")] == [0, 0, 0]
