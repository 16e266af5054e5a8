"""What other rooms' pages show of studies of peers and cluster maps."""

from typing import Any

from .models import ClusterMap, PeerStudy
from .peer_pages import asked, nearest, peer_line
from .selectors import clusters, peers, studies

SHOWN = 5


def peers_here(request, region, **subject) -> dict[str, Any] | None:
    """On the page of a region: its nearest in the newest published study."""
    study = studies.newest(PeerStudy, request.user)
    row = peers.row_if_any(study, region.code) if study else None
    if study is None or row is None:
        return None
    wanted = asked(study, {})
    codes = nearest(row, wanted)[:SHOWN]
    others = peers.rows_of(study, codes)
    return {"study": study, "peers": [peer_line(study, row, others[code], wanted) for code in codes]}


def clusters_here(request, region, **subject) -> dict[str, Any] | None:
    """On the page of a region: the sectors it is strong in, with the number of people."""
    found = studies.newest(ClusterMap, request.user)
    told = clusters.region_if_any(found, region.code) if found else None
    if found is None or told is None:
        return None
    rows = [row for row in clusters.of_region(found, told.area) if row.stars]
    return {"map": found, "region": told, "strong": rows[:SHOWN], "more": len(rows) > SHOWN}


def clusters_of_country(request, country, **subject) -> dict[str, Any] | None:
    """On the page of a country: the sectors most of its regions are strong in."""
    found = studies.newest(ClusterMap, request.user)
    if found is None or not clusters.regions(found, country.pk).exists():
        return None
    strong = list(clusters.strong_in(found, country.pk)[: SHOWN + 1])
    return {"map": found, "country": country, "strong": strong[:SHOWN], "more": len(strong) > SHOWN}


def studies_of_group(request, topic, **subject) -> dict[str, Any] | None:
    """What is published, and what the group has in the making: those who do not make it see it once it is computed."""
    user = request.user
    makes = user.is_authenticated and user.has_perm("benchmarking.follow_study", topic.group)
    rows = []
    for model in (PeerStudy, ClusterMap):
        held = studies.seen(model, user).filter(group=topic.pk).order_by("-pk")
        rows += (held if makes else held.filter(computed_at__isnull=False))[:SHOWN]
    may_begin = user.is_authenticated and user.has_perm("benchmarking.make_study", topic.group)
    return {"studies": rows, "may_begin": may_begin, "makes": makes} if rows or may_begin else None
