"""A reader who puts the open data and the published figures of a consultation together."""

import csv
import io
import zipfile
from collections import Counter
from copy import deepcopy

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
NOT_SHOWN, WITHHELD, OTHERS = "-2", "-4", ("-1", "-2", "-3")
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
EVERYBODY = STRUCTURE["sections"][0]
POLICY = {
    "code": "policy",
    "title": {"en": "Policy"},
    "audiences": ["policy"],
    "questions": [question("need", "single", options=[part(code) for code in OPTIONS[:3]])],
}
ASKED = {"sections": [EVERYBODY, POLICY], "audiences": [part(code) for code in AUDIENCES]}
BY_LINK = {**ASKED, "sections": [{**EVERYBODY, "questions": EVERYBODY["questions"][1:]}, POLICY]}


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


def computed(found: Consultation, **fields) -> dict:
    version = found.versions.get()
    rows = list(version.responses.values_list(*results.COLUMNS))
    figures = results.report_on(found, version, rows)
    ResultSet.objects.create(
        consultation=found, questionnaire=version, figures=figures, base=len(rows), sha256="0", **fields
    )
    return figures


def asked(answers: list[dict], **fields) -> tuple[list[dict], dict, str]:
    """The rows of the open data, the published figures, and what the package tells of itself."""
    found = consultation(structure=STRUCTURE, **fields)
    for given in answers:
        send(found, given)
    figures = computed(found)
    rows, readme = opened(found)
    return rows, figures["questions"], readme


def opened(found: Consultation) -> tuple[list[dict], str]:
    archive = zipfile.ZipFile(io.BytesIO(open_data(found)))
    rows = list(csv.DictReader(io.StringIO(archive.read("data.csv").decode(), newline="")))
    return rows, archive.read("README.txt").decode()


def value_of(given: dict, name: str) -> str:
    code, _dot, row = name.partition(".")
    value = given.get(code)
    if code == "need" and given["audience"] != "policy":
        return NOT_SHOWN
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


def of_two_audiences(seed: int, sizes: tuple[int, int]) -> list[dict]:
    """The first audience answers a question of its own."""
    needs = np.random.default_rng(seed).choice(OPTIONS[:3], sum(sizes), p=(0.6, 0.3, 0.1))
    audiences = [code for code, size in zip(AUDIENCES, sizes, strict=True) for _person in range(size)]
    return [
        {**given, "audience": audience, **({"need": str(need)} if audience == "policy" else {})}
        for given, audience, need in zip(people(seed, sum(sizes)), audiences, needs, strict=True)
    ]


def read_audience(row: dict, rows: list[dict]) -> str:
    """What is told, or follows from who was shown the question of the first audience."""
    if row.get("audience", WITHHELD) != WITHHELD:
        return row["audience"]
    if all(other["need"] != NOT_SHOWN for other in rows):
        return WITHHELD
    return AUDIENCES[row["need"] == NOT_SHOWN]


def without_tables_by(figures: dict, profile: str) -> dict:
    """The figures as a page shows them that leaves out a profile question."""
    found = deepcopy(figures)
    for entry in found.values():
        for one in (entry, *entry.get("rows", ())):
            for line in one.get("crosstabs", {}).get(profile, {}).get("rows", ()):
                for cell in line["cells"]:
                    cell["count"] = None
    return found


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("sizes", [(14, 40), (3, 40)])
@pytest.mark.parametrize("way", ["kept", "left out", "by link"])
def test_nothing_follows_from_who_was_shown_the_questions_of_an_audience(db, way, sizes, seed):
    found = consultation(structure=BY_LINK if way == "by link" else ASKED)
    answers = of_two_audiences(seed, sizes)
    for given in answers:
        said = {code: value for code, value in given.items() if (way, code) != ("by link", "audience")}
        send(found, said, audience=given["audience"])
    left_out = ["audience"] if way == "left out" else []
    figures = computed(found, left_out=left_out)["questions"]

    rows, _readme = opened(found)

    figures = without_tables_by(figures, "audience") if left_out else figures
    rows = [{**row, "audience": read_audience(row, rows)} for row in rows]
    names = [*TABLES, "need", *(f"tools.{code}" for code in OPTIONS[:3])]
    assert len(rows) > 20
    assert {name: attack(rows, answers, figures, name) for name in names} == {name: [] for name in names}


POLICY_AT = {"audience": "policy", "country": "AT", "way": "a", "need": "b"}
PRIVATE_AT = {"audience": "private", "country": "AT", "way": "a"}


def sent_by_link(*given: dict) -> Consultation:
    found = consultation(structure=BY_LINK)
    for answers in given:
        send(found, {**answers, "audience": None}, audience=answers["audience"])
    computed(found)
    return found


def test_an_audience_known_from_links_is_told_as_if_it_was_asked(db):
    rows, readme = opened(sent_by_link(*[POLICY_AT] * 14, *[PRIVATE_AT] * 40))

    assert Counter((row["audience"], row["need"]) for row in rows) == {("policy", "b"): 14, ("private", "-2"): 40}
    assert "Nothing is left of" not in readme


def test_an_audience_of_three_is_given_up_with_its_questions(db):
    rows, readme = opened(sent_by_link(*[POLICY_AT] * 3, *[PRIVATE_AT] * 40))

    assert Counter((row["audience"], row["need"], row["way"]) for row in rows) == {(WITHHELD, WITHHELD, "a"): 43}
    assert readme.partition("Nothing is left of: ")[2].split() == ["audience,", "need."]


def test_who_came_by_the_link_of_another_audience_than_she_said_is_left_out(db):
    """She alone of hers was shown the questions of the other."""
    found = consultation(structure=ASKED)
    for given in [POLICY_AT] * 20 + [PRIVATE_AT] * 40:
        send(found, given)
    send(found, PRIVATE_AT, audience="policy")
    computed(found)

    rows, _readme = opened(found)

    assert {(row["audience"], row["need"] == NOT_SHOWN) for row in rows} == {("policy", False), ("private", True)}
    assert 45 < len(rows) < 57


def test_what_is_shown_in_one_language_tells_nobodys_language(db):
    only_here = question("here", "single", options=[part("x"), part("y")], show={"language": "el"})
    found = consultation(structure={"sections": [{**EVERYBODY, "questions": [EVERYBODY["questions"][2], only_here]}]})
    for number in range(30):
        send(found, {"way": "a", **({"here": "x"} if number < 10 else {})}, language="el" if number < 10 else "en")
    computed(found)

    rows, readme = opened(found)

    assert Counter((row["way"], row["here"]) for row in rows) == {("a", WITHHELD): 30}
    assert readme.partition("Nothing is left of: ")[2].split() == ["here."]
