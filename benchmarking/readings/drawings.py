"""Charts of a region: from the figures of its profile to what the chart functions take."""

from collections.abc import Callable, Sequence
from math import isclose

from django.utils.translation import gettext as _, ngettext

from ..charts.chart import Chart
from ..charts.lettering import figure
from ..charts.parallel import Line, parallel
from ..charts.radar import Axis, radar
from ..charts.ranking import Ranked, ranking
from ..charts.waterfall import Step, waterfall
from ..models import RunArea, RunNode
from ..statistics.contributions import LOST
from .profile import MOST_AXES, Profile, number
from .sentences import why_left_out

Address = Callable[[str], str]
MOST_STEPS = 12


def ranked(area: RunArea, address: Address, own: str = "") -> Ranked:
    return Ranked(
        area.code,
        area.called,
        area.rank,
        number(area.rank_low),
        number(area.rank_high),
        number(area.score),
        address(area.code),
        area.code == own,
        "" if area.rank else why_left_out(area),
    )


def interval_words() -> str:
    return _(
        "The dot is the rank; the line shows between which ranks the region lies in nine of ten repetitions with other"
        " choices of method. Where two lines meet, the regions cannot be told apart."
    )


def peer_ranking(profile: Profile, address: Address) -> Chart:
    rows = (
        [profile.area, *profile.by_rank]
        if profile.area.rank is None
        else sorted([profile.area, *profile.by_rank], key=lambda area: (area.rank or 0, area.code))
    )
    return ranking(
        title=_("%(region)s among its peers") % {"region": profile.area.called},
        description=interval_words(),
        rows=[ranked(area, address, profile.area.code) for area in rows],
        last=profile.ranked,
    )


def whole_ranking(
    areas: Sequence[RunArea], last: int, address: Address, own: str = "", node: RunNode | None = None
) -> Chart:
    """Of the index, or of one of its parts."""
    return ranking(
        title=_("Ranking by %(part)s with intervals") % {"part": name_of(node)}
        if node
        else _("Ranking with intervals"),
        description=interval_words(),
        rows=[ranked(area, address, own) for area in areas],
        last=last,
    )


def scale_words(profile: Profile) -> str:
    if profile.scale is not None:
        return _("0 is the weakest and 100 the strongest region of the whole benchmark.")
    return _("0 is the weakest and 100 the strongest of the regions shown here.")


def name_of(node) -> str:
    return str(node.name) or node.code


def peer_radar(profile: Profile) -> Chart:
    parts = profile.parts[:MOST_AXES]
    compared = [(part, profile.levels(part)) for part in parts]
    axes = []
    for part, (own, *others) in compared:
        known = sorted(level for level in others if level is not None)
        middle = (known[(len(known) - 1) // 2] + known[len(known) // 2]) / 2 if known else None
        axes.append(Axis(name_of(part), own, known[0] if known else None, middle, known[-1] if known else None))
    return radar(
        title=_("Where %(region)s stands out") % {"region": profile.area.called},
        description=scale_words(profile)
        + " "
        + _("Beside each name: the region’s own score, and the median of its peers."),
        name=profile.area.called,
        axes=axes,
        note=cut_words(len(profile.parts) - len(parts)),
    )


def cut_words(left: int) -> str:
    if left <= 0:
        return ""
    told = ngettext("%(n)s more is in the table of indicators.", "%(n)s more are in the table of indicators.", left)
    return told % {"n": figure(left)}


def peer_parallel(profile: Profile, address: Address) -> Chart:
    """All indicators of the region and its peers, or its parts where there are very many."""
    nodes = profile.indicators if len(profile.indicators) <= 2 * MOST_AXES else profile.parts
    levels = [profile.levels(node) for node in nodes]
    lines = [
        Line(area.code, area.called, [level[place] for level in levels], address(area.code), not place)
        for place, area in enumerate(profile.shown)
    ]
    return parallel(
        title=_("%(region)s and its peers, indicator by indicator") % {"region": profile.area.called},
        description=scale_words(profile) + " " + _("Every line is a region; it stops where a figure is missing."),
        axes=[name_of(node) for node in nodes],
        lines=lines,
    )


def lost_words() -> str:
    return _(
        "What an indicator adds is what the score would lose with the lowest figure of all regions there, all others staying"
        " as they are."
    )


def peer_waterfall(profile: Profile) -> Chart | None:
    """From the mean score of the peers to the region's own, by what each indicator adds; None without scores."""
    scores = [peer.score for peer in profile.peers if peer.score is not None]
    if profile.area.score is None or not scores:
        return None
    if all(one.gap is None for one in profile.compared):
        return None
    mean = sum(scores) / len(scores)
    gaps = sorted(
        ((one.name, one.gap) for one in profile.compared if one.gap is not None), key=lambda pair: -abs(pair[1])
    )
    steps = [Step(name, gap) for name, gap in gaps[:MOST_STEPS]]
    if rest := gaps[MOST_STEPS:]:
        told = ngettext("%(n)s other indicator", "%(n)s other indicators", len(rest)) % {"n": figure(len(rest))}
        steps.append(Step(told, sum(gap for _name, gap in rest)))
    remainder = profile.area.score - mean - sum(gap for _name, gap in gaps)
    if not isclose(remainder, 0, abs_tol=0.05):
        steps.append(Step(_("What the way of bringing together adds"), remainder))
    return waterfall(
        title=_("What sets %(region)s apart from its peers") % {"region": profile.area.called},
        description=_(
            "From the mean score of the peers to the region’s own, by the points each indicator adds or takes away."
        )
        + (" " + lost_words() if profile.contributes == LOST else ""),
        start=(_("Mean of the peers"), mean),
        steps=sorted(steps, key=lambda step: -(step.change or 0)),
        end=(profile.area.called, profile.area.score),
        note=""
        if isclose(remainder, 0, abs_tol=0.05)
        else _("Scores are not plain sums here, so what is left over is shown as a step of its own."),
    )
