"""Citations of a record as text and as files for reference managers."""

import json
from datetime import date

from ..models import Record

TYPES = {
    "dataset": ("dataset", "DATA", "misc"),
    "paper": ("article", "RPRT", "techreport"),
    "report": ("report", "RPRT", "techreport"),
}
DEFAULT = ("document", "GEN", "misc")


def text(record: Record, address: str, day: date) -> str:
    """Creators (year). Title. ClusterPoliSEE. Address (seen on a day, ISO 8601)."""
    creators = "; ".join(record.creators) or "ClusterPoliSEE"
    return f"{creators} ({record.year}). {record.title}. ClusterPoliSEE. {address} ({day.isoformat()})"


def bibtex(record: Record, address: str) -> str:
    kind = TYPES.get(record.kind, DEFAULT)[2]
    fields = {
        "title": f"{{{braced(str(record.title))}}}",
        "author": " and ".join(f"{{{braced(name)}}}" for name in record.creators),
        "year": str(record.year),
        "publisher": "ClusterPoliSEE",
        "url": address,
        "language": record.title.localise().language,
    }
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@{kind}{{{record.code},\n{body}\n}}\n"


def braced(value: str) -> str:
    """One line without anything that could end or escape a field."""
    return " ".join(value.replace("\\", "").replace("{", "(").replace("}", ")").split())


def ris(record: Record, address: str) -> str:
    lines = [("TY", TYPES.get(record.kind, DEFAULT)[1]), ("TI", str(record.title))]
    lines += [("AU", name) for name in record.creators]
    lines += [
        ("PY", str(record.year)),
        ("PB", "ClusterPoliSEE"),
        ("AB", str(record.summary)),
        ("UR", address),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in lines)


def csl(record: Record, address: str) -> str:
    """CSL-JSON, a list with one item."""
    item = {
        "id": record.code,
        "type": TYPES.get(record.kind, DEFAULT)[0],
        "title": str(record.title),
        "author": [{"literal": name} for name in record.creators],
        "issued": {"date-parts": [[record.year]]},
        "publisher": "ClusterPoliSEE",
        "abstract": str(record.summary),
        "URL": address,
        "language": record.title.localise().language,
    }
    return json.dumps([item], ensure_ascii=False, indent=1)


FORMATS = {
    "bib": (bibtex, "application/x-bibtex"),
    "ris": (ris, "application/x-research-info-systems"),
    "json": (csl, "application/vnd.citationstyles.csl+json"),
}
