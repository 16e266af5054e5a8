"""XLIFF: written as 1.2, read as 1.2 and 2.0."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from xml.etree.ElementTree import Element, ParseError, SubElement, register_namespace, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from platform_core.ground.texts.codes import CODES, content_code, tag

from .units import DRAFT, NEW, REVIEWED, STALE, Unit, clean

ONE, TWO = "urn:oasis:names:tc:xliff:document:1.2", "urn:oasis:names:tc:xliff:document:2.0"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
STATES = {NEW: "new", DRAFT: "translated", STALE: "needs-review-translation", REVIEWED: "final"}
FINAL = {"final", "signed-off"}
register_namespace("", ONE)


def written(name: str, units: Iterable[Unit]) -> bytes:
    """One document with a <file> for each pair of languages."""
    root = Element(f"{{{ONE}}}xliff", {"version": "1.2"})
    for (source, target), some in groupby(sorted(units, key=pair), key=pair):
        told = {
            "original": name,
            "datatype": "plaintext",
            "source-language": tag(source),
            "target-language": tag(target),
        }
        body = SubElement(SubElement(root, f"{{{ONE}}}file", told), f"{{{ONE}}}body")
        for unit in some:
            add(body, unit)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def pair(unit: Unit) -> tuple[str, str]:
    return unit.source_language, unit.language


def add(body: Element, unit: Unit) -> None:
    limit = {"maxwidth": str(unit.max_length), "size-unit": "char"} if unit.max_length else {}
    made = SubElement(body, f"{{{ONE}}}trans-unit", {"id": unit.key, SPACE: "preserve", **limit})
    SubElement(made, f"{{{ONE}}}source").text = unit.source
    SubElement(made, f"{{{ONE}}}target", {"state": STATES[unit.state]}).text = unit.text
    group = SubElement(made, f"{{{ONE}}}context-group", {"purpose": "information"})
    SubElement(group, f"{{{ONE}}}context", {"context-type": "x-mark"}).text = unit.mark
    SubElement(made, f"{{{ONE}}}note").text = unit.place


def read(content: bytes) -> tuple[str, list[Unit]]:
    """What the file says it is of, and its units. Raises ValidationError; entities are never resolved."""
    try:
        root = fromstring(content, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as problem:
        raise ValidationError(_("This file cannot be read as XLIFF.")) from problem
    if root.tag == f"{{{ONE}}}xliff":
        return read_one(root)
    if root.tag == f"{{{TWO}}}xliff":
        return read_two(root)
    raise ValidationError(_("This is no XLIFF file of version 1.2 or 2.0."))


def read_one(root: Element) -> tuple[str, list[Unit]]:
    names, found = [], []
    for file in root.iter(f"{{{ONE}}}file"):
        names.append(file.get("original", ""))
        language = language_in(file.get("target-language", ""))
        for unit in file.iter(f"{{{ONE}}}trans-unit"):
            target = unit.find(f"{{{ONE}}}target")
            state = "" if target is None else target.get("state", "")
            state = "final" if unit.get("approved") == "yes" else state
            mark = unit.find(f".//{{{ONE}}}context[@context-type='x-mark']")
            found.append(unit_read(unit.get("id", ""), language, words(target), state, words(mark)))
    return only(names), found


def read_two(root: Element) -> tuple[str, list[Unit]]:
    names, found = [], []
    language = language_in(root.get("trgLang", ""))
    for file in root.iter(f"{{{TWO}}}file"):
        names.append(file.get("original", ""))
        for unit in file.iter(f"{{{TWO}}}unit"):
            segments = unit.findall(f"{{{TWO}}}segment")
            parts = [part for part in unit if part.tag in (f"{{{TWO}}}segment", f"{{{TWO}}}ignorable")]
            text = "".join(target_or_source(part) for part in parts)
            is_final = bool(segments) and all(segment.get("state") == "final" for segment in segments)
            mark = unit.find(f".//{{{TWO}}}note[@category='x-mark']")
            key = unit.get("name") or unit.get("id", "")
            text = text if any(segment.find(f"{{{TWO}}}target") is not None for segment in segments) else ""
            found.append(unit_read(key, language, text, "final" if is_final else "", words(mark)))
    return only(names), found


def target_or_source(part: Element) -> str:
    """What stands between segments is often left in the source alone."""
    target = part.find(f"{{{TWO}}}target")
    if target is None and part.tag == f"{{{TWO}}}ignorable":
        target = part.find(f"{{{TWO}}}source")
    return words(target)


def unit_read(key: str, language: str, text: str, state: str, mark: str) -> Unit:
    return Unit(key, language, clean(text), REVIEWED if state in FINAL else DRAFT, mark)


def words(element: Element | None) -> str:
    """Everything inside, programs of translators being free to mark parts of it."""
    return "" if element is None else "".join(element.itertext())


def language_in(code: str) -> str:
    found = content_code(code.lower())
    if found not in CODES:
        raise ValidationError(_("“%(code)s” is none of the languages here.") % {"code": code or "–"})
    return found


def only(names: Sequence[str]) -> str:
    if len(set(names)) > 1:
        raise ValidationError(_("This file holds texts of several things; bring one at a time."))
    return names[0] if names else ""
