from django.urls import path

from ..views import clusters, peers, studies, study_methods as methods

DESK = "desk/benchmarking/studies"
STEPS = (
    ("", studies.manage, "desk"),
    ("settings/", studies.settings, "settings"),
    ("parts/", studies.parts, "parts"),
    ("method/", studies.method, "method"),
    ("compute/", studies.compute, "compute"),
    ("publish/", studies.publish, "publish"),
    ("drop/", studies.drop, "drop"),
    ("withdraw/", studies.withdraw, "withdraw"),
)
KINDS = {"peer": "peers", "cluster": "clusters"}
urlpatterns = [
    path("benchmarking/methods/peers/", methods.peers, name="method_peers"),
    path("benchmarking/methods/clusters/", methods.clusters, name="method_clusters"),
    path("benchmarking/methods/shift-share/", methods.shift_share, name="method_shift_share"),
    path("benchmarking/peers/", peers.listing, name="peer_studies"),
    path("benchmarking/peers/<slug:code>/", peers.study, name="peer_study"),
    path("benchmarking/peers/<slug:code>/peers.csv", peers.study_file, name="peer_file"),
    path("benchmarking/peers/<slug:code>/<slug:area>/", peers.region, name="peers_of"),
    path("benchmarking/peers/<slug:code>/<slug:area>/peers.csv", peers.region_file, name="peers_of_file"),
    path("benchmarking/clusters/", clusters.listing, name="cluster_maps"),
    path("benchmarking/clusters/<slug:code>/", clusters.overview, name="cluster_map"),
    path("benchmarking/clusters/<slug:code>/cells.csv", clusters.cells_file, name="cluster_file"),
    path("benchmarking/clusters/<slug:code>/change/", clusters.change, name="cluster_change"),
    path("benchmarking/clusters/<slug:code>/change.csv", clusters.change_file, name="cluster_change_file"),
    path("benchmarking/clusters/<slug:code>/regions/<slug:area>/", clusters.region, name="cluster_region"),
    path("benchmarking/clusters/<slug:code>/sectors/<slug:sector>/", clusters.sector, name="cluster_sector"),
    path(f"{DESK}/", studies.desk, name="studies_desk"),
    *(path(f"{DESK}/{word}/new/", studies.begin, {"kind": kind}, name=f"{kind}_begin") for kind, word in KINDS.items()),
    *(
        path(f"{DESK}/{word}/<slug:code>/{rest}", view, {"kind": kind}, name=f"{kind}_{name}")
        for kind, word in KINDS.items()
        for rest, view, name in STEPS
    ),
]
