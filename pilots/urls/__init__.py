from . import changes

app_name = "pilots"
urlpatterns: list = [*changes.urlpatterns]
