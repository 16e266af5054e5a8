from . import changes, helpdesk, mechanisms, patterns, rounds

app_name = "pilots"
urlpatterns: list = [
    *changes.urlpatterns,
    *helpdesk.urlpatterns,
    *mechanisms.urlpatterns,
    *patterns.urlpatterns,
    *rounds.urlpatterns,
]
