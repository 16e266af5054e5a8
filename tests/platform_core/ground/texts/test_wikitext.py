import pytest
from hypothesis import given, strategies as st

from platform_core.ground.texts.wikitext import Heading, Place, contents, images_in, page_key, pages_in, render_page

PAGES = {"calls": Place("/wiki/calls/"), "new-one": Place("/wiki/new/?title=New+one", is_missing=True)}
REL = ' rel="nofollow noopener"'


def shown(text: str) -> str:
    return render_page(text, pages=PAGES, images={"map.png": "/files/map.png"}).strip()


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[[Calls]]", f'<p><a href="/wiki/calls/"{REL}>Calls</a></p>'),
        ("[[calls|open *now*]]", f'<p><a href="/wiki/calls/"{REL}>open *now*</a></p>'),
        ("[[New one]]", f'<p><a href="/wiki/new/?title=New+one" class="missing"{REL}>New one</a></p>'),
        ("[[Hidden]]", "<p>Hidden</p>"),
        ("[[]] [[ ]] `[[Calls]]`", "<p>[[]] [[ ]] <code>[[Calls]]</code></p>"),
        ("[[<b>x</b>]]", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        ("![A map](map.png)", '<p><img src="/files/map.png" alt="A map" loading="lazy"></p>'),
        ("![A map](https://example.org/x.png)", f'<p><a href="https://example.org/x.png"{REL}>A map</a></p>'),
        ("# One\n\n## One", '<h2 id="part-one">One</h2>\n<h2 id="part-one-2">One</h2>'),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("![x](javascript:alert(1))", "<p>![x](javascript:alert(1))</p>"),
        ("~~gone~~", "<p><s>gone</s></p>"),
    ],
)
def test_what_a_text_becomes(text, html):
    assert shown(text) == html


def test_footnotes_lead_down_and_up_again():
    html = shown("Said[^a].\n\n[^a]: By whom.")

    assert [part in html for part in ('href="#fn1"', 'id="fnref1"', 'id="fn1"', 'href="#fnref1"')] == [True] * 4


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Cluster policy", "cluster-policy"),
        ("  Čvorišta & mreže ", "cvorista-mreze"),
        ("Πολιτική", "politiki"),
        ("!!", "page"),
        ("a" * 150, "a" * 100),
    ],
)
def test_names_as_addresses(name, key):
    assert page_key(name) == key


def test_names_and_pictures_are_told_once_each_in_their_order():
    text = "[[B]] and [[A|words]] and [[B]] ![](one.png) ![ two ](two.png) `[[code]]`"

    assert (pages_in(text), images_in(text)) == (["B", "A"], [("one.png", ""), ("two.png", "two")])


def test_contents_have_anchors_that_no_two_share():
    assert contents("## A\n\n### b *c*\n\n## A\n\n##### Deep") == [
        Heading(2, "A", "part-a"),
        Heading(3, "b c", "part-b-c"),
        Heading(2, "A", "part-a-2"),
        Heading(4, "Deep", "part-deep"),
    ]


PIECES = [
    "<script>",
    "[[",
    "]]",
    "|",
    "![",
    "](",
    "javascript:",
    "data:x",
    ")",
    "[^1]",
    ": ",
    "<img onerror=x>",
    "#",
    "a",
]
PIECES += ["\n", "`", '"']


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_nothing_that_people_write_runs(text):
    html = shown(text).lower()

    assert [bad in html for bad in ("<script", "<img onerror", 'href="javascript', 'src="data', 'href="data')] == [
        False
    ] * 5


def test_a_reader_gets_the_places_that_are_open_to_her():
    """What is kept of a page for one reader is not shown to another."""
    text = "[[Calls]] ![A map](map.png)"
    nothing = render_page(text, pages={}, images={}).strip()
    everything = shown(text)

    assert (everything.count("<a "), everything.count("<img "), nothing) == (
        1,
        1,
        '<p>Calls <a href="map.png" rel="nofollow noopener">A map</a></p>',
    )
