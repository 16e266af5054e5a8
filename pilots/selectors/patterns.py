"""The reflective policy-making pattern in its versions: steps, questions and roles."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.codes import CODES, interface_code
from platform_core.ground.texts.comparison import Change
from platform_core.ground.texts.text import Text
from platform_core.ground.ui.languages import native_name
from platform_core.identity.access.selectors import visible

from .. import contents
from ..models import Pattern, PatternPart

LABEL, PART = "pilots.pattern", "pilots.patternpart"
CODE = "reflective-policy-making"


@dataclass(frozen=True)
class Section:
    kind: str
    name: str
    parts: Sequence[PatternPart]


def patterns(user) -> QuerySet[Pattern]:
    return visible(Pattern.objects.select_related("published_for").prefetch_related("parts"), user)


def pattern_for(user, pk: int) -> Pattern:
    return get_object_or_404(patterns(user), pk=pk)


def parts(user) -> QuerySet[PatternPart]:
    return PatternPart.objects.filter(pattern__in=patterns(user).values("pk")).select_related("pattern")


def published() -> Pattern | None:
    """The version from which rounds are run now."""
    return Pattern.objects.filter(code=CODE, state=Pattern.State.PUBLISHED).prefetch_related("parts").first()


def draft() -> Pattern | None:
    return Pattern.objects.filter(code=CODE, state=Pattern.State.DRAFT).first()


def of_kind(pattern: Pattern, kind: str) -> list[PatternPart]:
    rows = [part for part in pattern.parts.all() if part.kind == kind]
    return sorted(rows, key=lambda part: (part.order, part.pk))


HEADINGS = {
    PatternPart.Kind.STEP: _("Steps"),
    PatternPart.Kind.ROLE: _("Roles"),
    PatternPart.Kind.QUESTION: _("Questions"),
}


def sections(pattern: Pattern) -> list[Section]:
    return [Section(kind, str(name), of_kind(pattern, kind)) for kind, name in HEADINGS.items()]


def content_of(pattern: Pattern) -> dict[str, Any]:
    """In the language it was written in: translations come later, and are no change."""
    told = {kind: [source_of(part.text) for part in of_kind(pattern, kind)] for kind in PatternPart.Kind.values}
    return {"title": source_of(pattern.title), "purpose": source_of(pattern.purpose), **told}


def source_of(text: Text) -> list[str]:
    return [text.source, text.get(text.source, "")]


def digest(pattern: Pattern) -> str:
    told = json.dumps(content_of(pattern), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def lines(pattern: Pattern) -> dict[str, str]:
    """Every field by its name and language, as text."""
    found = {}
    for name in ("title", "purpose"):
        text = getattr(pattern, name)
        field = str(Pattern._meta.get_field(name).verbose_name).capitalize()
        found |= {f"{field} ({language(code)})": text[code] for code in CODES if code in text}
    for section in sections(pattern):
        for code in CODES:
            told = [part.text[code] for part in section.parts if code in part.text]
            if told:
                found[f"{section.name} ({language(code)})"] = "\n".join(told)
    return found


def language(code: str) -> str:
    return native_name(interface_code(code))


def before(user, pattern: Pattern) -> Pattern | None:
    return patterns(user).filter(code=pattern.code, number__lt=pattern.number).order_by("-number").first()


def versions(user, pattern: Pattern) -> QuerySet[Pattern]:
    return patterns(user).filter(code=pattern.code).order_by("-number")


def changes(older: Pattern, newer: Pattern) -> list[Change]:
    return contents.compared(lines(older), lines(newer))
