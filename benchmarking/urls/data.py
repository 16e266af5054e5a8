from django.urls import path

from ..views import datasets, imports, indicators

PUBLIC, DESK = "benchmarking/data/<slug:code>/", "desk/benchmarking/data/"
urlpatterns = [
    path("benchmarking/indicators/", indicators.listing, name="indicators"),
    path("benchmarking/indicators/<slug:code>/", indicators.indicator, name="indicator"),
    path("benchmarking/data/", datasets.listing, name="data_sets"),
    path(PUBLIC, datasets.data_set, name="data_set"),
    path(f"{PUBLIC}compare/", datasets.compare, name="data_compare"),
    path(f"{PUBLIC}changes.csv", datasets.changes, name="data_changes"),
    path(f"{PUBLIC}<int:number>/", datasets.version, name="data_version"),
    path(f"{PUBLIC}<int:number>/figures.csv", datasets.figures, name="data_figures"),
    path(f"{PUBLIC}<int:number>/coverage.csv", datasets.gaps, name="data_gaps"),
    path("benchmarking/areas/", datasets.former_codes, name="area_codes"),
    path("benchmarking/methods/nuts/", datasets.method, name="method_nuts"),
    path("desk/benchmarking/indicators/new/", indicators.add, name="indicator_add"),
    path("desk/benchmarking/indicators/<slug:code>/", indicators.change, name="indicator_change"),
    path(DESK, imports.desk, name="data_desk"),
    path(f"{DESK}new/", imports.begin, name="data_set_begin"),
    path(f"{DESK}imports/<int:pk>/", imports.brought, name="data_import"),
    path(f"{DESK}imports/<int:pk>/read/", imports.read_as, name="data_import_read"),
    path(f"{DESK}imports/<int:pk>/take/", imports.take, name="data_import_take"),
    path(f"{DESK}imports/<int:pk>/give-up/", imports.give_up, name="data_import_give_up"),
    path(f"{DESK}<slug:code>/", imports.change, name="data_set_change"),
    path(f"{DESK}<slug:code>/bring/", imports.bring, name="bring_data"),
    path(f"{DESK}<slug:code>/<int:number>/publish/", imports.publish, name="data_publish"),
]
