"""A questionnaire of one page in which something is shown for every kind of condition on every type of question."""

from consultations.models import Consultation
from tests.factories.consultations import consultation
from tests.factories.questionnaires import CHOICES, NUMBERS, PLACES, TABLES, TEXTS, said

CODE = "followups"
ASKED = [
    {name: value for name, value in question.items() if name not in ("show", "required")}
    for question in [*CHOICES, *TABLES, *NUMBERS, *TEXTS, *PLACES]
    if question["type"] not in ("info", "file", "ranking", "budget")
]
EQUAL = [
    *(
        ["role", "policy"],
        ["size", "often"],
        ["offer", "visits"],
        ["agree.training", "3"],
        ["agree.visits", "dont_know"],
    ),
    *(["use.training", "often"], ["land", "AT"], ["region", "AT22"], ["mark", 4]),
]
AMONG = [["sources", "eu"], ["sources", "none"], ["paid.training", "fees"]]
MEASURED = [["staff", 12], ["part", 35], ["mark", 3], ["since", "2021-03-15"]]
ANSWERED = [question["code"] for question in ASKED]
CONDITIONS: list[dict] = [
    *({"eq": operand} for operand in EQUAL),
    *({"in": operand} for operand in AMONG),
    *({operator: operand} for operator in ("lt", "le", "gt", "ge") for operand in MEASURED),
    *({"answered": code} for code in ANSWERED),
    {"language": "en"},
    {"language": "el"},
    {"not": {"eq": ["region", "AT22"]}},
    {"all": [{"eq": ["offer", "visits"]}, {"answered": "name"}]},
    {"any": [{"eq": ["role", "policy"]}, {"not": {"ge": ["staff", 12]}}]},
    {"any": []},
]


def follow_up(number: int, condition: dict) -> dict:
    return {"code": f"f{number}", "type": "info", "text": said(*[str(condition)] * 3), "show": condition}


STRUCTURE = {
    "sections": [
        {
            "code": "all",
            "title": said("All", "Όλα", "Всички"),
            "questions": [*ASKED, *(follow_up(number, one) for number, one in enumerate(CONDITIONS))],
        }
    ]
}


def follow_ups() -> Consultation:
    return consultation(CODE, structure=STRUCTURE)
