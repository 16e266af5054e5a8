"""A questionnaire with every type of question, and three responses to it."""

from datetime import date

from consultations.models import Consultation, Response
from tests.factories.consultations import consultation


def part(code: str, text: str = "", **more: str) -> dict:
    return {"code": code, "text": {"en": text or code.title(), **more}}


def question(code: str, kind: str, **more) -> dict:
    return {"code": code, "type": kind, "text": {"en": f"{code.title()}?"}, **more}


AB = [part("a", "Alpha", el="Άλφα"), part("b", "Beta")]
YES_NO = [part("yes"), part("no")]

EVERYTHING = {
    "sections": [
        {
            "code": "first",
            "title": {"en": "First"},
            "questions": [
                question("audience", "single", options=[part("policy", "Policy maker"), part("private", "Company")]),
                question("country", "country"),
                question("region", "region"),
                question("sources", "multiple", other=True, options=[*AB, part("other", "Other")]),
                question("grid", "matrix", rows=AB, columns=YES_NO),
                question("cells", "matrix_multiple", rows=AB, columns=YES_NO),
                question("mood", "likert", rows=AB, scale=YES_NO, dont_know=True),
                question("points", "rating", max=5),
                question("order", "ranking", options=AB),
            ],
        },
        {
            "code": "second",
            "title": {"en": "Second"},
            "questions": [
                question("degrees", "number"),
                question("share", "slider", min=0, max=10, step=1),
                question("parts", "budget", options=AB),
                question("day", "date"),
                question("word", "text", show={"eq": ["audience", "policy"]}),
                question("words", "long_text", max_length=20_000),
                question("mail", "email"),
                question("page", "url"),
                question("holder", "organisation"),
                question("paper", "file"),
                question("agree", "consent"),
                question("note", "info"),
            ],
        },
    ]
}
FULL = {
    "audience": "policy",
    "country": "AT",
    "region": "AT12",
    "sources": ["b", "other"],
    "sources.other": "=1+1",
    "grid": {"a": "yes", "b": "no"},
    "cells": {"a": ["yes", "no"]},
    "mood": {"a": "dont_know", "b": "no"},
    "points": 4,
    "order": {"b": 1},
    "degrees": -1.0,
    "share": 3.0,
    "parts": {"a": 100},
    "day": "2026-11-22",
    "word": "-5",
    "words": "Μακρύ " * 1000,
    "mail": "a@example.org",
    "page": "https://example.org",
    "holder": "Somebody",
    "paper": {"name": "plan.pdf", "sha256": "0", "size": 3},
    "agree": True,
}
NAMES = [
    *("audience", "country", "region", "sources", "sources.a", "sources.b", "sources.other", "sources.other.text"),
    *("grid.a", "grid.b", "cells.a.yes", "cells.a.no", "cells.b.yes", "cells.b.no", "mood.a", "mood.b", "points"),
    *("order.a", "order.b", "degrees", "share", "parts.a", "parts.b", "day", "word", "words", "mail", "page", "holder"),
    *("paper", "agree"),
]


def answered(*given: dict, **fields) -> Consultation:
    """An open consultation with these answers."""
    found = consultation(structure=EVERYTHING, **fields)
    for answers in given:
        send(found, answers)
    return found


def send(found: Consultation, answers: dict, **fields) -> Response:
    return Response.objects.create(
        questionnaire=found.versions.last(),
        answers=answers,
        day=date(2026, 11, 20),
        **{"language": "el", "audience": answers.get("audience", ""), **fields},
    )
