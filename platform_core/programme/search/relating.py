"""What else is about the same as one thing, and why."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import Facet

from . import matching, selectors
from .models import SearchEntry
from .selectors import Question

LOOKED_AT = {"concept": 300, "region": 100, "topic": 100}  # the newest that share a value of the dimension
WEIGHTS = {"concept": 3, "region": 2, "axis": 1, "country": 1, "topic": 1, "kind": 1}


@dataclass(frozen=True)
class Related:
    entry: SearchEntry
    title: str
    language: str
    address: str
    reason: str


def related(user, thing: str, pk: int, count: int = 6) -> list[Related]:
    """The likest first: shared keywords weigh most, then regions, then topic, country and kind."""
    own = SearchEntry.objects.filter(thing=thing, object_id=pk).first()
    if own is None:
        return []
    values = own.values
    scores = {
        key: sum(weight * len(common(values, shared, name)) for name, weight in WEIGHTS.items())
        for key, shared in near(user, own, values).items()
    }
    best = sorted(scores, key=lambda key: (-scores[key], -key))[:count]
    labels = {facet.code: facet.labels() for facet in declared(Facet)}
    return [told(entry, values, labels) for entry in selectors.entries(best)]


def near(user, own: SearchEntry, values: dict[str, list[str]]) -> dict[int, dict[str, list[str]]]:
    """Facet values of the entries that share a keyword, a region or a topic, by key."""
    found = {}
    for dimension, number in LOOKED_AT.items():
        if dimension in values:
            question = Question(thing=own.thing, filters={dimension: values[dimension]})
            condition = matching.condition(user, question)
            for key, marks in matching.read("entry.id, entry.marks", condition, number):
                found[key] = SearchEntry(marks=marks).values
    found.pop(own.pk, None)
    return found


def common(one: dict[str, list[str]], other: dict[str, list[str]], dimension: str) -> list[str]:
    return [value for value in one.get(dimension, []) if value in other.get(dimension, [])]


def told(entry: SearchEntry, values: dict[str, list[str]], labels: dict) -> Related:
    title = entry.title.localise()
    reasons = {
        "concept": _("Both about: %(names)s"),
        "region": _("Same region: %(names)s"),
        "axis": _("Same recommendation axis: %(names)s"),
        "topic": _("Same topic: %(names)s"),
        "country": _("Same country: %(names)s"),
    }
    for dimension, words in reasons.items():
        if shared := common(values, entry.values, dimension):
            names = [labels.get(dimension, {}).get(value, value) for value in shared[:3]]
            reason = words % {"names": ", ".join(names)}
            break
    else:
        reason = ""
    language = title.language if title.is_fallback else ""
    return Related(entry, title.text, language, selectors.address(entry), reason)
