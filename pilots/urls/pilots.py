from django.urls import path

from ..views import pilots, workspace

urlpatterns = [
    path("pilots/actions/", pilots.listing, name="pilots"),
    path("pilots/actions/<int:pk>/", pilots.pilot, name="pilot"),
    path("desk/pilots/actions/", workspace.desk, name="desk"),
    path("desk/pilots/actions/<int:pk>/", workspace.workspace, name="workspace"),
    path("desk/pilots/actions/<int:pk>/milestones/", workspace.add_milestone, name="add_milestone"),
    path("desk/pilots/actions/<int:pk>/indicators/", workspace.add_indicator, name="add_indicator"),
    path("desk/pilots/actions/<int:pk>/risks/", workspace.add_risk, name="add_risk"),
    path("desk/pilots/actions/<int:pk>/begin/", workspace.begin, name="begin_pilot"),
    path("desk/pilots/actions/<int:pk>/finish/", workspace.finish, name="finish_pilot"),
    path("desk/pilots/actions/<int:pk>/changes/", workspace.ask_change, name="ask_pilot_change"),
    path("desk/pilots/actions/<int:pk>/workshop/", workspace.hold_workshop, name="hold_workshop"),
    path("desk/pilots/milestones/<int:pk>/", workspace.change_milestone, name="change_milestone"),
    path("desk/pilots/milestones/<int:pk>/reached/", workspace.reach, name="reach_milestone"),
    path("desk/pilots/milestones/<int:pk>/remove/", workspace.remove_milestone, name="remove_milestone"),
    path("desk/pilots/risks/<int:pk>/", workspace.change_risk, name="change_risk"),
    path("desk/pilots/indicators/<int:pk>/", workspace.change_indicator, name="change_pilot_indicator"),
    path("desk/pilots/indicators/<int:pk>/remove/", workspace.remove_indicator, name="remove_pilot_indicator"),
]
