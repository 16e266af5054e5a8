from . import changes, final_reports, helpdesk, mechanisms, patterns, rounds

app_name = "pilots"
urlpatterns: list = [
    *changes.urlpatterns,
    *final_reports.urlpatterns,
    *helpdesk.urlpatterns,
    *mechanisms.urlpatterns,
    *patterns.urlpatterns,
    *rounds.urlpatterns,
]
