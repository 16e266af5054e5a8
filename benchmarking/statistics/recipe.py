"""Everything that decides a composite indicator beside its figures, in one value that can be stored and run again."""

from dataclasses import asdict, dataclass, fields, replace

from . import methods
from .problems import StatisticsError

SKEWNESS, KURTOSIS = 2.0, 3.5  # a column that reaches both has outliers (Becker et al. 2022)


@dataclass(frozen=True)
class Recipe:
    """Coverage in parts of 1; methods in the notation of `methods` (`winsorise:5`, `minmax:1:100`, `mean_group:COLUMN`).

    `year` is the one that is taken from figures of several years (column Time), the latest when not told.
    `screen` leaves out units with less than this part of the indicators, counted where `screen_on` says: on the `imputed`
    figures, as COINr's examples do, or on the `measured` ones. `indicator_coverage` leaves out indicators measured in less
    than this part of the units; `node_coverage` gives no score to an aggregate of a unit with less than this part of its
    children.
    `ends`: targets and goalposts as the metadata gives them (`raw`, as COINr compares them), or turned into logarithms and
    powers along with the figures (`treated`).
    `given` holds weights by code when `weights` is `given`; nodes it does not name keep their own. `aggregation` is one
    method, or one for each level from the indicators up.
    """

    indicator_coverage: float = 0.0
    screen: float = 0.0
    screen_on: str = "imputed"
    year: float | None = None
    imputation: str = "none"
    treatment: str = "winsorise:5"
    skewness: float = SKEWNESS
    kurtosis: float = KURTOSIS
    normalisation: str = "minmax:1:100"
    ends: str = "raw"
    weights: str = "original"
    given: tuple[tuple[str, float], ...] = ()
    aggregation: tuple[str, ...] = ("amean",)
    node_coverage: float = 0.0

    def __post_init__(self):
        for name in ("indicator_coverage", "screen", "node_coverage"):
            if not 0 <= getattr(self, name) <= 1:
                raise StatisticsError("not_a_share", step=name, value=getattr(self, name))
        if self.screen_on not in ("imputed", "measured"):
            raise StatisticsError("unknown_method", step="screen_on", value=self.screen_on, known="imputed, measured")
        if self.ends not in ("raw", "treated"):
            raise StatisticsError("unknown_method", step="ends", value=self.ends, known="raw, treated")
        for step in ("imputation", "treatment", "normalisation", "weights"):
            methods.read(step, getattr(self, step))
        for method in self.aggregation:
            methods.read("aggregation", method)

    def changed(self, **choices):
        return replace(self, **choices)

    def method(self, step):
        """The method of a step, read: name and arguments."""
        return methods.read(step, getattr(self, step))

    def aggregators(self, depth):
        """One method for each level above the indicators."""
        if len(self.aggregation) not in (1, depth - 1):
            raise StatisticsError(
                "aggregation_levels", step="aggregation", value=",".join(self.aggregation), levels=depth - 1
            )
        each = [methods.read("aggregation", method) for method in self.aggregation]
        return each * (depth - 1) if len(each) == 1 else each

    def as_json(self):
        """A dictionary fit for JSON; `from_json` gives the same recipe."""
        return asdict(self) | {"given": [list(pair) for pair in self.given], "aggregation": list(self.aggregation)}

    @classmethod
    def from_json(cls, stored):
        strangers = set(stored) - {field.name for field in fields(cls)}
        if strangers:
            raise StatisticsError("unknown_choice", value=", ".join(sorted(strangers)))
        read = dict(stored)
        if "given" in read:
            read["given"] = tuple((str(code), float(weight)) for code, weight in read["given"])
        if "aggregation" in read:
            read["aggregation"] = tuple(read["aggregation"])
        return cls(**read)


def treatment_of_winmax(winmax):
    """`--winmax` and the column of draws: a number of points, `unlimited`, or none or nothing for no treatment at all."""
    told = str(winmax).strip().lower()
    if told in ("none", "", "nan", "na"):
        return "none"
    return "winsorise" if told == "unlimited" else f"winsorise:{told}"
