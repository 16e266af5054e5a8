"""Citations of a record as text and as files for reference managers."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import override

from ..creators import PERSON, nature_of
from ..models import Record
from . import dcat

PUBLISHER = "ClusterPoliSEE"

TYPES = {
    "dataset": ("dataset", "DATA", "misc"),
    "paper": ("article", "RPRT", "techreport"),
    "report": ("report", "RPRT", "techreport"),
}
DEFAULT = ("document", "GEN", "misc")
Pairs = Iterable[tuple[Record, str]]  # records with their addresses


def apa(record: Record, address: str) -> str:
    """Seventh edition: Surname, I., & Surname, I. (year). Title. Publisher. Address."""
    creators = [inverted(record, name, initials=True) for name in record.creators] or [PUBLISHER]
    return f"{ended(joined(creators, ', & ', ', & '))} ({record.year}). {ended(record.title)} {PUBLISHER}. {address}"


def chicago(record: Record, address: str, day: date) -> str:
    """Author–date, seventeenth edition: Surname, Name, and Name Surname. Year. Title. Publisher. Accessed day. Address."""
    names = record.creators or [PUBLISHER]
    creators = [inverted(record, names[0]), *(natural(record, name) for name in names[1:])]
    with override("en"):
        seen = date_format(day, "F j, Y")
    people = ended(joined(creators, ", and ", ", and "))
    return f"{people} {record.year}. {ended(record.title)} {PUBLISHER}. Accessed {seen}. {address}."


def joined(names: Sequence[str], pair: str, last: str) -> str:
    if len(names) < 3:
        return pair.join(names)
    return ", ".join(names[:-1]) + last + names[-1]


def is_person(record: Record, name: str) -> bool:
    """Said to be one, or known by an ORCID."""
    return nature_of(name, record.identifiers, record.natures) == PERSON


def inverted(record: Record, name: str, *, initials: bool = False) -> str:
    """Surname first for people; organisations as they are."""
    if not is_person(record, name):
        return name
    surname, given = split(name)
    if initials:
        given = " ".join(f"{part[0]}." for part in given.replace("-", " ").split())
    return f"{surname}, {given}" if given else surname


def split(name: str) -> tuple[str, str]:
    if "," in name:
        surname, _comma, given = name.partition(",")
        return surname.strip(), given.strip()
    given, _space, surname = name.strip().rpartition(" ")
    return surname, given


def natural(record: Record, name: str) -> str:
    surname, given = split(name)
    return f"{given} {surname}".strip() if is_person(record, name) else name


def ended(text: object) -> str:
    """With a full stop, unless it ends in one or in another mark."""
    words = str(text).strip()
    return words if words.endswith((".", "?", "!", "…")) else f"{words}."


def bibtex(record: Record, address: str) -> str:
    kind = TYPES.get(record.kind, DEFAULT)[2]
    fields = {
        "title": f"{{{braced(str(record.title))}}}",
        "author": " and ".join(bibtex_name(record, name) for name in record.creators),
        "year": str(record.year),
        "publisher": PUBLISHER,
        "doi": record.doi,
        "url": address,
        "language": record.title.localise().language,
    }
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@{kind}{{{record.code},\n{body}\n}}\n"


def bibtex_name(record: Record, name: str) -> str:
    """People by surname and given name, organisations in braces, which keep them whole."""
    return braced(inverted(record, name)) if is_person(record, name) else f"{{{braced(name)}}}"


def braced(value: str) -> str:
    """One line without anything that could end or escape a field."""
    return " ".join(value.replace("\\", "").replace("{", "(").replace("}", ")").split())


def ris(record: Record, address: str) -> str:
    lines = [("TY", TYPES.get(record.kind, DEFAULT)[1]), ("TI", str(record.title))]
    lines += [("AU", inverted(record, name)) for name in record.creators]
    lines += [
        ("PY", str(record.year)),
        ("PB", PUBLISHER),
        ("AB", str(record.summary)),
        *([("DO", record.doi)] if record.doi else []),
        ("UR", address),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in lines)


def csl(record: Record, address: str) -> str:
    """CSL-JSON, a list with one item."""
    return csl_list([(record, address)])


def csl_list(pairs: Pairs) -> str:
    return json.dumps([csl_item(record, address) for record, address in pairs], ensure_ascii=False, indent=1)


def csl_item(record: Record, address: str) -> dict:
    return {
        "id": record.code,
        "type": TYPES.get(record.kind, DEFAULT)[0],
        "title": str(record.title),
        "author": [csl_name(record, name) for name in record.creators],
        "issued": {"date-parts": [[record.year]]},
        "publisher": PUBLISHER,
        "abstract": str(record.summary),
        **({"DOI": record.doi} if record.doi else {}),
        "URL": address,
        "language": record.title.localise().language,
    }


def csl_name(record: Record, name: str) -> dict[str, str]:
    if not is_person(record, name):
        return {"literal": name}
    surname, given = split(name)
    return {"family": surname, "given": given} if given else {"family": surname}


def after_another(write: Callable[[Record, str], str]) -> Callable[[Pairs], str]:
    return lambda pairs: "".join(write(record, address) for record, address in pairs)


FORMATS = {
    "bib": (bibtex, "application/x-bibtex"),
    "ris": (ris, "application/x-research-info-systems"),
    "json": (csl, "application/vnd.citationstyles.csl+json"),
    "ttl": (dcat.alone, "text/turtle"),
}
NAMES = {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON", "ttl": "DCAT-AP"}
MANY = {
    "bib": (after_another(bibtex), FORMATS["bib"][1]),
    "ris": (after_another(ris), FORMATS["ris"][1]),
    "json": (csl_list, FORMATS["json"][1]),
}
