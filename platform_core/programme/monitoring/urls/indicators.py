from django.urls import path

from ..views import desk, indicators

urlpatterns = [
    path("programme/", indicators.programme, name="programme"),
    path("programme/indicators/<slug:code>/", indicators.indicator, name="indicator"),
    path("desk/programme/", desk.desk, name="desk"),
    path("desk/programme/new/", desk.add, name="add_indicator"),
    path("desk/programme/periods/", desk.periods, name="periods"),
    path("desk/programme/indicators/<slug:code>/", desk.change, name="change_indicator"),
]
