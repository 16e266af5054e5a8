from django.urls import path

from ..views import handing_in as views

urlpatterns = [
    path("programme/indicators/<slug:code>/hand-in/", views.hand_in, name="hand_in"),
    path("programme/evidence/<int:pk>/", views.handed_in, name="handed_in"),
    path("programme/evidence/<int:pk>/take-back/", views.take_back, name="take_back"),
    path("programme/evidence/<int:pk>/decide/", views.decide, name="decide"),
    path("programme/evidence/<int:pk>/withdraw/", views.withdraw, name="withdraw_evidence"),
    path("programme/evidence/<int:pk>/<str:name>", views.download, name="evidence_file"),
]
