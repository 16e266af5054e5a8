"""The chain of keyed hashes over the event log: pure functions of rows and a key."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass

from .models import Event

START = "0" * 64


@dataclass(frozen=True)
class Finding:
    sequence: int
    problem: str


def digest(event: Event, sequence: int, previous: str, key: str) -> str:
    """HMAC-SHA-256 of the row's content, its place and the digest before it."""
    content = [
        previous,
        sequence,
        event.pk,
        event.at.isoformat(),
        event.verb,
        event.actor,
        event.thing,
        event.thing_id,
        event.payload,
    ]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


def findings(events: Iterable[Event], key: str, anchors: dict[int, str]) -> list[Finding]:
    """What is wrong with a log given in order of sequence; `anchors` maps counts to the head digest noted outside."""
    found, previous, expected = [], START, 1
    for event in events:
        if event.sequence != expected:
            found.append(Finding(expected, f"rows {expected} to {event.sequence - 1} are missing"))
            expected = event.sequence
        elif event.digest != digest(event, event.sequence, previous, key):
            found.append(Finding(event.sequence, "altered, inserted or out of order"))
        if anchors.get(event.sequence, event.digest) != event.digest:
            found.append(Finding(event.sequence, "differs from the anchor outside the database"))
        previous, expected = event.digest, expected + 1
    last = max(anchors, default=0)
    if last >= expected:
        found.append(Finding(expected, f"rows {expected} to {last} are missing at the end"))
    return found
