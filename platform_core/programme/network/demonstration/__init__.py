"""Profiles, ties and a network of the fictitious organisations, and European initiatives as they are publicly known."""

import json
from datetime import date
from pathlib import Path

from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.audit import services as audit
from platform_core.people.members.models import Organisation

from ..models import Activity, ClusterProfile, Initiative, Network, Seat, Tie
from ..services.initiatives import keep_initiative
from ..services.profiles import keep_profile

FOLDER = Path(__file__).parent


def load() -> str:
    rows = json.loads((FOLDER / "network.json").read_text(encoding="utf-8"))
    known = {organisation.code: organisation for organisation in Organisation.objects.all()}
    made = 0
    for row in rows["profiles"]:
        organisation = known.get(row.pop("organisation"))
        if organisation and not ClusterProfile.objects.filter(organisation=organisation).exists():
            terms = {scheme: row.pop(scheme) for scheme in ("sector", "technology")}
            keep_profile(ClusterProfile(organisation=organisation, confirmed_on=platform_day(), **row), terms)
            made += 1
    if not Tie.objects.exists():
        made += sum(add_tie(known, row) for row in rows["ties"])
    if not Network.objects.exists():
        made += sum(add_network(known, row) for row in rows["networks"])
    if not Initiative.objects.exists():
        for row in rows["initiatives"]:
            topics = row.pop("topics")
            keep_initiative(Initiative(**row), topics)
            made += 1
    return f"{made} entries of the directory" if made else ""


def add_tie(known: dict[str, Organisation], row: dict) -> int:
    ends = [known.get(row.pop("one")), known.get(row.pop("other"))]
    if not all(ends):
        return 0
    Tie.objects.create(one=ends[0], other=ends[1], topic_id=row.pop("topic"), state=Tie.State.CONFIRMED, **row)
    return 1


def add_network(known: dict[str, Organisation], row: dict) -> int:
    members = [known[code] for code in row.pop("members") if code in known]
    activities, begun = row.pop("activities"), date.fromisoformat(row.pop("begun_on"))
    network = Network.objects.create(founder=members[0], topic_id=row.pop("topic"), begun_on=begun, **row)
    for organisation in members:
        Seat.objects.create(network=network, organisation=organisation, state=Seat.State.CONFIRMED, confirmed_on=begun)
    for activity in activities:
        Activity.objects.create(network=network, language="en", **activity)
    access.set_audience(network, {"public"})
    audit.record("network.founded", network)
    return 1
