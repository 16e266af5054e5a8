from django.urls import path

from . import views

app_name = "members"
urlpatterns = [
    path("members/", views.directory, name="directory"),
    path("members/<slug:code>/", views.organisation, name="organisation"),
    path("desk/members/", views.desk, name="desk"),
    path("desk/members/<slug:code>/", views.desk_organisation, name="desk_organisation"),
    path("desk/members/<slug:code>/admit/", views.admit, name="admit"),
]
