"""A practice held against a region: what it needs, what is there, how alike the places are, and who tried."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from benchmarking.selectors import neighbours, peers
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.models import Region
from platform_core.identity.access.selectors import may_see, visible
from repository.adoptions import adoptions_of
from repository.models import Adoption, Record

from ..models import ConditionAnswer, Judgement, Transfer
from .conditions import Line, by_precondition, sheet_if_any

LABEL = "pilots.transfer"
WORTH = {"yes": 1.0, "partly": 0.5, "no": 0.0}
Value = ConditionAnswer.Value


@dataclass(frozen=True)
class Need:
    """Something a practice needs; `line` is what the region says of it, None where no condition asks it."""

    code: str
    name: str
    line: Line | None

    @property
    def value(self) -> str:
        return self.line.value if self.line and self.line.is_known else Value.UNKNOWN.value

    @property
    def words(self) -> str:
        return str(Value(self.value).label)

    @property
    def tone(self) -> str:
        return {"yes": "good", "partly": "waiting", "no": "bad"}.get(self.value, "neutral")


@dataclass(frozen=True)
class Likeness:
    """How far a region where it worked is from this one: `place` among the nearest, None beyond them or not compared.

    `is_adopter` where it was taken over from elsewhere.
    """

    region: Region
    distance: float | None
    place: int | None
    is_same: bool
    is_adopter: bool = False


@dataclass(frozen=True)
class Fit:
    """What was computed. `share` is None while something is not known; then `unknown` says what."""

    record: Record
    region: Region
    needs: Sequence[Need]
    has_sheet: bool
    worked: Sequence[Likeness]
    has_study: bool
    adoptions: Sequence[Adoption]

    @property
    def unknown(self) -> list[Need]:
        return [need for need in self.needs if need.value == Value.UNKNOWN]

    @property
    def missing(self) -> list[Need]:
        return [need for need in self.needs if need.value == Value.NO]

    @property
    def partly(self) -> list[Need]:
        return [need for need in self.needs if need.value == Value.PARTLY]

    @property
    def share(self) -> float | None:
        return share_of(self.needs)

    @property
    def percent(self) -> int | None:
        return None if self.share is None else round(100 * self.share)

    def stored(self) -> dict:
        return {
            "answers": {need.code: need.value for need in self.needs},
            "distances": {one.region.code: one.distance for one in self.worked},
            "adopters": sorted({one.region.code for one in self.worked if one.is_adopter}),
        }


def share_of(needs: Sequence[Need]) -> float | None:
    """The mean over the preconditions: yes 1, partly 0.5, no 0; None without any, or when one is not known."""
    if not needs or any(need.value not in WORTH for need in needs):
        return None
    return sum(WORTH[need.value] for need in needs) / len(needs)


def needs_of(record: Record, held: Mapping[str, Line]) -> list[Need]:
    return [
        Need(code, vocabulary.term_name("precondition", code), held.get(code))
        for code in record.details.get("precondition") or ()
    ]


def fit(user, record: Record, region: Region) -> Fit:
    sheet = sheet_if_any(user, region)
    adopted = list(adoptions_of(record).filter(region__isnull=False))
    own = list(record.regions.all())
    taken = {one.region_id: one.region for one in adopted if one.region not in own}
    worked, has_study = likenesses(user, region, own, list(taken.values()))
    needs = needs_of(record, by_precondition(sheet))
    return Fit(record, region, needs, sheet is not None, worked, has_study, adopted)


def likenesses(
    user, region: Region, places: Sequence[Region], adopters: Sequence[Region] = ()
) -> tuple[list[Likeness], bool]:
    """To each place by the newest study of peers that the reader may see; whether there is one that tells of the region."""
    every = [*((place, False) for place in places), *((place, True) for place in adopters)]
    study = neighbours.study_read(user)
    row = peers.row_if_any(study, region.code) if study else None
    if study is None or row is None:
        return [Likeness(place, None, None, place.code == region.code, adopts) for place, adopts in every], False
    cells, nearest = row.peers["cells"], row.peers["lists"][study.distance]["all"]
    found = []
    for place, adopts in every:
        cell = cells.get(place.code)
        rank = nearest.index(place.code) + 1 if place.code in nearest else None
        distance = cell[study.distance] if cell else None
        found.append(Likeness(place, distance, rank, place.code == region.code, adopts))
    return found, True


def record_for(user, code: str) -> Record:
    """A published record that can be held against a region."""
    return get_object_or_404(practices(user), code=code)


def practices(user, *, topic: str = "") -> QuerySet[Record]:
    """Practices that can be taken over, the newest first."""
    rows = visible(Record.objects.filter(kind="good_practice", state=Record.State.PUBLISHED), user)
    rows = rows.filter(topics=topic) if topic else rows
    return rows.prefetch_related("topics", "regions").order_by("-published_on", "-pk")


def against(user, region: Region, rows: Sequence[Record]) -> list[tuple[Record, list[Need], int | None]]:
    """Each practice with what it needs and how far that is there, in percent; one reading of the sheet for all."""
    held = by_precondition(sheet_if_any(user, region))
    found = []
    for row in rows:
        needs = needs_of(row, held)
        share = share_of(needs)
        found.append((row, needs, None if share is None else round(100 * share)))
    return found


def transfers(user) -> QuerySet[Transfer]:
    rows = Transfer.objects.select_related("record", "region", "made_for")
    return visible(rows.prefetch_related("record__topics"), user)


def transfer_for(user, pk: int) -> Transfer:
    return get_object_or_404(transfers(user), pk=pk)


def listed(user, *, region: str = "") -> QuerySet[Transfer]:
    rows = transfers(user).prefetch_related("judgements")
    return rows.filter(region__code=region) if region else rows


def kept_of(user, record: Record, region: Region) -> QuerySet[Transfer]:
    return transfers(user).filter(record=record, region=region)


def still_seen(user, transfer: Transfer) -> bool:
    """A record may have been withdrawn since; what was kept of it stays."""
    return may_see(user, transfer.record) and transfer.record.state == Record.State.PUBLISHED


def snapshot(transfer: Transfer) -> list[tuple[str, str, str]]:
    """What was known on the day: name of the precondition, the answer in words, its tone."""
    return answers_in_words(transfer.found)


def answers_in_words(found: Mapping) -> list[tuple[str, str, str]]:
    rows = found.get("answers", {}).items()
    needs = [(vocabulary.term_name("precondition", code), value) for code, value in rows]
    tones = {"yes": "good", "partly": "waiting", "no": "bad"}
    return [(name, str(Value(value).label), tones.get(value, "neutral")) for name, value in needs]


def places_then(transfer: Transfer) -> list[tuple[str, float | None, bool]]:
    """What was known on the day of where it worked: name of the region, structural distance, whether it was taken over."""
    distances, adopters = transfer.found.get("distances", {}), transfer.found.get("adopters", ())
    names = vocabulary.region_labels()
    return [(names.get(code, code), distance, code in adopters) for code, distance in distances.items()]


def judgements_of(user, record: Record, region: Region) -> list[Judgement]:
    """What experts think, of all that was kept of a practice and a region, the newest first."""
    kept = kept_of(user, record, region).values("pk")
    rows = Judgement.objects.filter(transfer__in=kept).select_related("transfer")
    return with_fits(rows)


def with_fits(rows: QuerySet[Judgement]) -> list[Judgement]:
    """The newest first; `then` is what was known where they were given on a fit that was found anew since."""
    found = list(rows.select_related("judged_by", "judged_for").order_by("-judged_on", "-pk"))
    for judgement in found:
        judgement.then = answers_in_words(judgement.fit_found)
    return found
