"""Noticing where the readers of what is published come from, and what they did not find, without keeping who they are.

Visits wait in the memory of the process, folded into months, and are written every few seconds. What few have searched is
only counted in the cache, under keyed hashes of words and readers, whose key lives a day; it is written at the third reader.
"""

import logging
import re
from collections import Counter, deque
from hashlib import blake2b
from time import monotonic
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.db.models import F

from platform_core.ground.texts.codes import active_code
from platform_core.ground.vocabulary import selectors as vocabulary, thesaurus
from platform_core.ground.vocabulary.days import platform_day
from platform_core.ground.vocabulary.models import Region, Topic
from platform_core.identity.access.selectors import keys_of
from platform_core.people.members.selectors import acts_for
from platform_core.programme.monitoring.counting import is_robot, reader_of
from platform_core.programme.monitoring.selectors.evidence import packed

from .models import MissedWords, Reach

RECORD, MISSED, BRIEF = "repository.record", "search.missed", "pilots.brief"
TOPICS = {  # by what is counted, where its topic stands; places have none, a brief is no row and its key tells it
    RECORD: "topics",
    "pilots.mechanism": "group__topic",
    "pilots.pilot": "topic",
    "pilots.peerreview": "topic",
    "pilots.helpdeskquestion": "topic",
    "consultations.consultation": "topic",
    "benchmarking.benchmark": "group__topic",
    vocabulary.REGION: "",
    vocabulary.COUNTRY: "",
    BRIEF: "",
}
PLACES = 10  # more than there are topics
READERS, DAY, MONTH = 3, 86_400, 31 * 86_400
TIERS = ("full", "associated", "partner")
TELLING = re.compile(r"@|\d{5}")  # an address, a number of a telephone or an account
ENGINES = re.compile(r"(^|\.)(google|bing|duckduckgo|ecosia|qwant|yahoo|startpage|yandex|seznam)\.")
AT_MOST, MOST_HOSTS = 50_000, 500
waiting: deque[tuple] = deque(maxlen=AT_MOST)
clock = {"written": monotonic()}
log = logging.getLogger(__name__)


def note(used, request) -> None:
    """Something published was read, or nothing was found; robots are left out."""
    if used.deed != "views" or used.thing not in (*TOPICS, MISSED) or is_robot(request):
        return
    if used.thing == MISSED:
        note_missed(request.GET.get("q", ""), reader_of(request), used.topic)
        return
    month = platform_day().replace(day=1)
    for dimension, value in facts(request):
        waiting.append((month, (used.thing, used.pk), dimension, value))
    if settings.USAGE_SECONDS and monotonic() - clock["written"] > settings.USAGE_SECONDS:
        write_quietly()


def facts(request) -> list[tuple[str, str]]:
    user = request.user if settings.SESSION_COOKIE_NAME in request.COOKIES else None
    keys = keys_of(user) if user is not None and user.is_authenticated else frozenset()
    tier = next((one for one in TIERS if f"tier:{one}" in keys), "account" if keys else "guest")
    found = [("tier", tier), ("referrer", referrer(request))]
    if keys and (organisation := acts_for(user.pk)):
        found.append(("country", organisation.country_id))
    return found


def referrer(request) -> str:
    """The host alone; search engines together, our own pages together."""
    try:
        host = (urlsplit(request.META.get("HTTP_REFERER", "")).hostname or "")[:80]
    except ValueError:
        return "direct"
    if not host:
        return "direct"
    if host == request.get_host().partition(":")[0]:
        return "own"
    return "engine" if ENGINES.search(host) else host.removeprefix("www.")


def write_quietly() -> None:
    """A page is never refused because a number could not be kept."""
    try:
        write()
    except DatabaseError:
        log.warning("The reach of pages could not be written", exc_info=True)


@transaction.atomic
def write() -> None:
    clock["written"] = monotonic()
    taken = [waiting.popleft() for _place in range(len(waiting))]
    topics = topics_of({row[1] for row in taken})
    sums = Counter(
        (month, topic, dimension, value)
        for month, place, dimension, value in taken
        for topic in (0, *topics.get(place, ()))
    )
    for (month, topic, dimension, value), number in sorted(sums.items()):
        place = {"month": month, "topic": topic, "dimension": dimension, "value": value}
        if dimension == "referrer" and is_one_too_many(place):
            place["value"] = "other"
        row, _new = Reach.objects.get_or_create(**place)
        Reach.objects.filter(pk=row.pk).update(number=F("number") + number)


def is_one_too_many(place: dict) -> bool:
    """Anybody can name any host; a month keeps so many of them, the rest together."""
    if Reach.objects.filter(**place).exists():
        return False
    held = Reach.objects.filter(month=place["month"], topic=place["topic"], dimension="referrer")
    return held.count() >= MOST_HOSTS


def topics_of(places: set[tuple[str, int]]) -> dict[tuple[str, int], list[int]]:
    """By label and primary key; each visit counts once under 0 and once under each topic of what was read."""
    found = {(label, pk): [pk % PLACES] for label, pk in places if label == BRIEF}
    for label, path in TOPICS.items():
        if path and (pks := {pk for kind, pk in places if kind == label}):
            rows = apps.get_model(label)._default_manager.filter(pk__in=pks).order_by()
            for pk, topic in rows.values_list("pk", path):
                if topic:
                    found.setdefault((label, pk), []).append(topic)
    return found


def key_of_brief(region: Region, topic: Topic) -> int:
    """A brief is made for a region and a topic whenever somebody asks, and is kept nowhere."""
    return PLACES * region.pk + topic.number


def note_missed(words: str, reader: str, topic: str = "") -> None:
    """Once per reader and day; what looks like an address or a number is not counted at all. `topic` was filtered by."""
    told = " ".join(words.casefold().split())[:80]
    if len(told) < 3 or TELLING.search(told):
        return
    month = platform_day().replace(day=1)
    place = f"{month} {active_code()} {told}"
    digest = blake2b(place.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=16).hexdigest()
    if not cache.add(f"missed:{digest}:{reader}", 1, DAY):
        return
    cache.add(f"missed:{digest}", 0, MONTH)
    topic = common_topic(f"missed:{digest}:topic", topic)
    try:
        number = cache.incr(f"missed:{digest}")
    except ValueError:  # the entry went between the two
        return
    if number >= READERS:
        keep_missed(month, told, topic)


def common_topic(key: str, topic: str) -> str:
    """The topic by which all readers who searched the same words filtered, as far as they did so by one."""
    wanted = topic if topic in vocabulary.topic_labels() else ""
    if not cache.add(key, wanted, MONTH) and cache.get(key) != wanted:
        cache.set(key, "", MONTH)
    return cache.get(key) or ""


def keep_missed(month, words: str, topic: str) -> None:
    try:
        with transaction.atomic():
            place = {"month": month, "language": active_code(), "words": words}
            topics = packed(thesaurus.topics_meant(words, active_code()) or [topic])
            row, new = MissedWords.objects.get_or_create(**place, defaults={"readers": READERS, "topics": topics})
            if not new:
                MissedWords.objects.filter(pk=row.pk).update(readers=F("readers") + 1, topics=topics)
    except DatabaseError:
        log.warning("Words not found could not be kept", exc_info=True)
