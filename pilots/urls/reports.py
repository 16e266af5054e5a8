from django.urls import path

from ..views import reports

urlpatterns = [
    path("desk/pilots/actions/<int:pk>/reports/<int:number>/", reports.begin, name="begin_report"),
    path("desk/pilots/reports/<int:pk>/", reports.report, name="report"),
    path("desk/pilots/reports/<int:pk>/write/", reports.write, name="write_report"),
    path("desk/pilots/reports/<int:pk>/accept/", reports.accept, name="accept_report"),
    path("desk/pilots/reports/<int:pk>/return/", reports.return_it, name="return_report"),
    path("desk/pilots/figures/<int:pk>/file/", reports.file, name="figure_file"),
]
