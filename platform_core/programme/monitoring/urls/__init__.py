from . import indicators

app_name = "monitoring"
urlpatterns: list = [*indicators.urlpatterns]
