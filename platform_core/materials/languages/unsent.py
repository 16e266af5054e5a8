"""What translators typed and have not sent: kept page by page, found again wherever a text is shown."""

import hashlib
from collections.abc import Iterable
from contextlib import suppress

from django.core.exceptions import ValidationError

from platform_core.materials.drafts import selectors as drafts, services as keeping
from platform_core.materials.drafts.models import Draft

KIND = "languages.desk"


def stem_of(label: str, pk: int, code: str) -> str:
    return f"{label}:{pk}:{code}:"


def key_of(label: str, pk: int, code: str, keys: Iterable[str]) -> str:
    """Of the texts shown together, so that another page is no newer version of this one."""
    return stem_of(label, pk, code) + hashlib.sha256("\n".join(keys).encode()).hexdigest()[:10]


def draft_of(person, key: str) -> Draft | None:
    return drafts.draft_of(person, KIND, key)


def typed(person, label: str, pk: int, code: str):
    return drafts.drafts_of(person).filter(kind=KIND, key__startswith=stem_of(label, pk, code))


def begun(person, label: str, pk: int, code: str) -> dict[str, str]:
    """What was typed into any page of this thing and language, the newest first."""
    found: dict[str, str] = {}
    for draft in typed(person, label, pk, code).order_by("saved_at"):
        found |= {name: values[-1] for name, values in draft.fields.items() if values}
    return found


def forget(person, label: str, pk: int, code: str, keys: Iterable[str]) -> None:
    """These texts were sent; what was typed into others stays."""
    sent = {f"{name}-{key}" for key in keys for name in ("text", "seen", "same", "reviewed")}
    for draft in typed(person, label, pk, code):
        left = {name: values for name, values in draft.fields.items() if name not in sent}
        if not any(name.startswith("text-") for name in left):
            keeping.discard(person, KIND, draft.key)
        elif len(left) < len(draft.fields):
            with suppress(ValidationError):  # another window has kept this page since
                keeping.keep(person, KIND, draft.key, left, draft.version)
