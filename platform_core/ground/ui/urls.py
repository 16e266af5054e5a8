from django.urls import path

from . import views

app_name = "ui"
urlpatterns = [
    path("site-<slug:digest>.css", views.stylesheet, name="stylesheet"),
    path("gallery/", views.gallery, name="gallery"),
]
