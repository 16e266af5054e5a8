"""What everybody may have of the answers."""

import csv
import io
import json
import zipfile
from collections import Counter
from random import Random

import numpy as np
import pytest

from consultations.exports import open_data
from consultations.exports.columns import WITHHELD
from consultations.exports.opening import take_away, without_few

from .everything import FULL, answered, send

WORDS = ("sources.other.text", "word", "words", "mail", "page", "holder", "paper", "region", "day")


def opened(consultation) -> tuple[list[dict], dict]:
    archive = zipfile.ZipFile(io.BytesIO(open_data(consultation)))
    rows = list(csv.DictReader(io.StringIO(archive.read("data.csv").decode(), newline="")))
    return rows, json.loads(archive.read("datapackage.json"))


def test_no_words_places_or_files(people):
    rows, package = opened(answered(*[FULL] * 5))
    content = json.dumps([rows, package], ensure_ascii=False)

    assert len(rows) == 5
    assert [name for name in rows[0] if name in WORDS or name.startswith("response.")] == [
        "response.number",
        "response.version",
    ]
    assert [word for word in ("AT12", "example.org", "Somebody", "plan.pdf", "Μακρύ", "1+1") if word in content] == []


def test_responses_of_those_who_wish_no_publication_are_left_out(people):
    """And others with them, so that the figures without these rows do not tell what one person answered."""
    found = answered(*[FULL] * 10, asks_publication=True)
    send(found, FULL, publication="never")

    rows, package = opened(found)

    assert len(rows) == 6
    assert package["suppressed"] == {"values": 0, "responses": 5}


def test_countries_of_few_are_taken_away(people):
    few = [{**FULL, "country": code} for code in ("RS", "HR", "SI", "SK", "RO") * 2]
    rows, package = opened(answered(*[FULL] * 5, *few))

    assert Counter(row["country"] for row in rows) == {"AT": 5, "-4": 10}
    assert package["suppressed"]["values"] == 10


def test_who_is_among_too_few_is_left_out(people):
    """The audience decides what else is shown, so taking it away would hide nothing."""
    rows, package = opened(answered(*[FULL] * 12, {**FULL, "audience": "private"}))

    assert [row["audience"] for row in rows] == ["policy"] * 7
    assert package["suppressed"]["responses"] == 6


@pytest.mark.parametrize("seed", range(20))
def test_nobody_is_among_fewer_than_the_threshold(seed):
    chance, least = Random(seed), 2 + seed % 4
    rows = [(chance.choice("ab"), chance.choice("xyz"), chance.choice("12")) for _row in range(seed * 3)]
    rows = [list(row) for row in rows]
    given = [list(row) for row in rows]
    for place in (2, 1):
        take_away(rows, range(3), place, least)
    stay = without_few(given, rows, np.ones(len(rows), dtype=bool), range(3), least)
    kept = [row for row, is_in in zip(rows, stay, strict=True) if is_in]
    left = [row for row, is_in in zip(given, stay, strict=True) if not is_in]

    assert all(number >= least for number in Counter(map(tuple, kept)).values())
    assert all(value is WITHHELD or value in "abxyz12" for row in kept for value in row)
    for place in range(3):
        everybody = Counter(row[place] for row in given)
        gone = Counter(row[place] for row in left)
        assert all(number >= min(least, everybody[value]) for value, number in gone.items())
