"""A run as it is read: only the rows a page shows. Every door checks that the run may be seen."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404

from platform_core.ground.texts.fields import as_text
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.access.selectors import visible
from repository.models import Record
from repository.selectors import records

from ..models import Benchmark, Observation, PeerRow, PeerStudy, Run, RunArea, RunNode, RunReport
from ..readings.practices import ASKED, KINDS, MOST_SHOWN, Found, order, why, why_asked, why_whole
from ..readings.profile import Profile, number
from ..readings.supposing import BeyondError, Supposed, gain, level_of

HEAVY = ("areas_asked", "inputs", "robustness", "error")
MOST_PEERS = 10
MOST_STUDIED = 30  # some of the nearest may not be in the run
STUDY = tuple(f"study__{name}" for name in ("code", "title", "distance", "own_country", "is_demonstration"))
MOST_READ = 300


def ranked_beside(run: str) -> Coalesce:
    """How many regions have a rank in the run a row belongs to."""
    rows = RunArea.objects.filter(run=OuterRef(run), rank__isnull=False).order_by().values("run")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


def readable(user) -> QuerySet[Run]:
    """Computed runs a person may see."""
    return visible(Run.objects.filter(state=Run.State.DONE), user)


def numbered(number: str) -> int:
    return int(number) if number.isdecimal() and len(number) < 7 else 0


def run_read(user, code: str, number: str = "") -> Run:
    """The run with this number, else the published one, else the newest this person may see."""
    rows = (
        readable(user)
        .filter(benchmark__code=code)
        .select_related("benchmark__group__topic", "peer_study")
        .defer(*HEAVY)
    )
    rows = rows.annotate(ranked=ranked_beside("pk"))
    if number:
        return get_object_or_404(rows, number=numbered(number))
    found = rows.order_by(F("published_at").desc(nulls_last=True), "-number").first()
    if found is None:
        raise Http404
    return found


def area_read(user, code: str, area: str, number: str = "") -> RunArea:
    """A region in the run `run_read` would give; both in one query."""
    rows = RunArea.objects.filter(code=area, run__benchmark__code=code, run__in=readable(user))
    if number:
        rows = rows.filter(run__number=numbered(number))
    rows = rows.select_related("run__benchmark__group__topic", "run__peer_study").defer(
        *(f"run__{name}" for name in HEAVY)
    )
    ordered = rows.annotate(ranked=ranked_beside("run")).order_by(
        F("run__published_at").desc(nulls_last=True), "-run__number"
    )
    found = ordered.first()
    if found is None:
        raise Http404
    found.run.ranked = found.ranked
    return found


def area_of(run: Run, code: str) -> RunArea:
    found = get_object_or_404(run.areas, code=code)
    found.run = run
    return found


def nodes(run: Run) -> list[RunNode]:
    """With units in the reader's language, as they were named when the run was frozen."""
    units = {one["code"]: as_text(one.get("unit")) for one in run.structure}
    rows = list(run.nodes.all())
    for node in rows:
        node.unit = str(units.get(node.code) or node.unit)
    return rows


def areas(run: Run) -> QuerySet[RunArea]:
    """By rank, those without one last; without the profiles."""
    return run.areas.defer("profile").order_by(F("rank").asc(nulls_last=True), "code")


def profile(user, own: RunArea) -> Profile:
    """A region with its peers: those kept with the run, else those of the newest study of peers, else its country's."""
    run, study = own.run, own.run.peer_study
    near = [(peer["code"], peer.get("distance")) for peer in own.profile.get("peers", ()) if peer["code"] != own.code]
    if not near:
        near, study = studied(user, own)
    wanted = dict(near[:MOST_STUDIED])
    rows = run.areas.filter(code__in=wanted) if wanted else run.areas.filter(country=own.country).exclude(pk=own.pk)
    place = {code: number for number, code in enumerate(wanted)}
    peers = sorted(rows[: 4 * MOST_PEERS], key=lambda peer: (place.get(peer.code, 0), peer.code))
    kept = peers[:MOST_PEERS] if wanted else peers
    return Profile(run, own, kept, nodes(run), ranked_in(run), wanted, by_country=not wanted, study=study)


def studied(user, own: RunArea) -> tuple[list[tuple[str, float | None]], PeerStudy | None]:
    """The nearest regions in the newest published study a person may see; invented ones only beside invented figures."""
    studies = visible(PeerStudy.objects.filter(state=PeerStudy.State.PUBLISHED), user)
    if not own.run.benchmark.is_demonstration:
        studies = studies.filter(is_demonstration=False)
    rows = PeerRow.objects.filter(area__code=own.code, study__in=studies).select_related("study")
    found = rows.order_by("study__is_demonstration", "-study__published_at", "-study").only("peers", *STUDY).first()
    if found is None:
        return [], None
    study, cells = found.study, found.peers.get("cells", {})
    codes = found.peers.get("lists", {}).get(study.distance, {}).get("all" if study.own_country else "abroad", [])
    return [(code, cells.get(code, {}).get(study.distance)) for code in codes], study


def ranked_in(run: Run) -> int:
    known = getattr(run, "ranked", None)
    return run.areas.filter(rank__isnull=False).count() if known is None else known


def supposed(profile: Profile, levels: dict[str, float]) -> Supposed | None:
    """The score with other levels of some indicators, and the rank among the others as they are."""
    if not levels or profile.area.score is None:
        return None
    more = gain(profile, levels)
    score = profile.area.score + more
    ahead = profile.run.areas.filter(score__gt=score, rank__isnull=False).exclude(pk=profile.area.pk).count()
    return Supposed(score, more, ahead + 1)


def placed(profile: Profile, raw: dict[str, float]) -> dict[str, float | BeyondError]:
    """The levels of figures typed in their units, by indicator, on the scale as all regions made it. One query."""
    chosen = [one for one in profile.compared if one.node.code in raw]
    found = {}
    for one, figures in zip(chosen, used_of_all(profile.run, [one.node.code for one in chosen]), strict=True):
        try:
            found[one.node.code] = level_of(profile, one, figures, raw[one.node.code])
        except BeyondError as beyond:
            found[one.node.code] = beyond
    return found


def on_the_scale(run: Run) -> list[RunArea]:
    """The regions that were not left out, with everything known of them."""
    return list(run.areas.exclude(left_out="coverage").order_by("code"))


def used_of_all(run: Run, codes: Sequence[str]) -> list[list[float | None]]:
    """By indicator the figures, before treatment, of the regions that stand on its scale."""
    kept = {}
    for place, code in enumerate(codes):
        told = KeyTransform(code, KeyTransform("indicators", "profile"))
        kept |= {f"used_{place}": KeyTransform("used", told), f"level_{place}": KeyTransform("normalised", told)}
    rows = list(run.areas.order_by().values(**kept))
    return [
        [number(row[f"used_{place}"]) for row in rows if number(row[f"level_{place}"]) is not None]
        for place in range(len(codes))
    ]


def figure_of_all(run: Run, node: RunNode) -> list[tuple[RunArea, float | None]]:
    """One figure of every region, taken out of the profiles by the database: an indicator's own figure, else a score.

    `area.remark` holds flag and provenance of the figure.
    """
    kind, key = ("indicators", "value") if node.is_indicator else ("nodes", "score")
    told = KeyTransform(node.code, KeyTransform(kind, "profile"))
    rows = areas(run).annotate(
        figure=KeyTransform(key, told), flag=KeyTransform("flag", told), provenance=KeyTransform("provenance", told)
    )
    found = list(rows)
    for area in found:
        area.remark = (area.flag or "", area.provenance or "")
    return [(area, number(area.figure)) for area in found]


def areas_by(run: Run, node: RunNode) -> list[RunArea]:
    """As regions stand in one part of the index: its score, its rank and between which ranks that lies. Not to be saved."""
    told = KeyTransform(node.code, KeyTransform("nodes", "profile"))
    names = {"score": "score", "rank": "rank", "rank_low": "low", "rank_high": "high"}
    found = list(areas(run).annotate(**{f"own_{name}": KeyTransform(key, told) for name, key in names.items()}))
    for area in found:
        for name in names:
            setattr(area, name, number(getattr(area, f"own_{name}")))
        area.rank = None if area.rank is None else int(area.rank)
    return sorted(found, key=lambda area: (area.rank is None, area.rank or 0, area.code))


def pair_of_all(run: Run, across: RunNode, up: RunNode) -> list[tuple[RunArea, float | None, float | None]]:
    """`area.remarks` holds what is to be known of either figure."""
    other = {area.pk: (area.remark, figure) for area, figure in figure_of_all(run, up)}
    found = []
    for area, figure in figure_of_all(run, across):
        remark, beside = other[area.pk]
        area.remarks = (area.remark, remark)
        found.append((area, figure, beside))
    return found


def figures(run: Run, *codes: str) -> dict[str, dict]:
    """Other results of the run by their code."""
    return dict(run.results.filter(code__in=codes).values_list("code", "figures"))


def observed(run: Run, indicator: str, codes: Iterable[str]) -> list[tuple[str, int, float | None, str, str]]:
    """Area, year, figure, flag and provenance from the very versions of the run; of several the first named counts."""
    rows = Observation.objects.filter(
        version__runs__run=run, indicator__code=indicator, area__code__in=list(codes)
    ).order_by("area__code", "year", "version__runs__order")
    found: dict[tuple[str, int], tuple[str, int, float | None, str, str]] = {}
    for code, year, value, flag, provenance in rows.values_list("area__code", "year", "value", "flag", "provenance"):
        kept = found.get((code, year))
        if kept is None or (kept[2] is None and value is not None):
            found[code, year] = (code, year, value, flag, provenance)
    return list(found.values())


def practices(user, profile: Profile) -> list[Found]:
    """Records about the better peers and what consultations found, on the topic of the benchmark: those of a peer's region
    first, then of its country as a whole (unless it is the region's own), then of all. One query."""
    codes, topic = list(order(profile)), profile.run.benchmark.group.topic_id
    if not codes:
        return []
    rows = records(user).filter(state=Record.State.PUBLISHED, topics=topic)
    peers = {peer.code: peer for peer in profile.peers}
    lands = {peers[code].country: peers[code] for code in reversed(codes)}
    lands.pop(profile.area.country, None)
    of_place, of_land = Q(regions__code__in=codes), Q(regions__isnull=True, countries__code__in=list(lands))
    rows = rows.filter(Q(kind__in=KINDS) & (of_place | of_land) | Q(kind=ASKED))
    rows = rows.annotate(place=F("regions__code"), land=F("countries__code"))
    found = rows.only("code", "kind", "title", "summary", "is_demonstration").order_by("-published_on", "-pk")[
        :MOST_READ
    ]
    asked: dict[int, list[RunArea]] = {}
    place, last = {code: number for number, code in enumerate(codes)}, len(codes)
    places: dict[int, int] = {}
    for record in found:
        if record.kind == ASKED:
            held = asked.setdefault(record.pk, [])
            held += [peers[code] for code in codes if touches(record, peers[code]) and peers[code] not in held]
        is_whole = asked.get(record.pk) or (record.kind != ASKED and record.place is None)
        own = place.get(record.place, last if is_whole else last + 1)
        places[record.pk] = min(own, places.get(record.pk, own))
    ordered = sorted(
        found,
        key=lambda one: (places[one.pk], one.kind == ASKED, place_of(one, place, lands), one.code),
    )
    once: dict[int, Record] = {}
    for record in ordered:
        once.setdefault(record.pk, record)
    chosen = list(once.values())[:MOST_SHOWN]
    return [told(record, profile, peers | lands, asked.get(record.pk)) for record in chosen]


def place_of(record: Record, place: Mapping[str, int], lands: Mapping[str, RunArea]) -> int:
    """Among the better peers: that of its region, or of the first peer in a country it is of as a whole."""
    if record.place is None and record.land in lands:
        return place[lands[record.land].code]
    return place.get(record.place, len(place))


def touches(record: Record, peer: RunArea) -> bool:
    """Whether a consultation was of a peer's region, or of its country as a whole."""
    return record.place == peer.code or (record.place is None and record.land == peer.country)


def told(record: Record, profile: Profile, peers: dict[str, RunArea], asked: Sequence[RunArea] | None = None) -> Found:
    """`peers` by their code; the first of a country also by the code of that country."""
    return Found(
        title=record.title,
        address=record.get_absolute_url(),
        kind=vocabulary.term_name("record_kind", record.kind),
        summary=record.summary,
        why=reason(record, profile, peers) if asked is None else why_asked(asked),
        is_demonstration=record.is_demonstration,
    )


def reason(record: Record, profile: Profile, peers: dict[str, RunArea]) -> str:
    if record.place is None:
        return why_whole(why(profile, peers[record.land]), record.land)
    return why(profile, peers[record.place])


def ranked_for(user) -> QuerySet[RunArea]:
    """Regions with their rank, without profiles, in published runs; those published last first."""
    rows = RunArea.objects.filter(
        run__in=visible(Run.objects.all(), user), run__published_at__isnull=False, rank__isnull=False
    )
    rows = rows.filter(run__benchmark__state=Benchmark.State.PUBLISHED).select_related("run__benchmark")
    return rows.defer("profile", "run__recipe", "run__structure").order_by("-run__published_at", "-pk")


def latest_with(user, code: str) -> RunArea | None:
    """The region in the benchmark published last that ranks it."""
    return ranked_for(user).filter(code=code).first()


def latest_in(user, country: str) -> QuerySet[RunArea]:
    """The regions of a country, the first in rank first, in the benchmark published last that ranks any of them."""
    rows = ranked_for(user).filter(country=country)
    newest = rows.order_by("-run__published_at", "-run").values("run")[:1]
    return rows.filter(run=Subquery(newest)).order_by("rank", "code")


def latest_on(user, code: str, topic: int) -> RunArea | None:
    """The region, with its profile, in the benchmark on a topic that was published last and ranks it; invented ones last."""
    rows = RunArea.objects.filter(
        code=code, run__in=readable(user), run__published_at__isnull=False, rank__isnull=False
    )
    rows = rows.filter(run__benchmark__state=Benchmark.State.PUBLISHED, run__benchmark__group=topic)
    rows = rows.select_related("run__benchmark__group__topic", "run__peer_study")
    rows = rows.annotate(ranked=ranked_beside("run")).defer(*(f"run__{name}" for name in HEAVY))
    found = rows.order_by("run__benchmark__is_demonstration", "-run__published_at", "-pk").first()
    if found is not None:
        found.run.ranked = found.ranked
    return found


def reports(run: Run) -> Sequence[RunReport]:
    return list(run.reports.select_related("file"))


def report_for(run: Run, language: str, form: str) -> RunReport:
    return get_object_or_404(run.reports.select_related("file"), language=language, form=form)
