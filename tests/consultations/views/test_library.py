"""The library of questions and scales."""

import pytest

from consultations.models import Consultation, LibraryEntry
from consultations.services import library
from consultations.structure import questions
from tests.factories.consultations import consultation
from tests.people import browser_of

from .pages import queries, texts
from .test_editor import HOME, keep, question

LIBRARY = "/en/desk/consultations/library/"
INSERT = "sections/money/insert/"


@pytest.fixture
def wanda(people):
    library.load_reference()
    consultation(open_now=False)
    return browser_of(people.wanda)


def names(page) -> list[str]:
    return texts(page, "//article//h2")


def test_who_looks_into_it(people, wanda):
    found = {
        name: browser_of(people.named(name)).get(LIBRARY).status_code for name in ("lena", "wanda", "marko", "carl")
    }

    assert found == {"lena": 200, "wanda": 200, "marko": 403, "carl": 403}


def test_it_comes_with_scales_and_profile_questions(wanda):
    library.load_reference()

    shipped = LibraryEntry.objects.filter(is_shipped=True).order_by("code")
    assert [entry.code for entry in shipped] == [
        "profile-audience",
        "profile-country",
        "profile-org_type",
        "profile-size",
        "scale-agreement",
        "scale-extent",
        "scale-frequency",
        "scale-importance",
        "scale-likelihood",
        "scale-satisfaction",
    ]
    assert len(LibraryEntry.objects.get(code="scale-satisfaction").content[0]["text"]) == 11


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Dissatisfied", ["Satisfaction"]),
        ("недоволен", ["Satisfaction"]),
        ("strongly disagree", ["Agreement"]),
        ("zzz", []),
    ],
)
def test_it_is_searched_in_every_language(wanda, words, found):
    assert names(wanda.get(LIBRARY, {"words": words})) == found


def test_a_question_is_kept_and_taken_over_elsewhere(wanda):
    keep(wanda, "questions/share/keep/", title="Public share of money")
    entry = LibraryEntry.objects.get(is_shipped=False)

    wanda.post(HOME + INSERT, {"entry": entry.pk})

    assert (str(entry.title), entry.topic_id, "show" in entry.content) == ("Public share of money", 4, False)
    assert question("share_2") == {**entry.content, "code": "share_2"}


def test_a_question_of_an_earlier_consultation_is_taken_over(wanda):
    earlier = consultation("earlier")
    page = wanda.get(HOME + INSERT, {"earlier": earlier.pk})

    wanda.post(HOME + INSERT, {"earlier": earlier.pk, "question": "sources"})

    assert len(texts(page, "//ol//h3")) == 5
    draft = Consultation.objects.get(code="finance").versions.get()
    assert [asked["code"] for asked in questions(draft.structure)][-1] == "sources_2"


def test_what_may_not_be_read_is_not_taken_over(wanda):
    other = consultation("other", open_now=False, topic_id=3)

    assert wanda.post(HOME + INSERT, {"earlier": other.pk, "question": "sources"}).status_code == 404
    assert wanda.post(HOME + INSERT, {"entry": "9" * 30}).status_code == 404


def test_a_scale_is_used_in_all_its_languages(wanda):
    scale = LibraryEntry.objects.get(code="scale-satisfaction")

    keep(wanda, "sections/money/add/?type=likert", text="How do you find it?", rows="Advice", library_scale=scale.pk)
    keep(wanda, "questions/how_do_you_find_it/keep/", title="Mine", what="scale")

    assert question("how_do_you_find_it")["scale"] == scale.content
    assert LibraryEntry.objects.get(is_shipped=False).content == scale.content


def test_only_who_kept_it_takes_it_out(people, wanda):
    keep(wanda, "questions/share/keep/", title="Public share")
    entry, shipped = LibraryEntry.objects.get(is_shipped=False), LibraryEntry.objects.filter(is_shipped=True).first()

    answers = [wanda.post(f"{LIBRARY}{one.pk}/remove/").status_code for one in (shipped, entry)]

    assert (answers, LibraryEntry.objects.filter(is_shipped=False).count()) == ([403, 302], 0)


def test_the_list_costs_the_same_with_more_entries(people, wanda):
    def put(name):
        library.keep(next(questions(consultation(name).versions.get().structure)), by=people.wanda, title=name)

    put("one")
    few = queries(wanda, LIBRARY)
    put("two"), put("three")

    assert queries(wanda, LIBRARY) == few
