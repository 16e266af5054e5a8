from . import changes, conditions, final_reports, helpdesk, mechanisms, patterns, rounds, transfers

app_name = "pilots"
urlpatterns: list = [
    *changes.urlpatterns,
    *conditions.urlpatterns,
    *final_reports.urlpatterns,
    *helpdesk.urlpatterns,
    *mechanisms.urlpatterns,
    *patterns.urlpatterns,
    *rounds.urlpatterns,
    *transfers.urlpatterns,
]
