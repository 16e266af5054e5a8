from django.urls import include, path

from clusterpolisee.urls import urlpatterns as product

urlpatterns = [path("floor/", include("benchmarks.floors")), *product]
