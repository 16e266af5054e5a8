"""What the figures say, in whole sentences of the reader's language, uncertainty included."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from django.utils.translation import gettext as _, ngettext

from ..charts.lettering import figure
from ..models import RunArea
from .profile import NATIONAL, Compared, Profile, standing

MOST_NAMES = 6


def why_left_out(area: RunArea) -> str:
    if area.left_out in ("coverage", "screened", "screen"):
        return _("too few of its figures are known")
    return _("no score could be computed for it")


def names(areas: Sequence[RunArea]) -> str:
    """A list of names; long ones say how many follow."""
    shown = "; ".join(area.called for area in areas[:MOST_NAMES])
    rest = len(areas) - MOST_NAMES
    if rest <= 0:
        return shown
    return ngettext("%(names)s and %(n)s other region", "%(names)s and %(n)s other regions", rest) % {
        "names": shown,
        "n": figure(rest),
    }


def position(profile: Profile) -> list[str]:
    area = profile.area
    if area.rank is None:
        told = _("%(region)s has no rank, because %(reason)s.")
        return [told % {"region": area.called, "reason": why_left_out(area)}]
    return [rank_of(profile), interval_of(profile), *among(profile)]


def rank_of(profile: Profile) -> str:
    told = ngettext(
        "%(region)s stands on rank %(rank)s; %(n)s region was ranked.",
        "%(region)s stands on rank %(rank)s; %(n)s regions were ranked.",
        profile.ranked,
    )
    return told % {"region": profile.area.called, "rank": figure(profile.area.rank), "n": figure(profile.ranked)}


def interval_of(profile: Profile) -> str:
    area = profile.area
    if not profile.has_intervals:
        return _("How far this rank depends on the choices of method was not analysed.")
    if area.rank_low == area.rank_high:
        return _("It keeps this rank when the choices of method are varied.")
    told = _(
        "When the choices of method are varied, its rank lies between %(low)s and %(high)s in nine of ten repetitions; a"
        " smaller difference than that tells nothing."
    )
    return told % {"low": figure(area.rank_low, 0), "high": figure(area.rank_high, 0)}


def among(profile: Profile) -> list[str]:
    if not profile.by_rank:
        return [_("There is no other region beside which it could be judged.")]
    ahead, alike, behind = profile.clearly_ahead, profile.not_told_apart, profile.clearly_behind
    told = [ahead_of_it(ahead, profile.by_country)]
    if alike:
        words = ngettext(
            "%(n)s of them cannot be told apart from it, because the intervals of their ranks meet: %(names)s.",
            "%(n)s of them cannot be told apart from it, because the intervals of their ranks meet: %(names)s.",
            len(alike),
        )
        told.append(words % {"n": figure(len(alike)), "names": names(alike)})
    if behind:
        words = ngettext(
            "%(n)s of them is clearly behind: %(names)s.", "%(n)s of them are clearly behind: %(names)s.", len(behind)
        )
        told.append(words % {"n": figure(len(behind)), "names": names(behind)})
    return told


def ahead_of_it(ahead: Sequence[RunArea], by_country: bool) -> str:
    if not ahead:
        if by_country:
            return _("None of the other regions of its country is clearly ahead of it.")
        return _("None of its peers is clearly ahead of it.")
    if by_country:
        words = ngettext(
            "%(n)s other region of its country is clearly ahead of it: %(names)s.",
            "%(n)s other regions of its country are clearly ahead of it: %(names)s.",
            len(ahead),
        )
    else:
        words = ngettext(
            "%(n)s of its peers is clearly ahead of it: %(names)s.",
            "%(n)s of its peers are clearly ahead of it: %(names)s.",
            len(ahead),
        )
    return words % {"n": figure(len(ahead)), "names": names(ahead)}


def peers(profile: Profile) -> str:
    """Who it is compared with, and why."""
    if not profile.peers:
        return _("This benchmark knows no peers of the region.")
    if profile.by_country:
        return _("It is compared with the other regions of its country, because no structural peers were computed.")
    if profile.study is not None:
        told = ngettext(
            "It is compared with the %(n)s region most like it in structure, by the study “%(study)s”.",
            "It is compared with the %(n)s regions most like it in structure, by the study “%(study)s”.",
            len(profile.peers),
        )
        return told % {"n": figure(len(profile.peers)), "study": profile.study.title}
    told = ngettext(
        "It is compared with the %(n)s region most like it in structure, whatever that region achieves.",
        "It is compared with the %(n)s regions most like it in structure, whatever they achieve.",
        len(profile.peers),
    )
    return told % {"n": figure(len(profile.peers))}


def strength(one: Compared) -> str:
    told = ngettext(
        "%(indicator)s: %(value)s. It is ahead of %(behind)s of %(n)s peer with a figure; their median is %(middle)s.",
        "%(indicator)s: %(value)s. It is ahead of %(behind)s of %(n)s peers with a figure; their median is %(middle)s.",
        len(one.levels),
    )
    return told % {**known(one), "behind": figure(one.behind)}


def weakness(one: Compared) -> str:
    told = ngettext(
        "%(indicator)s: %(value)s. Of %(n)s peers with a figure %(ahead)s does better; their median is %(middle)s, the best"
        " is %(best)s with %(best_value)s.",
        "%(indicator)s: %(value)s. Of %(n)s peers with a figure %(ahead)s do better; their median is %(middle)s, the best is"
        " %(best)s with %(best_value)s.",
        one.ahead,
    )
    best = {"best": one.best.called if one.best else "–", "best_value": valued(one.best_figure.value, one.unit)}
    return told % {**known(one), "ahead": figure(one.ahead), **best}


def known(one: Compared) -> dict[str, str]:
    return {
        "indicator": one.name,
        "value": valued(one.own.value, one.unit),
        "n": figure(len(one.levels)),
        "middle": valued(one.middle, one.unit),
    }


def valued(value: float | None, unit: str) -> str:
    """A figure with its unit; percent signs stand as people write them."""
    told = figure(value)
    return f"{told}\u00a0{unit}" if unit and value is not None else told


def reservations(profile: Profile) -> list[str]:
    """What a reader has to know of the figures themselves."""
    every = len(profile.indicators)
    own = [one.own for one in profile.compared]
    estimated = sum(one.imputed for one in own)
    absent = sum(one.value is None and not one.imputed for one in own)
    flagged = sum(bool(one.flag) for one in own if one.value is not None)
    national = sum(one.is_national for one in own)
    told = []
    if estimated:
        words = ngettext(
            "%(n)s of its %(all)s figures is estimated, because there is none in the source; it is left out of strengths and"
            " weaknesses.",
            "%(n)s of its %(all)s figures are estimated, because there are none in the source; they are left out of strengths"
            " and weaknesses.",
            estimated,
        )
        told.append(words % {"n": figure(estimated), "all": figure(every)})
    if absent:
        words = ngettext(
            "%(n)s of its %(all)s figures is missing.", "%(n)s of its %(all)s figures are missing.", absent
        )
        told.append(words % {"n": figure(absent), "all": figure(every)})
    if national:
        words = ngettext(
            "%(n)s of its %(all)s figures is that of its country, put on the region; it is left out of strengths and"
            " weaknesses.",
            "%(n)s of its %(all)s figures are those of its country, put on the region; they are left out of strengths and"
            " weaknesses.",
            national,
        )
        told.append(words % {"n": figure(national), "all": figure(every)})
    if flagged:
        words = ngettext(
            "The source has put a flag on %(n)s of its figures.",
            "The source has put flags on %(n)s of its figures.",
            flagged,
        )
        told.append(words % {"n": figure(flagged)})
    return told


def remark(flag: str, provenance: str = "") -> str:
    """What is to be known of a figure: the letters of its flag, and that it is its country's."""
    return "; ".join(filter(None, [flag, _("the country’s figure") if provenance == NATIONAL else ""]))


def nationals(told: Mapping[str, int] | None, names: Mapping[str, str]) -> list[str]:
    """That regions of a run have figures of their countries, and in which indicators."""
    if not told:
        return []
    count, listed = sum(told.values()), [names.get(code, code) for code in told]
    words = ngettext(
        "%(n)s figure of a region is that of its country (%(names)s): it makes regions alike that are not.",
        "%(n)s figures of regions are those of their countries (%(names)s): they make regions alike that are not.",
        count,
    )
    return [
        words % {"n": figure(count), "names": "; ".join(listed[:MOST_NAMES]) + (" …" if listed[MOST_NAMES:] else "")}
    ]


def leaders(ranked: Sequence[RunArea]) -> list[str]:
    """What the ranking as a whole says: who may be first, and how few neighbours differ."""
    known_ends = [area for area in ranked if area.rank_low is not None and area.rank_high is not None]
    if not known_ends:
        return [_("How far the ranks depend on the choices of method was not analysed.")] if ranked else []
    first = [area for area in known_ends if area.rank_low is not None and area.rank_low <= 1]
    told = ngettext(
        "%(n)s region comes first under some choices of method: %(names)s.",
        "%(n)s regions come first under some choices of method: %(names)s.",
        len(first),
    )
    alike = sum(standing(one, other) == "alike" for one, other in pairwise(known_ends))
    pairs = ngettext(
        "Of %(n)s pair of neighbours in the ranking, %(alike)s cannot be told apart.",
        "Of %(n)s pairs of neighbours in the ranking, %(alike)s cannot be told apart.",
        len(known_ends) - 1,
    )
    return [
        *([told % {"n": figure(len(first)), "names": names(first)}] if first else []),
        pairs % {"n": figure(len(known_ends) - 1), "alike": figure(alike)},
    ]


def size(ranked: int, left_out: int, indicators: int) -> list[str]:
    by = ngettext("They were judged by %(n)s indicator.", "They were judged by %(n)s indicators.", indicators)
    told = ngettext("%(n)s region was ranked.", "%(n)s regions were ranked.", ranked)
    found = [told % {"n": figure(ranked)}, by % {"n": figure(indicators)}]
    if left_out:
        words = ngettext(
            "%(n)s region has no rank, because too few of its figures are known.",
            "%(n)s regions have no rank, because too few of their figures are known.",
            left_out,
        )
        found.append(words % {"n": figure(left_out)})
    return found


def in_short(area: RunArea) -> str:
    """One sentence for a block on another page."""
    if area.rank_low is None or area.rank_high is None or area.rank_low == area.rank_high:
        return _("Rank %(rank)s.") % {"rank": figure(area.rank)}
    told = _("Rank %(rank)s; between %(low)s and %(high)s when the choices of method are varied.")
    return told % {"rank": figure(area.rank), "low": figure(area.rank_low, 0), "high": figure(area.rank_high, 0)}
