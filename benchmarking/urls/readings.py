from django.urls import path

from ..readings import replaying
from ..views import readings, run_reports

ROOM = "benchmarking/<slug:code>"
PAGES = ("ranking", "map", "compare", "scatter", "trends", "robustness")

urlpatterns = [
    path("benchmarking/charts/", readings.gallery, name="charts"),
    path("benchmarking/charts/<slug:chart>.<str:form>", readings.sample, name="sample_chart"),
    path(f"{ROOM}/reading/", readings.overview, name="reading"),
    path(f"{ROOM}/reading/<slug:chart>.<str:form>", readings.chart_file, {"page": "overview"}),
    path(f"{ROOM}/method/", readings.method, name="reading_method"),
    path(f"{ROOM}/regions/", readings.choose, name="reading_choose"),
    path(f"{ROOM}/regions/<slug:area>/", readings.region, name="reading_region"),
    path(f"{ROOM}/regions/<slug:area>/suppose/", readings.suppose, name="reading_suppose"),
    path(f"{ROOM}/regions/<slug:area>/<slug:chart>.<str:form>", readings.region_file, name="reading_region_file"),
    path(f"{ROOM}/reports/ask/", run_reports.ask, name="ask_run_report"),
    path(f"{ROOM}/reports/<str:language>.<str:form>", run_reports.report, name="run_report"),
    *(
        path(f"{ROOM}/robustness/{name}.csv", readings.replay_file, {"name": name}, name=f"replay_{name}")
        for name in replaying.FILES
    ),
    *(path(f"{ROOM}/{page}/", readings.page, {"page": page}, name=f"reading_{page}") for page in PAGES),
    *(path(f"{ROOM}/{page}/<slug:chart>.<str:form>", readings.chart_file, {"page": page}) for page in PAGES),
]
