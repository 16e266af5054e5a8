from django.urls import path

from . import views

app_name = "languages"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("files/<int:pk>/", views.brought, name="brought"),
    path("<str:label>/<int:pk>/", views.thing, name="thing"),
    path("<str:label>/<int:pk>/take-on/", views.take_on, name="take_on"),
    path("<str:label>/<int:pk>/files/", views.bring, name="bring"),
    path("<str:label>/<int:pk>/take.<slug:ending>", views.export, name="export"),
    path("<str:label>/<int:pk>/<slug:code>/", views.desk, name="desk"),
]
