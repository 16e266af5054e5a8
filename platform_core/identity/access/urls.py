from django.urls import path

from .views import log, rights, roles, tokens, watching

app_name = "access"
urlpatterns = [
    path("log/", log.log, name="log"),
    path("log/mine/", log.mine, name="mine"),
    path("log/<str:label>/<int:pk>/", log.history, name="history"),
    path("rights/", rights.rights, name="rights"),
    path("who-sees/<str:label>/<int:pk>/", rights.who_sees, name="who_sees"),
    path("roles/", roles.roles, name="roles"),
    path("roles/give/", roles.give, name="give_role"),
    path("roles/<int:pk>/end/", roles.end, name="end_role"),
    path("tokens/", tokens.own, name="tokens"),
    path("tokens/<int:pk>/end/", tokens.end, name="end_token"),
    path("see-as/", watching.see_as, name="see_as"),
    path("see-as/stop/", watching.stop, name="stop_seeing_as"),
]
