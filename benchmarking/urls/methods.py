from django.urls import path

from ..selectors.methods import STEPS
from ..views import method_pages

urlpatterns = [
    path("benchmarking/methods/", method_pages.listing, name="methods"),
    *(
        path(f"benchmarking/methods/{code}/", method_pages.method, {"code": code}, name=f"method_{code}")
        for code in STEPS
    ),
]
