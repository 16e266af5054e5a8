from . import changes

RIGHTS: list = [*changes.RIGHTS]
