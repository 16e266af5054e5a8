from . import evidence, indicators

RIGHTS: list = [*evidence.RIGHTS, *indicators.RIGHTS]
