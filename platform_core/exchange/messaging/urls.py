from django.urls import path

from .views import conversations, following, mails, manners, notices, wishes

app_name = "messaging"
urlpatterns = [
    path("notices/", notices.notices, name="notices"),
    path("notices/wishes/", wishes.wishes, name="wishes"),
    path("unsubscribe/<str:secret>/<str:scope>/", wishes.unsubscribe, name="unsubscribe"),
    path("notices/read/", notices.read_all, name="read_all"),
    path("notices/<int:pk>/", notices.open_notice, name="open_notice"),
    path("following/<str:label>/<int:pk>/", following.follow, name="follow"),
    path("messages/", conversations.conversations, name="conversations"),
    path("messages/settings/", manners.manners, name="manners"),
    path("messages/to/person/<int:pk>/", conversations.write_person, name="write_person"),
    path("messages/to/<slug:code>/", conversations.write_organisation, name="write_organisation"),
    path("messages/<int:pk>/", conversations.conversation, name="conversation"),
    path("messages/block/<int:pk>/", manners.block, name="block"),
    path("messages/report/<int:pk>/", manners.report, name="report"),
    path("outbox/", mails.outbox, name="outbox"),
    path("outbox/undelivered/", mails.undelivered, name="undelivered"),
    path("outbox/<int:pk>/", mails.mail, name="mail"),
    path("outbox/<int:pk>/again/", mails.send_again, name="send_again"),
]
