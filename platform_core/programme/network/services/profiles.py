import reversion
from django.db import transaction

from platform_core.ground.vocabulary.days import platform_day
from platform_core.ground.vocabulary.models import Term
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.languages.services import note_translations
from platform_core.people.members.models import Organisation

from .. import selectors
from ..models import ClusterProfile, Inquiry
from ..models.profiles import GOOD_FOR


@transaction.atomic
def keep_profile(profile: ClusterProfile, terms: dict[str, list[str]], *, by=None) -> ClusterProfile:
    """Write a profile; whoever writes it has confirmed it. `terms` are codes by scheme."""
    if by is not None:
        require(by, "network.change_profile", profile)
    profile.confirmed_on = platform_day()
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
    profile.confirmed_on = platform_day()
    profile.save(update_fields=["confirmed_on"])
    audit.record("network.profile_confirmed", profile.organisation, by=by)


def ask_to_confirm() -> int:
    """Ask, once a year, every admitted organisation whether its profile is still correct, or to make one."""
    return sum(ask_once(organisation) for organisation in selectors.directory.to_ask())


@transaction.atomic
def ask_once(organisation: Organisation) -> int:
    today = platform_day()
    held, is_first = Inquiry.objects.get_or_create(organisation=organisation, defaults={"asked_on": today})
    asked = is_first or Inquiry.objects.filter(pk=held.pk, asked_on__lte=today - GOOD_FOR).update(asked_on=today)
    if asked:
        audit.record("network.profile_stale", organisation)
    return int(asked)
