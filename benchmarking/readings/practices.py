"""What the better ones did: records of the repository about the regions ahead, each with why it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from platform_core.ground.vocabulary.selectors import country_labels

from ..charts.lettering import figure
from ..models import RunArea
from .profile import Profile, standing

KINDS = ("good_practice", "lesson", "policy_mechanism")
ASKED = "consultation_result"
MOST_SHOWN = 12
MOST_NAMED = 3


@dataclass(frozen=True)
class Found:
    """A record as the repository tells of it, and the sentence why it stands here."""

    title: str
    address: str
    kind: str
    summary: str
    why: str
    language: str = ""
    is_demonstration: bool = False


def better(profile: Profile) -> list[RunArea]:
    """Peers with a better rank, those clearly ahead first; the best in each weakness too."""
    own = profile.area.rank
    ahead = [peer for peer in profile.by_rank if own is None or (peer.rank or 0) < own]
    ordered = sorted(ahead, key=lambda peer: (standing(peer, profile.area) != "ahead", peer.rank or 0))
    others = [one.best for one in profile.weaknesses if one.best is not None]
    return list({peer.code: peer for peer in [*ordered, *others]}.values())


def why(profile: Profile, peer: RunArea) -> str:
    best_in = [one.name for one in profile.weaknesses if one.best is not None and one.best.code == peer.code]
    if best_in:
        told = _("%(region)s does best of the peers in “%(indicator)s”, where %(own)s is weak.")
        return told % {"region": peer.called, "indicator": best_in[0], "own": profile.area.called}
    if standing(peer, profile.area) == "ahead":
        told = _("%(region)s is clearly ahead of %(own)s: rank %(rank)s.")
    else:
        told = _("%(region)s ranks before %(own)s, on %(rank)s, though the two cannot be told apart with certainty.")
    return told % {"region": peer.called, "own": profile.area.called, "rank": figure(peer.rank)}


def why_whole(reason: str, country: str) -> str:
    """`reason` is that of the peer in this country, of which as a whole a record is."""
    told = _("%(reason)s The record is of %(country)s as a whole.")
    return told % {"reason": reason, "country": country_labels().get(country, country)}


def why_asked(places: Sequence[RunArea] = ()) -> str:
    """`places`: peers in whose region or country was asked."""
    if not places:
        return _("What stakeholders said in a consultation on the same topic, which is not of these regions alone.")
    told = _("What stakeholders said on the same topic where better peers lie: %(regions)s.")
    return told % {"regions": "; ".join(peer.called for peer in places[:MOST_NAMED])}


def order(profile: Profile) -> Sequence[str]:
    return [peer.code for peer in better(profile)]
