"""The form of the measurement of whole submissions: 20 questions in eleven languages, in three sections, and answers to it."""

from platform_core.ground.texts.codes import CODES

STEPS = "very_low", "low", "middling", "high", "very_high"
CHOICES = {"audience": 2, "org_type": 8, "size": 5, "stage": 4, "advice": 5, "leader": 4, "programme": 6}
SEVERAL = {"sources": 8, "partners": 7, "skills": 6, "tools": 6}
ROWS = 5


def structure() -> dict:
    about = [
        *map(single, ("audience", "org_type", "size")),
        asked("country", "country"),
        *map(single, ("stage", "leader")),
    ]
    now = [*map(multiple, ("sources", "partners", "skills")), likert("needs"), single("advice"), number("members")]
    end = [likert("barriers"), ranking("priorities"), multiple("tools"), single("programme"), number("share")]
    end += [asked("useful", "rating", max=5), asked("name_of", "text"), asked("wish", "long_text")]
    parts = {"about": about, "now": now, "end": end}
    return {"sections": [{"code": code, "title": texts(code), "questions": parts[code]} for code in parts]}


def texts(word: str) -> dict[str, str]:
    return {code: f"{word.replace('_', ' ')}: words of a question in {code}" for code in CODES}


def asked(code: str, kind: str, **more) -> dict:
    return {"code": code, "type": kind, "text": texts(code), **more}


def listed(code: str, number: int) -> list[dict]:
    return [{"code": f"{code}_{place}", "text": texts(f"{code} {place}")} for place in range(number)]


def single(code: str) -> dict:
    return asked(code, "single", required=True, options=listed(code, CHOICES[code]))


def multiple(code: str) -> dict:
    return asked(code, "multiple", options=listed(code, SEVERAL[code]))


def likert(code: str) -> dict:
    scale = [{"code": step, "text": texts(step)} for step in STEPS]
    return asked(code, "likert", rows=listed(code, ROWS), scale=scale, dont_know=True)


def ranking(code: str) -> dict:
    return asked(code, "ranking", options=listed(code, 5))


def number(code: str) -> dict:
    return asked(code, "number", min=0, max=1_000_000)


def typed(place: int) -> list[dict]:
    """What one respondent types on each of the three pages; her number stands in `members`."""
    chosen = {code: f"{code}_{place % CHOICES[code]}" for code in CHOICES}
    ticked = {code: [f"{code}_{(place + more) % SEVERAL[code]}" for more in (0, 2)] for code in SEVERAL}
    steps = {f"{code}.{code}_{row}": STEPS[(place + row) % 5] for code in ("needs", "barriers") for row in range(ROWS)}
    ranks = {f"priorities.priorities_{row}": (place + row) % 5 + 1 for row in range(5)}
    words = {"name_of": f"Cluster {place}", "wish": f"Fewer forms, and more time to fill them in: {place}."}
    given = {**chosen, **ticked, **steps, **ranks, **words, "country": "HU", "members": place, "share": 35, "useful": 4}
    return [
        {
            key: value
            for key, value in given.items()
            if key.partition(".")[0] in {one["code"] for one in section["questions"]}
        }
        for section in structure()["sections"]
    ]
