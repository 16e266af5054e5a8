"""How far those who answered stand for those who were aimed at, from what is published of their numbers.

Groups with a hidden number are taken together, so every index follows from published numbers.
"""

from .publication import rounded
from .quality import effective_number, largest_share

DOMINANT = 0.4  # share of one group above which it speaks for all


def representation(figures, targets=None):
    """Of a single choice's published figures: per group `count`, `share`, `target`, `reached` (of the target),
    `target_share` and `difference` of the shares; over all `stated`, `target`, `effective_number`, `largest`,
    `dominated` and `dissimilarity` (share who would have to belong to another group to meet the targets)."""
    aimed, hidden = targets or {}, [option["code"] for option in figures["options"] if option["count"] is None]
    counts = {option["code"]: option["count"] for option in figures["options"] if option["count"] is not None}
    base, wanted = figures["base"], sum(aimed.values())
    parts = [*counts.values(), *([base - sum(counts.values())] if hidden and base is not None else [])]
    known = base is not None and base > 0
    return {
        "stated": base,
        "target": wanted or None,
        "reached": rounded(base / wanted) if wanted and base is not None else None,
        "groups": [group(option, figures, aimed, wanted) for option in figures["options"]],
        "pooled": hidden,
        "effective_number": rounded(effective_number(parts)) if known else None,
        "largest": largest(counts, base) if known else None,
        "dominated": bool(known and largest_share(parts) > DOMINANT and largest(counts, base)["share"] > DOMINANT),
        "dissimilarity": dissimilarity(counts, hidden, base, aimed) if known and wanted else None,
    }


def group(option, figures, aimed, wanted):
    code, count = option["code"], option["count"]
    target = aimed.get(code)
    share = option["share"] if figures["share_of"] == "base" else None
    aim = None if not wanted or target is None else target / wanted
    return {
        "code": code,
        "count": count,
        "share": share,
        "target": target,
        "reached": None if count is None or not target else rounded(count / target),
        "target_share": rounded(aim),
        "difference": None if share is None or aim is None else rounded(share - aim),
        "suppressed": option["suppressed"],
    }


def largest(counts, base):
    code = max(counts, key=lambda name: (counts[name], name), default=None)
    return {"code": code, "share": rounded(counts[code] / base) if code is not None else 0.0}


def dissimilarity(counts, hidden, base, aimed):
    """Duncan and Duncan's index (Am. Sociol. Rev. 20, 1955) of the groups, the hidden ones taken as one."""
    codes, wanted = (
        [*counts, *(code for code in aimed if code not in counts and code not in hidden)],
        sum(aimed.values()),
    )
    apart = [abs(counts.get(code, 0) / base - aimed.get(code, 0) / wanted) for code in codes]
    pooled = (base - sum(counts.values())) / base - sum(aimed.get(code, 0) for code in hidden) / wanted
    return rounded((sum(apart) + abs(pooled)) / 2)


def cells(table, targets):
    """Targets of pairs against a published cross-table: `targets` by row code, then column code."""
    return [
        {
            "row": row["code"],
            "column": cell["code"],
            "count": cell["count"],
            "target": target,
            "reached": None if cell["count"] is None or not target else rounded(cell["count"] / target),
            "suppressed": cell["suppressed"],
        }
        for row in table["rows"]
        for cell in row["cells"]
        if (target := targets.get(row["code"], {}).get(cell["code"])) is not None
    ]
