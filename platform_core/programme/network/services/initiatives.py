from collections.abc import Iterable

import reversion
from django.db import transaction

from platform_core.ground.texts.fields import as_text
from platform_core.ground.texts.names import free_code
from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.languages.services import note_translations

from ..models import Initiative, Synergy


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
    entry = initiative.synergies.create(**fields)
    initiative.state = state
    initiative.save(update_fields=["state"])
    audit.record("network.contact_noted", initiative, by=by, state=state)
    return entry
