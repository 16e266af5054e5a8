from django.urls import path

from . import views

app_name = "assessment"
urlpatterns = [
    path("grids/<slug:code>/<int:version>/", views.grid, name="grid"),
    path("evaluations/", views.mine, name="mine"),
    path("evaluations/<int:pk>/", views.evaluate, name="evaluate"),
    path("evaluations/<int:pk>/forget/", views.forget, name="forget"),
    path("<int:pk>/", views.assessment, name="assessment"),
    path("<int:pk>/conclude/", views.conclude, name="conclude"),
    path("<int:pk>/abandon/", views.abandon, name="abandon"),
    path("<int:pk>/evaluators/", views.appoint, name="appoint"),
]
