from django.urls import path

from . import views

app_name = "privacy"
urlpatterns = [
    path("account/data/", views.mine, name="mine"),
    path("account/data/export/", views.ask_export, name="ask_export"),
    path("account/data/file/", views.download, name="download"),
    path("account/data/erase/", views.erase, name="erase"),
    path("account/data/consent/<slug:purpose>/", views.consent, name="consent"),
    path("privacy-notice/", views.notice, name="notice"),
    path("privacy-notice/<int:number>/", views.notice, name="notice"),
]
