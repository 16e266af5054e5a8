import re

from .floors import ROOT, templates, told

SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)
DATA_BLOCK = re.compile(r"""type=["']application/(ld\+)?json["']""", re.IGNORECASE)
HANDLER = re.compile(r"""<[a-z][^>]*\s(on[a-z]+|hx-on[:\w-]*)=["']""", re.IGNORECASE)
LOADED = re.compile(r"""\b(?:src|srcset|poster|data|action|formaction)=["'](https?:)?//""", re.IGNORECASE)
LINKED = re.compile(r"""<(?:link|use|image|base)\b[^>]*\bhref=["'](https?:)?//""", re.IGNORECASE)
OUTWARD = re.compile(r"""<a\b[^>]*\bhref=["']https?://([^/"'{]+)""", re.IGNORECASE)
CODE_AS_TAG = re.compile(r"""lang=["']\{\{ ?(\w+\.)*language ?\}\}""")
STYLED = re.compile(r"""(?:url\(\s*["']?|@import\s+["'])(https?:)?//""", re.IGNORECASE)
# Hosts that examples, licences and the programme's own pages lead to.
KNOWN_HOSTS = re.compile(r"(^|\.)(example\.(org|com|eu)|europa\.eu|creativecommons\.org|spdx\.org|orcid\.org)$")


def lines_with(pattern, paths):
    return [
        f"{told(path)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if pattern.search(line)
    ]


def test_scripts_are_files():
    inline = [
        told(path)
        for path in templates()
        for attributes in SCRIPT.findall(path.read_text())
        if "src=" not in attributes and not DATA_BLOCK.search(attributes)
    ]

    assert inline == []


def test_no_handlers_in_attributes():
    assert lines_with(HANDLER, templates()) == []


def test_nothing_is_loaded_from_elsewhere():
    assert lines_with(LOADED, templates()) == []
    assert lines_with(LINKED, templates()) == []


def test_outward_links_lead_to_known_hosts():
    strange = [
        f"{told(path)}: {host}"
        for path in templates()
        for host in OUTWARD.findall(path.read_text())
        if not KNOWN_HOSTS.search(host)
    ]

    assert strange == []


def test_styles_load_nothing_from_elsewhere():
    assert lines_with(STYLED, sorted((ROOT / "static").rglob("*.css"))) == []


def test_languages_are_told_by_their_tags():
    """The code of a content language is no tag: Serbian is `sr`, in Latin letters `sr-Latn`."""
    assert lines_with(CODE_AS_TAG, templates()) == []
