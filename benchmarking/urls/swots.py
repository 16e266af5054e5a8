from django.urls import path

from ..views import swot_desk as desk, swots

urlpatterns = [
    path("benchmarking/methods/swot/", swots.method, name="method_swot"),
    path("benchmarking/swots/", swots.listing, name="swots"),
    path("benchmarking/swots/compare/", swots.compare, name="swot_compare"),
    path("benchmarking/swots/<int:pk>/", swots.swot, name="swot"),
    path("benchmarking/swots/points/<int:pk>/", swots.entry, name="swot_entry"),
    path("desk/benchmarking/swots/", desk.desk, name="swot_desk"),
    path("desk/benchmarking/swots/begin/<int:number>/", desk.begin, name="begin_swot"),
    path("desk/benchmarking/swots/<int:pk>/points/", desk.write, name="write_swot"),
    path("desk/benchmarking/swots/<int:pk>/approve/", desk.approve, name="approve_swot"),
    path("desk/benchmarking/swots/points/<int:pk>/", desk.change, name="change_swot_entry"),
    path("desk/benchmarking/swots/points/<int:pk>/remove/", desk.remove, name="remove_swot_entry"),
]
