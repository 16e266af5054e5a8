"""Questionnaires of other programs to test with, read where they are."""

from pathlib import Path

import pytest

from consultations.imports import Draft, read_questionnaire

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data" / "questionnaires"


def draft(name: str) -> Draft:
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"{path} is missing: real questionnaires were not looked at.")
    return read_questionnaire(path.read_bytes(), name)


def question(found: Draft, code: str) -> dict:
    return next(asked for asked in found.questions if asked["code"] == code)


def counts(found: Draft) -> tuple[int, int, dict, dict]:
    return len(found.sections), len(found.questions), dict(found.languages), dict(found.left)
