from django.urls import path

from ..views import patterns

urlpatterns = [
    path("learning/patterns/", patterns.newest, name="newest_pattern"),
    path("learning/patterns/<int:pk>/", patterns.pattern, name="pattern"),
    path("desk/learning/patterns/begin/", patterns.begin, name="begin_pattern"),
    path("desk/learning/patterns/<int:pk>/", patterns.change, name="change_pattern"),
    path("desk/learning/patterns/<int:pk>/publish/", patterns.publish, name="publish_pattern"),
]
