from django.urls import path

from ..views import indicators

urlpatterns = [
    path("programme/", indicators.programme, name="programme"),
    path("programme/indicators/<slug:code>/", indicators.indicator, name="indicator"),
]
