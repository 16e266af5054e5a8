from . import changes, conditions, transfers

app_name = "pilots"
urlpatterns: list = [*changes.urlpatterns, *conditions.urlpatterns, *transfers.urlpatterns]
