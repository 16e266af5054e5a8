from django.urls import path

from .views import comments, documents, groups, reviews

app_name = "workinggroups"
ONE = "documents/<int:pk>/"
VERSION = f"{ONE}versions/<int:major>.<int:minor>/"
urlpatterns = [
    path("<int:number>/", groups.group, name="group"),
    path("<int:number>/documents/", documents.library, name="library"),
    path("<int:number>/documents/bring/", documents.bring, name="bring"),
    path("<int:number>/documents/write/", documents.write, name="write"),
    path("<int:number>/documents/folder/", documents.new_folder, name="new_folder"),
    path("<int:number>/documents/trash/", documents.trash_bin, name="trash"),
    path("<int:number>/documents/<int:folder>/", documents.library, name="folder"),
    path("<int:number>/documents/<int:folder>/bring/", documents.bring, name="bring_into"),
    path("<int:number>/documents/<int:folder>/write/", documents.write, name="write_into"),
    path("<int:number>/documents/<int:folder>/folder/", documents.new_folder, name="new_folder_in"),
    path(ONE, documents.document, name="document"),
    path(f"{ONE}change/", documents.change, name="change"),
    path(f"{ONE}compare/", documents.compare, name="compare"),
    path(f"{ONE}translate/", documents.translate, name="translate"),
    path(f"{ONE}mark/", documents.mark, name="mark"),
    path(f"{ONE}review/", reviews.ask, name="ask_review"),
    path(f"{ONE}publish/", reviews.publish, name="publish"),
    *(path(f"{ONE}{name}/", documents.deed, {"name": name}, name=name) for name in documents.DEEDS),
    path(f"{ONE}comments/", comments.comments, name="comments"),
    path(f"{ONE}comments/<int:comment>/answer/", comments.answer, name="answer"),
    path(f"{ONE}comments/<int:comment>/settle/", comments.settle, name="settle"),
    path(f"{ONE}comments/<int:comment>/hide/", comments.hide, name="hide_comment"),
    path(VERSION, documents.version, name="version"),
    path(f"{VERSION}restore/", documents.restore, name="restore"),
    path(f"{VERSION}pages/", documents.pages, name="pages"),
    path(f"{VERSION}pages/<int:number>.webp", documents.picture, name="picture"),
    path(f"{VERSION}file/<str:name>", documents.download, name="download"),
]
