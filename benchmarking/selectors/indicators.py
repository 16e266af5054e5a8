from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.access.selectors import visible
from workinggroups.models import WorkingGroup

from ..models import Indicator, VersionIndicator
from .datasets import versions
from .texts import having

LABEL = "benchmarking.indicator"
MOST_WORDS = 5


def indicators(user) -> QuerySet[Indicator]:
    return visible(Indicator.objects.select_related("group__topic"), user)


def narrowed(user, *, words: str = "", role: str = "", topic: str = "", direction: str = "", language: str = "en"):
    """The catalogue, narrowed to what was asked; `words` are looked for in names, units and codes of a language."""
    rows = indicators(user)
    if role in Indicator.Role.values:
        rows = rows.filter(role=role)
    if topic in vocabulary.topic_labels():
        rows = rows.filter(group=int(topic))
    if direction in map(str, Indicator.Direction.values):
        rows = rows.filter(direction=int(direction))
    for word in words.split()[:MOST_WORDS]:
        rows = rows.filter(having(word, "name", plain="code", languages=(language, "en")))
    return rows.order_by("role", "code")


def indicator_for(user, code: str) -> Indicator:
    return get_object_or_404(indicators(user).select_related("denominator"), code=code)


def held(user, indicator: Indicator) -> QuerySet[VersionIndicator]:
    """In which versions a person may see there are figures, the newest first."""
    rows = VersionIndicator.objects.filter(indicator=indicator, version__in=versions(user).values("pk"))
    return rows.select_related("version__data_set").order_by("-version__imported_at", "-version__pk")


def figures_of(user, indicators: list[Indicator]) -> dict[int, int]:
    """How many versions a person may see hold figures of each indicator."""
    rows = VersionIndicator.objects.filter(indicator__in=indicators, version__in=versions(user).values("pk"))
    return dict(rows.order_by().values_list("indicator").annotate(Count("version")))


def groups_for(user, right: str) -> list[WorkingGroup]:
    """Groups a person may do something for; raises PermissionDenied where there is none."""
    found = [group for group in WorkingGroup.objects.select_related("topic") if user.has_perm(right, group)]
    if not found:
        raise PermissionDenied
    return found
