"""What a region can learn on a topic: who is like it and does better, what they did, and whether it would fit here."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from benchmarking.models import RunArea
from benchmarking.readings import practices as reasons
from benchmarking.readings.profile import Profile
from benchmarking.selectors import neighbours, readings
from consultations.models import Consultation
from consultations.selectors import open_in
from platform_core.ground.texts.text import Text
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.models import Region, Topic
from platform_core.identity.access.keys import MEMBERS
from platform_core.identity.access.selectors import keys_of
from platform_core.people.members.models import Organisation
from repository.models import Record
from repository.selectors import records
from workinggroups.models import WorkingGroup
from workinggroups.selectors import groups

KINDS = ("good_practice", "policy_mechanism")
BESIDE, OFFERED, READ, PEERS, ASKING = 4, 12, 100, 10, 4
TRANSFERS = "pilots.selectors.transfers"
NOTHING = Text({})


@dataclass(frozen=True)
class Need:
    """Something a practice needs, and in words whether it is there."""

    name: str
    words: str
    value: str = "unknown"


@dataclass(frozen=True)
class Practice:
    """A record with why it stands here. `percent` is how far what it needs is there, None while something is not known.

    `of_peer`: it is of a region that does better or is alike, or of such a region's country as a whole.
    """

    record: Record
    why: str
    needs: Sequence[Need] = ()
    percent: int | None = None
    contact: str = ""
    of_peer: bool = False

    def said(self, *codes: str) -> Text:
        """The first of these details that was told."""
        told = (self.record.details.get(code) for code in codes)
        return next((Text(value, source=self.record.title.source) for value in told if value), NOTHING)

    @property
    def problem(self) -> Text:
        return self.said("problem", "policy")

    @property
    def resources(self) -> Text:
        return self.said("resources", "programme")

    @property
    def evidence(self) -> Text:
        return self.said("evidence", "policy_assessment")

    @property
    def difficulties(self) -> Text:
        return self.said("difficulties", "differently", "programme_assessment")

    @property
    def cost(self) -> str:
        return self.term("cost_band")

    @property
    def strength(self) -> str:
        return self.term("evidence_strength")

    def term(self, scheme: str) -> str:
        code = self.record.details.get(scheme)
        return vocabulary.term_name(scheme, code) if isinstance(code, str) and code else ""

    @property
    def missing(self) -> list[str]:
        return [need.name for need in self.needs if need.value == "no"]

    @property
    def unknown(self) -> list[str]:
        return [need.name for need in self.needs if need.value not in ("yes", "partly", "no")]

    @property
    def regions(self) -> str:
        """Where it is of none, the countries it is of."""
        labels = vocabulary.region_labels()
        told = [labels.get(region.code, region.name) for region in self.record.regions.all()]
        return ", ".join(told or [str(country.name) for country in self.record.countries.all()])

    @property
    def organisation(self) -> Organisation | None:
        return self.record.organisation


@dataclass
class Brief:
    region: Region
    topic: Topic
    profile: Profile | None
    peers: Sequence[str]
    offered: Sequence[Practice]
    beside: Sequence[Practice] = ()
    group: WorkingGroup | None = None
    asking: Sequence[Consultation] = ()
    gaps: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return vocabulary.region_labels()[self.region.code]

    @cached_property
    def better(self) -> list[tuple[RunArea, str]]:
        """The peers that do better, each with why."""
        if self.profile is None:
            return []
        return [(peer, reasons.why(self.profile, peer)) for peer in reasons.better(self.profile)[:PEERS]]

    @property
    def is_demonstration(self) -> bool:
        invented = self.profile is not None and self.profile.run.benchmark.is_demonstration
        return invented or any(one.record.is_demonstration for one in self.beside)


def brief(user: Any, region: Region, topic: Topic, chosen: Sequence[str] = ()) -> Brief:
    """`chosen` are codes of practices to be set side by side; the first ones where none is chosen."""
    area = readings.latest_on(user, region.code, topic.number)
    profile = readings.profile(user, area) if area else None
    alike = [peer.code for peer in profile.peers] if profile and not profile.by_country else []
    peers = dict.fromkeys([*alike, *(neighbours.peers_of(user, region.code) or ())])
    found = Brief(region, topic, profile, list(peers), [], group=groups(user).filter(topic=topic.number).first())
    found.offered = practices(user, found)
    picked = [one for one in found.offered if one.record.code in chosen] or list(found.offered)
    found.beside = fitted(user, region, picked[:BESIDE])
    found.asking = open_in(user, country=region.country_id, region=region.code, topic=topic.number)[:ASKING]
    found.gaps = gaps(found)
    return found


def practices(user: Any, of: Brief) -> list[Practice]:
    """Of regions that do better, then of those that are alike, then of others; never the region's own.

    What is of a peer's country as a whole follows what is of such regions, unless it is the region's own country.
    """
    rows = records(user).filter(state=Record.State.PUBLISHED, kind__in=KINDS, topics=of.topic.number)
    rows = rows.exclude(regions=of.region.pk).order_by("-published_on", "-pk")
    ahead = {peer.code: why for peer, why in of.better}
    place = {code: number for number, code in enumerate(dict.fromkeys([*ahead, *of.peers]))}
    lands: dict[str, str] = {}
    for code in place:
        if code[:2] != of.region.country_id:
            lands.setdefault(code[:2], code)
    own = rows.filter(regions__code__in=place).annotate(place=F("regions__code"))
    whole = rows.filter(regions__isnull=True, countries__code__in=lands).annotate(place=F("countries__code"))
    found = [(pk, code, "") for pk, code in own.values_list("pk", "place")[:READ]]
    found += [(pk, lands[land], land) for pk, land in whole.values_list("pk", "place")[:READ]]
    order: dict[int, tuple[str, str]] = {}
    for pk, code, land in sorted(found, key=lambda row: (row[1] not in ahead, bool(row[2]), place[row[1]])):
        order.setdefault(pk, (code, land))
    if len(order) < OFFERED:
        order |= {pk: order.get(pk, ("", "")) for pk in rows.values_list("pk", flat=True)[: 2 * OFFERED]}
    wanted = list(order)[:OFFERED]
    held = (
        records(user)
        .filter(pk__in=wanted)
        .select_related("organisation")
        .prefetch_related("regions", "countries")
        .in_bulk()
    )
    return [
        Practice(held[pk], why(of, *order[pk], ahead), contact=contact(user, held[pk]), of_peer=bool(order[pk][0]))
        for pk in wanted
        if pk in held
    ]


def why(of: Brief, code: str, land: str, ahead: dict[str, str]) -> str:
    """`land` is the country of the peer where a record is of all of it."""
    if land:
        return reasons.why_whole(why(of, code, "", ahead), land)
    if code in ahead:
        return ahead[code]
    if code:
        told = _("%(region)s is among the regions most like %(own)s.")
        return told % {"region": vocabulary.region_labels().get(code, code), "own": of.name}
    return _("It is on the same topic, from a place that was not compared.")


def contact(user: Any, record: Record) -> str:
    """Members alone are told whom to write to."""
    told = record.details.get("contact") if MEMBERS in keys_of(user) else None
    return str(Text(told, source=record.title.source)) if told else ""


def fitted(user: Any, region: Region, some: Sequence[Practice]) -> list[Practice]:
    """The practices with what they need and what of that is there, as the region's conditions sheet says."""
    if find_spec(TRANSFERS) is None:
        return [with_needs(one, needs_alone(one.record), None) for one in some]
    held = import_module(TRANSFERS).against(user, region, [one.record for one in some])
    told = {record.pk: (needs, percent) for record, needs, percent in held}
    return [with_needs(one, *told[one.record.pk]) for one in some]


def needs_alone(record: Record) -> list[Need]:
    codes = record.details.get("precondition") or ()
    return [Need(vocabulary.term_name("precondition", code), _("Unknown")) for code in codes]


def with_needs(one: Practice, needs: Sequence[Any], percent: int | None) -> Practice:
    told = [Need(need.name, need.words, need.value) for need in needs]
    return replace(one, needs=told, percent=percent)


def gaps(of: Brief) -> list[str]:
    """What is not known, so that nobody takes silence for an answer."""
    found, name = [], {"region": of.name}
    if of.profile is None:
        found.append(_("No published benchmark on this topic ranks %(region)s: who does better is not known.") % name)
    elif of.profile.by_country:
        found.append(_("No study of peers tells of %(region)s: it is compared with the regions of its country.") % name)
    elif not of.better:
        found.append(_("None of its peers does better than %(region)s in the newest benchmark on this topic.") % name)
    if not of.offered:
        found.append(_("The repository holds no practice on this topic from another region."))
    elif not any(one.of_peer for one in of.offered):
        found.append(_("No practice is filed from the regions that do better or are alike; these are from elsewhere."))
    if any(one.unknown for one in of.beside):
        found.append(_("Whether all is there that these practices need is not known for %(region)s.") % name)
    return found
