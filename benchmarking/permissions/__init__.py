from . import benchmarks, data, excellence, indicators, policies, readings, runs, studies, swots

RIGHTS: list = [
    *benchmarks.RIGHTS,
    *data.RIGHTS,
    *excellence.RIGHTS,
    *indicators.RIGHTS,
    *policies.RIGHTS,
    *readings.RIGHTS,
    *runs.RIGHTS,
    *studies.RIGHTS,
    *swots.RIGHTS,
]
