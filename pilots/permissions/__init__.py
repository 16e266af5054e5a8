from . import changes, conditions, reviews, transfers

RIGHTS: list = [*changes.RIGHTS, *conditions.RIGHTS, *reviews.RIGHTS, *transfers.RIGHTS]
