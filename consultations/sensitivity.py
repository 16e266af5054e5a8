"""Other ways to read the same figures: as if groups had the size aimed at, and without answers that came as campaigns."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from .answering import words
from .charts import labels_of, share_words
from .crosses import parts_of
from .groups import counted, figure

Figures = dict[str, Any]


@dataclass(frozen=True)
class Views:
    """By which profile questions figures may be weighed, those of them that have targets, and all at once if they are."""

    profiles: Mapping[str, Any] = field(default_factory=dict)
    aimed: Collection[str] = ()
    raked: Figures | None = None


def views_of(figures: Figures, profiles: Mapping[str, Any]) -> Views:
    """Of a report's figures; `profiles` are those whose figures may be told."""
    told, raked = figures.get("representation") or {}, figures.get("raked")
    aimed = [code for code in profiles if (told.get(code) or {}).get("target")]
    return Views(profiles, aimed, raked if raked and set(raked["by"]) <= profiles.keys() else None)


def weighing(code: str, views: Views) -> str:
    """What was weighed: by targets, or every country alike."""
    name = words(views.profiles[code]["text"])
    if code in views.aimed:
        return _("If groups answered as aimed at: %(question)s") % {"question": name}
    return _("If every country weighed the same")


def weighted_table(question: Mapping[str, Any], figures: Figures, views: Views) -> Figures | None:
    """Shares as they are beside shares as weights would have them; None where no view is told."""
    labels, raked = labels_of(question), (views.raked or {}).get("questions") or {}
    parts = list(zip(parts_of(question, figures), keys(question, figures), strict=True))
    used = [code for code in views.profiles if any((part.get("weighted") or {}).get(code) for (_n, part), _k in parts)]
    both = any(raked.get(key) for _part, key in parts)
    if not used and not both:
        return None
    rows = []
    for (name, part), key in parts:
        columns = [by_code((part.get("weighted") or {}).get(code) or {}) for code in used]
        columns += [by_code({"options": raked.get(key) or []})] if both else []
        rows += [
            [
                ": ".join(filter(None, (name, labels.get(option["code"], option["code"])))),
                share_words(option["share"]),
                *(share_words(column.get(option["code"])) for column in columns),
            ]
            for option in part.get("options") or []
            if not (question["type"] == "country" and option["count"] == 0)
        ]
    head = [_("Answer"), _("As answered"), *(weighing(code, views) for code in used)]
    head += [_("All targets at once")] if both else []
    return {
        "caption": _("Sensitivity view: weighted shares"),
        "head": head,
        "rows": rows,
        "note": strength(parts, used),
    }


def keys(question: Mapping[str, Any], figures: Figures) -> list[str]:
    rows = figures.get("rows")
    return [question["code"]] if rows is None else [f"{question['code']}.{row['code']}" for row in rows]


def by_code(view: Figures) -> dict[str, float | None]:
    return {option["code"]: option["weighted"] for option in view.get("options") or []}


def strength(parts: list, used: list[str]) -> str:
    """How much is lost by weighing, of a question without rows."""
    told = _("These figures show how the shares would look with other groups; they replace nothing.")
    if len(parts) != 1:
        return told
    (_name, part), _key = parts[0]
    views = [view for code in used if (view := (part.get("weighted") or {}).get(code)) and view.get("n_eff")]
    if not views:
        return told
    sizes = ", ".join(number_format(view["n_eff"], 1) for view in views)
    return told + " " + _("Weighted answers stand on as many as these unweighted ones: %(n)s.") % {"n": sizes}


def raked_words(views: Views) -> str:
    """How the weights by all targets at once came out; empty without them."""
    found = views.raked
    if not found or found.get("n_eff") is None:
        return ""
    names = ", ".join(words(views.profiles[code]["text"]) for code in found["by"])
    told = _(
        "Weights by all targets at once (%(questions)s): effective number of answers %(n)s, design effect %(effect)s."
    )
    line = told % {
        "questions": names,
        "n": number_format(found["n_eff"], 1),
        "effect": number_format(found["design_effect"], 2),
    }
    if found.get("trimmed"):
        line += " " + _("Very large and very small weights were cut.")
    return line if found.get("converged") else line + " " + _("The targets could not all be met.")


def without_table(question: Mapping[str, Any], figures: Figures) -> Figures | None:
    """All answers beside those that came in no campaign; None where no campaign was found or nothing can be told."""
    rows = list(without_rows(question, figures))
    if not rows:
        return None
    head = [_("Answer"), _("All answers"), _("Without campaigns")]
    note = _("Answers that came as campaigns are never left out of the figures; here you see what they change.")
    return {"caption": _("With and without campaigns"), "head": head, "rows": rows, "note": note}


def without_rows(question: Mapping[str, Any], figures: Figures) -> Iterator[list[str]]:
    labels = labels_of(question)
    for name, part in parts_of(question, figures):
        if not (origins := part.get("origins")):
            continue
        if "without" in origins:
            used = [one for one in part["options"] if one["count"] != 0 or question["type"] != "country"]
            yield from choice_rows(name, labels, {**part, "options": used}, origins["without"])
        elif origins.get("rows"):
            yield from group_rows(labels, part, origins["rows"][0])


def choice_rows(name: str, labels: Mapping, part: Figures, without: Figures) -> Iterator[list[str]]:
    told = {option["code"]: option for option in without["options"]}
    for option in part["options"]:
        label = labels.get(option["code"], option["code"])
        own = option_words(told.get(option["code"], {}))
        yield [": ".join(filter(None, (name, label))), option_words(option), own]
    yield [": ".join(filter(None, (name, _("Answers")))), counted(part.get("base")), counted(without.get("base"))]


def option_words(option: Figures) -> str:
    if option.get("count") is None:
        return _("not shown")
    return (
        f"{option['count']} ({share_words(option['share'])})"
        if option.get("share") is not None
        else str(option["count"])
    )


def group_rows(labels: Mapping, part: Figures, own: Figures) -> Iterator[list[str]]:
    """Of a type that is no choice: how many answered, then means or scores where they are told of groups."""
    yield [_("Answers"), counted(part.get("base")), counted(own.get("base"))]
    for measure, label in (("mean", _("Mean")), ("median", _("Median"))):
        if measure in own:
            yield [label, figure(part.get(measure)), figure(own[measure])]
    scores = {option["code"]: option for option in own.get("options") or []}
    for option in part.get("options") or [] if scores else []:
        measure = "borda" if "borda" in option else "mean"
        score = scores.get(option["code"], {}).get(measure)
        yield [labels.get(option["code"], option["code"]), figure(option[measure], 2), figure(score, 2)]
