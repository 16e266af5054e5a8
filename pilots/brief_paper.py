"""A brief as a paper of two pages in the active language; made in a child process, kept for a day, few at a time."""

import json
from collections.abc import Sequence
from hashlib import sha256
from threading import BoundedSemaphore

from django.core.cache import cache
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from benchmarking.readings.markdown import plain, table
from benchmarking.readings.sentences import position
from platform_core.ground.reports.papers import paper
from platform_core.ground.texts.wikitext import Part
from platform_core.ground.vocabulary.days import platform_day

from .selectors.briefs import Brief, Practice

AT_A_TIME, WAITS, KEPT = 2, 10, 24 * 3600
LONG, SHORT, PEERS, OPEN = 190, 110, 5, 2
places = BoundedSemaphore(AT_A_TIME)


class CrowdedError(Exception):
    """Too many papers are being made."""


def title_of(brief: Brief) -> str:
    return _("Brief for %(region)s: %(topic)s") % {"region": brief.name, "topic": brief.topic.short}


def file_of(brief: Brief, form: str, language: str) -> bytes:
    """The same content is made once; the language is a code of a content language."""
    title, told = title_of(brief), parts(brief)
    content = json.dumps([form, language, title, [[part.heading, part.text] for part in told]])
    key = f"pilots-brief:{sha256(content.encode()).hexdigest()}"
    if (kept := cache.get(key)) is not None:
        return kept
    if not places.acquire(timeout=WAITS):
        raise CrowdedError
    try:
        made = paper(form, title, told, language)
    finally:
        places.release()
    cache.set(key, made, KEPT)
    return made


def parts(brief: Brief) -> list[Part]:
    found = [Part("\n\n".join(opening(brief)), "")]
    if brief.better:
        rows = [[f"{peer.name} ({peer.code})", why] for peer, why in brief.better[:PEERS]]
        found.append(Part(table([_("Region"), _("Why it is named")], rows), _("Who is alike and does better")))
    if brief.beside:
        found.append(Part(side_by_side(brief.beside), _("What they did, side by side")))
        found.append(Part("\n".join(f"- {plain(line)}" for line in asking(brief)), _("Whom to ask")))
    if brief.asking:
        found.append(Part("\n".join(f"- {plain(line)}" for line in open_for_views(brief)), _("Open for your view")))
    if brief.gaps:
        found.append(Part("\n".join(f"- {plain(gap)}" for gap in brief.gaps), _("What is not known")))
    return found


def opening(brief: Brief) -> list[str]:
    day = _("As of %(day)s.") % {"day": date_format(platform_day())}
    told = [plain(day)]
    if brief.is_demonstration:
        invented = plain(_("It stands on invented demonstration data."))
        told.append(f"**{invented}**")
    if brief.profile is not None:
        told += [plain(sentence) for sentence in position(brief.profile)]
    return told


def side_by_side(beside: Sequence[Practice]) -> str:
    """One column for each practice."""
    lines = [
        (_("From"), [one.regions or "–" for one in beside]),
        (_("Problem"), [short(one.problem) for one in beside]),
        (_("Cost"), [joined(one.cost, short(one.resources, SHORT)) for one in beside]),
        (_("Evidence"), [joined(one.strength, short(one.evidence)) for one in beside]),
        (_("What it needs"), [needs(one) for one in beside]),
        (_("How much of it is here"), [fit(one) for one in beside]),
        (_("Difficulties"), [short(one.difficulties, SHORT) for one in beside]),
    ]
    head = ["", *(short(one.record.title, SHORT) for one in beside)]
    return table(head, [[name, *cells] for name, cells in lines])


def short(text, longest: int = LONG) -> str:
    return Truncator(str(text)).chars(longest) or _("not told")


def joined(*told: str) -> str:
    return ". ".join(one.rstrip(".") for one in told if one)


def needs(one: Practice) -> str:
    return "; ".join(f"{need.name}: {need.words}" for need in one.needs) or _("not told")


def fit(one: Practice) -> str:
    """As the page tells it; nothing is computed while something is not known."""
    if one.percent is not None:
        return _("%(percent)s %% of it is here.") % {"percent": one.percent}
    return _("not known, as long as not all of it is declared") if one.needs else _("not told")


def open_for_views(brief: Brief) -> list[str]:
    """Consultations on the topic that ask in the region, the one that closes first first."""
    told, invented = _("“%(title)s”, open until %(day)s"), " · " + _("demonstration")
    return [
        told % {"title": short(one.title, SHORT), "day": date_format(platform_day(one.closes_at))}
        + (invented if one.is_demonstration else "")
        for one in brief.asking[:OPEN]
    ]


def asking(brief: Brief) -> list[str]:
    found = []
    for one in brief.beside:
        who = one.contact or (str(one.organisation) if one.organisation else "")
        if who:
            found.append(f"{short(one.record.title, SHORT)}: {who}")
    if brief.group is not None:
        found.append(_("The working group “%(group)s”") % {"group": brief.group})
    return found or [_("Nobody is named; the helpdesk of the platform can ask.")]
