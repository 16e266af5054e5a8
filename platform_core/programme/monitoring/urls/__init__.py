from . import handing_in, indicators, partners, reports

app_name = "monitoring"
urlpatterns: list = [
    *indicators.urlpatterns,
    *handing_in.urlpatterns,
    *partners.urlpatterns,
    *reports.urlpatterns,
]
