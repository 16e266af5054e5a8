from django.urls import path

from ..views import mechanism_desk as desk, mechanisms, start

urlpatterns = [
    path("learning/", start.index, name="index"),
    path("learning/mechanisms/", mechanisms.listing, name="mechanisms"),
    path("learning/mechanisms/seven/", mechanisms.seven, name="seven"),
    path("learning/mechanisms/<int:pk>/", mechanisms.mechanism, name="mechanism"),
    path("learning/mechanisms/<int:pk>/versions/", mechanisms.versions, name="mechanism_versions"),
    path("learning/mechanisms/<int:pk>/versions/<int:number>/", mechanisms.version, name="mechanism_version"),
    path("desk/learning/mechanisms/", desk.desk, name="mechanism_desk"),
    path("desk/learning/mechanisms/begin/<int:number>/", desk.begin, name="begin_mechanism"),
    path("desk/learning/mechanisms/<int:pk>/", desk.work, name="mechanism_work"),
    path("desk/learning/mechanisms/<int:pk>/change/", desk.change, name="change_mechanism"),
    path("desk/learning/mechanisms/<int:pk>/evidence/", desk.link, name="link_evidence"),
    path("desk/learning/mechanisms/<int:pk>/evidence/<int:trail>/remove/", desk.unlink, name="unlink_evidence"),
    path("desk/learning/mechanisms/<int:pk>/submit/", desk.submit, name="submit_mechanism"),
    path("desk/learning/mechanisms/<int:pk>/answer/", desk.answer, name="answer_mechanism"),
    path("desk/learning/mechanisms/<int:pk>/publish/", desk.publish, name="publish_mechanism"),
    path("desk/learning/mechanisms/<int:pk>/withdraw/", desk.withdraw, name="withdraw_mechanism"),
    path("desk/learning/mechanisms/<int:pk>/comment/", desk.comment, name="comment_mechanism"),
    path("desk/learning/mechanisms/<int:pk>/delete/", desk.delete, name="delete_mechanism"),
]
