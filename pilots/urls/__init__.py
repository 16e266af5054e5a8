from . import helpdesk, training

app_name = "pilots"
urlpatterns: list = [
    *helpdesk.urlpatterns,
    *training.urlpatterns,
]
