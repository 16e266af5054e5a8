from django.urls import path

from . import views

app_name = "jobs"
urlpatterns = [
    path("<uuid:pk>/", views.show, name="show"),
    path("<uuid:pk>/retry/", views.retry, name="retry"),
]
