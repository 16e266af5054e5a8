from django.urls import path

from ..views import clusters, peers, studies, study_methods as methods

DESK = "desk/benchmarking/studies"
MAP = "benchmarking/clusters/<slug:code>"
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
    path(
        "benchmarking/peers/<slug:code>/<slug:area>/<slug:chart>.<str:form>", peers.region_chart, name="peers_of_chart"
    ),
    path("benchmarking/clusters/", clusters.listing, name="cluster_maps"),
    path(f"{MAP}/", clusters.overview, name="cluster_map"),
    path(f"{MAP}/cells.csv", clusters.cells_file, name="cluster_file"),
    path(f"{MAP}/change/", clusters.change, name="cluster_change"),
    path(f"{MAP}/change/<slug:chart>.<str:form>", clusters.change_chart, name="cluster_change_chart"),
    path(f"{MAP}/change.csv", clusters.change_file, name="cluster_change_file"),
    path(f"{MAP}/regions/<slug:area>/", clusters.region, name="cluster_region"),
    path(f"{MAP}/regions/<slug:area>/<slug:chart>.<str:form>", clusters.region_chart, name="cluster_region_chart"),
    path(f"{MAP}/sectors/<slug:sector>/", clusters.sector, name="cluster_sector"),
    path(f"{MAP}/sectors/<slug:sector>/<slug:chart>.<str:form>", clusters.sector_chart, name="cluster_sector_chart"),
    path(f"{DESK}/", studies.desk, name="studies_desk"),
    *(path(f"{DESK}/{word}/new/", studies.begin, {"kind": kind}, name=f"{kind}_begin") for kind, word in KINDS.items()),
    *(
        path(f"{DESK}/{word}/<slug:code>/{rest}", view, {"kind": kind}, name=f"{kind}_{name}")
        for kind, word in KINDS.items()
        for rest, view, name in STEPS
    ),
]
