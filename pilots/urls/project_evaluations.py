from django.urls import path, re_path

from ..views import project_evaluation_desk as desk, project_evaluations as evaluations

KINDS = "questions|sources|findings|recommendations|reports"
DESK = r"^desk/project-evaluation/"

urlpatterns = [
    path("project-evaluation/", evaluations.listing, name="project_evaluations"),
    path("project-evaluation/<int:pk>/", evaluations.evaluation, name="project_evaluation"),
    path("project-evaluation/reports/<int:pk>/", evaluations.report, name="evaluation_report"),
    re_path(
        r"^project-evaluation/reports/(?P<pk>\d{1,18})/(?P<language>[a-z]{2})\.(?P<form>pdf|docx)$",
        evaluations.file,
        name="evaluation_file",
    ),
    path("project-evaluation/recommendations/<int:pk>/", evaluations.recommendation, name="evaluation_recommendation"),
    path("desk/project-evaluation/new/", desk.new, name="new_project_evaluation"),
    path("desk/project-evaluation/<int:pk>/change/", desk.change, name="change_project_evaluation"),
    re_path(rf"{DESK}(?P<pk>\d{{1,18}})/(?P<kind>{KINDS})/new/$", desk.add, name="add_evaluation_piece"),
    re_path(rf"{DESK}(?P<kind>{KINDS})/(?P<pk>\d{{1,18}})/$", desk.change_piece, name="change_evaluation_piece"),
    re_path(rf"{DESK}(?P<kind>{KINDS})/(?P<pk>\d{{1,18}})/remove/$", desk.remove, name="remove_evaluation_piece"),
    path("desk/project-evaluation/reports/<int:pk>/publish/", desk.publish, name="publish_evaluation_report"),
    path("desk/project-evaluation/recommendations/<int:pk>/follow/", desk.follow, name="follow_recommendation"),
]
