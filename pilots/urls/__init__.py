from . import mechanisms, patterns, rounds

app_name = "pilots"
urlpatterns: list = [
    *mechanisms.urlpatterns,
    *patterns.urlpatterns,
    *rounds.urlpatterns,
]
