"""Creators are people or organisations, as said or as their address tells, in everything a record is told in."""

import json

import pytest
from lxml import etree, html

from repository import creators
from repository.exports import citation, datacite, dcat
from repository.imports.rows import Known, Row
from repository.models import Record
from tests.factories.repository import record
from tests.people import browser_of
from tests.repository.test_imports import GOOD
from tests.repository.test_kinds import deposit

pytestmark = pytest.mark.django_db
NAMES = ["Ana Maria Papadaki", "Ministry of Economy, Energy", "An office"]
NATURES = {"Ana Maria Papadaki": "person", "Ministry of Economy, Energy": "organisation"}
ORCID = "https://orcid.org/0000-0001-2345-6789"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("An office", ("An office", "", "", "")),
        ("Ana | person", ("Ana", "person", "", "")),
        (f"Ana | {ORCID} | Person", ("Ana", "person", ORCID, "")),
        ("Ministry | organisation |", ("Ministry", "organisation", "", "")),
        ("Ana | woman", ("Ana", "", "", "woman")),
    ],
)
def test_lines(line, expected):
    read = creators.read(line)

    assert (read.name, read.nature, read.identifier, read.unknown) == expected


@pytest.mark.parametrize(
    ("address", "said", "expected"),
    [(ORCID, "", "person"), ("https://ror.org/03prydq77", "", "organisation"), ("", "person", "person"), ("", "", "")],
)
def test_what_is_said_goes_before_what_an_address_tells(address, said, expected):
    assert creators.nature_of("Ana", {"Ana": address} if address else {}, {"Ana": said} if said else {}) == expected


def test_what_an_address_tells_is_not_kept_besides():
    line = "Ana | person | https://orcid.org/0000-0002-1825-0097"

    assert creators.fields_of([creators.read(line), creators.read("Office | organisation")])["natures"] == {
        "Office": "organisation"
    }


def test_people_without_an_address_are_people_everywhere():
    made = record("Vouchers", code="a", creators=NAMES, natures=NATURES)
    told = datacite.payload(made, "")["creators"]
    form = etree.Element("metadata")
    datacite.write(form, made, "https://example.org/a")
    names = form.findall(f".//{{{datacite.SPACE}}}creatorName")
    graph = dcat.alone(made, "https://example.org/a")

    assert citation.apa(made, "").startswith("Papadaki, A. M., Ministry of Economy, Energy, & An office. (2024).")
    assert [one.get("literal", one.get("family")) for one in json.loads(citation.csl(made, ""))[0]["author"]] == [
        "Papadaki",
        "Ministry of Economy, Energy",
        "An office",
    ]
    assert [(one["name"], one.get("nameType")) for one in told] == [
        ("Papadaki, Ana Maria", "Personal"),
        ("Ministry of Economy, Energy", "Organizational"),
        ("An office", None),
    ]
    assert [(one.text, one.get("nameType")) for one in names] == [(one["name"], one.get("nameType")) for one in told]
    assert [graph.count(kind) for kind in ("foaf:Person", "foaf:Organization", "foaf:Agent")] == [1, 1, 2]


def test_the_page_tells_programs(client):
    record("Vouchers", code="a", creators=NAMES, natures=NATURES)

    (script,) = html.fromstring(client.get("/en/repository/a/").content).xpath("//script[@type='application/ld+json']")

    assert [one["@type"] for one in json.loads(script.text)["creator"]] == ["Person", "Organization", "Organization"]
    assert client.get("/api/v1/records/a").json()["natures"] == NATURES


def test_the_form_keeps_what_is_said(people):
    assert (
        deposit(people.marko, creators="Ana Papadaki | person\nMinistry | organisation\nAn office").status_code == 302
    )

    made = Record.objects.get()
    assert (made.creators, made.natures) == (
        ["Ana Papadaki", "Ministry", "An office"],
        {"Ana Papadaki": "person", "Ministry": "organisation"},
    )
    shown = browser_of(people.marko).get(f"/en/repository/{made.code}/change/")
    assert shown.context["form"].initial["creators"].splitlines() == [
        "Ana Papadaki | person",
        "Ministry | organisation",
        "An office",
    ]


@pytest.mark.parametrize("line", ["Ana | woman", f"Ministry | organisation | {ORCID}", "Ana | https://example.org/ana"])
def test_what_cannot_be_is_refused(people, line):
    answer = deposit(people.marko, creators=line)

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["creators"])
    row = Row({**GOOD, "creators": line}, Known(people.marko))
    assert [problem.column for problem in row.problems] == ["creators"]


def test_the_table_keeps_what_is_said(people):
    row = Row({**GOOD, "creators": "Ana Papadaki | person; Ministry"}, Known(people.marko))

    assert (row.fields["creators"], row.fields["natures"]) == (["Ana Papadaki", "Ministry"], {"Ana Papadaki": "person"})
