"""Counting what is used without keeping who used it, after COUNTER release 5.

Robots are left out; two clicks of one reader on one thing within 30 seconds are one; per hour a reader counts once as unique.
A reader is a keyed hash of address and browser (or of the session) whose key lives a day and only in the cache. Visits wait
in the memory of the process and are folded and written every few seconds, so that a page kept for guests stays cheap; a
process that is killed loses the visits of its last seconds.
"""

import atexit
import logging
import re
import secrets
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import blake2b
from time import monotonic, time

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.models import Model
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from platform_core.ground.texts.codes import active_code
from platform_core.ground.vocabulary.days import platform_day

DOUBLE_CLICK, SESSION, DAY = 30, 3600, 86_400  # seconds
AT_ONCE, AT_MOST = 2_000, 50_000
ROBOTS = re.compile(
    r"bot\b|bot[/_-]|crawl|spider|slurp|scrap|harvest|archiv|indexer|validator|monitor|checker|preview|feed|fetch|headless|"
    r"lighthouse|curl|wget|python|java/|okhttp|axios|go-http|libwww|perl|ruby|node|httpclient|apache-http|postman",
    re.IGNORECASE,
)
SQL = """INSERT INTO monitoring_usage (thing, object_id, month, language, views, unique_views, downloads, unique_downloads)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (thing, object_id, month, language) DO UPDATE SET
    views = monitoring_usage.views + excluded.views, unique_views = monitoring_usage.unique_views + excluded.unique_views,
    downloads = monitoring_usage.downloads + excluded.downloads,
    unique_downloads = monitoring_usage.unique_downloads + excluded.unique_downloads"""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Use:
    """That a response shows a thing (`deed` views) or hands out its file (`deed` downloads)."""

    thing: str
    pk: int
    deed: str = "views"


def noted(response: HttpResponseBase, label: str, thing: Model, deed: str = "views") -> HttpResponseBase:
    """A response that shows something published, or hands out its file, to be counted when it does."""
    if response.status_code == 200:
        response.used = Use(label, thing.pk, deed)  # type: ignore[attr-defined]
    return response


@dataclass(frozen=True)
class Visit:
    use: Use
    reader: str
    language: str
    at: float

    @property
    def key(self) -> str:
        return f"usage:{self.reader}:{self.use.thing}:{self.use.pk}:{self.use.deed}"


waiting: deque[Visit] = deque(maxlen=AT_MOST)
clock = {"written": monotonic(), "registered": 0.0}


def is_robot(request: HttpRequest) -> bool:
    agent = request.META.get("HTTP_USER_AGENT", "")
    ahead = "prefetch" in request.META.get("HTTP_SEC_PURPOSE", "") + request.META.get("HTTP_PURPOSE", "")
    return not agent or ahead or bool(ROBOTS.search(agent))


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, as the last proxy of our own saw it."""
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").replace(" ", "").split(",")
    own = settings.TRUSTED_PROXIES
    return hops[-own] if own and len(hops) >= own and hops[-own] else request.META.get("REMOTE_ADDR", "")


def reader_of(request: HttpRequest) -> str:
    """Who is signed in, else address and browser; a cookie that opens no session is nobody's."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
        words = f"person {request.user.pk}"
    else:
        words = f"{address_of(request)} {request.META.get('HTTP_USER_AGENT', '')}"
    return blake2b(words.encode(), key=salt(), digest_size=16).hexdigest()


def salt() -> bytes:
    day = platform_day().isoformat()
    return bytes.fromhex(cache.get_or_set(f"usage-key:{day}", lambda: secrets.token_hex(32), DAY))


def note(use: Use, request: HttpRequest) -> None:
    """Keep a visit in mind; write what waits when it is time."""
    if is_robot(request):
        return
    waiting.append(Visit(use, reader_of(request), active_code(), time()))
    every = settings.USAGE_SECONDS
    if every and not clock["registered"]:
        clock["registered"] = 1.0
        atexit.register(write_last)
    if every and (monotonic() - clock["written"] > every or len(waiting) >= AT_ONCE):
        write_quietly()


def write_quietly() -> None:
    """A page is never refused because a number could not be kept."""
    try:
        write()
    except DatabaseError:
        log.warning("Usage could not be written", exc_info=True)


def write_last() -> None:
    if waiting:
        write_quietly()
        connection.close()


def write() -> int:
    """Fold what waits and add it to the months; gives how many visits counted."""
    clock["written"] = monotonic()
    taken = [waiting.popleft() for _place in range(len(waiting))]
    sums = folded(taken)
    rows = [
        (*place, *(numbers[name] for name in ("views", "unique_views", "downloads", "unique_downloads")))
        for place, numbers in sorted(sums.items())
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(SQL, rows)
    return sum(numbers["views"] + numbers["downloads"] for numbers in sums.values())


def folded(visits: Iterable[Visit]) -> dict[tuple[str, int, date, str], Counter[str]]:
    """Counts by thing, month and language; what a reader did last is remembered for an hour."""
    visits = sorted(visits, key=lambda visit: visit.at)
    last = cache.get_many({visit.key for visit in visits}) if visits else {}
    found: dict[tuple[str, int, date, str], Counter[str]] = {}
    for visit in visits:
        before = last.get(visit.key, 0.0)
        last[visit.key] = visit.at
        if visit.at - before <= DOUBLE_CLICK:
            continue
        month = datetime.fromtimestamp(visit.at, UTC).astimezone(timezone.get_default_timezone()).date().replace(day=1)
        numbers = found.setdefault((visit.use.thing, visit.use.pk, month, visit.language), Counter())
        numbers[visit.use.deed] += 1
        numbers[f"unique_{visit.use.deed}"] += int(before // SESSION != visit.at // SESSION)
    if visits:
        cache.set_many({visit.key: last[visit.key] for visit in visits}, SESSION)
    return found
