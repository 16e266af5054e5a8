from django.urls import path

from ..views import usage

urlpatterns = [
    path("useful/<slug:code>/", usage.useful, name="useful"),
    path("desk/usage/", usage.overview, name="usage"),
]
