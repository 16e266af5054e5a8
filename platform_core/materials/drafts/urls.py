from django.urls import path

from . import views

app_name = "drafts"
urlpatterns = [
    path("<str:kind>/", views.keep, name="keep"),
    path("<str:kind>/<str:key>/", views.keep, name="keep"),
]
