import json
from datetime import date

import pytest
from django.utils.translation import override

from repository.exports import citation
from tests.factories.repository import record

pytestmark = pytest.mark.django_db

ADDRESS = "https://example.org/en/repository/vouchers/"
HOSTILE = {
    "title": "A}, author = {Eve} \\input{x}\nER  - \r\nTY  - JOUR",
    "summary": {"en": 'Line one\r\nER  - \n"quoted" {braced}'},
    "creators": ["Eve}\n}\n@misc{evil,", "R&D Office"],
}


@pytest.fixture
def vouchers():
    texts = {"summary": {"en": "What came of it."}, "creators": ["Regional Office", "R&D Agency"]}
    return record("Innovation vouchers", code="vouchers", kind="report", **texts)


@pytest.fixture
def hostile():
    return record(HOSTILE["title"], code="hostile", summary=HOSTILE["summary"], creators=HOSTILE["creators"])


def with_people():
    names = ["Petrou-Nikou, Maria Eleni", "Ivan Petrov", "Ministry of Economy, Energy and Tourism"]
    orcids = {name: f"https://orcid.org/0000-0001-2345-678{place}" for place, name in enumerate(names[:2])}
    return record("Is it worth it?", code="worth", creators=names, identifiers=orcids)


def test_apa(vouchers):
    assert citation.apa(vouchers, ADDRESS) == (
        f"Regional Office, & R&D Agency. (2024). Innovation vouchers. ClusterPoliSEE. {ADDRESS}"
    )
    assert citation.apa(with_people(), ADDRESS) == (
        "Petrou-Nikou, M. E., Petrov, I., & Ministry of Economy, Energy and Tourism. (2024). Is it worth it? "
        f"ClusterPoliSEE. {ADDRESS}"
    )


def test_chicago(vouchers):
    assert citation.chicago(vouchers, ADDRESS, date(2026, 5, 4)) == (
        f"Regional Office, and R&D Agency. 2024. Innovation vouchers. ClusterPoliSEE. Accessed May 4, 2026. {ADDRESS}."
    )
    assert citation.chicago(with_people(), ADDRESS, date(2026, 5, 4)) == (
        "Petrou-Nikou, Maria Eleni, Ivan Petrov, and Ministry of Economy, Energy and Tourism. 2024. Is it worth it? "
        f"ClusterPoliSEE. Accessed May 4, 2026. {ADDRESS}."
    )


def test_citation_without_creators():
    made = record("Vouchers", creators=[])

    assert citation.apa(made, ADDRESS) == f"ClusterPoliSEE. (2024). Vouchers. ClusterPoliSEE. {ADDRESS}"
    assert citation.chicago(made, ADDRESS, date(2026, 5, 4)) == (
        f"ClusterPoliSEE. 2024. Vouchers. ClusterPoliSEE. Accessed May 4, 2026. {ADDRESS}."
    )


def test_people_have_surnames_in_files():
    made = with_people()

    assert [line for line in citation.ris(made, "").split("\r\n") if line.startswith("AU")] == [
        "AU  - Petrou-Nikou, Maria Eleni",
        "AU  - Petrov, Ivan",
        "AU  - Ministry of Economy, Energy and Tourism",
    ]
    assert json.loads(citation.csl(made, ""))[0]["author"] == [
        {"family": "Petrou-Nikou", "given": "Maria Eleni"},
        {"family": "Petrov", "given": "Ivan"},
        {"literal": "Ministry of Economy, Energy and Tourism"},
    ]
    assert citation.bibtex(made, "").splitlines()[2] == (
        "  author = {Petrou-Nikou, Maria Eleni and Petrov, Ivan and {Ministry of Economy, Energy and Tourism}},"
    )


def test_bibtex(vouchers):
    assert citation.bibtex(vouchers, ADDRESS) == (
        "@techreport{vouchers,\n"
        "  title = {{Innovation vouchers}},\n"
        "  author = {{Regional Office} and {R&D Agency}},\n"
        "  year = {2024},\n"
        "  publisher = {ClusterPoliSEE},\n"
        f"  url = {{{ADDRESS}}},\n"
        "  language = {en}\n"
        "}\n"
    )


def test_ris(vouchers):
    assert citation.ris(vouchers, ADDRESS) == (
        "TY  - RPRT\r\nTI  - Innovation vouchers\r\nAU  - Regional Office\r\nAU  - R&D Agency\r\nPY  - 2024\r\n"
        f"PB  - ClusterPoliSEE\r\nAB  - What came of it.\r\nUR  - {ADDRESS}\r\nER  - \r\n"
    )


def test_csl(vouchers):
    assert json.loads(citation.csl(vouchers, ADDRESS)) == [
        {
            "id": "vouchers",
            "type": "report",
            "title": "Innovation vouchers",
            "author": [{"literal": "Regional Office"}, {"literal": "R&D Agency"}],
            "issued": {"date-parts": [[2024]]},
            "publisher": "ClusterPoliSEE",
            "abstract": "What came of it.",
            "URL": ADDRESS,
            "language": "en",
        }
    ]


def test_bibtex_cannot_be_broken_out_of(hostile):
    found = citation.bibtex(hostile, ADDRESS)

    assert found == (
        "@misc{hostile,\n"
        "  title = {{A), author = (Eve) input(x) ER - TY - JOUR}},\n"
        "  author = {{Eve) ) @misc(evil,} and {R&D Office}},\n"
        "  year = {2024},\n"
        "  publisher = {ClusterPoliSEE},\n"
        f"  url = {{{ADDRESS}}},\n"
        "  language = {en}\n"
        "}\n"
    )


def test_ris_keeps_one_line_per_field(hostile):
    lines = citation.ris(hostile, ADDRESS).split("\r\n")

    assert [line[:6] for line in lines] == [
        *("TY  - ", "TI  - ", "AU  - ", "AU  - ", "PY  - ", "PB  - ", "AB  - ", "UR  - ", "ER  - "),
        "",
    ]
    assert lines[1] == "TI  - A}, author = {Eve} \\input{x} ER - TY - JOUR"


def test_csl_stays_json(hostile):
    (item,) = json.loads(citation.csl(hostile, ADDRESS))

    assert item["title"] == HOSTILE["title"]
    assert [author["literal"] for author in item["author"]] == HOSTILE["creators"]


@pytest.mark.parametrize(("language", "title", "expected"), [("el", "Κουπόνια", "el"), ("it", "Vouchers", "en")])
def test_citation_comes_in_the_language_of_its_title(language, title, expected):
    made = record("Vouchers", code="vouchers")
    made.title = made.title.with_text("el", "Κουπόνια")

    with override(language):
        assert citation.apa(made, "").split(". ")[2] == title
        assert json.loads(citation.csl(made, ""))[0]["language"] == expected


@pytest.mark.parametrize(
    ("style", "kind"),
    [
        ("bib", "application/x-bibtex"),
        ("ris", "application/x-research-info-systems"),
        ("json", "application/vnd.citationstyles.csl+json"),
    ],
)
def test_citations_are_downloads(client, style, kind):
    record("Vouchers", code="vouchers")

    answer = client.get(f"/en/repository/vouchers/cite/{style}/")

    assert answer["Content-Type"] == f"{kind}; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="vouchers.{style}"'
    assert "http://testserver/en/repository/vouchers/" in answer.content.decode()


@pytest.mark.parametrize("path", ["vouchers/cite/doc/", "nothing/cite/bib/"])
def test_unknown_style_or_record_is_not_found(client, path):
    record("Vouchers", code="vouchers")

    assert client.get(f"/en/repository/{path}").status_code == 404
