from . import helpdesk

app_name = "pilots"
urlpatterns: list = [
    *helpdesk.urlpatterns,
]
