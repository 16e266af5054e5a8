"""What a record still lacks."""

from dataclasses import dataclass

from django.forms import BaseForm
from django.utils.translation import gettext as _

from platform_core.materials.trails.links import addresses_in, broken, silent, waiting

from .creators import nature_of
from .kinds import details_of
from .licences import CLOSED
from .models import Record


@dataclass(frozen=True)
class Hint:
    words: str
    is_needed: bool = False


@dataclass(frozen=True)
class Told:
    """What a record or a form that is being filled in tells so far; `answered` are codes of what its kind asks."""

    kind: str
    answered: frozenset[str]
    in_english: bool
    topics: bool
    creators: bool
    concepts: bool
    places: bool
    reading: bool
    licence: str


def hints(record: Record) -> list[Hint]:
    """In the order in which they help a reader most."""
    found = lacking(told_by(record))
    if any(file.file.state == "unreadable" for file in record.files.all()):
        found.append(Hint(_("No text could be read in one of the files, so search cannot look inside.")))
    found += broken_links(record)
    if record.creators and not record.identifiers:
        found.append(Hint(_("No creator has an ORCID or ROR address, by which the work is credited elsewhere.")))
    unsaid = [name for name in record.creators if not nature_of(name, record.identifiers, record.natures)]
    if unsaid:
        told = _("It is not said whether these creators are people or organisations: %(names)s.")
        found.append(Hint(told % {"names": ", ".join(unsaid)}))
    return found


def told_by(record: Record) -> Told:
    return Told(
        kind=record.kind,
        answered=frozenset(code for code, value in record.details.items() if value),
        in_english="en" in record.summary,
        topics=bool(record.topics.all()),
        creators=bool(record.creators),
        concepts=bool(record.concepts.all()),
        places=bool(record.countries.all() or record.regions.all()),
        reading=bool(record.files.all() or record.description or record.details),
        licence=record.licence,
    )


def told_in(form: BaseForm, kind: str) -> Told:
    """What stands in a form for a record now, whether or not it is right."""
    typed = {name: form[name].value() for name in form.fields}
    answered = frozenset(detail.code for detail in details_of(kind) if typed.get(f"detail_{detail.code}"))
    return Told(
        kind=kind,
        answered=answered,
        in_english=typed["language"] == "en" and bool(typed["summary"]),
        topics=bool(typed["topics"]),
        creators=bool(typed["creators"]),
        concepts=bool(typed["concepts"]),
        places=bool(typed["countries"] or typed["regions"]),
        reading=bool(typed["file"] or typed["description"] or answered),
        licence=typed["licence"] or "",
    )


def lacking(told: Told) -> list[Hint]:
    missing = [detail for detail in details_of(told.kind) if detail.required and detail.code not in told.answered]
    found = [Hint(_("Not answered: %(question)s") % {"question": detail.name}, is_needed=True) for detail in missing]
    if not told.in_english:
        found.append(Hint(_("There is no summary in English, which all partners read."), is_needed=True))
    if not told.topics:
        found.append(Hint(_("It has no topic, so no topic page shows it."), is_needed=True))
    if not told.creators:
        found.append(Hint(_("Nobody is named as creator, so it cannot be cited."), is_needed=True))
    found += licence_hints(told.licence)
    if not told.concepts:
        found.append(Hint(_("It has no keywords; with them it is found in every language.")))
    if not told.places:
        found.append(Hint(_("It names no country or region.")))
    if not told.reading:
        found.append(Hint(_("There is nothing to read beside the summary: add a description or a file.")))
    return found


def licence_hints(licence: str) -> list[Hint]:
    if not licence:
        return [Hint(_("It has no licence, so nobody knows what may be done with it."), is_needed=True)]
    if licence == CLOSED:
        return [Hint(_("All rights are reserved: others may only read it. An open licence lets them build on it."))]
    return []


def broken_links(record: Record) -> list[Hint]:
    return [Hint(_("This link leads nowhere: %(address)s") % {"address": link.address}) for link in broken(record)]


def links_asked(record: Record) -> list[Hint]:
    """What is not known of its links yet, for whoever looks at it now."""
    told = _("This link gave no answer when it was last asked; it is asked again every day: %(address)s")
    found = [Hint(told % {"address": link.address}) for link in silent(record)]
    if waiting(links_of(record)):
        found.append(Hint(_("Its links are being checked. Those that lead nowhere are told here afterwards.")))
    return found


def links_of(record: Record) -> set[str]:
    """Addresses outside the platform that a record's texts and answers point to."""
    texts = [*record.summary.values(), *record.description.values()]
    for value in record.details.values():
        texts += value.values() if isinstance(value, dict) else [str(value)]
    return {address for text in texts for address in addresses_in(text)}
