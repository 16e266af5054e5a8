"""Texts of questions that ask for personal data: only counted, shown to nobody but the desk, gone with the identifiers."""

import csv
import io
import json
import zipfile
from copy import deepcopy
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml.etree import fromstring

from consultations import results, selectors, services
from consultations.alike import keep_alike
from consultations.changes import changes
from consultations.drafting import find_question
from consultations.exports import FORMATS, Answers, open_data
from consultations.imports import own, read_questionnaire
from consultations.models import CodeBook, Consultation, LikeText, Quote, Response, ResultSet
from consultations.structure import canonical_hash, faults, identifying, questions, with_marks
from consultations.views.sending import respondents
from tests.factories.consultations import STRUCTURE, consultation
from tests.factories.findings import published
from tests.people import browser_of

from .views.pages import Respondent, texts

pytestmark = pytest.mark.django_db
SECRET = "Maria Novak, telephone 01234, writes to everybody in exactly these words"
DESK = "/en/desk/consultations/finance/"
DDI = "{ddi:codebook:2_5}"


def asking(kind: str, **more) -> dict:
    """The questionnaire with a question for the name, and an ordinary one in words."""
    who = {"code": "who", "title": {"en": "Who"}}
    name = {"code": "name", "type": kind, "text": {"en": "Your name"}, **more}
    return {"sections": [*STRUCTURE["sections"], {**who, "questions": [name]}]}


MARKED, PLAIN = asking("long_text", identifies=True), asking("long_text")


def given(*named: str) -> list[dict]:
    return [{"audience": "policy", "country": "AT", "wish": f"Wish {n}", "name": name} for n, name in enumerate(named)]


def answered(structure: dict, answers: list[dict], **fields) -> Consultation:
    found = consultation(structure=structure, **fields)
    send(found, answers)
    return found


def send(found: Consultation, answers: list[dict]) -> None:
    version = found.versions.last()
    for one in answers:
        Response.objects.create(questionnaire=version, answers=one, language="en", day="2026-11-01")


def revised(found: Consultation, structure: dict) -> None:
    services.add_version(found, structure)
    services.open_consultation(found)


def ended(found: Consultation) -> None:
    closed = timezone.now() - timedelta(days=200)
    rows = Consultation.objects.filter(pk=found.pk)
    rows.update(state="closed", opens_at=closed - timedelta(days=9), closes_at=closed)


def computed(found: Consultation) -> ResultSet:
    version, rows = selectors.current_version(found), list(selectors.comparable(found).values_list(*results.COLUMNS))
    return results.keep(found, version, results.report_on(found, version, rows), len(rows))


def names_held() -> list[str]:
    return sorted(row.answers["name"] for row in Response.objects.all())


@pytest.mark.parametrize(
    ("kind", "more", "left"),
    [
        ("text", {"identifies": True}, "[deleted]"),
        ("long_text", {"identifies": True}, "[deleted]"),
        ("text", {}, "Ana"),
        ("long_text", {"personal": True}, "Ana"),
    ],
)
def test_marked_texts_go_with_the_identifiers(kind, more, left):
    found = answered(asking(kind, **more), given("Ana"))
    ended(found)

    services.forget_identifiers()

    row = Response.objects.get()
    words = {question: said for _section, rows in respondents.sent(row) for question, said in rows}
    assert (row.answers, words["Your name"]) == ({**given("Ana")[0], "name": left}, left.strip("[]"))
    assert services.forget_identifiers() == 0


def test_no_figure_moves():
    found = answered(MARKED, [*given(*[SECRET] * 8), *given("Ana", "Bo")])
    before = computed(found)
    ended(found)

    services.forget_identifiers()

    again = computed(found)
    assert (again.figures, again.sha256) == (before.figures, before.sha256)
    assert (set(names_held()), selectors.input_changed(before)) == ({"[deleted]"}, False)


def test_figures_are_those_of_addresses():
    """Nothing is told of how long a name is, in which language it was written, or who wrote the same."""
    told = []
    for code, structure in (("marked", MARKED), ("address", asking("email")), ("plain", PLAIN)):
        figures = computed(answered(structure, given(*[SECRET] * 12), code=code)).figures
        name = {key: value for key, value in figures["questions"]["name"].items() if key != "type"}
        told.append((name, figures["campaigns"]))

    marked, address, plain = told
    assert (marked == address, marked == plain) == (True, False)
    assert (marked[1]["texts"]["count"], plain[1]["texts"]["count"]) == (0, 12)


def test_nobody_reads_codes_or_releases_them(people):
    found = answered(MARKED, given(SECRET, SECRET))
    ended(found)
    wanda, row = browser_of(people.wanda), Response.objects.first()
    found.refresh_from_db()

    listed = texts(wanda.get(f"{DESK}texts/"), "//article//h2")
    pages = [wanda.get(f"{DESK}{rest}").status_code for rest in ("texts/name/", "texts/name/words/", "coding/name/")]
    released = wanda.post(f"{DESK}texts/name/{row.pk}/", {"release": "1", f"{row.pk}-text": SECRET})

    assert (listed, pages, released.status_code) == (["One wish"], [404, 404, 404], 404)
    assert (Quote.objects.count(), keep_alike(found.versions.get()), LikeText.objects.count()) == (0, 0, 0)


def test_addresses_are_not_released_either(people):
    found = answered(asking("email"), given("ana@example.org"))
    ended(found)
    row = Response.objects.get()

    done = browser_of(people.wanda).post(
        f"{DESK}texts/name/{row.pk}/", {"release": "1", f"{row.pk}-text": "ana@example.org"}
    )

    assert (done.status_code, Quote.objects.count()) == (404, 0)


def test_open_data_do_not_hold_them():
    made = zipfile.ZipFile(io.BytesIO(open_data(answered(MARKED, given(*[SECRET] * 6)))))
    columns = next(csv.reader(io.StringIO(made.read("data.csv").decode())))

    assert ([name for name in columns if name in ("name", "wish", "country")], len(made.namelist())) == (["country"], 4)
    assert [name for name in made.namelist() if "Maria" in made.read(name).decode()] == []


def written(found: Consultation, form: str) -> bytes:
    made = io.BytesIO()
    FORMATS[form].write(Answers(found), made)
    return made.getvalue()


def test_files_for_the_desk_hold_them_until_they_are_emptied():
    found = answered(MARKED, given(SECRET))
    ended(found)

    held = [json.loads(written(found, "json"))["responses"][0]["name"]]
    services.forget_identifiers()
    held.append(json.loads(written(found, "json"))["responses"][0]["name"])

    assert held == [SECRET, "[deleted]"]


def test_files_for_the_desk_say_what_they_are():
    found = answered(MARKED, given(SECRET))
    package = zipfile.ZipFile(io.BytesIO(written(found, "package")))
    fields = json.loads(package.read("datapackage.json"))["resources"][0]["schema"]["fields"]
    book = list(csv.reader(io.StringIO(package.read("codebook.csv").decode())))
    variables = fromstring(written(found, "ddi")).iter(f"{DDI}var")

    told = "Says who wrote it: emptied when identifiers are deleted, and never published."
    assert {field["name"]: field["description"] for field in fields if "description" in field} == {"name": told}
    assert [(row[0], row[3]) for row in book if row[0] in ("wish", "name")] == [
        ("wish", "text"),
        ("name", "text that says who wrote it"),
    ]
    assert {
        one.get("name"): one.findtext(f"{DDI}security") for one in variables if one.find(f"{DDI}security") is not None
    } == {"name": told}


def test_a_mark_of_the_next_version_holds_for_earlier_answers_too(people):
    found = answered(PLAIN, given(SECRET))
    Quote.objects.create(consultation=found, question="name", language="en", text=SECRET)
    revised(found, MARKED)
    send(found, given("Ana"))
    before = computed(found)
    ended(found)
    wanda = browser_of(people.wanda)

    offered = texts(wanda.get(f"{DESK}texts/"), "//article//h2")
    services.forget_identifiers()

    assert (offered, before.base, before.figures["questions"]["name"]["type"]) == (["One wish"], 2, "given")
    assert (names_held(), Quote.objects.count(), selectors.input_changed(before)) == (["[deleted]"] * 2, 0, False)


def test_a_mark_taken_back_still_holds_for_all():
    found = answered(MARKED, given(SECRET))
    revised(found, PLAIN)
    send(found, given("Ana"))
    ended(found)

    services.forget_identifiers()

    assert names_held() == ["[deleted]"] * 2


def test_released_words_and_codes_leave_the_page_of_results(people):
    found = published(structure=STRUCTURE)
    Quote.objects.create(consultation=found.consultation, question="wish", language="en", text=SECRET)
    figures = {"base": 9, "shown": 9, "responses": 9, "share_of": "base", "options": [], "crosstabs": {}}
    CodeBook.objects.create(
        consultation=found.consultation,
        question="wish",
        figures={"type": "single", **figures},
        published_at=timezone.now(),
    )
    address = reverse("consultations:results", args=["finance"])
    guest, about = browser_of(people.guest), "What the texts are about: One wish"
    before = guest.get(address).content.decode()
    version = services.add_version(found.consultation, with_marks(STRUCTURE, {"wish"}))
    type(version).objects.filter(pk=version.pk).update(published_at=timezone.now())

    after = browser_of(people.wanda).get(address).content.decode()

    told = [(SECRET in page, about in page) for page in (before, after)]
    assert told == [(True, True), (False, False)]
    assert browser_of(people.wanda).get(f"{address}quotes/wish/").status_code == 404


def test_a_change_of_the_mark_is_told_and_breaks_nothing():
    told = [[(change.told, change.breaks) for change in changes(*pair)] for pair in ((PLAIN, MARKED), (MARKED, PLAIN))]

    assert told == [
        [("It is marked now as asking for personal data; earlier answers are kept apart as well.", False)],
        [
            (
                "It is no longer marked as asking for personal data; as an earlier version did so, answers stay kept apart.",
                False,
            )
        ],
    ]


def test_our_own_file_keeps_the_mark():
    version = consultation(structure=MARKED).versions.get()

    draft = read_questionnaire(own.written(version).encode(), "own.json")

    assert (draft.structure, canonical_hash(draft.structure)) == (MARKED, version.sha256)


def test_only_texts_can_be_marked():
    wrong = deepcopy(STRUCTURE)
    find_question(wrong, "country")["identifies"] = True

    assert list(faults(wrong)) == [("country", "only short and long texts can be marked as asking for personal data")]
    assert identifying(wrong) == set()


def test_marks_are_put_where_a_type_can_have_them():
    every = {question["code"] for question in questions(STRUCTURE)}

    assert identifying(with_marks(STRUCTURE, every)) == {"wish"}
    assert with_marks(STRUCTURE, set()) == STRUCTURE


@pytest.mark.parametrize(
    ("structure", "told"),
    [(MARKED, ["90 days after the consultation has closed; that you gave them stays."]), (PLAIN, [])],
    ids=["marked", "plain"],
)
def test_respondents_are_told_when_they_go(structure, told):
    consultation(structure={"sections": [structure["sections"][-1]]}, retention_days=90)
    respondent = Respondent()
    respondent.press(name=SECRET)

    hints = texts(respondent.at("review/"), "//form//p[@class='hint']")

    assert [line.partition(" are deleted ")[2] for line in hints] == told
