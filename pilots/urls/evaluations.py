from django.urls import path

from ..views import evaluations

urlpatterns = [
    path("desk/pilots/actions/<int:pk>/evaluation/", evaluations.beside, name="evaluation"),
    path("desk/pilots/actions/<int:pk>/own/", evaluations.assess_own, name="assess_own"),
    path("desk/pilots/actions/<int:pk>/evaluators/", evaluations.call_evaluators, name="call_evaluators"),
    path("desk/pilots/actions/<int:pk>/lessons/", evaluations.add_lesson, name="add_lesson"),
    path("desk/pilots/lessons/<int:pk>/", evaluations.change_lesson, name="change_lesson"),
    path("desk/pilots/lessons/<int:pk>/record/", evaluations.file_lesson, name="file_lesson"),
]
