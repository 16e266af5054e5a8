"""Invented answers to the two questions on the records of the demonstration, and words that were not found."""

from random import Random

from platform_core.ground.vocabulary.days import platform_day
from repository.models import Record

from ..models import MissedWords, Reach, Usefulness

SEED, RECORDS = 72, 12
WORDS = [("demo: cluster manager salary", "en", 4), ("demo: voucher template", "en", 7), ("demo: förderquote", "de", 3)]
WHENCE = [("tier", "guest", 214), ("tier", "full", 61), ("referrer", "direct", 120), ("referrer", "engine", 98)]


def load() -> str:
    rows = list(Record.objects.filter(state=Record.State.PUBLISHED, is_demonstration=True).order_by("pk")[:RECORDS])
    if not rows or Usefulness.objects.exists() or MissedWords.objects.exists():
        return ""
    random, month = Random(SEED), platform_day().replace(day=1)  # noqa: S311 - invented figures
    Usefulness.objects.bulk_create(
        Usefulness(record=row, month=month, is_useful=is_useful, purpose=purpose, number=random.randint(1, 6))
        for row in rows
        for is_useful, purpose in ((True, "policy"), (True, "project"), (False, "study"))
    )
    MissedWords.objects.bulk_create(
        MissedWords(month=month, language=language, words=words, readers=number) for words, language, number in WORDS
    )
    for dimension, value, number in WHENCE:
        for topic in (0, 4):
            place = {"month": month, "topic": topic, "dimension": dimension, "value": value}
            Reach.objects.get_or_create(**place, defaults={"number": number})
    return f"{len(rows)} records with invented answers on their use"
