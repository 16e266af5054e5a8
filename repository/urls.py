from django.urls import path

from . import views

app_name = "repository"
urlpatterns = [
    path("", views.records, name="records"),
    path("deposit/", views.deposit, name="deposit"),
    path("drafts/", views.drafts, name="drafts"),
    path("<slug:code>/", views.record, name="record"),
    path("<slug:code>/publish/", views.publish, name="publish"),
    path("<slug:code>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:code>/cite/<slug:style>/", views.cite, name="cite"),
    path("<slug:code>/files/<int:pk>/", views.download),
    path("<slug:code>/files/<int:pk>/<str:name>", views.download, name="download"),
]
