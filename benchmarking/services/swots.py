from collections.abc import Sequence

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.keys import PUBLIC
from platform_core.identity.access.selectors import may_see, require
from platform_core.identity.audit import services as audit
from platform_core.materials.languages.services import note_translations
from platform_core.people.members.selectors import acts_for
from workinggroups.models import WorkingGroup

from ..models import Area, Swot, SwotEntry, SwotEvidence
from ..selectors import swots as selectors

COPIED = ("topic", "quadrant", "title", "text", "author", "written_for")
POINTING = ("indicator", "year", "value", "flag", "record", "thing", "object_id", "link", "words")


@transaction.atomic
def begin(
    group: WorkingGroup, area: Area, begins: int, ends: int, *, by, copies: bool = False, key: str = "", **fields
) -> Swot:
    """`copies`: with the points of the group's last approved period, to go through one by one."""
    require(by, "benchmarking.begin_swot", group)
    if key and (held := Swot.objects.filter(group=group, key=key).first()):
        return held
    if Swot.objects.filter(group=group, area=area, begins=begins, ends=ends).exists():
        raise ValidationError({"area": _("The group has a SWOT of this area and period already.")})
    made = Swot(group=group, area=area, begins=begins, ends=ends, key=key, **fields)
    made.full_clean(exclude=["key"])
    made.save()
    share(made)
    if copies and (last := selectors.last_approved(made)):
        copy_entries(last, made)
    audit.record("benchmarking.swot_begun", made, by=by)
    return made


def copy_entries(last: Swot, made: Swot) -> None:
    for entry in selectors.evidenced(last.entries.all()):
        told = {name: getattr(entry, name) for name in COPIED}
        new = SwotEntry.objects.create(swot=made, copied_from=entry, written_on=entry.written_on, **told)
        pieces = [{name: getattr(row, name) for name in POINTING} for row in entry.evidence.all()]
        SwotEvidence.objects.bulk_create(SwotEvidence(entry=new, **piece) for piece in pieces)
        access.set_audience(new, audience(made))
        note_translations(new)


def audience(swot: Swot) -> set[str]:
    return {PUBLIC} if swot.state == Swot.State.APPROVED else {swot.scope, "role:lead_partner"}


def share(swot: Swot) -> None:
    access.set_audience(swot, audience(swot))
    for entry in swot.entries.all():
        access.set_audience(entry, audience(swot))


def locked(swot: Swot) -> Swot:
    return Swot.objects.select_for_update().select_related("area").get(pk=swot.pk)


@transaction.atomic
def write(swot: Swot, *, by, evidence: Sequence[dict], key: str = "", entry: SwotEntry | None = None, **fields):
    """Write a point, or change one, with what it stands on: dictionaries of fields of SwotEvidence."""
    swot = locked(swot)
    require(by, "benchmarking.change_swot", swot)
    if key and entry is None and (held := swot.entries.filter(key=key).first()):
        return held
    today = platform_day()
    made = entry or SwotEntry(swot=swot, author=by, written_for=acts_for(by.pk), key=key)
    made.written_on = today
    for name, value in fields.items():
        setattr(made, name, value)
    made.full_clean(exclude=["key"])
    made.save()
    keep_evidence(made, evidence)
    access.set_audience(made, audience(swot))
    note_translations(made, by=by)
    audit.record("benchmarking.swot_written", made, by=by)
    return made


def keep_evidence(entry: SwotEntry, evidence: Sequence[dict]) -> None:
    entry.evidence.all().delete()
    for piece in evidence:
        record = piece.get("record")
        if record and not may_see(AnonymousUser(), record):
            told = _("Only a published record can be named: everybody will read what this stands on.")
            raise ValidationError({"record": told})
        if piece.get("thing") and not selectors.is_open(piece["thing"], piece["object_id"]):
            told = _("Only a published finding can be named: everybody will read what this stands on.")
            raise ValidationError({"record": told})
        SwotEvidence.objects.create(entry=entry, **(with_figure(entry, piece) if piece.get("indicator") else piece))


def with_figure(entry: SwotEntry, piece: dict) -> dict:
    """The published value as it is read now; it stays when the figures are revised."""
    found = selectors.figure(entry.swot.area, piece["indicator"], piece["year"])
    if found is None:
        raise ValidationError({"year": _("There is no published figure of this indicator, area and year.")})
    return {**piece, "value": found.value, "flag": found.flag}


@transaction.atomic
def remove(entry: SwotEntry, *, by) -> Swot:
    swot = locked(entry.swot)
    require(by, "benchmarking.change_swot", swot)
    audit.record("benchmarking.swot_removed", swot, by=by, entry=entry.pk)
    access.drop_audience(entry)
    entry.delete()
    return swot


@transaction.atomic
def approve(swot: Swot, *, by) -> Swot:
    """For everybody from now on, and never changed again: what is found later belongs to another period."""
    swot = locked(swot)
    require(by, "benchmarking.approve_swot", swot)
    rows = list(selectors.evidenced(swot.entries.all()))
    if not rows:
        raise ValidationError(_("There is nothing to approve yet."))
    if bare := [str(row.title) for row in rows if not row.evidence.all()]:
        raise ValidationError(_("Nothing is named that this stands on: %(title)s") % {"title": "; ".join(bare)})
    swot.state, swot.approved_on, swot.approved_for = Swot.State.APPROVED, platform_day(), acts_for(by.pk)
    swot.save()
    share(swot)
    audit.record("benchmarking.swot_approved", swot, by=by)
    for row in rows:
        audit.record("benchmarking.swot_entry_published", row)
    return swot
