from django.urls import path

from . import views

app_name = "cases"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("asked/", views.inbox, {"side": "asked"}, name="asked"),
    path("turn-round/", views.turn_round, name="turn_round"),
    path("<int:pk>/", views.case, name="case"),
    path("<int:pk>/say/", views.say, name="say"),
    path("<int:pk>/assign/", views.assign, name="assign"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/answer/<slug:code>/", views.answer, name="answer"),
]
