"""From several evaluators' scores to one picture; pure functions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from .models import HIGHEST, Criterion, Score

APART = 2  # steps between the lowest and the highest score from which evaluators disagree
WELL_MET = 3  # median from which a qualifier counts


@dataclass(frozen=True)
class Line:
    """One criterion: the scores given, by evaluator's number, with their reasons."""

    criterion: Criterion
    given: Sequence[tuple[int, int | None, str]]

    @property
    def values(self) -> list[int]:
        return [value for _number, value, _reason in self.given if value is not None]

    @property
    def median(self) -> float | None:
        return median(self.values) if self.values else None

    @property
    def met(self) -> bool | None:
        """Whether the median reaches the criterion's threshold; None where it has none or is not judged."""
        if self.criterion.threshold is None or self.median is None:
            return None
        return self.median >= self.criterion.threshold

    @property
    def disagrees(self) -> bool:
        """Gates on which not all say the same, others whose scores lie two steps apart."""
        spread = max(self.values) - min(self.values) if self.values else 0
        return spread >= (1 if self.criterion.kind == Criterion.Kind.GATE else APART)


@dataclass(frozen=True)
class Picture:
    lines: Sequence[Line]

    def of(self, kind: str) -> list[Line]:
        return [line for line in self.lines if line.criterion.kind == kind]

    @property
    def gates(self) -> list[Line]:
        return self.of(Criterion.Kind.GATE)

    @property
    def core(self) -> list[Line]:
        return self.of(Criterion.Kind.CORE)

    @property
    def qualifiers(self) -> list[Line]:
        return self.of(Criterion.Kind.QUALIFIER)

    @property
    def passes(self) -> bool:
        """Every gate was judged, and nobody found it not met."""
        return all(line.values and min(line.values) >= 1 for line in self.gates)

    @property
    def score(self) -> float | None:
        """Weighted mean of the core criteria's medians, in percent of the highest; None while none is judged."""
        judged = [(line.criterion.weight, line.median) for line in self.core]
        judged = [(weight, value) for weight, value in judged if value is not None]
        whole = sum(weight for weight, _value in judged)
        return round(100 * sum(weight * value for weight, value in judged) / (whole * HIGHEST), 1) if whole else None

    @property
    def qualified(self) -> int:
        return sum(1 for line in self.qualifiers if (line.median or 0) >= WELL_MET)

    @property
    def disagreements(self) -> list[Line]:
        return [line for line in self.lines if line.disagrees]


def consolidated(criteria: Iterable[Criterion], scores: Iterable[tuple[int, Score]]) -> Picture:
    """`scores` come with the number of their evaluator; only submitted ones are given."""
    by_criterion: dict[int, list[tuple[int, int | None, str]]] = {}
    for number, score in sorted(scores, key=lambda row: row[0]):
        by_criterion.setdefault(score.criterion_id, []).append((number, score.value, score.reason))
    return Picture([Line(criterion, by_criterion.get(criterion.pk, [])) for criterion in criteria])
