from django.urls import path

from ..views import schemes

urlpatterns = [
    path("pilots/guidelines/", schemes.listing, name="schemes"),
    path("pilots/guidelines/<int:pk>/", schemes.scheme, name="scheme"),
    path("pilots/calls/<int:pk>/", schemes.call, name="call"),
    path("desk/pilots/guidelines/begin/<int:number>/", schemes.begin, name="write_scheme"),
    path("desk/pilots/guidelines/<int:pk>/change/", schemes.change, name="change_scheme"),
    path("desk/pilots/guidelines/<int:pk>/approve/", schemes.approve, name="approve_scheme"),
    path("desk/pilots/guidelines/<int:pk>/calls/", schemes.open_call, name="open_call"),
    path("desk/pilots/calls/<int:pk>/extend/", schemes.extend_call, name="extend_call"),
]
