"""Our own JSON loses nothing."""

import json

import pytest

from consultations import results, services
from consultations.conditions import StructureError
from consultations.demonstration import reading
from consultations.imports import own, read_questionnaire
from consultations.selectors import answers as selectors, opening
from consultations.services import imports
from tests.consultations.exports.everything import AB, EVERYTHING, send
from tests.factories.consultations import STRUCTURE, consultation


@pytest.mark.parametrize("structure", [EVERYTHING, STRUCTURE])
def test_what_is_written_is_read_again(people, structure):
    found = consultation(structure=structure)
    draft = read_questionnaire(own.written(found.versions.get()).encode(), "own.json")

    assert draft.structure == structure
    assert (draft.title, draft.summary, draft.notes) == (found.title.stored(), found.summary.stored(), [])


@pytest.mark.parametrize("code", reading.codes())
def test_the_questionnaires_of_the_demonstration(people, code):
    whole = reading.questionnaire(code)
    structure = {"sections": whole["sections"]}

    draft = read_questionnaire(json.dumps(structure | {"title": whole["title"]}).encode(), f"{code}.json")

    assert (draft.structure, draft.title) == (structure, whole["title"])


def test_a_question_results_cannot_be_compared_by_comes_in_and_is_told(people):
    asked = {"code": "country", "type": "text", "text": {"en": "Where?"}}
    content = json.dumps({"sections": [{"code": "s", "title": {"en": "S"}, "questions": [asked]}]}).encode()

    draft = read_questionnaire(content, "own.json")
    made = imports.drawn_up(draft, 4, name="own.json")

    told = "results are compared by country, so it has to be of the type “Country”, or needs another code"
    assert [(note.where, note.why) for note in draft.notes] == [("country", told)]
    assert opening.hindrances(made)[0] == "1 problem of the questions has to be mended."
    with pytest.raises(StructureError):
        services.open_consultation(made)


def test_a_question_results_cannot_be_compared_by_breaks_neither_figures_nor_quotas(people):
    """As it may stand in questionnaires that were opened before this was a fault."""
    structure = {
        "sections": [
            {
                "code": "s",
                "title": {"en": "S"},
                "questions": [
                    {"code": code, "type": "multiple", "text": {"en": code}, "options": AB}
                    for code in ("country", "size")
                ],
            }
        ]
    }
    found = consultation(structure=structure, open_now=False)
    found.versions.update(published_at=found.opens_at)
    version = found.versions.get()
    for _n in range(6):
        send(found, {"country": ["a"], "size": ["a", "b"]})

    figures = results.report_on(found, version, results.read_answers(None, version, selectors.responses(found)))

    assert figures["questions"]["size"]["base"] == 6
    assert opening.quotas(found) == ([], [], [])
