from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from consultations.models import Consultation
from tests.consultations.imports.workbooks import workbook


@pytest.fixture
def form(tmp_path):
    path = tmp_path / "form.xlsx"
    rows = ["text", "A b", "Question", "Ερώτηση"], ["geopoint", "place", "Where?"]
    path.write_bytes(workbook(*rows, settings=[["form_title"], ["Form"]]))
    return path


TOLD = """Languages: el 1, en 2
Sections: 1
Questions: 1
Texts taken: 3
Texts not taken: 1
Not taken over as it was: 3
- row 2, A b: A b: the code became a_b
- row 3, place: geopoint place: there is no such type of question
- choices: yn: no question asks for it
"""


def test_a_dry_run_tells_and_keeps_nothing(people, form):
    told = StringIO()

    call_command("import_questionnaire", str(form), "--dry-run", stdout=told)

    assert told.getvalue() == TOLD
    assert Consultation.objects.count() == 0


def test_a_consultation_in_preparation_comes_of_it(people, form):
    for code in ("form", "form-2"):
        call_command("import_questionnaire", str(form), "--topic", "4", stdout=StringIO())
        made = Consultation.objects.get(code=code)

    assert (made.state, made.topic_id, made.languages, made.title.stored()) == (
        "draft",
        4,
        ["en", "el"],
        {"en": "Form"},
    )
    assert [question["code"] for question in made.versions.get().structure["sections"][0]["questions"]] == ["a_b"]


@pytest.mark.parametrize("name", ["gone.xlsx", "form.exe"])
def test_what_cannot_be_read_is_told(people, tmp_path, name):
    with pytest.raises(CommandError):
        call_command("import_questionnaire", str(tmp_path / name))
