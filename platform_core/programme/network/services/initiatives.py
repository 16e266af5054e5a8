from collections.abc import Iterable

import reversion
from django.db import transaction
from reversion.models import Version

from platform_core.ground.texts.fields import as_text
from platform_core.ground.texts.names import free_code
from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.languages.services import note_translations

from ..models import Initiative, Synergy
from ..selectors import initiatives


@transaction.atomic
def keep_initiative(initiative: Initiative, topics: Iterable[int] = (), *, by=None) -> Initiative:
    if by is not None:
        require(by, "network.keep_register")
    if not initiative.code:
        taken = Initiative.objects.values_list("code", flat=True)
        title = as_text(initiative.title).localise("en").text
        initiative.code = free_code(title, lambda stem: {"new"} | set(taken.filter(code__startswith=stem)))
    initiative.full_clean()
    with reversion.create_revision():
        initiative.save()
        initiative.topics.set(topics)
    access.set_audience(initiative, {"public"})
    note_translations(initiative)
    audit.record("network.initiative_kept", initiative, by=by)
    return initiative


@transaction.atomic
def note_contact(initiative: Initiative, state: str, *, by, **fields) -> Synergy:
    """An entry of the register, and the state of cooperation it leads to."""
    require(by, "network.keep_register")
    with reversion.create_revision():
        entry = initiative.synergies.create(owner=by, **fields)
    initiative.state = state
    initiative.save(update_fields=["state"])
    audit.record("network.contact_noted", initiative, by=by, state=state)
    return entry


@transaction.atomic
def correct_entry(entry: Synergy, *, by, **fields) -> list[str]:
    """Put an entry right; gives the names of the fields that changed. What it said before is kept."""
    entry = Synergy.objects.select_for_update(of=("self",)).select_related("initiative").get(pk=entry.pk)
    require(by, "network.keep_register")
    require(by, "network.correct_entry", entry)
    changed = sorted(name for name, value in fields.items() if getattr(entry, name) != value)
    if not changed:
        return []
    if not Version.objects.get_for_object(entry).exists():
        with reversion.create_revision():
            reversion.add_to_revision(entry)
    for name in changed:
        setattr(entry, name, fields[name])
    entry.full_clean()
    with reversion.create_revision():
        entry.save()
    audit.record("network.entry_corrected", entry.initiative, by=by, entry=entry.pk, fields=changed)
    return changed


def remind() -> int:
    """Remind whoever noted an entry, on the day by which its next step was to be done."""
    return sum(remind_once(entry) for entry in initiatives.steps_due())


@transaction.atomic
def remind_once(entry: Synergy) -> int:
    due = Synergy.objects.filter(pk=entry.pk, next_on=entry.next_on).exclude(reminded_for=entry.next_on)
    told = due.update(reminded_for=entry.next_on)
    if told:
        audit.record("network.step_due", entry.initiative, entry=entry.pk)
    return told
