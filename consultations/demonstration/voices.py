"""What became of a published consultation: released words, a coded question, findings. Each is loaded only where none is."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from platform_core.identity.accounts.models import User
from workinggroups.demonstration import SEATS

from .. import services
from ..models import CodeBook, Consultation, Questionnaire, Response
from ..selectors import coding, texts


@cache
def told() -> dict[str, Any]:
    return json.loads((Path(__file__).parent / "voices.json").read_text(encoding="utf-8"))


def add_words(version: Questionnaire) -> None:
    """Invented words among the generated answers, before anything is counted: each where its language was answered in."""
    if version.consultation.code != told()["consultation"]:
        return
    free = list(version.responses.filter(is_demonstration=True).order_by("pk"))
    for one in told()["texts"]:
        found = next((row for row in free if row.language == one["language"]), None)
        if found is None:
            continue
        free.remove(found)
        found.answers = {**found.answers, told()["question"]: one["text"], told()["consent"]: True}
        found.save(update_fields=["answers"])


def load() -> str:
    found = Consultation.objects.filter(code=told()["consultation"], is_demonstration=True, state="published").first()
    if found is None:
        return ""
    leader, second = (User.objects.get(email=f"{code}@example.org") for code in SEATS[found.topic_id][:2])
    done = [load_quotes(found, leader), load_codes(found, leader, second), load_findings(found, leader)]
    return ", ".join(words for words in done if words)


def written(consultation: Consultation) -> dict[str, Response]:
    """The answers that hold the invented words, by the words."""
    version = consultation.versions.get(number=1)
    rows = texts.written(version, told()["question"]).filter(is_demonstration=True)
    return {row.words: row for row in rows}


@transaction.atomic
def load_quotes(consultation: Consultation, leader: User) -> str:
    if consultation.quotes.exists():
        return ""
    held = written(consultation)
    wanted = [one for one in told()["texts"] if "quote" in one and one["text"] in held]
    for one in wanted:
        services.release(consultation, held[one["text"]], told()["question"], one["quote"], by=leader)
    return f"{len(wanted)} quotes" if wanted else ""


@transaction.atomic
def load_codes(consultation: Consultation, leader: User, second: User) -> str:
    held = written(consultation)
    if CodeBook.objects.filter(consultation=consultation).exists() or not held:
        return ""
    book = coding.book_of(consultation, told()["question"])
    codes = {
        one["key"]: services.add_code(book, name=one["name"], description=one["description"], by=leader).pk
        for one in told()["codes"]
    }
    book = coding.book_of(consultation, told()["question"])
    given = [one for one in told()["texts"] if one["text"] in held]
    for hand, person in enumerate((leader, second)):
        coder = services.take_part(book, by=person)
        services.give_codes(coder, {held[one["text"]].pk: codes[one["codes"][hand]] for one in given}, by=person)
        services.finish(coder, by=person)
    settled = {held[one["text"]].pk: codes[one["settled"]] for one in given if "settled" in one}
    services.settle_codes(book, settled, by=leader)
    services.publish_coding(book, by=leader)
    return f"{len(given)} texts coded by two"


@transaction.atomic
def load_findings(consultation: Consultation, leader: User) -> str:
    if consultation.findings.exists():
        return ""
    for one in told()["findings"]:
        words = {name: one[name] for name in ("title", "text", "questions", "key")}
        made = services.write_finding(consultation, by=leader, **words)
        services.settle_finding(made, one["state"], reason=one["reason"], by=leader)
    return f"{len(told()['findings'])} findings"
