"""How questionnaires are put together from their files, and that every file of texts fits its questionnaire."""

import json

import pytest

from consultations.demonstration import reading

FILES = [reading.SHARED, *reading.codes()]
TRANSLATED = sorted(path.parent.name for path in reading.FOLDER.glob("texts/*/shared.json"))
SMALL = {
    "code": "small",
    "title": {"en": "Small"},
    "sections": [
        {
            "code": "one",
            "title": {"shared": "opening"},
            "questions": [
                {
                    "code": "which",
                    "type": "single",
                    "text": {"en": "Which?"},
                    "help": {"en": "One only"},
                    "options": [{"code": "first", "text": {"en": "First"}}, {"shared": "other"}],
                },
                {"code": "how", "type": "likert", "text": {"en": "How?"}, "scale": {"shared": "mood"}},
            ],
        }
    ],
}
TOGETHER = {
    "audiences": [],
    "sections": [],
    "questions": [],
    "options": [{"code": "other", "text": {"en": "Other"}}],
    "scales": {"mood": [{"code": "1", "text": {"en": "Good"}}]},
    "texts": {"opening": {"en": "To begin"}},
}
OWN_KEYS = ["title", "q.which.text", "q.which.help", "q.which.option.first", "q.how.text"]
SHARED_KEYS = ["option.other", "scale.mood.1", "text.opening"]


@pytest.fixture
def folder(tmp_path):
    """A small questionnaire with shared parts, in English and German."""
    files = {
        "small": SMALL,
        "shared": TOGETHER,
        "texts/de/small": {key: f"de {key}" for key in OWN_KEYS},
        "texts/de/shared": {key: f"de {key}" for key in SHARED_KEYS},
    }
    for name, content in files.items():
        path = tmp_path / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content), encoding="utf-8")
    return tmp_path


def test_a_questionnaire_is_put_together_with_shared_parts_in_all_languages(folder):
    found = reading.questionnaire("small", folder)

    (section,) = found["sections"]
    which, how = section["questions"]
    assert (found["code"], found["languages"], found["title"]) == (
        "small",
        ["en", "de"],
        {"en": "Small", "de": "de title"},
    )
    assert section["title"] == {"en": "To begin", "de": "de text.opening"}
    assert which["options"] == [
        {"code": "first", "text": {"en": "First", "de": "de q.which.option.first"}},
        {"code": "other", "text": {"en": "Other", "de": "de option.other"}},
    ]
    assert how["scale"] == [{"code": "1", "text": {"en": "Good", "de": "de scale.mood.1"}}]


@pytest.mark.parametrize(("file", "key"), [("small", "q.which.help"), ("shared", "option.other")])
@pytest.mark.parametrize("lost", ["", None])
def test_a_language_in_which_a_text_is_lacking_is_left_out_whole(folder, file, key, lost):
    path = folder / "texts" / "de" / f"{file}.json"
    kept = json.loads(path.read_text(encoding="utf-8")) | {key: lost}
    path.write_text(json.dumps({name: text for name, text in kept.items() if text is not None}), encoding="utf-8")

    found = reading.questionnaire("small", folder)

    assert (found["languages"], found["title"]) == (["en"], {"en": "Small"})


def test_the_keys_of_a_file_name_the_place_of_each_text(folder):
    assert [key for key, _text in reading.texts(reading.filed("small", folder))] == OWN_KEYS
    assert [key for key, _text in reading.texts(reading.filed("shared", folder))] == SHARED_KEYS


@pytest.mark.parametrize("code", FILES)
def test_no_two_texts_of_a_file_have_the_same_key(code):
    keys = [key for key, _text in reading.texts(reading.filed(code))]

    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("code", FILES)
def test_a_file_of_texts_has_the_keys_its_questionnaire_asks_for(language, code):
    found = reading.translations(language, code)
    asked = {key for key, _text in reading.texts(reading.filed(code))}

    assert {key for key, text in found.items() if text.strip()} in (asked, set())


def test_shared_parts_have_names_of_their_own_and_are_all_in_use():
    shared = reading.filed(reading.SHARED)
    names = [part["code"] for kind in ("audiences", "sections", "questions", "options") for part in shared[kind]]
    names += [*shared["scales"], *shared["texts"]]
    used = {name for code in reading.codes() for name in asked_for(reading.filed(code))}

    assert (sorted(names), sorted(used)) == (sorted(set(names)), sorted(names))


def asked_for(part):
    """The names of the shared parts that a file asks for."""
    items = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    if isinstance(part, dict) and [*part] == ["shared"]:
        yield part["shared"]
    for item in items:
        yield from asked_for(item)
