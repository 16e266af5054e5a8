from django.urls import path

from . import views

app_name = "trails"
urlpatterns = [
    path("broken-links/", views.broken, name="broken"),
    path("<str:label>/<int:pk>/", views.chain, name="chain"),
    path("<str:label>/<int:pk>/new/", views.draw, name="draw"),
    path("<int:pk>/take-away/", views.erase, name="erase"),
]
