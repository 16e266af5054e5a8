from django.urls import path

from .views import comments, documents, groups, reviews, taking

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
    path("<int:number>/documents/pack/", taking.ask_pack, name="ask_pack"),
    path("<int:number>/documents/<int:folder>/pack/", taking.ask_pack, name="ask_pack_of"),
    path("packs/<int:pk>/", taking.pack, name="pack"),
    path("packs/<int:pk>/file/", taking.pack_file, name="pack_file"),
    path("shared/<str:secret>/", taking.shared, name="shared"),
    path("shared/<str:secret>/<str:name>", taking.shared_file, name="shared_file"),
    path(f"{ONE}share/", taking.share, name="share"),
    path(f"{ONE}share/<int:link>/end/", taking.end_sharing, name="end_sharing"),
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
