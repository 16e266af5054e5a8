"""Who answered, against those aimed at, and how many answers came as campaigns; in words."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from platform_core.ground.ui.components.numbers import in_words

from . import charts
from .answering import words
from .charts import share_words

Figures = dict[str, Any]


def representation_rows(question: dict, told: Figures) -> Figures:
    """Who answered, against the target where there is one."""
    labels = charts.labels_of(question)
    aimed = any(group.get("target") is not None for group in told["groups"])
    head = [_("Group"), _("Answers"), _("Share")]
    head += [_("Wanted"), _("Reached"), _("Difference from the share wanted")] if aimed else []
    rows = [
        [
            labels.get(group["code"], group["code"]),
            _("not shown") if group["count"] is None else str(group["count"]),
            share_words(group["share"]),
            *(target_words(group) if aimed else []),
        ]
        for group in told["groups"]
        if group["count"] != 0 or group.get("target")
    ]
    return {"caption": words(question["text"]), "head": head, "rows": rows, "notes": representation_notes(labels, told)}


def target_words(group: Figures) -> list[str]:
    """How many were wanted, how far that was reached, and how many percentage points the share lies off."""
    difference = group.get("difference")
    points = None if difference is None else charts.percent(difference)
    off = "–" if points is None else _("%(n)s points") % {"n": f"{'+' if points > 0 else ''}{in_words(points)}"}
    return [str(group.get("target") or "–"), share_words(group.get("reached")), off]


def representation_notes(labels: dict[str, str], told: Figures) -> list[str]:
    notes = []
    if told.get("target") and told.get("stated") is not None:
        line = _("%(n)s of %(target)s answers wanted were given: %(share)s.")
        share = share_words(told.get("reached"))
        notes.append(line % {"n": in_words(told["stated"]), "target": in_words(told["target"]), "share": share})
    if told.get("dissimilarity") is not None:
        line = _("%(share)s of the answers would have to come from another group to meet the targets (dissimilarity).")
        notes.append(line % {"share": share_words(told["dissimilarity"])})
    if told.get("effective_number") is not None:
        number = number_format(told["effective_number"], 1)
        notes.append(_("As many as if %(n)s groups of equal size had answered (effective number).") % {"n": number})
    if told.get("dominated"):
        largest = told.get("largest") or {}
        name = labels.get(largest.get("code", ""), "") if isinstance(largest, dict) else ""
        notes.append(
            _("One group is more than 40 %% of all: %(name)s. Read the figures with that in mind.") % {"name": name}
        )
    return notes


def campaign_words(told: Figures) -> list[str]:
    """How many answers came in groups of like ones; nothing where there are none."""
    signals = {
        "texts": _("near-identical texts"),
        "vectors": _("identical ticks"),
        "bursts": _("days with unusually many answers"),
    }
    lines = []
    for name, label in signals.items():
        signal, groups = told.get(name) or {}, (told.get("groups") or {}).get(name) or []
        if signal.get("count"):
            line = _("%(label)s: %(n)s answers") % {"label": label, "n": signal["count"]}
            lines.append(f"{line} ({', '.join(map(str, groups))})" if len(groups) > 1 else line)
    return lines
