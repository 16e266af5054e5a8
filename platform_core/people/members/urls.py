from django.urls import path

from .views import applications, desk, directory, invitations, people, profiles

app_name = "members"
urlpatterns = [
    path("members/", directory.directory, name="directory"),
    path("members/join/", applications.join, name="join"),
    path("members/apply/", applications.apply_anew, name="apply_anew"),
    path("members/mine/", profiles.own, name="own"),
    path("members/invitations/", invitations.sent, name="invitations"),
    path("members/invitations/new/", invitations.invite, name="invite"),
    path("members/invitations/many/", invitations.bulk, name="bulk"),
    path("members/invitations/template.csv", invitations.template, name="bulk_template"),
    path("members/invitations/<int:pk>/revoke/", invitations.revoke, name="revoke_invitation"),
    path("invitations/<str:secret>/", invitations.accept, name="accept"),
    path("members/<slug:code>/", directory.organisation, name="organisation"),
    path("members/<slug:code>/logo.webp", directory.logo, name="logo"),
    path("members/<slug:code>/apply/", applications.apply, name="apply"),
    path("members/<slug:code>/claim/", applications.claim, name="claim"),
    path("members/<slug:code>/change/", profiles.change, name="change"),
    path("members/<slug:code>/people/", profiles.people, name="people"),
    path("members/<slug:code>/people/<int:pk>/", profiles.person, name="person"),
    path("members/<slug:code>/people/<int:pk>/end/", profiles.end, name="end_affiliation"),
    path("people/", people.directory, name="people_directory"),
    path("people/me/", people.own, name="own_profile"),
    path("people/<int:pk>/", people.profile, name="profile"),
    path("people/<int:pk>/photo.webp", people.photo, name="photo"),
    path("desk/members/", desk.desk, name="desk"),
    path("desk/partnership/", desk.partnership, name="partnership"),
    path("desk/members/<slug:code>/", desk.organisation, name="desk_organisation"),
    path("desk/members/<slug:code>/merge/", desk.merge, name="merge"),
    path("desk/members/<slug:code>/suspend/", desk.suspend, name="suspend"),
    path("desk/members/<slug:code>/admit/", desk.admit, name="admit"),
]
