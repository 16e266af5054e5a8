from django.urls import path, re_path

from ..views import helpdesk, helpdesk_asker as asker, helpdesk_desk as desk

DEEDS = "rate|ask-back|agree|disagree|withdraw"

urlpatterns = [
    path("helpdesk/", helpdesk.listing, name="helpdesk"),
    path("helpdesk/ask/", helpdesk.ask, name="ask_helpdesk"),
    path("helpdesk/sent/", helpdesk.sent, name="helpdesk_sent"),
    path("helpdesk/own/", helpdesk.own, name="own_questions"),
    path("helpdesk/questions/<int:pk>/", helpdesk.question, name="question"),
    re_path(rf"^helpdesk/questions/(?P<pk>\d{{1,18}})/(?P<deed>{DEEDS})/$", asker.deed, name="question_deed"),
    path("helpdesk/asked/<str:secret>/", asker.by_link, name="asked_with_link"),
    re_path(rf"^helpdesk/asked/(?P<secret>[\w-]+)/(?P<deed>confirm|{DEEDS})/$", asker.deed_by_link, name="asked_deed"),
    path("desk/helpdesk/", desk.desk, name="helpdesk_desk"),
    path("desk/helpdesk/<int:pk>/case/", desk.case, name="question_case"),
    path("desk/helpdesk/<int:pk>/publish/", desk.publish, name="publish_question"),
    path("desk/helpdesk/<int:pk>/take-down/", desk.take_down, name="take_down_question"),
]
