from django.urls import path

from ..views import rounds

urlpatterns = [
    path("learning/rounds/", rounds.listing, name="rounds"),
    path("learning/rounds/<int:pk>/", rounds.show, name="round"),
    path("learning/rounds/<int:pk>/say/", rounds.say, name="say_in_round"),
    path("learning/rounds/<int:pk>/comments/<int:comment>/", rounds.answer, name="answer_in_round"),
    path("learning/rounds/<int:pk>/close/", rounds.close, name="close_round"),
    path("desk/learning/mechanisms/<int:pk>/round/", rounds.ask, name="ask_round"),
]
