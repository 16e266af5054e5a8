"""What a reader can read of a learning mechanism, as plain values to keep, to hash and to compare."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from platform_core.ground.texts.codes import CODES, interface_code
from platform_core.ground.texts.comparison import Change, pieces
from platform_core.ground.texts.fields import as_text
from platform_core.ground.texts.text import Text
from platform_core.ground.ui.languages import native_name
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.materials.trails.models import Trail

from .models import Mechanism, MechanismVersion

LABEL, BASED_ON = "pilots.mechanism", "pilots.based_on"
SECTIONS = ("problem", "working", "actors", "steps", "resources", "risks", "success")
TEXTS = ("title", "summary", *SECTIONS)
SCHEMES = ("level", "cycle_stage")


def drawn(mechanism: Mechanism) -> list[Trail]:
    """What a mechanism is based on, as it is drawn now, whoever may see it; readers have it with the next publication."""
    return list(evidence_of(mechanism).exclude(standing=Trail.Standing.GOING))


def evidence_of(mechanism: Mechanism) -> QuerySet[Trail]:
    """Drawn now, or shown until the next publication."""
    return Trail.objects.filter(kind=BASED_ON, thing=LABEL, object_id=mechanism.pk)


def content_of(mechanism: Mechanism) -> dict[str, Any]:
    terms = sorted(mechanism.terms.values_list("scheme", "code"))
    return {
        "texts": {name: getattr(mechanism, name).stored() for name in TEXTS},
        "terms": [f"{scheme}:{code}" for scheme, code in terms],
        "is_cross_department": mechanism.is_cross_department,
        "group": mechanism.group_id,
        "evidence": [{"thing": row.other_thing, "pk": row.other_id, "note": row.note} for row in drawn(mechanism)],
    }


def digest(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def text_of(mechanism: Mechanism, version: MechanismVersion | None, name: str) -> Text:
    """A text of a version with the translations that were made of it since, or as it is being written."""
    now = getattr(mechanism, name)
    return version.text(name, now) if version else now


def name_of(field: str) -> str:
    return capfirst(str(Mechanism._meta.get_field(field).verbose_name))


def sections(mechanism: Mechanism, version: MechanismVersion | None) -> list[tuple[str, str, Text]]:
    """Its texts under their headings, as far as they are written."""
    found = [(name, name_of(name), text_of(mechanism, version, name)) for name in SECTIONS]
    return [row for row in found if row[2]]


def term_words(terms: list[str], scheme: str) -> list[str]:
    labels = vocabulary.term_labels(scheme)
    named = [code.partition(":")[2] for code in terms if code.startswith(f"{scheme}:")]
    return [words for code, words in labels.items() if code in named]


def lines(content: Mapping[str, Any], evidence: Mapping[tuple[str, int], str]) -> dict[str, str]:
    """Every field by its name, as text; `evidence` gives the titles of what the reader may see of it."""
    found = {}
    for name in TEXTS:
        texts = as_text(content["texts"].get(name, {}))
        found |= {
            f"{name_of(name)} ({native_name(interface_code(code))})": texts[code] for code in CODES if code in texts
        }
    found[_("Levels")] = ", ".join(term_words(content["terms"], "level"))
    found[_("Stages of the policy cycle")] = ", ".join(term_words(content["terms"], "cycle_stage"))
    found[_("Coordination across departments and levels")] = _("yes") if content["is_cross_department"] else _("no")
    gone = _("something that is not open to you, or was withdrawn")
    rows = [(evidence.get((row["thing"], row["pk"]), gone), row["note"]) for row in content["evidence"]]
    found[_("Evidence")] = "\n".join(f"{title} – {note}" if note else title for title, note in rows)
    return {name: text for name, text in found.items() if text}


def compared(before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    """What differs, field by field."""
    names = list(dict.fromkeys([*before, *after]))
    return [
        Change(name, pieces(before.get(name, ""), after.get(name, "")))
        for name in names
        if before.get(name, "") != after.get(name, "")
    ]
