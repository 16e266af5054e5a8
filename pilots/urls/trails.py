from django.urls import path

from ..views import trails

urlpatterns = [
    path("learning/trails/", trails.listing, name="trails"),
    path("learning/trails.csv", trails.table, name="trails_table"),
]
