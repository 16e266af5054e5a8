"""Texts that are nearly the same: suggested to who reads them, computed with the results and never in a request."""

from typing import Any

from django.db.models import QuerySet

from .models import LikeText, Questionnaire
from .selectors.texts import text_questions, written
from .statistics.similarity import NOBODY, near_identical


def keep_alike(version: Questionnaire) -> int:
    """Mark them anew for every question in words; gives how many texts are like another."""
    LikeText.objects.filter(response__questionnaire__consultation=version.consultation).delete()
    rows = [row for code in text_questions(version) for row in alike(code, written(version, code))]
    LikeText.objects.bulk_create(sorted(rows, key=lambda row: row.pk))
    return len(rows)


def alike(question: str, responses: QuerySet[Any]) -> list[LikeText]:
    found = list(responses.values_list("pk", "words"))
    groups = near_identical([words for _pk, words in found]).tolist()
    return [
        LikeText(response_id=pk, question=question, group=group)
        for (pk, _words), group in zip(found, groups, strict=True)
        if group != NOBODY
    ]
