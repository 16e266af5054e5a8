import pytest
from hypothesis import given, strategies

from platform_core.ground.texts.markdown import render_markdown

LINK = '<a href="{}" rel="nofollow noopener">x</a>'


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("**b** *i* `c<`", "<p><strong>b</strong> <em>i</em> <code>c&lt;</code></p>\n"),
        ("## Two\n\n- a\n- b", "<h2>Two</h2>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("[x](https://example.org)", f"<p>{LINK.format('https://example.org')}</p>\n"),
        ("[x](mailto:a@example.org)", f"<p>{LINK.format('mailto:a@example.org')}</p>\n"),
        ("a|b\n-|-\n1|2", None),
    ],
)
def test_markdown_gives_the_usual_html(source, expected):
    table = "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n"
    table += "<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>\n"

    assert render_markdown(source) == (expected or table)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>\n"),
        ("<a href='javascript:1'>x</a>", "<p>&lt;a href='javascript:1'&gt;x&lt;/a&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("[x](JaVaScRiPt:alert(1))", "<p>[x](JaVaScRiPt:alert(1))</p>\n"),
        ("[x](data:text/html;base64,AAA)", "<p>[x](data:text/html;base64,AAA)</p>\n"),
        ("[x][r]\n\n[r]: javascript:alert(1)", "<p>[x][r]</p>\n<p>[r]: javascript:alert(1)</p>\n"),
        ("[x](ftp://example.org)", '<p><a rel="nofollow noopener">x</a></p>\n'),
        ("![alt](https://example.org/x.png)", "<p></p>\n"),
        ("```\n<script>\n```", "<pre><code>&lt;script&gt;\n</code></pre>\n"),
        ("```html onload=x\nx\n```", "<pre><code>x\n</code></pre>\n"),
    ],
)
def test_markdown_cannot_harm(source, expected):
    assert render_markdown(source) == expected


PIECES = strategies.sampled_from(
    [
        "<script>",
        "<img ",
        "onerror=",
        "javascript:",
        "](",
        "[",
        "![",
        ")",
        "`",
        "**",
        '"',
        "'",
        "<",
        ">",
        "&lt;",
        "\n",
        "x",
    ]
)


@given(strategies.lists(PIECES, max_size=30))
def test_no_mixture_of_marks_makes_a_script(pieces):
    html = render_markdown("".join(pieces))

    assert {"<script", "<img", 'href="javascript'} & set(html.lower().split(" ")) == set()
    assert "<script" not in html.lower()
    assert "<img" not in html.lower()
