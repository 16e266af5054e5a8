from django.urls import path

from .views import decisions, documents, register, votes

app_name = "governance"
urlpatterns = [
    path("", register.register, name="register"),
    path("open/", register.running, name="running"),
    path("committees/", register.committees, name="committees"),
    path("opinion/", decisions.ask_opinion, name="ask_opinion"),
    path("new/", decisions.propose, name="propose"),
    path("<int:pk>/", decisions.decision, name="decision"),
    path("<int:pk>/change/", decisions.change, name="change"),
    path("<int:pk>/discuss/", decisions.discuss, name="discuss"),
    path("<int:pk>/say/", decisions.say, name="say"),
    path("<int:pk>/withdraw/", decisions.withdraw, name="withdraw"),
    path("<int:pk>/open/", decisions.open_ballot, name="open_ballot"),
    path("<int:pk>/extend/", decisions.extend, name="extend"),
    path("<int:pk>/documents/new/", documents.attach, name="attach"),
    path("<int:pk>/documents/<int:document>/take-away/", documents.detach, name="detach"),
    path("<int:pk>/documents/<int:document>/<str:name>", documents.download, name="document"),
    path("<int:pk>/vote/<int:organisation>/", votes.vote, name="vote"),
    path("<int:pk>/proxy/<int:organisation>/", votes.proxy, name="proxy"),
]
