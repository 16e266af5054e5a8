from django.urls import path, re_path

from ..views import briefs

urlpatterns = [
    path("learning/brief/", briefs.choose, name="briefs"),
    path("learning/brief/<slug:code>/<int:topic>/", briefs.brief, name="brief"),
    re_path(r"^learning/brief/(?P<code>\w+)/(?P<topic>\d)/brief\.(?P<form>pdf|docx)$", briefs.file, name="brief_file"),
]
