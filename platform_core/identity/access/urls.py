from django.urls import path

from . import views

app_name = "access"
urlpatterns = [
    path("log/", views.log, name="log"),
    path("rights/", views.rights, name="rights"),
]
