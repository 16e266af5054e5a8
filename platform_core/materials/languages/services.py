from collections.abc import Iterable

from django.db import models

from platform_core.ground.registry.catalogue import label_of

from .models import TranslationState
from .selectors import translated_fields


def note_translations(thing: models.Model, languages: Iterable[str] = ()) -> None:
    """Note from which source the translations of a thing were made.

    Those in `languages` were written or checked just now; others keep the source they were made from.
    """
    label, fresh = label_of(thing), set(languages)
    held = {(state.field, state.language) for state in TranslationState.objects.filter(thing=label, object_id=thing.pk)}
    rows = []
    for field in translated_fields(thing):
        text = getattr(thing, field)
        for code in text:
            if code != text.source and (code in fresh or (field, code) not in held):
                rows.append(
                    TranslationState(
                        thing=label, object_id=thing.pk, field=field, language=code, source_hash=text.source_hash
                    )
                )
    TranslationState.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["thing", "object_id", "field", "language"],
        update_fields=["source_hash"],
    )
