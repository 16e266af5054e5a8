"""Files documents from a folder: a sidecar says what each file is, the rest is read from the files.

The sidecar `documents.json` is a list of objects with `file` (name in the folder), `kind`, `title` and `summary` (a text,
or texts by language), `topics`, `year`, `language`, and optionally `code`, `creators`, `countries`, `terms`, `licence`.
"""

import json
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.ground.texts.codes import CODES
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.materials.files.services import sha256

from . import services
from .models import Record, RecordFile

NEEDED = {"file", "kind", "title", "summary", "topics", "year", "language"}
TEXTS = ("title", "summary", "description")
ALLOWED = NEEDED | {"code", "creators", "countries", "terms", "licence", "description"}


def read_sidecar(path: Path) -> list[dict]:
    """Rows of a sidecar; raises ValidationError naming the row that is wrong."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ValidationError(_("The sidecar cannot be read: %(error)s") % {"error": error}) from error
    if not isinstance(rows, list):
        raise ValidationError(_("The sidecar is not a list of documents."))
    for number, row in enumerate(rows, 1):
        if problem := problem_of(row):
            raise in_row(number, problem)
    return rows


def in_row(number: int, problem: str) -> ValidationError:
    return ValidationError(_("Row %(number)s: %(problem)s") % {"number": number, "problem": problem})


def problem_of(row) -> str:
    """What is wrong with a row in words, empty when nothing is."""
    if not isinstance(row, dict):
        return _("not an object.")
    missing, unknown = NEEDED - set(row), set(row) - ALLOWED
    if missing or unknown:
        names = {"missing": sorted(missing) or "-", "unknown": sorted(unknown) or "-"}
        return _("missing %(missing)s, unknown %(unknown)s.") % names
    if wrong := [name for name in TEXTS if name in row and not is_text(row[name])]:
        return _("not a text: %(names)s.") % {"names": ", ".join(wrong)}
    if Path(str(row["file"])).name != row["file"]:
        return _("“%(name)s” is not the name of a file.") % {"name": row["file"]}
    if strange := unknown_values(row):
        return _("not in the vocabulary: %(values)s.") % {"values": ", ".join(strange)}
    return ""


def is_text(value) -> bool:
    texts = value.values() if isinstance(value, dict) else [value]
    return all(isinstance(text, str) for text in texts)


def unknown_values(row: dict) -> list[str]:
    known = {
        "kind": [code for code, _name in vocabulary.term_choices("record_kind")],
        "topics": [topic.number for topic in vocabulary.topics()],
        "countries": [country.code for country in vocabulary.countries()],
        "language": list(CODES),
    }
    given = {name: row.get(name, []) for name in known}
    rows = {name: values if isinstance(values, list) else [values] for name, values in given.items()}
    return [str(value) for name, values in rows.items() for value in values if value not in known[name]]


@transaction.atomic
def file_documents(folder: Path, sidecar: Path) -> list[Record]:
    """File all documents of a sidecar or none; those that are there already are left alone."""
    filed = []
    for number, row in enumerate(read_sidecar(sidecar), 1):
        try:
            if not is_filed(folder, row):
                filed.append(file_document(folder, row))
        except ValidationError as error:
            raise in_row(number, " ".join(error.messages)) from error
    return filed


def is_filed(folder: Path, row: dict) -> bool:
    """A document is known by its code; without one, by its bytes."""
    if code := row.get("code"):
        return Record.objects.filter(code=code).exists()
    with place_of(folder, row).open("rb") as file:
        return RecordFile.objects.filter(file__sha256=sha256(file)[0]).exists()


def place_of(folder: Path, row: dict) -> Path:
    path = folder / row["file"]
    if not path.is_file():
        raise ValidationError(_("The file %(name)s is not in the folder.") % {"name": row["file"]})
    return path


def file_document(folder: Path, row: dict) -> Record:
    path, language = place_of(folder, row), row["language"]
    texts = {
        name: {**(row[name] if isinstance(row[name], dict) else {language: row[name]}), "_source": language}
        for name in TEXTS
        if row.get(name)
    }
    fields = {
        name: row[name] for name in ("code", "kind", "topics", "countries", "terms", "year", "licence") if name in row
    }
    record = services.deposit(**texts, **fields, languages=[language], creators=row.get("creators", []))
    with path.open("rb") as file:
        services.attach(record, file, path.name, language)
    return services.publish(record)
