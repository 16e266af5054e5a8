from . import handing_in, indicators, partners, reports

RIGHTS: list = [*handing_in.RIGHTS, *indicators.RIGHTS, *partners.RIGHTS, *reports.RIGHTS]
