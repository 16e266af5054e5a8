from . import changes, conditions, reviews, transfers

app_name = "pilots"
urlpatterns: list = [
    *changes.urlpatterns,
    *conditions.urlpatterns,
    *reviews.urlpatterns,
    *transfers.urlpatterns,
]
