from django.urls import path

from ..views import proposals

urlpatterns = [
    path("desk/pilots/calls/<int:pk>/propose/", proposals.propose, name="propose"),
    path("desk/pilots/proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("desk/pilots/proposals/<int:pk>/change/", proposals.change, name="change_proposal"),
    path("desk/pilots/proposals/<int:pk>/submit/", proposals.submit, name="submit_proposal"),
    path("desk/pilots/proposals/<int:pk>/withdraw/", proposals.withdraw, name="withdraw_proposal"),
    path("desk/pilots/proposals/<int:pk>/judges/", proposals.call_judges, name="call_judges"),
]
