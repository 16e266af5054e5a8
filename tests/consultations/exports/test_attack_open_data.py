"""A reader who puts the open data and the published figures of a consultation together."""

import csv
import io
import zipfile
from collections import Counter

import numpy as np
import pytest
from scipy.optimize import linprog

from consultations import results
from consultations.exports import open_data
from consultations.models import Consultation, ResultSet
from tests.factories.consultations import consultation

from .everything import part, question, send

AUDIENCES, COUNTRIES = ("policy", "private"), ("AT", "BG", "SI")
OPTIONS = ("a", "b", "c", "d")
WITHHELD, OTHERS = "-4", ("-1", "-2", "-3")
STRUCTURE = {
    "sections": [
        {
            "code": "all",
            "title": {"en": "All"},
            "questions": [
                question("audience", "single", options=[part(code) for code in AUDIENCES]),
                question("country", "country"),
                question("way", "single", options=[part(code) for code in OPTIONS]),
                question("tools", "multiple", options=[part(code) for code in OPTIONS[:3]]),
                question("mood", "likert", rows=[part("one")], scale=[part(code) for code in OPTIONS], dont_know=True),
                question("points", "rating", max=4),
                question("after", "single", options=[part("x"), part("y")], show={"eq": ["way", "d"]}),
                question("share", "slider", min=0, max=10, step=1),
            ],
        }
    ]
}
TABLES = ("way", "mood.one", "points")


def people(seed: int, number: int) -> list[dict]:
    """Invented answers, some of them rare."""
    random = np.random.default_rng(seed)

    def pick(values, weights):
        return str(random.choice(values, p=np.array(weights) / sum(weights)))

    found = []
    for _person in range(number):
        way = pick(OPTIONS, (20, 10, 6, 1.5))
        ticks = [code for code, odds in zip(OPTIONS[:3], (0.7, 0.4, 0.06), strict=True) if random.random() < odds]
        given = {
            "audience": pick(AUDIENCES, (2, 3)),
            "country": pick(COUNTRIES, (5, 4, 1)),
            "way": way,
            "mood": {"one": pick((*OPTIONS, "dont_know"), (9, 6, 2, 5, 1))},
            "points": int(random.choice(4, p=(0.5, 0.3, 0.15, 0.05))) + 1,
            "share": float(random.integers(0, 11)),
        }
        found.append({**given, **({"tools": ticks} if ticks else {}), **({"after": "x"} if way == "d" else {})})
    return found


def computed(found: Consultation) -> dict:
    version = found.versions.get()
    rows = [(row.answers, row.day, row.language, row.audience) for row in version.responses.all()]
    figures = results.report_on(found, version, rows)
    ResultSet.objects.create(consultation=found, questionnaire=version, figures=figures, base=len(rows), sha256="0")
    return figures


def asked(answers: list[dict], **fields) -> tuple[list[dict], dict, str]:
    """The rows of the open data, the published figures, and what the package tells of itself."""
    found = consultation(structure=STRUCTURE, **fields)
    for given in answers:
        send(found, given)
    figures = computed(found)
    archive = zipfile.ZipFile(io.BytesIO(open_data(found)))
    rows = list(csv.DictReader(io.StringIO(archive.read("data.csv").decode(), newline="")))
    return rows, figures["questions"], archive.read("README.txt").decode()


def value_of(given: dict, name: str) -> str:
    code, _dot, row = name.partition(".")
    value = given.get(code)
    if code == "tools":
        return "-1" if value is None else str(int(row in value))
    return {"dont_know": "-3", "None": "-1"}.get(told := str(value.get(row) if row else value), told)


def published(figures: dict, name: str) -> tuple[dict, dict]:
    """Counts of a column that the page tells: whole, and by profile question, by group and value."""
    code, _dot, row = name.partition(".")
    entry = figures[code]
    if code != "tools" and row:
        entry = next(one for one in entry["rows"] if one["code"] == row)
    wanted = (lambda told: told == row) if code == "tools" else (lambda told: True)
    read = (lambda told: "1") if code == "tools" else str
    whole = {read(one["code"]): one["count"] for one in entry["options"] if wanted(one["code"])}
    tables = {
        (profile, line["code"], read(cell["code"])): cell["count"]
        for profile, table in entry["crosstabs"].items()
        for line in table["rows"]
        for cell in line["cells"]
        if wanted(cell["code"])
    }
    return whole, tables


def attack(rows: list[dict], answers: list[dict], figures: dict, name: str) -> list[tuple]:
    """Hidden small counts that only one number fits: a row of the data may be anybody whom it does not contradict."""
    values = sorted({value_of(given, name) for given in answers})
    boxes = [(audience, country, value) for audience in AUDIENCES for country in COUNTRIES for value in values]
    classes = Counter((row["audience"], row["country"], row[name]) for row in rows)
    classes["*", "*", WITHHELD] += len(answers) - len(rows)
    pairs = [(one, box) for one in classes for box in boxes if fits(one, box)]
    whole, tables = published(figures, name)
    told = [(("", "", value), count) for value, count in whole.items()] + list(tables.items())
    known, right, secret = [], [], []
    for one, number in classes.items():
        known.append([pair[0] == one for pair in pairs])
        right.append(number)
    for (profile, group, value), count in told:
        mask = [value == box[2] and (not profile or group in box[:2]) for _one, box in pairs]
        true = sum(value_of(given, name) == value and (not profile or given[profile] == group) for given in answers)
        if count is not None:
            known.append(mask)
            right.append(count)
        elif 0 < true < 5:
            secret.append(((profile, group, value), mask))
    matrix, found = np.array(known, dtype=float), []
    for cell, mask in secret:
        ends = [linprog(sign * np.array(mask, float), A_eq=matrix, b_eq=right, method="highs") for sign in (1, -1)]
        if -ends[1].fun - ends[0].fun < 1 - 1e-6:
            found.append(cell)
    return found


def fits(one: tuple, box: tuple) -> bool:
    return all(seen in (held, "*", WITHHELD) for seen, held in zip(one, box, strict=True))


@pytest.mark.parametrize("seed", range(8))
def test_nothing_hidden_follows_from_the_open_data_and_the_figures(db, seed):
    answers = people(seed, 40 + 20 * seed)
    rows, figures, _readme = asked(answers)

    names = [*TABLES, *(f"tools.{code}" for code in OPTIONS[:3])]
    assert len(rows) > 20
    assert {name: attack(rows, answers, figures, name) for name in names} == {name: [] for name in names}


@pytest.mark.parametrize("seed", range(8))
def test_no_small_cell_stands_in_the_open_data(db, seed):
    rows, _figures, _readme = asked(people(seed, 40 + 20 * seed))

    columns = [name for name in rows[0] if not name.startswith("response.")]
    cells = Counter(
        (name, row[name], profile, profile and row[profile])
        for row in rows
        for name in columns
        for profile in ("", "audience", "country")
        if row[name] not in (WITHHELD, *OTHERS) and (not profile or row[profile] != WITHHELD)
    )
    assert [cell for cell, number in cells.items() if number < 5] == []


def test_an_option_of_two_stands_nowhere(db):
    usual = {"audience": "policy", "country": "AT", "tools": ["a"], "way": "a", "points": 1}
    answers = [usual] * 30 + [{**usual, "way": "b"}] * 8 + [{**usual, "tools": ["a", "c"], "way": "d"}] * 2

    rows, figures, readme = asked(answers)

    hidden = [option["code"] for option in figures["way"]["options"] if option["suppressed"]]
    assert (len(rows), hidden) == (40, ["b", "d"])
    assert Counter(row["way"] for row in rows) == {"a": 30, WITHHELD: 10}
    assert {row["tools.c"] for row in rows} == {WITHHELD}
    assert {row["after"] for row in rows} == {WITHHELD}
    assert readme.partition("Nothing is left of: ")[2].split() == ["after."]


def test_who_wishes_no_publication_cannot_be_worked_out(db):
    found = consultation(structure=STRUCTURE, asks_publication=True)
    usual = {"audience": "policy", "country": "AT", "way": "a"}
    for _person in range(20):
        send(found, usual, publication="anonymous")
    send(found, usual, publication="never")

    archive = zipfile.ZipFile(io.BytesIO(open_data(found)))
    assert len(archive.read("data.csv").decode().splitlines()) == 1 + 16
