from . import trails

app_name = "pilots"
urlpatterns: list = [
    *trails.urlpatterns,
]
