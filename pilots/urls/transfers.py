from django.urls import path

from ..views import transfers

urlpatterns = [
    path("pilots/transferability/", transfers.practices, name="transferability"),
    path("pilots/transferability/<slug:code>/", transfers.hold, name="hold"),
    path("pilots/transferability/<slug:code>/keep/", transfers.keep, name="keep_transfer"),
    path("pilots/transfers/", transfers.listing, name="transfers"),
    path("pilots/transfers/<int:pk>/", transfers.transfer, name="transfer"),
    path("pilots/transfers/<int:pk>/judge/", transfers.judge, name="judge_transfer"),
    path("pilots/transfers/<int:pk>/say/", transfers.say, name="discuss_transfer"),
]
