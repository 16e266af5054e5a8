from django.urls import path

from . import views

app_name = "workinggroups"
urlpatterns = [path("<int:number>/", views.group, name="group")]
