"""What is wrong with what was given, as a code and its place: the words are written where it is shown."""


class StatisticsError(ValueError):
    """`code` names what is wrong; `place` holds table (data, metadata, weights …), row, column, value and what words need."""

    def __init__(self, code, **place):
        super().__init__(code, place)
        self.code, self.place = code, place

    def __str__(self):
        told = ", ".join(f"{name}={value}" for name, value in self.place.items())
        return f"{self.code} ({told})" if told else self.code


def several(names, limit=10):
    """The first names of a long list, and how many more there are: (text, rest)."""
    names = [str(name) for name in names]
    return ", ".join(names[:limit]), max(len(names) - limit, 0)
