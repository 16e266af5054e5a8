from django.urls import path

from .views import adopting, collecting, depositing, reading, shelving, using

app_name = "repository"
urlpatterns = [
    path("", reading.records, name="records"),
    path("deposit/", depositing.kinds, name="kinds"),
    path("deposit/<slug:kind>/", depositing.deposit, name="deposit"),
    path("drafts/", depositing.unpublished, name="drafts"),
    path("usage/", using.overview, name="usage_overview"),
    path("collections/", collecting.collections, name="collections"),
    path("collections/new/", collecting.new, name="new_collection"),
    path("collections/<slug:code>/", collecting.collection, name="collection"),
    path("collections/<slug:code>/change/", collecting.change, name="change_collection"),
    path("collections/<slug:code>/drop/", collecting.drop, name="drop_collection"),
    path("reading/", shelving.lists, name="reading"),
    path("reading/shared/<str:secret>/", shelving.shared, name="shared_list"),
    path("reading/<int:pk>/", shelving.one, name="reading_list"),
    path("reading/<int:pk>/share/", shelving.share, name="share_list"),
    path("reading/<int:pk>/end-sharing/", shelving.end_sharing, name="end_sharing"),
    path("reading/<int:pk>/drop/", shelving.drop, name="drop_list"),
    path("reading/<int:pk>/take-off/<int:item>/", shelving.take_off, name="take_off"),
    path("<slug:code>/", reading.record, name="record"),
    path("<slug:code>/keep/", shelving.put, name="keep"),
    path("<slug:code>/related/", reading.related, name="related"),
    path("<slug:code>/usage/", using.of_record, name="usage"),
    path("<slug:code>/change/", depositing.change, name="change"),
    path("<slug:code>/publish/", depositing.publish, name="publish"),
    path("<slug:code>/withdraw/", depositing.withdraw, name="withdraw"),
    path("<slug:code>/adopt/", adopting.adopt, name="adopt"),
    path("<slug:code>/adopt/<int:organisation>/take-back/", adopting.take_back, name="take_back"),
    path("<slug:code>/versions/", reading.versions_of, name="versions"),
    path("<slug:code>/versions/<int:number>/", reading.version, name="version"),
    path("<slug:code>/cite/<slug:style>/", reading.cite, name="cite"),
    path("<slug:code>/files/<int:pk>/", reading.download),
    path("<slug:code>/files/<int:pk>/take-away/", depositing.detach, name="detach"),
    path("<slug:code>/files/<int:pk>/<str:name>", reading.download, name="download"),
]
