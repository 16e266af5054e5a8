"""A trail as text and as a table. Written in Python: a long one has hundreds of lines."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, ngettext

from platform_core.ground.texts.templatetags.texts import text
from platform_core.ground.ui.components.markup import esc, html
from platform_core.ground.ui.components.tables import data_table

from .chains import AFTER, BEFORE, Chain, Stop, ends_trails

SHORT = 12


def named(stop: Stop) -> str:
    """The title of a stop as plain words."""
    return str(stop.title) or _("Erased")


def fate(stop: Stop) -> str:
    """What became of a thing that is gone; nothing of one that is there."""
    stone = stop.tombstone
    if stone is None:
        return ""
    if not stone.title:
        return _("It was erased.")
    if stone.day is None:
        return _("It was withdrawn.")
    return _("It was withdrawn on %(day)s.") % {"day": date_format(stone.day)}


def linked(stop: Stop) -> str:
    words = text(stop.title) if stop.title else _("Erased")
    return f'<a href="{esc(stop.address)}">{esc(words)}</a>' if stop.address else f"<span>{esc(words)}</span>"


def said(stop: Stop) -> str:
    """How a stop is related to the one before it on the way, as that one says it."""
    if stop.by is None:
        return ""
    return str(stop.by.name if stop.side == BEFORE else stop.by.inverse)


def item(stop: Stop) -> str:
    note = f" · {esc(stop.by.note)}" if stop.by and stop.by.note else ""
    reason = f" {esc(stop.tombstone.reason)}" if stop.tombstone and stop.tombstone.reason else ""
    gone = f' <span class="gone">{esc(fate(stop))}{reason}</span>' if stop.tombstone else ""
    return f"{esc(said(stop))}: {linked(stop)} <small>{esc(stop.kind)}{note}</small>{gone}"


def tree(chain: Chain, side: int, most: int = 0) -> SafeString:
    """One side of a trail as lists within lists, each thing under the one that led to it; `most` in each list, 0 for all."""
    below: dict = {}
    for stop in chain.stops.values():
        if stop.side == side:
            below.setdefault(stop.parent, []).append(stop)
    return html(branch(below, chain.start.place, most))


def branch(below: dict, parent, most: int) -> str:
    stops = below.get(parent, [])
    shown = stops[:most] if most else stops
    if not stops:
        return ""
    lines = [f"<li>{item(stop)}{branch(below, stop.place, most)}</li>" for stop in shown]
    if left := len(stops) - len(shown):
        more = ngettext("and %(count)d more", "and %(count)d more", left) % {"count": left}
        lines.append(f"<li>{esc(more)}</li>")
    return f'<ul class="chain">{"".join(lines)}</ul>'


def rows(chain: Chain) -> list[list]:
    """The steps, those nearest to the thing first: the later thing, how it came of the earlier, the earlier."""
    level = {place: stop.level for place, stop in chain.stops.items()}
    order = sorted(chain.steps, key=lambda step: max(level[step.earlier], level[step.later]))
    return [
        [html(cell(chain.stops[step.later])), said_with(step), html(cell(chain.stops[step.earlier]))] for step in order
    ]


def said_with(step) -> str:
    return f"{step.name} ({step.note})" if step.note else str(step.name)


def cell(stop: Stop) -> str:
    return f"{linked(stop)} <small>{esc(' · '.join(filter(None, [stop.kind, fate(stop)])))}</small>"


def table(chain: Chain) -> SafeString:
    head: Sequence[str] = [_("Thing"), _("How it came of it"), _("Came of")]
    caption = _("The trail of %(title)s") % {"title": named(chain.start)}
    return data_table(caption=caption, head=head, rows=rows(chain))


def sides(chain: Chain, most: int = 0) -> list[tuple[str, SafeString, str]]:
    """Both sides of a trail: what they are called, the list, and what to say where it is empty."""
    if ends_trails(chain.start.place):
        return [
            (
                _("What was taken over, tried or changed here"),
                tree(chain, BEFORE, most),
                _("Nothing of this is stored yet."),
            ),
            (_("What came from here"), tree(chain, AFTER, most), _("Nothing is stored yet that came from here.")),
        ]
    return [
        (_("Where it came from"), tree(chain, BEFORE, most), _("Nothing is stored of what it builds on.")),
        (_("What became of it"), tree(chain, AFTER, most), _("Nothing is stored yet of what became of it.")),
    ]


def told_context(chain: Chain, most: int = 0) -> dict:
    """What a template shows of a trail, as text; a drawing and a table belong to it where it has steps."""
    unseen = ""
    if chain.hidden:
        words = ngettext(
            "%(count)d further thing is not shown.", "%(count)d further things are not shown.", chain.hidden
        )
        unseen = words % {"count": chain.hidden}
    return {"chain": chain, "sides": sides(chain, most), "unseen": unseen}
