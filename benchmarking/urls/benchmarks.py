from django.urls import path

from ..views import benchmarks, hierarchy, points, runs, steps

DESK = "desk/benchmarking/<slug:code>"
urlpatterns = [
    path("benchmarking/", benchmarks.listing, name="listing"),
    path("benchmarking/<slug:code>/", benchmarks.benchmark, name="benchmark"),
    path("benchmarking/<slug:code>/runs/<int:number>/", runs.run, name="run"),
    path("desk/benchmarking/", benchmarks.desk, name="desk"),
    path("desk/benchmarking/new/", benchmarks.begin, name="begin"),
    path(f"{DESK}/", benchmarks.overview, name="overview"),
    path(f"{DESK}/copy/", benchmarks.copy, name="copy"),
    path(f"{DESK}/delete/", benchmarks.delete, name="delete"),
    path(f"{DESK}/back/", benchmarks.take_back, name="take_back"),
    path(f"{DESK}/next/", benchmarks.begin_next, name="begin_next"),
    path(f"{DESK}/publish/", benchmarks.publish, name="publish"),
    path(f"{DESK}/withdraw/", benchmarks.withdraw, name="withdraw"),
    path(f"{DESK}/steps/<slug:step>/", steps.step, name="step"),
    path(f"{DESK}/steps/<slug:step>/forget/", steps.forget, name="forget_step"),
    path(f"{DESK}/diagnose/", steps.diagnose, name="diagnose"),
    path(f"{DESK}/hierarchy/groups/", hierarchy.add_group, name="add_group"),
    path(f"{DESK}/hierarchy/indicators/", hierarchy.add_indicators, name="add_indicators"),
    path(f"{DESK}/hierarchy/<int:pk>/", hierarchy.node, name="node"),
    path(f"{DESK}/hierarchy/<int:pk>/move/", hierarchy.move, name="move_node"),
    path(f"{DESK}/hierarchy/<int:pk>/remove/", hierarchy.drop, name="drop_node"),
    path(f"{DESK}/points/", points.points, name="points"),
    path(f"{DESK}/points/withdraw/", points.withdraw, name="withdraw_points"),
    path(f"{DESK}/runs/", runs.start, name="start_run"),
    path(f"{DESK}/compare/", runs.compare, name="compare"),
    path(f"{DESK}/runs/<int:number>/cancel/", runs.cancel, name="cancel_run"),
    path(f"{DESK}/runs/<int:number>/retry/", runs.retry, name="retry_run"),
    path(f"{DESK}/runs/<int:number>/delete/", runs.delete, name="delete_run"),
    path(f"{DESK}/runs/<int:number>/reproduce/", runs.reproduce, name="reproduce_run"),
    path(f"{DESK}/runs/<int:number>/ask/", runs.ask, name="ask_approval"),
]
