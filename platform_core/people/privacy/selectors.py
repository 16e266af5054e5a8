from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import ConsentKind, Retention
from platform_core.ground.vocabulary.days import platform_day
from platform_core.materials.jobs.models import Job

from .models import Consent, Export, PrivacyNotice


@dataclass(frozen=True)
class Agreement:
    kind: ConsentKind
    consent: Consent | None
    is_current: bool


def current_notice() -> PrivacyNotice:
    return PrivacyNotice.objects.filter(in_force_from__lte=platform_day()).order_by("-number")[0]


def notice_with(number: int) -> PrivacyNotice:
    return get_object_or_404(PrivacyNotice, number=number)


def agreements(person) -> list[Agreement]:
    """What a person agreed to, and whether to the text of today."""
    current = current_notice()
    held = {row.purpose: row for row in person.consents.filter(withdrawn_at=None).order_by("notice")}
    rows = [(kind, held.get(kind.code)) for kind in declared(ConsentKind)]
    return [Agreement(kind, row, row is not None and row.notice_id == current.pk) for kind, row in rows]


def export_of(person) -> Export | None:
    return person.exports.first()


def job_of(export: Export) -> Job | None:
    return Job.objects.filter(kind="privacy.export", arguments__export=export.pk).order_by("-created_at").first()


def retention() -> list[Retention]:
    return list(declared(Retention))
