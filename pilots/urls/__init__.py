from . import changes

app_name = "pilots"
urlpatterns: list = [*changes.urlpatterns]
from . import helpdesk

app_name = "pilots"
urlpatterns: list = [
    *helpdesk.urlpatterns,
]
