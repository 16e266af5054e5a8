from . import batteries, choices, days, numbers, orders, places, statements, texts

TYPES = {
    kind.code: kind
    for family in (choices, batteries, orders, numbers, days, texts, places, statements)
    for kind in family.TYPES
}
SEVERAL_TYPES = ("multiple", "matrix_multiple")  # an answer, or a row of it, may have several options
