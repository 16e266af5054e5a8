from django.urls import path

from . import keywords, views

app_name = "pages"
urlpatterns = [
    *(path(f"{slug}/", views.serve, {"path": f"{slug}/"}, name=slug) for slug in ("about", "privacy", "accessibility")),
    path("regions/", views.places, name="places"),
    path("regions/<str:code>/", views.region, name="region"),
    path("countries/<str:code>/", views.country, name="country"),
    path("keywords/", keywords.keywords, name="keywords"),
    path("keywords/thesaurus.ttl", keywords.skos, name="skos"),
    path("keywords/<slug:code>/", keywords.keyword, name="keyword"),
    path("mine/", views.mine, name="mine"),
    path("topics/", views.topics, name="topics"),
    path("topics/<int:number>/", views.topic),
    path("topics/<int:number>-<slug:slug>/", views.topic, name="topic"),
]
