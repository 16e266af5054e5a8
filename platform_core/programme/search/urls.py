from django.urls import path

from . import views

app_name = "search"
urlpatterns = [
    path("", views.search, name="search"),
    path("suggest/", views.suggest, name="suggest"),
    path("saved/", views.searches, name="saved"),
    path("saved/keep/", views.save, name="save"),
    path("saved/<int:pk>/", views.run, name="run"),
    path("saved/<int:pk>/alert/", views.alert, name="alert"),
    path("saved/<int:pk>/forget/", views.forget, name="forget"),
]
