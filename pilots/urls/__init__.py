from . import (
    briefs,
    changes,
    conditions,
    final_reports,
    helpdesk,
    mechanisms,
    patterns,
    reviews,
    rounds,
    trails,
    training,
    transfers,
)

app_name = "pilots"
urlpatterns: list = [
    *briefs.urlpatterns,
    *changes.urlpatterns,
    *conditions.urlpatterns,
    *final_reports.urlpatterns,
    *helpdesk.urlpatterns,
    *mechanisms.urlpatterns,
    *patterns.urlpatterns,
    *reviews.urlpatterns,
    *rounds.urlpatterns,
    *trails.urlpatterns,
    *training.urlpatterns,
    *transfers.urlpatterns,
]
