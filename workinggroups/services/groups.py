from django.db import transaction

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.access import services as access
from platform_core.identity.audit import services as audit
from platform_core.materials.languages.services import note_translations

from ..models import WorkingGroup


@transaction.atomic
def load_reference() -> None:
    """One group for each topic."""
    for topic in vocabulary.topics():
        group, new = WorkingGroup.objects.get_or_create(topic=topic)
        if new:
            access.set_audience(group, {"public"})
            audit.record("workinggroups.set_up", group)


@transaction.atomic
def describe(group: WorkingGroup, *, summary: dict, weaknesses: dict, potentials: dict) -> WorkingGroup:
    group.summary, group.weaknesses, group.potentials = summary, weaknesses, potentials
    group.save()
    note_translations(group)
    audit.record("workinggroups.described", group)
    return group
