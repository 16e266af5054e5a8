"""The synergy register: entries with what they said before, and those whose next step is due."""

from django.db.models import F, Q, QuerySet
from django.shortcuts import get_object_or_404
from reversion.models import Version

from platform_core.ground.vocabulary.days import platform_day

from ..models import Initiative, Synergy


def entries_of(initiative: Initiative, user) -> list[Synergy]:
    """Each with `may_correct`, and `former`: [(moment of the correction, fields before it)], the newest first."""
    rows = list(initiative.synergies.all())
    versions: dict[str, list[Version]] = {}
    held = Version.objects.get_for_model(Synergy).filter(object_id__in=[str(entry.pk) for entry in rows])
    for version in held.select_related("revision").order_by("-pk"):
        versions.setdefault(version.object_id, []).append(version)
    keeps = user.has_perm("network.keep_register")
    for entry in rows:
        kept = versions.get(str(entry.pk), [])
        later = [version.revision.date_created for version in kept]
        entry.former = [(moment, one.field_dict) for moment, one in zip(later, kept[1:], strict=False)]
        entry.may_correct = keeps and user.has_perm("network.correct_entry", entry)
    return rows


def entry_of(initiative: Initiative, pk: int) -> Synergy:
    return get_object_or_404(initiative.synergies.select_related("initiative"), pk=pk)


def steps_due() -> QuerySet[Synergy]:
    """Entries whose next step was to be done by today and whose owner was not reminded of that day."""
    rows = Synergy.objects.filter(next_on__lte=platform_day(), owner__isnull=False).exclude(next_step="")
    return rows.filter(Q(reminded_for=None) | ~Q(reminded_for=F("next_on"))).select_related("initiative")
