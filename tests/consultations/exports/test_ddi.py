"""The code book keeps the order, number and values that DDI-Codebook 2.5 asks of its elements."""

import io
import re

import pytest
from lxml.etree import QName, fromstring

from consultations.exports import FORMATS, Answers

from .everything import FULL, answered, send

ONCE = "?"
# Children of an element in the order of the schema; those marked may stand there once.
ORDER = {
    "codeBook": "docDscr? stdyDscr fileDscr dataDscr otherMat",
    "docDscr": "citation? guide? docStatus docSrc controlledVocabUsed notes",
    "citation": "titlStmt? rspStmt? prodStmt? distStmt? serStmt verStmt biblCit holdings notes",
    "titlStmt": "titl? subTitl altTitl parTitl IDNo",
    "rspStmt": "AuthEnty othId",
    "prodStmt": "producer copyright prodDate prodPlac software fundAg grantNo",
    "stdyDscr": "citation studyAuthorization stdyInfo studyDevelopment method dataAccs othrStdyMat notes",
    "stdyInfo": "studyBudget subject abstract sumDscr qualityStatement notes exPostEvaluation",
    "sumDscr": "timePrd collDate nation geogCover geogUnit geoBndBox boundPoly anlyUnit universe dataKind",
    "method": "dataColl notes anlyInfo? stdyClas codingInstructions",
    "dataColl": (
        "timeMeth dataCollector collectorTraining frequenc sampProc sampleFrame targetSampleSize deviat collMode resInstru "
        "instrumentDevelopment sources? collSitu actMin ConOps weight cleanOps"
    ),
    "fileDscr": "fileTxt locMap? notes",
    "fileTxt": (
        "fileName fileCitation? dataFingerprint fileCont fileStrc? dimensns? fileType format filePlac dataChck ProcStat "
        "dataMsng software verStmt"
    ),
    "dimensns": "caseQnty varQnty logRecL recPrCas recNumTot",
    "dataDscr": "varGrp nCubeGrp var nCube notes",
    "var": (
        "location labl imputation security embargo respUnit anlysUnit qstn valrng invalrng undocCod universe TotlResp "
        "sumStat txt stdCatgry catgryGrp catgry codInstr verStmt concept derivation varFormat? geoMap catLevel notes"
    ),
    "qstn": "preQTxt qstnLit postQTxt forward backward ivuInstr",
    "catgry": "catValu? labl txt catStat mixedOther",
}
NEEDED = {"codeBook": {"stdyDscr"}, "stdyDscr": {"citation"}, "citation": {"titlStmt"}, "titlStmt": {"titl"}}
VALUES = {
    ("var", "intrvl"): {"contin", "discrete"},
    ("varFormat", "type"): {"numeric", "character"},
    ("varFormat", "schema"): {"SAS", "SPSS", "IBM", "ANSI", "ISO", "XML-Data", "other"},
    ("catgry", "missing"): {"Y", "N"},
    ("collDate", "event"): {"start", "end", "single"},
}
NAME = re.compile(r"[A-Za-z_][\w.-]*")


@pytest.fixture
def root(people):
    found = answered(mode="attributed")
    send(found, FULL, person=people.ana)
    made = io.BytesIO()
    FORMATS["ddi"].write(Answers(found, "el", people=True), made)
    return fromstring(made.getvalue())


def name_of(element) -> str:
    return QName(element).localname


def named(root, name: str) -> list:
    return [element for element in root.iter() if name_of(element) == name]


def test_elements_stand_in_the_order_of_the_schema(root):
    wrong = []
    for element in root.iter():
        order = [name.rstrip(ONCE) for name in ORDER.get(name_of(element), "").split()]
        given = [name_of(child) for child in element]
        known = [order.index(name) if name in order else -1 for name in given]
        if known != sorted(known) or -1 in known:
            wrong.append((name_of(element), given))

    assert wrong == []


def test_what_is_needed_is_there_and_nothing_too_often(root):
    for element in root.iter():
        given = [name_of(child) for child in element]
        single = {name.rstrip(ONCE) for name in ORDER.get(name_of(element), "").split() if name.endswith(ONCE)}
        assert NEEDED.get(name_of(element), set()) <= set(given)
        assert [name for name in single if given.count(name) > 1] == []


def test_every_element_is_in_the_name_space(root):
    assert {QName(element).namespace for element in root.iter()} == {"ddi:codebook:2_5"}
    assert root.get("version") == "2.5"


def test_attributes_have_values_the_schema_knows(root):
    for (name, attribute), allowed in VALUES.items():
        assert {element.get(attribute) for element in named(root, name)} - {None} <= allowed


def test_keys_are_names_and_lead_somewhere(root):
    keys = [element.get("ID") for element in root.iter() if element.get("ID")]
    files = {element.get("files") for element in named(root, "var")}

    assert all(NAME.fullmatch(key) for key in keys)
    assert len(keys) == len(set(keys))
    assert files <= set(keys)


def test_numbers_are_those_of_the_file(root):
    assert [element.text for element in named(root, "varQnty")] == [str(len(named(root, "var")))]
    assert [element.text for element in named(root, "caseQnty")] == ["1"]
    assert {"response.person", "response.email"} <= {element.get("name") for element in named(root, "var")}
