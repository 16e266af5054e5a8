from django.urls import path

from .views import cooperation, directory

app_name = "network"
urlpatterns = [
    path("directory/", directory.directory, name="directory"),
    path("directory/<slug:code>/profile/", directory.change, name="change_profile"),
    path("directory/<slug:code>/confirm/", directory.confirm, name="confirm_profile"),
    path("directory/<slug:code>/ties/", cooperation.ties_of, name="ties_of"),
    path("directory/<slug:code>/ties/new/", cooperation.new_tie, name="new_tie"),
    path("directory/<slug:code>/ties/<int:pk>/end/", cooperation.end_tie, name="end_tie"),
    path("networks/", cooperation.networks, name="networks"),
    path("networks/new/", cooperation.new_network, name="new_network"),
    path("networks/<slug:code>/", cooperation.network, name="network"),
    path("networks/<slug:code>/ask/", cooperation.ask_in, name="ask_in"),
    path("networks/<slug:code>/activity/", cooperation.tell_activity, name="tell_activity"),
    path("networks/<slug:code>/leave/<slug:organisation>/", cooperation.leave, name="leave"),
    path("initiatives/", cooperation.initiatives, name="initiatives"),
    path("initiatives/new/", cooperation.change_initiative, name="new_initiative"),
    path("initiatives/<slug:code>/", cooperation.initiative, name="initiative"),
    path("initiatives/<slug:code>/change/", cooperation.change_initiative, name="change_initiative"),
    path("initiatives/<slug:code>/contact/", cooperation.note_contact, name="note_contact"),
    path("initiatives/<slug:code>/contact/<int:pk>/", cooperation.correct_entry, name="correct_entry"),
]
