"""What the program itself must know of a questionnaire: its profile questions, and the answers to “which country”."""

from platform_core.ground.vocabulary import selectors as vocabulary

from .structure import questions

ELSEWHERE = "other"
PROFILES = ("audience", "country", "org_type", "size")


def countries() -> list[str]:
    return [country.code for country in vocabulary.countries()] + [ELSEWHERE]


def question_texts(version) -> dict[str, dict]:
    return {question["code"]: question for question in questions(version.structure)}
