from django.urls import path

from ..views import excellence, excellence_desk as desk

urlpatterns = [
    path("benchmarking/methods/excellence/", excellence.method, name="method_excellence"),
    path("benchmarking/excellence/", excellence.indicators, name="excellence"),
    path("benchmarking/excellence/sets/<int:version>/", excellence.indicators, name="excellence_set"),
    path("benchmarking/excellence/labels/", excellence.labels, name="labels"),
    path("benchmarking/excellence/together/", excellence.together, name="excellence_together"),
    path("desk/benchmarking/excellence/", desk.desk, name="excellence_desk"),
    path("desk/benchmarking/excellence/begin/<slug:code>/", desk.begin, name="begin_self_assessment"),
    path("desk/benchmarking/excellence/<int:pk>/", desk.found, name="self_assessment"),
    path("desk/benchmarking/excellence/<int:pk>/fill/", desk.fill, name="fill_self_assessment"),
    path("desk/benchmarking/excellence/<int:pk>/verifiers/", desk.call_verifiers, name="call_verifiers"),
    path("desk/benchmarking/excellence/<int:pk>/return/", desk.return_it, name="return_self_assessment"),
    path("desk/benchmarking/labels/<int:pk>/publish/", desk.publish, name="publish_label"),
    path("desk/benchmarking/labels/<int:pk>/revoke/", desk.revoke, name="revoke_label"),
]
