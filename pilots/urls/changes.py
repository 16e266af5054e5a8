from django.urls import path

from ..views import changes

urlpatterns = [
    path("pilots/changes/", changes.listing, name="changes"),
    path("pilots/changes/<int:pk>/", changes.change, name="change"),
    path("pilots/changes/<int:pk>/document/", changes.document, name="change_document"),
    path("desk/pilots/changes/", changes.desk, name="changes_desk"),
    path("desk/pilots/changes/new/", changes.record, name="record_change"),
    path("desk/pilots/changes/<int:pk>/", changes.edit, name="edit_change"),
    path("desk/pilots/changes/<int:pk>/delete/", changes.delete, name="delete_change"),
    path("desk/pilots/changes/<int:pk>/ask/", changes.ask, name="ask_change"),
    path("desk/pilots/changes/<int:pk>/withdraw/", changes.withdraw, name="withdraw_change"),
]
