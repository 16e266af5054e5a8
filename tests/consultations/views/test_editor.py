"""The editor over HTTP: what a leader does to the questions of a draft."""

import pytest

from consultations.drafting import find_question
from consultations.models import Consultation, DraftState, Questionnaire
from consultations.structure import questions
from platform_core.identity.access import services as access
from tests.factories.consultations import consultation
from tests.people import browser_of, hold_anyway

from .pages import parsed, queries, texts

HOME = "/en/desk/consultations/finance/"
PAGES = (
    "questions/",
    "states/",
    "audiences/",
    "sections/add/",
    "sections/money/",
    "sections/money/add/",
    "sections/money/move/",
    "sections/money/delete/",
    "sections/money/show/",
    "questions/wish/",
    "questions/wish/move/",
    "questions/wish/delete/",
    "questions/wish/show/",
    "questions/wish/require/",
)


@pytest.fixture
def draft(people) -> Consultation:
    return consultation(open_now=False)


@pytest.fixture
def wanda(people, draft):
    return browser_of(people.wanda)


def version() -> Questionnaire:
    return Questionnaire.objects.get()


def question(code: str) -> dict | None:
    return find_question(version().structure, code)


def codes() -> list[str]:
    return [asked["code"] for asked in questions(version().structure)]


def filled(browser, address: str, **typed) -> dict:
    """The form of a page as a browser would send it, with what is typed in place."""
    form = parsed(browser.get(address)).xpath("//main//form[contains(@class, 'form')]")[-1]
    held: dict[str, list[str]] = {}
    for name, value in form.form_values():
        if name != "csrfmiddlewaretoken":
            held.setdefault(name, []).append(value)
    return {**held, **typed}


def keep(browser, rest: str, **typed):
    return browser.post(HOME + rest, filled(browser, HOME + rest, **typed))


def said(response) -> list[str]:
    return texts(response, "//*[@role='alert']//li")


@pytest.mark.parametrize("rest", PAGES)
def test_who_opens_the_editor(people, draft, rest):
    access.give_role(people.marko, "wg_representative", scope="group:4")
    names = ("lena", "wanda", "marko", "ana", "petra", "carl", "guest")

    found = {name: browser_of(people.named(name)).get(HOME + rest).status_code for name in names}

    refused = dict.fromkeys(("ana", "petra", "carl"), 403)
    assert found == {"lena": 200, "wanda": 200, "marko": 200, **refused, "guest": 302}


def test_a_leader_of_another_group_finds_nothing_to_change(people, draft):
    access.give_role(people.marko, "wg_leader", scope="group:3")

    assert browser_of(people.marko).get(HOME + "questions/").status_code == 403
    assert browser_of(people.marko).post(HOME + "arrange/", {"up": "wish"}).status_code == 403


def test_an_expert_reads_and_changes_nothing(people, draft):
    hold_anyway(people.ana, "wg_expert", "group:4")
    ana = browser_of(people.ana)

    page = ana.get(HOME + "questions/")

    assert (page.status_code, parsed(page).xpath("//main//form")) == (200, [])
    assert ana.get(HOME + "questions/wish/").status_code == 403


def test_all_sections_and_questions_are_listed(wanda):
    page = wanda.get(HOME + "questions/")

    assert texts(page, "//section[contains(@class, 'sheet')]//h2") == ["1. About you", "2. Money"]
    assert texts(page, "//ol[contains(@class, 'asked-list')]//h3") == [
        "Who are you?",
        "Where?",
        "Which sources?",
        "Public share",
        "One wish",
    ]
    assert "shown when “Who are you?” is “Policy maker”" in texts(page, "//*[@id='q-share']//li")


def test_the_list_costs_the_same_with_more_questions(wanda, draft):
    def cost() -> int:
        wanda.get(HOME + "questions/")  # works out once what can be reached
        return queries(wanda, HOME + "questions/")

    keep(wanda, "sections/money/add/?type=text", text="Number")
    few = cost()
    for number in range(5):
        keep(wanda, "sections/money/add/?type=text", text=f"Number {number}")

    assert (len(codes()), cost()) == (11, few)


def test_a_question_is_added_with_a_code_of_its_text(wanda):
    answer = keep(
        wanda,
        "sections/about/add/?type=single",
        text="How large is your cluster?",
        options="Small\nmid | Medium\nLarge – very",
        required="on",
    )

    assert answer.url == f"{HOME}questions/#q-how_large_is_your"
    assert question("how_large_is_your") == {
        "code": "how_large_is_your",
        "type": "single",
        "text": {"en": "How large is your cluster?"},
        "required": True,
        "options": [
            {"code": "small", "text": {"en": "Small"}},
            {"code": "mid", "text": {"en": "Medium"}},
            {"code": "large_very", "text": {"en": "Large – very"}},
        ],
    }


TYPED = {
    "single": {"options": "A\nB"},
    "multiple": {"options": "A\nB", "max": "1", "exclusive": "b"},
    "matrix": {"rows": "Here", "columns": "Yes\nNo"},
    "matrix_multiple": {"rows": "Here", "columns": "Yes\nNo"},
    "likert": {"rows": "Here", "scale": "Low\nHigh", "dont_know": "on"},
    "rating": {"max": "5", "low": "Bad"},
    "ranking": {"options": "A\nB", "top": "2"},
    "budget": {"options": "A\nB", "total": "100"},
    "number": {"min": "1", "max": "2.5", "unit": "km"},
    "slider": {"min": "0", "max": "10", "step": "2"},
    "date": {"min": "2026-01-01", "max": "2027-01-01"},
    "text": {"max_length": "10"},
    "long_text": {},
    "email": {},
    "url": {},
    "region": {"level": "2"},
    "country": {},
    "organisation": {},
    "file": {"max_mb": "2", "accept": ["pdf"]},
    "consent": {},
    "info": {},
}


@pytest.mark.parametrize("kind", TYPED)
def test_every_type_is_added_and_kept_unchanged(wanda, kind):
    keep(wanda, f"sections/about/add/?type={kind}", text="Something new", **TYPED[kind])
    made = question("something_new")
    digest = version().sha256

    keep(wanda, "questions/something_new/")

    assert made["type"] == kind
    assert version().sha256 == digest
    assert texts(wanda.get(HOME + "questions/"), "//p[@class='msg']") == []


def test_a_wrong_question_is_shown_again_with_what_was_typed(wanda):
    answer = keep(wanda, "sections/about/add/?type=multiple", text="Which?", options="A\nB", min="3")

    assert answer.status_code == 400
    assert said(answer) == ["more answers are needed than there are"]
    assert texts(answer, "//textarea[@name='options']") == ["A B"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"text": ""}, "This field is required."),
        ({"options": "one"}, "At least 2 lines are needed."),
        ({"options": "a | One\na | Two"}, "The code a is used twice."),
        ({"options": "a |\nb | Two"}, "Line 1 has a code and no text."),
        ({"options": "x" * 400 + "\nb"}, "Line 1 has 400 characters; at most 300 fit."),
        ({"options": "\n".join(map(str, range(10_000)))}, "These are 10000 lines; at most 200 are possible."),
        ({"code": "Größe"}, "A code begins with a letter and has small letters, digits and _ only, at most 32."),
        ({"code": "wish"}, "This code is used already."),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(wanda, typed, told):
    answer = keep(wanda, "sections/about/add/?type=single", **{"text": "Which?", "options": "A\nB", **typed})

    assert (answer.status_code, told in " ".join(said(answer)), len(codes())) == (400, True, 5)


def test_html_in_texts_is_text(wanda):
    keep(wanda, "questions/wish/", text="<script>alert(1)</script><b>Wish</b>")

    for page in ("questions/", "questions/wish/", "questions/wish/delete/", "preview/2/", "questions/wish/show/"):
        answer = wanda.get(HOME + page)
        assert (answer.status_code, b"<script>alert" in answer.content) == (200, False)


def test_translations_stay_when_the_source_changes(wanda):
    keep(wanda, "questions/audience/", text="Who answers?", options="policy | Policy people\nprivate | Company")

    asked = question("audience")
    assert asked["text"] == {"en": "Who answers?", "el": "Ποιος είστε;", "bg": "Кой сте вие?"}
    assert asked["options"][0]["text"] == {"en": "Policy people", "el": "Πολιτική", "bg": "Политика"}


def test_what_somebody_else_changed_is_not_overwritten(people, wanda):
    old = filled(wanda, HOME + "questions/wish/", text="Wanda's wish")
    keep(browser_of(people.lena), "questions/wish/", text="Lena's wish")

    answer = wanda.post(HOME + "questions/wish/", old)

    assert (answer.status_code, question("wish")["text"]["en"]) == (400, "Lena's wish")
    assert texts(answer, "//textarea[@name='text']") == ["Wanda's wish"]


def test_two_people_change_two_questions(people, wanda):
    old = filled(wanda, HOME + "questions/wish/", text="Wanda's wish")
    keep(browser_of(people.lena), "questions/sources/", text="Lena's sources")

    wanda.post(HOME + "questions/wish/", old)

    assert (question("wish")["text"]["en"], question("sources")["text"]["en"]) == ("Wanda's wish", "Lena's sources")


def test_a_double_click_adds_once(wanda):
    form = filled(wanda, HOME + "sections/about/add/?type=text", text="Only once")

    answers = [wanda.post(HOME + "sections/about/add/?type=text", form).status_code for _twice in range(2)]

    assert (answers, codes().count("only_once"), len(codes())) == ([302, 400], 1, 6)


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ({"up": "wish"}, ["audience", "country", "sources", "wish", "share"]),
        ({"section_down": "about"}, ["sources", "share", "wish", "audience", "country"]),
        ({"dragged": "wish", "before": "audience"}, ["wish", "audience", "country", "sources", "share"]),
        ({"copy": "wish"}, ["audience", "country", "sources", "share", "wish", "wish_2"]),
    ],
)
def test_arranging(wanda, typed, order):
    wanda.post(HOME + "arrange/", {**typed, "seen": version().sha256})

    assert codes() == order


def test_arranging_what_has_changed_does_nothing(wanda):
    answer = wanda.post(HOME + "arrange/", {"up": "wish", "seen": "0" * 64}, follow=True)

    assert codes() == ["audience", "country", "sources", "share", "wish"]
    assert [str(message) for message in answer.context["messages"]] == [
        "Somebody has changed the questions meanwhile, so nothing was done. Look at them again."
    ]


@pytest.mark.parametrize("typed", [{}, {"up": "nothing"}, {"dragged": "wish"}])
def test_nonsense_is_arranged_nowhere(wanda, typed):
    assert wanda.post(HOME + "arrange/", typed).status_code in (302, 404)
    assert DraftState.objects.count() == 0


def test_a_question_is_moved_by_choosing_its_place(wanda):
    keep(wanda, "questions/wish/move/", place="about:1")

    assert codes() == ["audience", "wish", "country", "sources", "share"]


def test_deleting_says_what_depends_on_it(wanda):
    page = wanda.get(HOME + "questions/audience/delete/")
    refused = keep(wanda, "questions/audience/delete/")
    done = keep(wanda, "questions/audience/delete/", with_conditions="on")

    assert texts(page, "//main//ul/li/code") == ["share"]
    assert (refused.status_code, done.status_code) == (400, 302)
    assert (codes(), question("share").get("show")) == (["country", "sources", "share", "wish"], None)


def test_changes_are_taken_back_one_after_the_other(wanda):
    before = version().sha256
    keep(wanda, "questions/wish/", text="First")
    keep(wanda, "questions/wish/", text="Second")

    found = []
    for _twice in range(2):
        wanda.post(HOME + "undo/")
        found.append(question("wish")["text"]["en"])

    assert (found, version().sha256) == (["First", "One wish"], before)


def test_nothing_is_taken_back_where_nothing_was_done(wanda):
    assert [str(m) for m in wanda.post(HOME + "undo/", follow=True).context["messages"]] == [
        "There is nothing to take back."
    ]


def test_an_earlier_state_is_brought_back(wanda):
    keep(wanda, "questions/wish/", text="First")
    keep(wanda, "questions/wish/delete/")
    state = DraftState.objects.get(deed="question_changed")

    wanda.post(HOME + "states/", {"state": state.pk, "seen": version().sha256})

    assert question("wish")["text"]["en"] == "First"
    assert len(texts(wanda.get(HOME + "states/"), "//table//tbody/tr")) == 4


def test_a_code_that_was_published_stays(people):
    consultation()
    browser = browser_of(people.wanda)
    browser.post(HOME + "versions/begin/")

    browser.post(HOME + "questions/wish/", filled(browser, HOME + "questions/wish/", code="hope"))

    assert [
        version.structure == Questionnaire.objects.first().structure for version in Questionnaire.objects.all()
    ] == [
        True,
        True,
    ]


def test_published_questions_are_shown_and_not_changed(people):
    consultation()
    browser = browser_of(people.wanda)

    assert browser.get(HOME + "questions/").status_code == 200
    assert browser.get(HOME + "questions/wish/").status_code == 404
    assert browser.post(HOME + "arrange/", {"up": "wish"}).status_code == 404


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("matrix", "dont_know"),
        *((kind, name) for kind in ("text", "long_text") for name in ("personal", "identifies")),
    ],
)
def test_what_a_type_can_be_told_has_a_field(wanda, kind, name):
    typed = {"text": "And this?", "rows": "a | A", "columns": "x | X\ny | Y", name: "on"}
    address = f"sections/money/add/?type={kind}"

    keep(wanda, address, **typed)

    made = next(asked for asked in questions(version().structure) if asked["text"] == {"en": "And this?"})
    assert (made["type"], made[name]) == (kind, True)


def test_a_mark_taken_away_leaves_the_hash_as_it_was(wanda):
    address = "questions/wish/"
    before = version().sha256
    keep(wanda, address, identifies="on")
    marked = version().sha256
    listed = texts(wanda.get(HOME + "questions/"), "//li[text()='asks for personal data']")
    typed = {name: given for name, given in filled(wanda, HOME + address).items() if name != "identifies"}

    wanda.post(HOME + address, typed)

    assert (marked == before, listed, version().sha256) == (False, ["asks for personal data"], before)
    assert "identifies" not in question("wish")
