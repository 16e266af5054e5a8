from django.urls import path, re_path

from ..views import training, training_desk as desk

urlpatterns = [
    path("training/", training.listing, name="training"),
    path("training/<int:pk>/", training.course, name="course"),
    path("training/<int:pk>/join/", training.join, name="join_course"),
    path("training/<int:pk>/leave/", training.leave, name="leave_course"),
    path("training/<int:pk>/assess/", training.assess, name="assess_course"),
    path("desk/training/", desk.desk, name="training_desk"),
    path("desk/training/new/", desk.new, name="new_course"),
    path("desk/training/<int:pk>/", desk.held, name="course_held"),
    path("desk/training/<int:pk>/change/", desk.change, name="change_course"),
    re_path(r"^desk/training/(?P<pk>\d{1,18})/(?P<to>open|after|closed)/$", desk.go_on, name="course_on"),
]
