from openpyxl import Workbook

from consultations.imports import read_questionnaire
from consultations.imports.drafting import Note

from .shared import counts, draft, question
from .workbooks import read, saved


def notes(found) -> list[tuple[str, str]]:
    return [(note.what, note.why) for note in found.notes]


def test_types_texts_and_logic(db):
    found = read(
        ["begin group", "first", "First", "Πρώτο"],
        ["select_one yn", "likes", "Likes?", "Αρέσει;", None, None, "yes", "minimal"],
        ["select_multiple yn or_other", "which", "Which?", None, None, "count-selected(.) <= 2"],
        ["integer", "age", "Age", None, "${likes} = 'yes' and selected(${which}, 'no')", ". >= 18 and . < 100"],
        ["end group"],
        ["begin group", "second", "Second", None, "${age} > 20 or not(${likes} = ‘no’)"],
        ["text", "why", "Why?", None, "${which} != ''", "string-length(.) <= 500", None, "multiline"],
        ["rank yn", "order", "Order"],
        ["end group"],
    )
    first, second = found.sections

    assert [(asked["code"], asked["type"]) for asked in found.questions] == [
        ("likes", "single"),
        ("which", "multiple"),
        ("age", "number"),
        ("why", "long_text"),
        ("order", "ranking"),
    ]
    assert first["title"] == {"en": "First", "el": "Πρώτο"}
    assert second["show"] == {"any": [{"gt": ["age", 20]}, {"not": {"eq": ["likes", "no"]}}]}
    assert question(found, "likes") == {
        "code": "likes",
        "type": "single",
        "options": [{"code": "yes", "text": {"en": "Yes"}}, {"code": "no", "text": {"en": "No"}}],
        "display": "dropdown",
        "text": {"en": "Likes?", "el": "Αρέσει;"},
        "required": True,
    }
    assert (question(found, "which")["max"], question(found, "which")["other"]) == (2, True)
    assert question(found, "age")["show"] == {"all": [{"eq": ["likes", "yes"]}, {"in": ["which", "no"]}]}
    assert [question(found, "age")[word] for word in ("min", "max", "whole")] == [18, 99, True]
    assert (question(found, "why")["show"], question(found, "why")["max_length"]) == ({"answered": "which"}, 500)
    assert found.notes == []


def test_what_was_not_taken_over_is_told(db):
    found = read(
        ["text", "a", "A", None, "regex(${b}, 'x')"],
        ["geopoint", "place", "Where?"],
        ["calculate", "sum"],
        ["select_one gone", "c", "C"],
        ["decimal", "d", "D", None, None, ". < ${a}"],
        ["text", "Größe 1", "G"],
    )

    assert notes(found) == [
        ("regex(${b}, 'x')", "the condition was left out: b is not asked before, or was not taken over"),
        ("geopoint place", "there is no such type of question"),
        ("calculate sum", "the program that asked filled it in by itself"),
        ("select_one gone", "not taken over: 0 entries where 2 to 200 fit"),
        (". < ${a}", "the check was left out or taken over in part"),
        ("Größe 1", "the code became groe_1"),
        ("yn", "no question asks for it"),
    ]
    assert found.notes[1] == Note("row 3, place", "geopoint place", "there is no such type of question")


def test_codes_become_valid_and_stay_different(db):
    found = read(["text", "Ä!", "A"], ["text", "a?", "B"], ["text", "x" * 90, "C"], ["text", "λ", "D"])

    assert [asked["code"] for asked in found.questions] == ["a", "a_2", "x" * 32, "q"]


def test_a_large_form_in_two_languages(db):
    found = draft("testB.xlsx")

    assert counts(found) == (8, 45, {"de": 200, "en": 199}, {})
    assert question(found, "project_role_project_alpha")["show"] == {"in": ["project_id", "project_alpha"]}
    assert question(found, "past_applications_details")["show"] == {"eq": ["past_applications", "not_successful"]}


def test_languages_the_platform_does_not_speak_are_told(db):
    assert counts(draft("xlsform_spec_test.xlsx")) == (9, 34, {"en": 56}, {"chinese": 20})


def test_a_sheet_that_claims_a_million_rows(db):
    """Real input: the sheet says it has 1,048,575 rows and 1,024 columns."""
    found = draft("UCL_Biomass_Plot_Form.xlsx")

    assert counts(found) == (13, 48, {"en": 138}, {"Swahili (sw)": 138})
    assert question(found, "leader_name_other")["show"] == {"eq": ["leader_name", "other"]}


def test_what_has_no_place_here_is_named(db):
    head = ["type", "name", "label", "constraint_message::English (en)", "required_message", "guidance_hint"]
    rows = [
        ["integer", "age", "Age", "Too old", "Say it", "Ask twice", "bearing", None],
        ["select_one yn", "likes", "Likes?", None, None, None, "minimal likert", "randomize=true seed=4"],
        ["range", "part", "Part", None, None, None, None, "start=0 end=10 step=1"],
    ]

    found = read(*rows, head=[*head, "appearance", "parameters"])

    assert [note.what for note in found.notes] == [
        "constraint_message::English (en): Too old",
        "required_message: Say it",
        "guidance_hint: Ask twice",
        "appearance: bearing",
        "appearance: likert",
        "parameters: randomize=true seed=4",
    ]


def test_columns_rows_lists_and_sheets_without_a_place_are_named(db):
    made = Workbook()
    for name, rows in (
        (
            "survey",
            [
                ["type", "name", "label", "hint", "relevant", "appearance", "bind::odk:length", "save_to", "autoplay"],
                ["begin group", "g", "G", "Read on", None, "field-list"],
                ["text", "a", "A", None, None, None, "9", "entity", "audio"],
                ["end group"],
                [None, "lost", "No type"],
            ],
        ),
        (
            "choices",
            [
                ["list_name", "name", "label", "region", "media::image"],
                ["yn", "yes", "Yes", "north", "yes.png"],
                ["yn", "no", "No", "south"],
                ["yn", None, "Perhaps"],
            ],
        ),
        ("settings", [["form_title", "form_id", "version", "style"], ["F", "f", "7", "pages"]]),
        ("entities", [["dataset"], ["trees"]]),
    ):
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)

    found = read_questionnaire(saved(made), "form.xlsx")

    nothing = "there is nothing like it here"
    assert [(note.where, note.what, note.why) for note in found.notes] == [
        ("choices", "yes", "pictures and sounds are not in the file"),
        ("choices", "row 4", "it has no name"),
        ("choices", "region: north", nothing),
        ("row 2, g", "hint: Read on", nothing),
        ("row 3, a", "bind::odk:length: 9", nothing),
        ("row 3, a", "save_to: entity", nothing),
        ("row 3, a", "autoplay: audio", nothing),
        ("row 5, lost", "lost", "it has no type"),
        ("choices", "yn", "no question asks for it"),
        ("settings", "version: 7", nothing),
        ("settings", "style: pages", nothing),
        ("entities", "entities", "the sheet was not read"),
    ]
