import reversion
from django.db import transaction

from platform_core.ground.vocabulary.days import platform_day
from platform_core.ground.vocabulary.models import Term
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.languages.services import note_translations

from .. import selectors
from ..models import ClusterProfile


@transaction.atomic
def keep_profile(profile: ClusterProfile, terms: dict[str, list[str]], *, by=None) -> ClusterProfile:
    """Write a profile; whoever writes it has confirmed it. `terms` are codes by scheme."""
    if by is not None:
        require(by, "network.change_profile", profile)
    profile.confirmed_on, profile.asked = platform_day(), False
    profile.full_clean()
    with reversion.create_revision():
        profile.save()
        chosen = [Term.objects.filter(scheme=scheme, code__in=codes) for scheme, codes in terms.items()]
        profile.terms.set([term for rows in chosen for term in rows])
    note_translations(profile)
    audit.record("network.profile_kept", profile.organisation, by=by)
    return profile


@transaction.atomic
def confirm(profile: ClusterProfile, *, by) -> None:
    """Everything is still correct."""
    require(by, "network.change_profile", profile)
    profile.confirmed_on, profile.asked = platform_day(), False
    profile.save(update_fields=["confirmed_on", "asked"])
    audit.record("network.profile_confirmed", profile.organisation, by=by)


def ask_to_confirm() -> int:
    """Ask, once a year, those who look after a profile whether it is still correct."""
    return sum(ask_once(profile) for profile in selectors.directory.to_confirm())


@transaction.atomic
def ask_once(profile: ClusterProfile) -> int:
    asked = ClusterProfile.objects.filter(pk=profile.pk, asked=False).update(asked=True)
    if asked:
        audit.record("network.profile_stale", profile.organisation)
    return asked
