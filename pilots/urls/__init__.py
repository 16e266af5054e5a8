from . import briefs, trails

app_name = "pilots"
urlpatterns: list = [
    *briefs.urlpatterns,
    *trails.urlpatterns,
]
