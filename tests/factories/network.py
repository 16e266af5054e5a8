from django.utils import timezone

from platform_core.people.members.models import Organisation
from platform_core.programme.network.models import ClusterProfile, Initiative, Network
from platform_core.programme.network.services import initiatives, networks, profiles


def profile(code: str, *, sector: tuple = ("agrofood",), technology: tuple = (), **fields) -> ClusterProfile:
    held = ClusterProfile(organisation=Organisation.objects.get(code=code), confirmed_on=timezone.localdate(), **fields)
    return profiles.keep_profile(held, {"sector": list(sector), "technology": list(technology)})


def initiative(title: str = "Danube strategy", **fields) -> Initiative:
    return initiatives.keep_initiative(Initiative(title={"en": title}, summary={"en": "What it does."}, **fields))


def network(founder, others: list[Organisation], title: str = "Food and sensors") -> Network:
    own = founder.affiliations.get().organisation
    return networks.found_network(own, others, by=founder, title={"en": title}, purpose={"en": "To learn."}, topic=None)
