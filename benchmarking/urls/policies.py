from django.urls import path

from ..views import policies, policy_desk as desk

urlpatterns = [
    path("benchmarking/methods/policy/", policies.method, name="method_policy"),
    path("benchmarking/policies/", policies.listing, name="policies"),
    path("benchmarking/policies/rubric/", policies.rubric, name="rubric"),
    path("benchmarking/policies/rubric/<int:version>/", policies.rubric, name="rubric_version"),
    path("benchmarking/policies/areas/<slug:code>/", policies.history, name="policy_history"),
    path("benchmarking/policies/<int:pk>/", policies.scorecard, name="scorecard"),
    path("benchmarking/policies/<int:pk>/peers/", policies.peers, name="scorecard_peers"),
    path("desk/benchmarking/policies/", desk.desk, name="policy_desk"),
    path("desk/benchmarking/policies/begin/<int:number>/", desk.begin, name="begin_scorecard"),
    path("desk/benchmarking/policies/<int:pk>/measures/", desk.enter, name="enter_measure"),
    path("desk/benchmarking/policies/<int:pk>/raters/", desk.call_raters, name="call_raters"),
    path("desk/benchmarking/measures/<int:pk>/", desk.change, name="change_measure"),
    path("desk/benchmarking/measures/<int:pk>/remove/", desk.remove, name="remove_measure"),
]
