"""Invented conditions sheets of some regions, labelled as demonstration; drawn by a seed, about no region."""

from random import Random

from django.db import transaction

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.people.members.models import Organisation

from ..models import ConditionSheet
from ..selectors.conditions import conditions
from ..services import conditions as services
from .changes import speaker

SEED = 48
DECLARED = ("donaukreis", "siretului", "anatolikos_ormos", "podhorsky", "srednje_podunavlje")
SAID = {
    "yes": "Invented: an office of the region keeps the list.",
    "partly": "Invented: in two of five districts.",
    "no": "Invented: asked last year, nobody has it.",
    "unknown": "",
}


@transaction.atomic
def load() -> str:
    if ConditionSheet.objects.exists():
        return ""
    random = Random(SEED)  # noqa: S311 - invented answers
    made = sum(declare(organisation, random) for organisation in Organisation.objects.filter(code__in=DECLARED))
    return f"conditions sheets of {made} regions" if made else ""


def declare(organisation: Organisation, random: Random) -> int:
    """What a region of the demonstration says of itself; a tenth it does not know."""
    by = speaker(organisation)
    region = vocabulary.region(organisation.region.code) if organisation.region else None
    if by is None or region is None:
        return 0
    answers = {}
    for one in conditions():
        value = random.choices(("yes", "partly", "no", "unknown"), weights=(5, 3, 2, 1))[0]
        answers[one.pk] = (value, SAID[value], "")
    services.declare(region, organisation, answers, by=by, is_demonstration=True)
    return 1
