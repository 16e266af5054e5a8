from django.urls import include, path

from clusterpolisee.urls import urlpatterns as product

urlpatterns = [
    path("floor/blocks/", include("benchmarks.group_blocks")),
    path("floor/groups/", include("benchmarks.group_floors")),
    path("floor/profile/", include("benchmarks.profile_floors")),
    path("floor/trail/", include("benchmarks.trail_floor")),
    path("floor/programme/", include("benchmarks.programme_floors")),
    path("floor/", include("benchmarks.floors")),
    *product,
]
