from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import (
    Demonstration,
    EventKind,
    JobKind,
    MenuEntry,
    Panel,
    PersonalData,
    Searchable,
    SearchDocument,
    Thing,
)
from platform_core.materials.languages.fields import of_fields

from .. import study_panels as panels
from ..demonstration import studies as demonstration
from ..models import ClusterMap, PeerStudy, Study
from ..permissions.studies import RIGHTS
from ..selectors import clusters, peers
from ..selectors.benchmarks import gone
from ..services.clusters import JOB as CLUSTERS
from ..services.peers import JOB as PEERS

VERBS = {
    "study_begun": _("A study of peers or a cluster map was begun"),
    "study_changed": _("A study of peers or a cluster map was changed"),
    "study_asked": _("A study of peers or a cluster map was asked to be computed"),
    "study_computed": _("A study of peers or a cluster map was computed"),
    "study_published": _("A study of peers or a cluster map was published"),
    "study_withdrawn": _("A published study of peers or cluster map was withdrawn"),
    "study_dropped": _("A study of peers or a cluster map in preparation was deleted"),
}
KINDS = (
    (
        peers.LABEL,
        PeerStudy,
        _("Study of peers"),
        _("Studies of peers"),
        peers.peer_studies,
        "peer_study",
        "peer_studies",
    ),
    (
        clusters.LABEL,
        ClusterMap,
        _("Cluster map"),
        _("Cluster maps"),
        clusters.cluster_maps,
        "cluster_map",
        "cluster_maps",
    ),
)


def document_of(model: type[Study], route: str):
    def document(pk: int) -> SearchDocument | None:
        found = model._default_manager.filter(pk=pk, state=Study.State.PUBLISHED).first()
        if found is None:
            return None
        return SearchDocument(
            title=found.title.stored(),
            summary=found.summary.stored(),
            body={},
            route=f"benchmarking:{route}",
            key=found.code,
            day=found.published_at.date(),
            facets={"topic": [str(found.group_id)]},
        )

    return document


def every_of(model: type[Study]):
    return lambda: model._default_manager.filter(state=Study.State.PUBLISHED).values_list("pk", flat=True)


def of_kind(label, model, name, names, visible, route, list_route) -> list:
    return [
        Thing(
            label=label,
            name=name,
            title=lambda study: study.title,
            address=lambda study: study.get_absolute_url(),
            visible=visible,
            public=True,
            route=f"benchmarking:{route}",
            lookup="code",
            gone=gone,
        ),
        Searchable(
            label=label,
            name=names,
            document=document_of(model, route),
            every=every_of(model),
            order=32,
            list_route=f"benchmarking:{list_route}",
        ),
        of_fields(label, visible, order=32),
        PersonalData(
            label=label,
            fields=("made_by", "title", "summary"),
            holder="made_by",
            purpose=_("To know who began a study, and to say what it is for"),
            erasure="unlink",
        ),
    ]


studies = [
    *RIGHTS,
    *(entry for kind in KINDS for entry in of_kind(*kind)),
    *(EventKind(verb=f"benchmarking.{verb}", name=name) for verb, name in VERBS.items()),
    JobKind(code=PEERS, name=_("Finding peers"), perform="benchmarking.peering.compute"),
    JobKind(code=CLUSTERS, name=_("Mapping clusters"), perform="benchmarking.mapping.compute"),
    MenuEntry(
        place="desk",
        name=_("Peers and clusters"),
        route="benchmarking:studies_desk",
        order=36,
        right="benchmarking.follow_study",
    ),
    Panel(place="region.main", order=22, template="benchmarking/panel_peers.html", context=panels.peers_here),
    Panel(place="region.main", order=24, template="benchmarking/panel_clusters.html", context=panels.clusters_here),
    Panel(
        place="country.main",
        order=24,
        template="benchmarking/panel_country_clusters.html",
        context=panels.clusters_of_country,
    ),
    Panel(place="group.main", order=36, template="benchmarking/panel_studies.html", context=panels.studies_of_group),
    Demonstration(order=62, load=demonstration.load),
]
