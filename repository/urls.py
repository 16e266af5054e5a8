from django.urls import path

from .views import adopting, depositing, reading

app_name = "repository"
urlpatterns = [
    path("", reading.records, name="records"),
    path("deposit/", depositing.kinds, name="kinds"),
    path("deposit/<slug:kind>/", depositing.deposit, name="deposit"),
    path("drafts/", depositing.unpublished, name="drafts"),
    path("<slug:code>/", reading.record, name="record"),
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
