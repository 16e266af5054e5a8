"""What a reader can read of a record, as plain values to keep, to hash and to compare."""

import hashlib
import json
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import PurePath
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from platform_core.ground.texts.codes import CODES, interface_code
from platform_core.ground.texts.comparison import Change, pieces
from platform_core.ground.ui.languages import native_name
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.materials.files.models import StoredFile
from platform_core.materials.files.selectors import joined_text
from platform_core.people.members.models import Organisation

from . import selectors
from .creators import ORGANISATION, PERSON
from .kinds import details_of
from .models import Record, RecordVersion
from .presentation import scheme_names

TEXTS = ("title", "summary", "description")
PLAIN = ("kind", "year", "licence", "funding", "creators", "identifiers", "languages", "details")


def content_of(record: Record) -> dict[str, Any]:
    return {
        **{name: getattr(record, name).stored() for name in TEXTS},
        **{name: getattr(record, name) for name in PLAIN},
        **({"natures": record.natures} if record.natures else {}),
        **{name: str(getattr(record, name) or "") for name in ("begins", "ends")},
        "topics": sorted(record.topics.values_list("pk", flat=True)),
        "countries": sorted(record.countries.values_list("pk", flat=True)),
        "regions": sorted(record.regions.values_list("code", flat=True)),
        "concepts": sorted(record.concepts.values_list("pk", flat=True)),
        "terms": sorted(f"{scheme}:{code}" for scheme, code in record.terms.values_list("scheme", "code")),
        **({"clusters": sorted(one.code for one in clusters)} if (clusters := selectors.clusters_of(record)) else {}),
        "files": [
            {"name": row.name, "language": row.language, "sha256": row.file.sha256, "pk": row.file_id}
            for row in record.files.select_related("file")
        ],
    }


def digest(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def lines(content: Mapping[str, Any], *, members: bool = False) -> dict[str, str]:
    """Every field by its name, as text; for `members` also what only they may read."""
    found = {}
    for name, words in (("title", _("Title")), ("summary", _("Summary")), ("description", _("Description"))):
        found |= by_language(words, content[name])
    found[_("Kind")] = vocabulary.term_name("record_kind", content["kind"])
    for detail in details_of(content["kind"]):
        value = content["details"].get(detail.code)
        if not value or (detail.for_members and not members):
            continue
        if detail.is_text:
            found |= by_language(str(detail.name), value)
        else:
            found[str(detail.name)] = in_words(value, vocabulary.term_labels(detail.scheme) if detail.scheme else {})
    found |= plain(content) | chosen(content)
    if codes := content.get("clusters"):
        found[_("Clusters of the directory")] = named_clusters(Organisation.everything.filter(code__in=codes))
    found[_("Files")] = "\n".join(f"{file['name']} (SHA-256 {file['sha256'][:12]}…)" for file in content["files"])
    return {name: text for name, text in found.items() if text}


def by_language(name: str, texts: Mapping[str, str]) -> dict[str, str]:
    return {f"{name} ({native_name(interface_code(code))})": text for code, text in texts.items() if code in CODES}


def plain(content: Mapping[str, Any]) -> dict[str, str]:
    natures = {PERSON: _("person"), ORGANISATION: _("organisation")}
    people = []
    for name in content["creators"]:
        known = [natures.get(content.get("natures", {}).get(name, ""), ""), content["identifiers"].get(name, "")]
        more = ", ".join(filter(None, known))
        people.append(f"{name} ({more})" if more else name)
    return {
        _("Year"): str(content["year"]),
        _("From"): in_day(content["begins"]),
        _("To"): in_day(content["ends"]),
        _("Funding"): content["funding"],
        _("Licence"): content["licence"],
        _("Creators"): ", ".join(people),
    }


def chosen(content: Mapping[str, Any]) -> dict[str, str]:
    """What was chosen from lists, in the words of the reader's language."""
    by_scheme: dict[str, list[str]] = {}
    for term in content["terms"]:
        scheme, _colon, code = term.partition(":")
        by_scheme.setdefault(scheme, []).append(code)
    return {
        _("Topics"): in_words([str(number) for number in content["topics"]], vocabulary.topic_labels()),
        _("Countries"): in_words(content["countries"], vocabulary.country_labels()),
        _("Regions"): in_words(content["regions"], vocabulary.region_labels()),
        _("Keywords"): in_words(content["concepts"], vocabulary.concept_labels()),
        **{
            name: in_words(by_scheme.get(scheme, []), vocabulary.term_labels(scheme))
            for scheme, name in scheme_names().items()
        },
        _("Languages of the document"): ", ".join(
            native_name(interface_code(code)) for code in content["languages"] if code in CODES
        ),
    }


def named_clusters(rows: QuerySet[Organisation]) -> str:
    return ", ".join(str(one) for one in rows.order_by("sort_name"))


def in_day(text: str) -> str:
    return date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT") if text else ""


def in_words(value: Any, labels: Mapping[str, str]) -> str:
    """What is no longer in the list keeps its code."""
    return ", ".join(labels.get(code, str(code)) for code in (value if isinstance(value, list) else [value]))


def compared(older: RecordVersion, newer: RecordVersion) -> list[Change]:
    """What differs, field by field."""
    before, after = lines(older.content), lines(newer.content)
    names = list(dict.fromkeys([*before, *after]))
    return [
        Change(name, pieces(before.get(name, ""), after.get(name, "")))
        for name in names
        if before.get(name, "") != after.get(name, "")
    ]


def file_texts(older: RecordVersion, newer: RecordVersion) -> list[Change]:
    """Files whose text differs, compared by what was read in them."""
    pairs = paired(older.content["files"], newer.content["files"])
    return [
        Change(renamed(was["name"], file["name"]), pieces(text_of(was["pk"]), text_of(file["pk"])))
        for was, file in pairs
        if was["sha256"] != file["sha256"]
    ]


def paired(before: list[dict], after: list[dict]) -> list[tuple[dict, dict]]:
    """Files of one name; then, of those that are left, those of one content, and those of one ending in their order."""
    found: list[tuple[dict, dict]] = []
    for alike in (named, hashed, ended):
        left = [file for file in before if all(file is not was for was, _file in found)]
        for file in after:
            if any(file is one for _was, one in found):
                continue
            was = next((one for one in left if alike(one) == alike(file)), None)
            if was is not None:
                left.remove(was)
                found.append((was, file))
    return found


def named(file: Mapping[str, Any]) -> str:
    return file["name"]


def hashed(file: Mapping[str, Any]) -> str:
    return file["sha256"]


def ended(file: Mapping[str, Any]) -> str:
    return PurePath(file["name"]).suffix.lower()


def renamed(before: str, after: str) -> str:
    return after if before == after else f"{before} → {after}"


def text_of(file: int) -> str:
    return joined_text(StoredFile.objects.get(pk=file))


def naming(hashes: Collection[str]) -> set[str]:
    """Of these hashes those of files that a published version names; its files are kept as long as it is."""
    rows = RecordVersion.objects.values_list("content__files", flat=True).iterator()
    return {file["sha256"] for files in rows for file in files or ()} & set(hashes)
