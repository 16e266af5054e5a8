"""Information requests as leaders and organisations use them."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import load_workbook

from platform_core.materials.drafts.models import Draft
from tests.factories.requests import asked, drawn_up, given, organisation_of, sent
from tests.people import add_member, add_organisation, browser_of
from tests.settling import settle
from workinggroups.models import Asked, InformationRequest
from workinggroups.services import information

pytestmark = pytest.mark.django_db

LIST = "/en/groups/4/requests/"


def later(days: int = 14) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def question_rows(*rows: dict) -> dict:
    told = {"questions-TOTAL_FORMS": len(rows), "questions-INITIAL_FORMS": 0}
    return told | {f"questions-{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()}


@pytest.mark.parametrize("page", [LIST, f"{LIST}matrix/", f"{LIST}add/"])
def test_who_enters(people, page):
    found = {name: browser_of(person).get(page).status_code for name, person in people.each()}

    outside = dict.fromkeys(("marko", "ana", "petra", "carl"), 403)
    assert found == {"lena": 200, "wanda": 200, **outside, "guest": 302}


def test_a_request_is_drawn_up_looked_at_and_sent(people):
    leader = browser_of(people.wanda)
    typed = {"title": "What is new?", "text": "Please tell.", "language": "en", "due_on": later()}
    made = leader.post(f"{LIST}add/", typed)
    asked_for = leader.post(
        made.url,
        question_rows(
            {"text": "What?", "kind": "long", "is_required": "on"},
            {},
            {"text": "Which?", "kind": "choice", "choices": "Up\nDown"},
        ),
    )
    address = f"{asked_for.url}organisations/"
    leader.post(f"{address}?tier=associated", {"everyone": "1"})
    leader.post(address, {"organisation": [organisation_of(people.petra).pk, add_organisation("empty").pk]})
    preview = leader.get(f"{asked_for.url}send/")
    leader.post(f"{asked_for.url}send/")

    found = InformationRequest.objects.get()
    assert [one.text for one in found.questions.all()] == ["What?", "Which?"]
    assert {(str(one.organisation), number) for one, number in preview.context["reached"]} == {
        ("Organisation org-ana", 1),
        ("Organisation org-petra", 1),
    }
    assert [str(one.organisation) for one in preview.context["unreached"]] == ["Organisation empty"]
    assert sorted(found.asked.values_list("state", flat=True)) == ["asked", "asked", "chosen"]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"text": "x" * 301, "kind": "text"}, "text"),
        ({"text": "Which?", "kind": "choice", "choices": "One"}, "choices"),
        ({"text": "Which?", "kind": "party"}, "kind"),
    ],
)
def test_what_is_wrong_with_a_question_is_told_in_its_row(people, row, field):
    made = drawn_up(people.wanda)

    answer = browser_of(people.wanda).post(f"{made.get_absolute_url()}questions/", question_rows(row))

    assert (answer.status_code, list(answer.context["forms"][0].errors)) == (400, [field])
    assert made.questions.count() == 5


def test_questions_changed_meanwhile_are_overwritten_only_knowingly(people):
    made = drawn_up(people.wanda)
    address, leader = f"{made.get_absolute_url()}questions/", browser_of(people.wanda)
    seen = {"seen": leader.get(address).context["unchanged"].stamp}
    leader.post(address, question_rows({"text": "What?", "kind": "text"}) | seen)
    row = question_rows({"text": "Who?", "kind": "text"})
    stopped = leader.post(address, row | seen)
    kept = [one.text for one in made.questions.all()]
    again = leader.post(address, row | {"seen": stopped.context["unchanged"]["seen"].value()})

    assert (stopped.status_code, kept, stopped.context["forms"][0]["text"].value()) == (400, ["What?"], "Who?")
    assert (again.status_code, [one.text for one in made.questions.all()]) == (302, ["Who?"])


def test_an_organisation_keeps_goes_on_and_gives(people):
    made = sent(people.wanda, people.ana)
    what, much, way, since, paper = made.questions.all()
    found, colleague = asked(made, people.ana), add_member("carla", "")
    colleague.affiliations.create(organisation=found.organisation, begins=timezone.localdate())
    address = found.get_absolute_url()
    first = {f"q{much.pk}": "1 200,5", f"q{paper.pk}": SimpleUploadedFile("paper.txt", b"Words."), "later": "1"}
    browser_of(people.ana).post(f"{address}keep/", first)
    other = browser_of(colleague)
    shown = other.get(address).context["form"]
    typed = {
        "seen": shown["seen"].value(),
        f"q{much.pk}": shown[f"q{much.pk}"].value(),
        f"q{way.pk}": "Up",
        "give": "1",
    }
    lacking = other.post(f"{address}keep/", typed)
    complete = other.post(f"{address}keep/", {**typed, f"q{what.pk}": "All.", f"q{since.pk}": "2025-03-01"})

    found.refresh_from_db()
    told = {answer.question_id: answer.file_name or answer.text for answer in found.answers.all()}
    assert (lacking.status_code, list(lacking.context["form"].errors), complete.status_code) == (
        400,
        [f"q{what.pk}"],
        302,
    )
    assert told == {what.pk: "All.", much.pk: "1200.5", way.pk: "Up", since.pk: "2025-03-01", paper.pk: "paper.txt"}
    assert (found.state, found.given_by) == ("given", colleague)


def test_what_does_not_fit_yet_is_kept_as_it_was_typed(people):
    made = sent(people.wanda, people.ana)
    much, address = made.questions.all()[1], asked(made, people.ana).get_absolute_url()
    browser = browser_of(people.ana)

    answer = browser.post(f"{address}keep/", {f"q{much.pk}": "about ten", "later": "1"})

    again = browser.get(address).context["form"]
    assert (answer.status_code, again[f"q{much.pk}"].value(), Draft.objects.count()) == (400, "about ten", 1)


def test_a_colleagues_answer_is_not_overwritten_unseen(people):
    made = sent(people.wanda, people.ana)
    what, found = made.questions.first(), asked(made, people.ana)
    browser, address = browser_of(people.ana), found.get_absolute_url()
    seen = browser.get(address).context["form"]["seen"].value()
    information.keep(found, {what.pk: "Hers"}, by=people.ana)

    answer = browser.post(f"{address}keep/", {"seen": seen, f"q{what.pk}": "Mine", "later": "1"})

    assert (answer.status_code, found.answers.get(question=what).text) == (400, "Hers")


def test_a_correction_leaves_out_nothing_that_has_to_be_answered(people):
    made = sent(people.wanda, people.ana)
    found, what = given(made, people.ana), made.questions.first()
    browser, address = browser_of(people.ana), f"{found.get_absolute_url()}keep/"

    codes = [browser.post(address, {f"q{what.pk}": text}).status_code for text in ("", "Better.")]

    assert (codes, found.answers.get(question=what).text) == ([400, 302], "Better.")


@pytest.mark.parametrize("text", ["NaN", "1e999999999", "ten", "1,2,3"])
def test_what_is_no_number_is_told(people, text):
    made = sent(people.wanda, people.ana)
    question = made.questions.all()[1]
    address = f"{asked(made, people.ana).get_absolute_url()}keep/"

    answer = browser_of(people.ana).post(address, {f"q{question.pk}": text, "later": "1"})

    assert list(answer.context["form"].errors) == [f"q{question.pk}"]


def test_each_sees_its_own_part_and_nobody_elses(people):
    made = sent(people.wanda, people.ana, people.petra)
    address = given(made, people.ana).get_absolute_url()

    codes = {name: browser_of(person).get(address).status_code for name, person in people.each()}
    whole = {name: browser_of(person).get(made.get_absolute_url()).status_code for name, person in people.each()}

    closed = dict.fromkeys(("marko", "petra", "carl"), 404)
    assert codes == {"lena": 200, "wanda": 200, "ana": 200, **closed, "guest": 302}
    assert whole == {"lena": 200, "wanda": 200, "ana": 404, **closed, "guest": 302}


def test_files_are_for_who_asked_and_who_gave(people):
    made = sent(people.wanda, people.ana)
    found, (what, *_rest, paper) = asked(made, people.ana), made.questions.all()
    information.keep(found, {what.pk: "x", paper.pk: SimpleUploadedFile("a.txt", b"Words.")}, by=people.ana)
    address = f"{found.get_absolute_url()}files/{paper.pk}/"

    def codes() -> list[int]:
        answers = [browser_of(person).get(address) for person in (people.ana, people.wanda, people.marko)]
        return [answer.status_code for answer in answers if answer.getvalue() is not None]

    before = codes()
    information.give(found, by=people.ana)

    assert (before, codes()) == ([200, 404, 404], [200, 200, 404])


@pytest.mark.parametrize(
    ("deed", "typed", "state"),
    [
        ("return", {"reason": "Which year?"}, "returned"),
        ("return", {"reason": ""}, "given"),
        ("extend", {"due_on": "1999-01-01"}, "given"),
    ],
)
def test_the_leader_returns_and_extends(people, deed, typed, state):
    found = given(sent(people.wanda, people.ana), people.ana)

    answer = browser_of(people.wanda).post(f"{found.get_absolute_url()}{deed}/", typed)

    found.refresh_from_db()
    assert (answer.status_code, found.state) == (302 if state == "returned" else 400, state)


@pytest.mark.parametrize("deed", ["return", "extend", "withdraw"])
def test_the_organisation_does_not_do_the_leaders_part(people, deed):
    found = given(sent(people.wanda, people.ana), people.ana)

    assert (
        browser_of(people.ana)
        .post(f"{found.get_absolute_url()}{deed}/", {"reason": "x", "due_on": later()})
        .status_code
        == 403
    )


def test_the_matrix_shows_days_and_their_median(people):
    first, second = (sent(people.wanda, people.ana, people.petra, title=title) for title in ("One", "Two"))
    for made, days in ((first, 2), (second, 5)):
        found = given(made, people.ana)
        Asked.objects.filter(pk=found.pk).update(asked_at=found.given_at - timedelta(days=days))
    browser = browser_of(people.wanda)

    rows = browser.get(f"{LIST}matrix/").context["rows"]
    few = browser.get(f"{LIST}matrix/?status=given").context["rows"]
    sheet = load_workbook(io.BytesIO(b"".join(browser.get(f"{LIST}matrix/?xlsx")))).active

    cells = [[(one.status, one.days) for one in row.cells] + [row.median] for row in rows]
    assert cells == [[("given", 2), ("given", 5), 3.5], [("asked", None), ("asked", None), None]]
    assert [row.organisation for row in few] == [organisation_of(people.ana)]
    assert [cell.value for cell in sheet[2]] == ["Organisation org-ana", "AT", "Given (2)", "Given (5)", 3.5]


def test_answers_are_taken_along_without_formulas(people):
    made = sent(people.wanda, people.ana)
    given(made, people.ana, "=HYPERLINK(1)")

    told = b"".join(browser_of(people.wanda).get(f"{made.get_absolute_url()}?csv")).decode()

    assert told.splitlines()[1].endswith(",0,,'=HYPERLINK(1),,,,")


@pytest.mark.parametrize(("page", "queries"), [("request", 15), ("matrix", 10), ("requests", 8)])
@pytest.mark.parametrize("number", [1, 3])
def test_pages_take_as_many_queries_for_one_organisation_as_for_three(
    people, number, page, queries, django_assert_num_queries
):
    those = (people.ana, people.petra, people.marko)[:number]
    made = sent(people.wanda, *those)
    for person in those:
        given(made, person)
    settle()
    browser = browser_of(people.wanda)
    address = {"request": made.get_absolute_url(), "matrix": f"{LIST}matrix/", "requests": LIST}[page]
    browser.get(address)

    with django_assert_num_queries(queries):
        browser.get(address)
