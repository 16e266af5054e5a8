from django.urls import path

from . import views

app_name = "files"
urlpatterns = [
    path("uploads/", views.begin, name="begin"),
    path("uploads/<uuid:pk>/", views.upload, name="upload"),
]
