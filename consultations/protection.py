"""Keeping a consultation from being flooded, without third parties and without turning anybody away.

Answers that look made by a program, or come again and again from one device, are held for a look, never refused.
"""

import base64
import json
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from time import time

import altcha
from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from platform_core.programme.monitoring.counting import address_of

HOUR = 60 * 60
TRAP = "website"
PROOF = "proof"
SECRET_BYTES = 20
HARDNESS = 20_000
CROWD = 2**31  # the highest bit of the four bytes that tell when a secret was made
FLOOD = 10_000  # begun from one address within an hour: no crowd of people any more
REASONS = ("trap", "fast", "busy", "again", "invitation")


def new_secret(random: bytes, now: float, *, in_a_crowd: bool = False) -> str:
    """A secret of 32 characters that also tells, to its holder alone, when it was made, and whether in a crowd.

    Only its hash is stored.
    """
    made = int(now) % CROWD + CROWD * in_a_crowd
    return base64.urlsafe_b64encode(random[:SECRET_BYTES] + made.to_bytes(4, "big")).decode()


def told_by(secret: str) -> int:
    try:
        return int.from_bytes(base64.urlsafe_b64decode(secret)[SECRET_BYTES:], "big")
    except ValueError:
        return 0


def age(secret: str) -> float:
    """Seconds since a secret was made; a large number for one that tells nothing."""
    made = told_by(secret) % CROWD
    return max(0.0, time() % CROWD - made) if made else HOUR


def is_of_a_crowd(secret: str) -> bool:
    """Whether answers were begun when very many were begun from one address."""
    return told_by(secret) >= CROWD


def device(request, consultation) -> str:
    """A keyed hash of address and browser, another one for each consultation."""
    words = f"{consultation.pk} {address_of(request)} {request.META.get('HTTP_USER_AGENT', '')}"
    return salted_hmac("consultations.device", words, algorithm="sha256").hexdigest()


def count_address(request, deed: str) -> int:
    """How often an address did something within the hour, this time included; kept in the cache under a hash."""
    return count(f"{deed} {address_of(request)}")


def count(words: str) -> int:
    """How often something happened within the hour, this time included; kept in the cache under a hash."""
    name = blake2b(words.encode(), key=settings.SECRET_KEY.encode()[:64]).hexdigest()
    key = f"consultations:{name}"
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key)
    except ValueError:  # the entry went between the two
        return 1


def is_crowded(request, deed: str) -> bool:
    """Whether very many did something from one address within the hour, this time included."""
    return count_address(request, deed) > settings.CONSULTATION_BEGINS_PER_HOUR


def is_flooded(request) -> bool:
    """Whether so many were begun from one address within the hour that further ones would only fill the database."""
    return count_address(request, "flood") > FLOOD


def task() -> str:
    """A small piece of work for a browser, as JSON; whoever has no script is not asked to do it."""
    expires = datetime.now(UTC) + timedelta(seconds=HOUR)
    options = altcha.ChallengeOptionsV1(hmac_key=settings.SECRET_KEY, max_number=HARDNESS, expires=expires)
    return json.dumps(altcha.create_challenge_v1(options).to_dict())


def is_proved(payload: str) -> bool:
    """Whether the work was done, once: a solution counts a single time."""
    try:
        right, _problem = altcha.verify_solution_v1(payload, settings.SECRET_KEY, check_expires=True)
        name = str(json.loads(base64.b64decode(payload))["challenge"])[:100]
    except (ValueError, TypeError, KeyError, AttributeError):
        return False
    return bool(right) and cache.add(f"consultations:proof:{name}", 1, HOUR)


def doubts(request, secret: str, questions: int) -> str:
    """Why answers are to be looked at before they count, or nothing."""
    if request.POST.get(TRAP):
        return "trap"
    if age(secret) < settings.CONSULTATION_SECONDS_PER_QUESTION * questions:
        return "fast"
    often = count_address(request, "send") > settings.CONSULTATION_SENDS_PER_HOUR
    if (often or is_of_a_crowd(secret)) and not is_proved(request.POST.get(PROOF, "")):
        return "busy"
    return ""
