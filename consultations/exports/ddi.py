"""DDI-Codebook 2.5: what the study is, and every variable of the CSV file with its texts in all languages."""

from collections.abc import Iterator
from functools import partial
from typing import IO
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.ground.texts.codes import tag
from platform_core.ground.texts.fields import as_text, printable
from platform_core.ground.vocabulary.days import platform_day

from ..models import Consultation
from .answers import Answers
from .codebook import reason_words
from .columns import CHOICE, NUMERIC, REASONS, TICK, Column, Texts, apart_words, in_every_language

NAMESPACE = "ddi:codebook:2_5"
SCHEMA = "http://www.ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FORMS = {"number": "numeric", "count": "numeric", "choice": "character", "tick": "numeric", "day": "character"}


def write_ddi(answers: Answers, file: IO[bytes]) -> None:
    root = codebook(answers)
    indent(root, space=" ")
    ElementTree(root).write(file, encoding="utf-8", xml_declaration=True)


def codebook(answers: Answers) -> Element:
    root = Element(
        "codeBook",
        {
            "xmlns": NAMESPACE,
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
            "xsi:schemaLocation": f"{NAMESPACE} {SCHEMA}",
            "version": "2.5",
            LANG: tag(answers.language),
        },
    )
    languages = answers.consultation.languages
    describe_document(SubElement(root, "docDscr"), answers)
    describe_study(SubElement(root, "stdyDscr"), answers)
    describe_file(SubElement(root, "fileDscr", ID="F1"), answers)
    data = SubElement(root, "dataDscr")
    for number, column in enumerate(answers.columns, 1):
        describe_variable(data, number, column, languages)
    return root


def say(parent: Element, name: str, text: str, **attributes: str) -> Element:
    child = SubElement(parent, name, attributes)
    child.text = printable(text)
    return child


def title(parent: Element, consultation: Consultation, language: str) -> None:
    """The title, and those in other languages as parallel ones."""
    first = consultation.title.localise(language)
    say(parent, "titl", first.text).set(LANG, tag(first.language))
    for code, text in consultation.title.items():
        if code != first.language:
            say(parent, "parTitl", text).set(LANG, tag(code))
    say(parent, "IDNo", consultation.code)


def describe_document(parent: Element, answers: Answers) -> None:
    citation = SubElement(parent, "citation")
    title(SubElement(citation, "titlStmt"), answers.consultation, answers.language)
    made = SubElement(citation, "prodStmt")
    day = platform_day().isoformat()
    say(made, "prodDate", day, date=day)
    say(made, "software", "ClusterPoliSEE")


def describe_study(parent: Element, answers: Answers) -> None:
    consultation = answers.consultation
    citation = SubElement(parent, "citation")
    title(SubElement(citation, "titlStmt"), consultation, answers.language)
    say(SubElement(citation, "rspStmt"), "AuthEnty", f"ClusterPoliSEE, {consultation.topic.name}")
    told = SubElement(parent, "stdyInfo")
    for code, text in consultation.summary.items():
        say(told, "abstract", text).set(LANG, tag(code))
    summary = SubElement(told, "sumDscr")
    for event, moment in (("start", consultation.opens_at), ("end", consultation.closes_at)):
        day = timezone.localtime(moment).date().isoformat()
        say(summary, "collDate", day, date=day, event=event)
    say(summary, "anlyUnit", _("Response"))
    method = SubElement(SubElement(parent, "method"), "dataColl")
    say(method, "collMode", _("Questionnaire on the web, answered by those who chose to"))


def describe_file(parent: Element, answers: Answers) -> None:
    text = SubElement(parent, "fileTxt")
    say(text, "fileName", f"{answers.consultation.code}.csv")
    size = SubElement(text, "dimensns")
    say(size, "caseQnty", str(answers.responses.count()))
    say(size, "varQnty", str(len(answers.columns)))
    say(text, "fileType", "text/csv; charset=utf-8")


def describe_variable(parent: Element, number: int, column: Column, languages: list[str]) -> None:
    variable = SubElement(parent, "var", ID=f"V{number}", name=column.name, files="F1", intrvl=interval(column))
    for element in labelled(variable, "labl", column.label, languages):
        element.set("level", "variable")
    if column.identifies:
        for code, text in in_every_language(apart_words).items():
            if code in languages or code == "en":
                say(variable, "security", text).set(LANG, tag(code))
    if column.question:
        labelled(SubElement(variable, "qstn"), "qstnLit", column.label, languages)
    for code, texts, missing in categories(column):
        category = SubElement(variable, "catgry", {"missing": "Y"} if missing else {})
        say(category, "catValu", code)
        labelled(category, "labl", texts, languages)
    SubElement(variable, "varFormat", type=FORMS.get(column.kind, "character"), schema="other")


def interval(column: Column) -> str:
    return "contin" if column.kind == "number" else "discrete"


def labelled(parent: Element, name: str, texts: Texts, languages: list[str]) -> list[Element]:
    found = []
    for code, text in as_text(texts).items():
        if code in languages or code == "en":
            element = say(parent, name, text)
            element.set(LANG, tag(code))
            found.append(element)
    return found


def categories(column: Column) -> Iterator[tuple[str, Texts, bool]]:
    for code, texts in column.values:
        yield code, texts, False
    if column.kind == TICK:
        yield "0", in_every_language(lambda: _("No")), False
        yield "1", in_every_language(lambda: _("Yes")), False
    if column.kind in (CHOICE, TICK, *NUMERIC):
        for reason in REASONS:
            yield str(column.missing(reason)), in_every_language(partial(reason_words, reason)), True
