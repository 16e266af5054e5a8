from . import evaluations, pilots, proposals, reports, schemes

app_name = "pilots"
urlpatterns: list = [
    *evaluations.urlpatterns,
    *pilots.urlpatterns,
    *proposals.urlpatterns,
    *reports.urlpatterns,
    *schemes.urlpatterns,
]
