from django.urls import path

from ..views import conditions

urlpatterns = [
    path("pilots/conditions/", conditions.listing, name="conditions"),
    path("pilots/conditions/<slug:code>/", conditions.sheet, name="sheet"),
    path("pilots/conditions/<slug:code>/history/", conditions.history, name="sheet_history"),
    path("desk/pilots/conditions/<slug:code>/<int:number>/", conditions.declare, name="declare"),
    path("desk/pilots/conditions/<slug:code>/still-correct/", conditions.still_correct, name="still_correct"),
]
