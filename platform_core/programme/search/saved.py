"""Searches people keep: run again with one click, and told of by notice when something new answers them."""

from collections.abc import Sequence
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.identity.audit import services as audit

from . import selectors
from .listing import question_from, without
from .models import SavedSearch, SearchEntry
from .selectors import Question

MOST, TOLD = 100, 20
EVERY = {SavedSearch.Alert.DAILY: timedelta(days=1), SavedSearch.Alert.WEEKLY: timedelta(days=7)}
SLACK = timedelta(minutes=30)  # so that the tick that comes a little early does not cost a day


def saved_searches(person) -> QuerySet[SavedSearch]:
    return SavedSearch.objects.filter(person=person)


def saved_search(person, pk: int) -> SavedSearch:
    return get_object_or_404(saved_searches(person), pk=pk)


def question(saved: SavedSearch) -> Question:
    return question_from(QueryDict(saved.query), saved.thing)


def news(saved: SavedSearch) -> list[SearchEntry]:
    """What its owner may see that was entered since she was last told or last looked."""
    return selectors.latest(saved.person, question(saved), TOLD, after=saved.seen_up_to)


def numbers_of_news(person, rows: Sequence[SavedSearch]) -> list[int]:
    """How much is new in each of a person's searches, at most `TOLD`; costs one query for all."""
    return selectors.numbers_after(person, [(question(saved), saved.seen_up_to) for saved in rows], TOLD)


def news_among(saved: SavedSearch, keys: list[int]) -> list[SearchEntry]:
    """Those of the entries named that its owner may still see."""
    rows = selectors.visible_entries(saved.person, SearchEntry.objects.filter(pk__in=keys))
    return list(rows.order_by("-day", "-pk"))


def newest_entry() -> int:
    """Entries are written one transaction after the other, so a later one has the greater key."""
    return SearchEntry.objects.aggregate(last=Max("pk"))["last"] or 0


@transaction.atomic
def save_search(person, name: str, query: str, thing: str = "", alert: str = "") -> SavedSearch:
    """Keeping the same question twice changes its name and how often its owner is told."""
    if saved_searches(person).count() >= MOST:
        raise ValidationError(_("You have kept %(most)s searches, and more are not kept.") % {"most": MOST})
    kept = without(QueryDict(query), "page", "in", "csrfmiddlewaretoken").urlencode()
    fields = {"name": name, "alert": alert, "told_at": timezone.now()}
    saved, new = SavedSearch.objects.update_or_create(person=person, query=kept, thing=thing, defaults=fields)
    if new:
        look(saved)
    return saved


def look(saved: SavedSearch) -> None:
    """Its owner has seen what there is."""
    saved.seen_up_to = newest_entry()
    saved.save(update_fields=["seen_up_to"])


def change_alert(saved: SavedSearch, alert: str) -> None:
    saved.alert, saved.told_at = alert, timezone.now()
    saved.save(update_fields=["alert", "told_at"])


def due() -> list[int]:
    found: list[int] = []
    for alert, period in EVERY.items():
        rows = SavedSearch.objects.filter(alert=alert, told_at__lte=timezone.now() - period + SLACK)
        found += rows.values_list("pk", flat=True)
    return found


@transaction.atomic
def tell(pk: int) -> int:
    """Say what is new, once; gives how many things that were."""
    saved = SavedSearch.objects.select_for_update().filter(pk=pk).first()
    if saved is None or saved.alert not in EVERY or saved.told_at > timezone.now() - EVERY[saved.alert] + SLACK:
        return 0
    last, found = newest_entry(), news(saved)
    if found:
        audit.record("search.found", saved, entries=[entry.pk for entry in found], more=len(found) == TOLD)
    saved.told_at, saved.seen_up_to = timezone.now(), last
    saved.save(update_fields=["told_at", "seen_up_to"])
    return len(found)


def tell_of_news() -> int:
    return sum(tell(pk) for pk in due())
