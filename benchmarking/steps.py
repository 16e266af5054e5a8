"""The eight steps in which a benchmark is made, how far it is, and what is lacking."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _, ngettext

from .models import Benchmark, Indicator
from .selectors import sources

FEWEST_AREAS = 3
FEWEST_INDICATORS = 2


@dataclass(frozen=True)
class Step:
    code: str
    name: Promise | str
    lead: Promise | str


STEPS = (
    Step(
        "question",
        _("Policy question"),
        _("What somebody wants to decide, in one sentence. Everything that follows is chosen to answer it."),
    ),
    Step(
        "regions",
        _("Regions"),
        _("Who is compared with whom. The more alike they are, the more a difference says about policy."),
    ),
    Step(
        "indicators",
        _("Indicators"),
        _("Which figures answer the question, from which data, and which of them belong together."),
    ),
    Step(
        "treatment",
        _("Treatment"),
        _("What becomes of gaps and extreme figures, and on which scale everything is put."),
    ),
    Step(
        "weights",
        _("Weights"),
        _("What counts how much. There is no neutral answer, so say yours and see what it does."),
    ),
    Step(
        "aggregation",
        _("Aggregation"),
        _("Whether strength in one thing makes up for weakness in another."),
    ),
    Step(
        "robustness",
        _("Robustness"),
        _("How far the result depends on the choices before: they are varied, and every rank becomes an interval."),
    ),
    Step(
        "reading",
        _("Reading"),
        _("What readers should know before they draw conclusions. Then have it computed."),
    ),
)
CODES = tuple(step.code for step in STEPS)
BY_CODE = {step.code: step for step in STEPS}


@dataclass
class Progress:
    """Where a step stands: `done`, `lacking` (kept, but something is missing) or `open`."""

    step: Step
    number: int
    state: str
    lacking: list[str] = field(default_factory=list)


METHODS = {  # pages about what a step chooses
    "regions": ("coverage", "peers"),
    "indicators": ("coverage",),
    "treatment": ("imputation", "outliers", "normalisation"),
    "weights": ("weights", "benefit"),
    "aggregation": ("aggregation", "coherence"),
    "robustness": ("uncertainty", "sensitivity"),
}


def following(code: str) -> str:
    place = CODES.index(code)
    return CODES[place + 1] if place + 1 < len(CODES) else ""


def before(code: str) -> str:
    place = CODES.index(code)
    return CODES[place - 1] if place else ""


def progress(benchmark: Benchmark) -> list[Progress]:
    missing = lacking(benchmark)
    rows = []
    for number, step in enumerate(STEPS, 1):
        found = missing.get(step.code, [])
        is_kept = step.code in benchmark.kept
        state = "open" if not is_kept else "lacking" if found else "done"
        rows.append(Progress(step, number, state, found))
    return rows


def resume_at(benchmark: Benchmark) -> str:
    """The first step nobody has kept or that lacks something, else the last."""
    return next((one.step.code for one in progress(benchmark) if one.state != "done"), CODES[-1])


def hindrances(benchmark: Benchmark) -> list[str]:
    """What has to be there before anything can be computed."""
    return [told for found in lacking(benchmark).values() for told in found]


def lacking(benchmark: Benchmark) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    if not benchmark.question:
        found["question"] = [gettext("The policy question is not written yet.")]
    areas = benchmark.areas.count()
    if areas < FEWEST_AREAS:
        told = ngettext("At least %(n)s region is needed.", "At least %(n)s regions are needed.", FEWEST_AREAS)
        found["regions"] = [told % {"n": FEWEST_AREAS}]
    if indicators := indicators_lacking(benchmark):
        found["indicators"] = indicators
    if weights := weights_lacking(benchmark):
        found["weights"] = weights
    return found


def indicators_lacking(benchmark: Benchmark) -> list[str]:
    told = []
    nodes = benchmark.nodes.exclude(indicator="")
    if nodes.count() < FEWEST_INDICATORS:
        words = ngettext(
            "At least %(n)s indicator is needed.", "At least %(n)s indicators are needed.", FEWEST_INDICATORS
        )
        told.append(words % {"n": FEWEST_INDICATORS})
    if not benchmark.sources.exists():
        told.append(gettext("It is not chosen yet from which data the figures are taken."))
    told += [
        gettext("“%(title)s”, version %(number)s, is not published and belongs to another group.")
        % {"title": one.data_set.title, "number": one.number}
        for one in sources.of_others(benchmark)[:5]
    ]
    told += [
        gettext("“%(name)s” tells what a region is like and ranks nobody; please take it out.") % {"name": one.name}
        for one in Indicator.objects.filter(code__in=nodes.values("indicator"), role=Indicator.Role.STRUCTURAL)[:5]
    ]
    empty = benchmark.nodes.filter(indicator="", children=None, parent__isnull=False)
    told += [gettext("“%(name)s” holds no indicator.") % {"name": node.name} for node in empty[:5]]
    scale = str(benchmark.recipe.get("normalisation")).partition(":")[0]
    if scale == "distance_to_target" and nodes.filter(target=None).exists():
        told.append(gettext("Scores are distances to targets, and some indicators have none."))
    if scale == "goalposts" and nodes.filter(Q(lower=None) | Q(upper=None)).exists():
        told.append(gettext("Scores lie between goalposts, and some indicators have none."))
    return told


def weights_lacking(benchmark: Benchmark) -> list[str]:
    kind = benchmark.recipe.get("weights")
    if kind == "budget" and not benchmark.nodes.filter(shares__isnull=False).exists():
        return [gettext("Weights come from points, and nobody has given any yet.")]
    if kind != "original":
        return []
    heads = benchmark.nodes.filter(children__isnull=False).exclude(Q(children__weight__gt=0) | Q(children__isnull=True))
    return [gettext("All weights below “%(name)s” are zero.") % {"name": node.name} for node in heads.distinct()[:5]]
