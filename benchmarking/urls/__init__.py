from . import benchmarks, data, excellence, methods, policies, readings, studies, swots

app_name = "benchmarking"
urlpatterns: list = [
    *data.urlpatterns,
    *excellence.urlpatterns,
    *methods.urlpatterns,
    *policies.urlpatterns,
    *studies.urlpatterns,
    *swots.urlpatterns,
    *readings.urlpatterns,
    *benchmarks.urlpatterns,  # codes of benchmarks come last
]
