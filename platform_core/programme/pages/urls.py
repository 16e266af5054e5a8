from django.urls import path

from . import views

app_name = "pages"
urlpatterns = [
    *(path(f"{slug}/", views.serve, {"path": f"{slug}/"}, name=slug) for slug in ("about", "privacy", "accessibility")),
    path("topics/", views.topics, name="topics"),
    path("topics/<int:number>/", views.topic),
    path("topics/<int:number>-<slug:slug>/", views.topic, name="topic"),
]
