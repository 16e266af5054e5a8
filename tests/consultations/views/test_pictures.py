"""Pictures beside information, and very long questionnaires."""

import base64
import json
from copy import deepcopy
from itertools import pairwise

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from consultations.imports import UnreadableError, own, read_questionnaire
from consultations.models import Consultation, Illustration, LibraryEntry
from consultations.selectors.setups import structure_to_copy
from consultations.services import imports, library, setups
from consultations.structure import canonical_hash, questions
from platform_core.identity.access import services as access
from platform_core.materials.files.models import StoredFile
from tests.factories.consultations import consultation
from tests.factories.workinggroups import group
from tests.people import browser_of

from .pages import parsed, texts
from .test_editor import HOME, codes, keep, question

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)
ADD = "sections/about/add/?type=info"


@pytest.fixture
def wanda(people):
    consultation(open_now=False)
    return browser_of(people.wanda)


def picture(name="map.png", content=PNG):
    return SimpleUploadedFile(name, content)


def test_a_picture_is_kept_and_shown_with_its_words(wanda, people):
    keep(wanda, ADD, text="Look at this", picture=picture(), alt="A map of the regions")

    asked = question("look_at_this")
    preview = parsed(wanda.get(HOME + "preview/1/"))
    address = f"{HOME}images/{asked['image']}/"
    assert asked["alt"] == {"en": "A map of the regions"}
    assert preview.xpath("//img[@class='told']/@alt") == ["A map of the regions"]
    answers = [browser_of(who).get(address) for who in (people.wanda, people.carl, people.guest)]
    for answer in answers:
        answer.close()
    assert [answer.status_code for answer in answers] == [200, 403, 302]


@pytest.mark.parametrize(
    "typed",
    [
        {"picture": picture(), "alt": ""},
        {"picture": picture("map.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "alt": "A map"},
        {"picture": picture("map.txt", b"words"), "alt": "A map"},
    ],
)
def test_pictures_that_are_none_or_have_no_words(wanda, typed):
    if typed["picture"]:
        typed["picture"].seek(0)

    answer = keep(wanda, ADD, text="Look at this", **typed)

    assert (answer.status_code, question("look_at_this"), Illustration.objects.count()) == (400, None, 0)


def test_a_picture_is_taken_away(wanda):
    keep(wanda, ADD, text="Look at this", picture=picture(), alt="A map")

    keep(wanda, "questions/look_at_this/", remove_picture="on")

    assert question("look_at_this") == {"code": "look_at_this", "type": "info", "text": {"en": "Look at this"}}


def long(number: int) -> dict:
    asked = [{"code": f"q{n}", "type": "text", "text": {"en": f"Question {n}"}} for n in range(number)]
    for before, one in pairwise(asked):
        one["show"] = {"answered": before["code"]}
    return {"sections": [{"code": "all", "title": {"en": "All"}, "questions": asked}]}


def test_three_hundred_questions_that_hang_on_each_other_are_listed(wanda):
    version = Consultation.objects.get().versions.get()
    version.structure = long(300)
    version.sha256 = canonical_hash(version.structure)
    version.save()

    page = wanda.get(HOME + "questions/")
    more = keep(wanda, "sections/all/add/?type=text", text="One more")

    assert len(texts(page, "//ol[@class='asked-list']//h3")) == 300
    assert (more.status_code, len(codes())) == (400, 300)


def test_conditions_in_a_circle_are_flagged(wanda):
    version = Consultation.objects.get().versions.get()
    version.structure = deepcopy(long(2))
    version.structure["sections"][0]["questions"][0]["show"] = {"answered": "q1"}
    version.sha256 = canonical_hash(version.structure)
    version.save()

    assert texts(wanda.get(HOME + "questions/"), "//p[@class='msg']") == [
        "the condition refers to q1, which is not earlier"
    ]


def shown(consultation: Consultation) -> set[str]:
    return set(consultation.illustrations.values_list("file__sha256", flat=True))


@pytest.fixture
def illustrated(wanda) -> str:
    """The hash of the picture of a question in preparation."""
    keep(wanda, ADD, text="Look at this", picture=picture(), alt="A map of the regions")
    return question("look_at_this")["image"]


def test_a_copy_takes_its_pictures_along(people, wanda, illustrated):
    source = Consultation.objects.get()

    made = setups.begin(
        group(),
        structure_to_copy(people.wanda, source),
        by=people.wanda,
        title="Copy",
        summary="A copy",
        opens_at=source.opens_at,
        closes_at=source.closes_at,
    )

    assert shown(made) == {illustrated}


def test_the_library_takes_pictures_along(people, wanda, illustrated):
    wanda.post(HOME + "questions/look_at_this/keep/", {"title": "A map"})
    entry = LibraryEntry.objects.get(is_shipped=False)
    other = consultation("other", open_now=False)

    library.take_over(other, entry.content, "about", by=people.wanda)

    assert (entry.picture.sha256, shown(other)) == (illustrated, {illustrated})
    assert [asked.get("image") for asked in questions(other.versions.get().structure)][2] == illustrated


def test_a_question_of_another_consultation_brings_its_picture(people, wanda, illustrated):
    asked, other = question("look_at_this"), consultation("other", open_now=False)

    library.take_over(other, asked, "about", by=people.wanda)

    assert shown(other) == {illustrated}


def test_a_picture_that_may_not_be_read_is_left_behind(people, wanda, illustrated):
    asked, other = question("look_at_this"), consultation("other", open_now=False, topic_id=3)
    access.give_role(people.marko, "wg_leader", scope="group:3")

    library.take_over(other, asked, "about", by=people.marko)

    assert (shown(other), [one for one in questions(other.versions.get().structure) if "image" in one]) == (set(), [])


def brought(by, content: str):
    upload = SimpleUploadedFile("own.json", content.encode())
    return imports.bring_questionnaire(upload, by=by, topic=4)


def test_our_own_file_carries_its_pictures(people, wanda, illustrated):
    content = own.written(Consultation.objects.get().versions.get())
    Illustration.objects.all().delete()
    StoredFile.objects.all().delete()

    made = imports.take_questionnaire(brought(people.wanda, content), by=people.wanda)

    assert shown(made) == {illustrated}


def test_a_file_that_lacks_a_picture_says_so(people, wanda, illustrated):
    content = json.loads(own.written(Consultation.objects.get().versions.get()))
    Illustration.objects.all().delete()

    draft = imports.draft_of(brought(people.wanda, json.dumps(content | {"pictures": {}})))

    assert [(note.where, note.why) for note in draft.notes] == [("look_at_this", "the picture is not in the file")]
    assert [one for one in draft.questions if "image" in one] == []


@pytest.mark.parametrize("held", [[], {"0": "AAAA"}, {"0": 1}, {"0": "?"}])
def test_pictures_that_are_not_what_they_say(held):
    content = {"sections": [{"code": "s", "title": {}, "questions": []}], "pictures": held}

    with pytest.raises(UnreadableError):
        read_questionnaire(json.dumps(content).encode(), "own.json")
