from . import helpdesk, project_evaluations, training, usage

app_name = "pilots"
urlpatterns: list = [
    *helpdesk.urlpatterns,
    *training.urlpatterns,
    *usage.urlpatterns,
    *project_evaluations.urlpatterns,
]
