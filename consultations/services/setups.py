"""Beginning a consultation, and its settings."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.ground.texts.codes import CODES
from platform_core.ground.texts.names import free_code
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.languages.services import note_translations

from ..models import THRESHOLD, Consultation
from ..structure import audiences
from . import approvals
from .consultations import draw_up
from .illustrations import take_along

TARGETS = {"policy": 52, "private": 260}  # answers the programme wants of each audience
RESERVED = {"new", "library", "findings", "exports", "incoming"}  # words that follow where codes do in addresses
PLACES = ("countries", "regions")
LOCKED_BY_PRESET = {"mode": Consultation.Mode.ANONYMOUS, "asks_publication": True}
LOCKED_WHEN_OPEN = ("mode", "threshold", "opens_at", "asks_publication", "retention_days", *PLACES)


def code_for(title: str) -> str:
    taken = Consultation.objects.filter
    return free_code(title[:40], lambda stem: {*taken(code__startswith=stem).values_list("code", flat=True), *RESERVED})


@transaction.atomic
def begin(group, structure: dict, *, by, title: str, summary: str, preset: str = "", **fields) -> Consultation:
    """A consultation of a working group in preparation."""
    require(by, "consultations.draw_up", group)
    locked = LOCKED_BY_PRESET if preset == Consultation.Preset.PUBLIC else {}
    check_dates(fields["opens_at"], fields["closes_at"])
    made = draw_up(
        structure,
        by=by,
        code=code_for(title),
        topic_id=group.pk,
        title={"en": title},
        summary={"en": summary},
        preset=preset,
        languages=list(CODES),
        targets={one["code"]: TARGETS[one["code"]] for one in audiences(structure) if one["code"] in TARGETS},
        **{**fields, **locked},
    )
    take_along(made, structure, by=by)
    return made


def check_dates(opens_at: datetime, closes_at: datetime) -> None:
    if closes_at <= opens_at:
        raise ValidationError({"closes_at": _("It has to close after it opens.")})


@transaction.atomic
def set_up(consultation: Consultation, *, by, **fields) -> list[str]:
    """Change settings; gives the names of those that changed. What is locked stays as it is.

    Before the opening approvals become void; after it everybody who follows is told.
    """
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    require(by, "consultations.set_up", consultation)
    if "language_reason" in fields and not by.has_perm("consultations.waive_languages", consultation):
        del fields["language_reason"]
    for name in locked_names(consultation):
        fields.pop(name, None)
    places = {name: fields.pop(name) for name in PLACES if name in fields}
    changed = [name for name, value in fields.items() if getattr(consultation, name) != value]
    for name in changed:
        setattr(consultation, name, fields[name])
    check_dates(consultation.opens_at, consultation.closes_at)
    if "threshold" in changed and consultation.threshold < THRESHOLD:
        raise ValidationError({"threshold": _("It is at least %(least)s.") % {"least": THRESHOLD}})
    consultation.full_clean()
    if changed:
        consultation.save(update_fields=changed)
        note_translations(consultation)
    if places and ask_in(consultation, **places):
        changed += PLACES
    if changed:
        tell(consultation, changed, by=by)
    return changed


def ask_in(consultation: Consultation, *, countries=(), regions=()) -> bool:
    """Whom it asks, by codes; regions of a country that is asked as a whole go without saying. Whether that is new."""
    lands = [vocabulary.country(code) for code in countries]
    parts = [vocabulary.region(code) for code in regions]
    if None in (*lands, *parts):
        raise ValidationError({"countries": _("There is no such country or region.")})
    parts = [region for region in parts if region.country_id not in countries]
    held = [set(consultation.countries.all()), set(consultation.regions.all())]
    consultation.countries.set(lands)
    consultation.regions.set(parts)
    return held != [set(lands), set(parts)]


def tell(consultation: Consultation, changed: list[str], *, by) -> None:
    if consultation.state == Consultation.State.OPEN:
        audit.record("consultations.changed", consultation, by=by, fields=changed)
        return
    audit.record("consultations.set_up", consultation, by=by, fields=changed)
    for version in consultation.versions.filter(published_at=None):
        approvals.void(version, by=by)


def locked_names(consultation: Consultation) -> set[str]:
    by_preset = set(LOCKED_BY_PRESET) if consultation.preset == Consultation.Preset.PUBLIC else set()
    return by_preset | (set(LOCKED_WHEN_OPEN) if consultation.state == Consultation.State.OPEN else set())
