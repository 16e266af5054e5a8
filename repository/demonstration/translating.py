"""A translator and her work: some texts reviewed, some waiting, one from an older source."""

import json
from pathlib import Path

from django.db import transaction

from platform_core.identity.access import services as access
from platform_core.identity.access.models import RoleAssignment
from platform_core.identity.accounts.models import User
from platform_core.materials.languages import services as languages
from platform_core.materials.languages.models import TranslationState
from platform_core.materials.languages.services import Entry
from platform_core.materials.languages.texts import translatable

from ..models import Record

TRANSLATOR, REVIEWER, LANGUAGE = "holzkreis@example.org", "lead@example.org", "de"


def load() -> str:
    people = {person.email: person for person in User.objects.filter(email__in=(TRANSLATOR, REVIEWER))}
    if len(people) < 2 or RoleAssignment.objects.filter(role="translator").exists():
        return ""
    rows = json.loads((Path(__file__).parent / "translations.json").read_text(encoding="utf-8"))
    with transaction.atomic():
        translator, reviewer = people[TRANSLATOR], people[REVIEWER]
        access.give_role(translator, "translator", why="Demonstration data")
        for code, texts in {**rows["reviewed"], **rows["drafts"]}.items():
            keep(code, texts, translator)
        for code, texts in rows["reviewed"].items():
            keep(code, texts, reviewer, is_reviewed=True)
        for code, texts in rows["older"].items():
            keep(code, {key: text for key, (_source, text) in texts.items()}, translator)
            made_from(code, {key: source for key, (source, _text) in texts.items()})
    return "1 translator with her drafts"


def keep(code: str, texts: dict[str, str], by, *, is_reviewed: bool = False) -> None:
    record = Record.objects.get(code=code)
    entries = {key: Entry(text, is_reviewed) for key, text in texts.items()}
    kind = translatable("repository.record")
    languages.keep_translations(kind, record, LANGUAGE, entries, by=by)
    languages.take_on(kind, record, LANGUAGE, by=by)


def made_from(code: str, sources: dict[str, str]) -> None:
    record = Record.objects.get(code=code)
    for key, source in sources.items():
        rows = TranslationState.objects.filter(thing="repository.record", object_id=record.pk, language=LANGUAGE)
        rows.filter(key=key).update(draft_source=source)
    languages.count(record)
