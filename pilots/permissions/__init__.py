from . import changes, conditions, transfers

RIGHTS: list = [*changes.RIGHTS, *conditions.RIGHTS, *transfers.RIGHTS]
