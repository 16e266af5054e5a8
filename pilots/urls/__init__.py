from . import changes, helpdesk

app_name = "pilots"
urlpatterns: list = [
    *changes.urlpatterns,
    *helpdesk.urlpatterns,
]
