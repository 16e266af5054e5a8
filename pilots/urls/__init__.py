from . import mechanisms

app_name = "pilots"
urlpatterns: list = [
    *mechanisms.urlpatterns,
]
