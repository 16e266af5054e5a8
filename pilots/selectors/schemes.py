from collections.abc import Sequence

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from platform_core.ground.ui.components.numbers import in_words
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import visible

from ..models import Call, Scheme

SCHEME, CALL = "pilots.scheme", "pilots.call"
PROPOSALS_GRID, EVALUATION_GRID = "pilot-proposals", "pilot-evaluation"


def schemes(user) -> QuerySet[Scheme]:
    return visible(Scheme.objects.select_related("group__topic", "grid", "approved_for"), user)


def scheme_for(user, pk: int) -> Scheme:
    return get_object_or_404(schemes(user).prefetch_related("periods"), pk=pk)


def approved(user) -> QuerySet[Scheme]:
    return schemes(user).filter(state=Scheme.State.APPROVED).order_by("-approved_on", "-pk")


def calls(user) -> QuerySet[Call]:
    """The one that closes last first."""
    rows = visible(Call.objects.select_related("scheme__group__topic"), user)
    sent = ~Q(proposals__state__in=["draft", "withdrawn"])
    return rows.annotate(sent=Count("proposals", filter=sent)).order_by("-closes_on", "-pk")


def open_calls(user) -> QuerySet[Call]:
    today = platform_day()
    return calls(user).filter(opens_on__lte=today, closes_on__gte=today)


def call_for(user, pk: int) -> Call:
    return get_object_or_404(calls(user), pk=pk)


def band_choices(scheme: Scheme) -> list[tuple[int, str]]:
    """Its budget bands in words, counted from 1."""
    return [(number, band_words(scheme.limits, number)) for number in range(1, len(scheme.limits) + 1)]


def band_words(limits: Sequence[int], number: int) -> str:
    if not 1 <= number <= len(limits):
        return ""
    high = in_words(limits[number - 1])
    if number == 1:
        return _("up to %(high)s euro") % {"high": high}
    return _("%(low)s to %(high)s euro") % {"low": in_words(limits[number - 2]), "high": high}
