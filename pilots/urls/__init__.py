from . import final_reports, mechanisms, patterns, rounds

app_name = "pilots"
urlpatterns: list = [
    *final_reports.urlpatterns,
    *mechanisms.urlpatterns,
    *patterns.urlpatterns,
    *rounds.urlpatterns,
]
