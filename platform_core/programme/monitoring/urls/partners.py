from django.urls import path

from ..views import partners as views

urlpatterns = [
    path("programme/partners/", views.partners, name="partners"),
    path("programme/partners/<slug:code>/", views.partner, name="partner"),
    path("programme/partners/<slug:code>/remind/", views.remind, name="remind"),
]
