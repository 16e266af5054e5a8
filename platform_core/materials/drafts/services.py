from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.identity.accounts.models import User

from .models import Draft

LIMIT = 200_000
FORMS = 200
UNKEPT = ("csrfmiddlewaretoken", "draft_version", "keep_draft")


def version_of(typed: str) -> int:
    """The version a form says it was shown with; 0 for anything that is none."""
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


class StaleDraftError(ValidationError):
    """The same form was kept elsewhere meanwhile; nothing was overwritten."""


@transaction.atomic
def keep(person, kind: str, key: str, fields: Mapping[str, list[str]], version: int = 0) -> Draft:
    """Keep what is typed. `version` is the one the form was shown with, 0 for a form that had no draft.

    Raises StaleDraftError when another window kept this form since, ValidationError over 200,000 characters.
    """
    kept = {name: list(values) for name, values in fields.items() if name not in UNKEPT}
    if len(kind) > 60 or len(key) > 80 or "\0" in f"{kind}{key}{kept}" or "\\x00" in repr(kept):
        raise ValidationError(_("This form holds signs that cannot be kept."))
    if sum(len(value) for values in kept.values() for value in values) > LIMIT:
        raise ValidationError(_("This is more text than can be kept."))
    User.objects.select_for_update().get(pk=person.pk)
    held = Draft.objects.filter(person=person, kind=kind, key=key).first()
    if held is None and Draft.objects.filter(person=person).count() >= FORMS:
        raise ValidationError(_("You have many unsent forms already. Send or discard some first."))
    if held is None:
        return Draft.objects.create(person=person, kind=kind, key=key, fields=kept)
    if held.version != version:
        raise StaleDraftError(_("This form was changed in another window. Load the page again to go on from there."))
    held.fields, held.version = kept, held.version + 1
    held.save()
    return held


def discard(person, kind: str, key: str = "") -> None:
    """The form was sent, or its draft is not wanted any more."""
    Draft.objects.filter(person=person, kind=kind, key=key).delete()


def purge_drafts(before) -> int:
    return Draft.objects.filter(saved_at__lt=before).delete()[0]
