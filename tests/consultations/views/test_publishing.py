import pytest

from consultations import selectors
from consultations.models import Consultation, Response, ResultSet
from consultations.publication import leave_out, publish_results
from platform_core.ground.texts.codes import interface_code
from platform_core.ground.ui.guest_cache import forget_guest_pages
from repository.models import Record
from tests.people import browser_of

from .pages import parsed, press_button, texts

PAGE = "/en/desk/consultations/finance/publish/"
RESULTS = "/en/consultations/finance/results/"


def told_by(response) -> list[str]:
    return parsed(response).xpath("//div[@class='result']/@id")


def test_every_question_is_chosen_at_first(computed, people):
    page = parsed(browser_of(people.wanda).get(PAGE))

    boxes = page.xpath("//input[@name='told']")
    assert [box.get("value") for box in boxes if box.get("checked") is None] == []
    assert len(boxes) == len([1 for told in computed.figures["questions"].values() if told["type"] != "info"])


def test_what_is_left_out_is_kept_and_leaves_the_preview(computed, people):
    browser = browser_of(people.wanda)
    all_told = told_by(browser.get(RESULTS))

    kept = press_button(browser, PAGE, "keep", told=all_told[1:])

    assert kept.url == PAGE
    assert ResultSet.objects.get().left_out == all_told[:1]
    assert told_by(browser.get(RESULTS)) == all_told[1:]


def test_leaving_everything_out_is_refused_beside_the_field(computed, people):
    page = press_button(browser_of(people.wanda), PAGE, "publish", told=[])

    assert page.status_code == 400
    assert page.context["form"].errors == {"told": ["Please leave at least one question to be published."]}
    assert (Record.objects.count(), Consultation.objects.get().state) == (0, "closed")


def test_a_choice_made_on_other_figures_is_refused(computed, people):
    page = press_button(browser_of(people.wanda), PAGE, "publish", results="0" * 64)

    assert (page.status_code, Record.objects.count()) == (400, 0)
    assert texts(page, "//div[@class='errors']//li") == [
        "The figures were computed again meanwhile. Please look at them once more."
    ]


def test_the_page_is_previewed_in_each_language(computed, people):
    page = parsed(browser_of(people.wanda).get(PAGE))

    assert page.xpath("//aside//section//a[@lang]/@href") == [
        f"/{interface_code(code)}/consultations/finance/results/" for code in computed.consultation.languages
    ]


def test_a_question_left_out_is_told_neither_on_the_page_nor_in_the_record(computed, people):
    codes = [
        code
        for code, told in computed.figures["questions"].items()
        if told["type"] in {"single", "multiple", "country"}
    ]
    leave_out(computed, codes, by=people.wanda)

    record = publish_results(computed.consultation, by=people.wanda, languages=("en",))

    guest = browser_of(people.guest)
    assert set(told_by(guest.get(RESULTS))) & set(codes) == set()
    assert texts(guest.get(RESULTS), "//select[@id='by']/option") == ["No comparison"]
    assert [line for line in record.description["en"].splitlines() if line.startswith("- ")] == []


def test_published_figures_do_not_move_when_the_answers_do(computed, people):
    publish_results(computed.consultation, by=people.wanda, languages=("en",))
    guest = browser_of(people.guest)
    before = guest.get(RESULTS).content
    forget_guest_pages()

    Response.objects.update(answers={"audience": "policy"})
    later = ResultSet.objects.create(
        consultation=computed.consultation,
        questionnaire=computed.questionnaire,
        figures={"questions": {}},
        base=0,
        sha256="0" * 64,
    )

    assert guest.get(RESULTS).content == before
    assert selectors.results_for(people.wanda, computed.consultation).pk == computed.pk != later.pk


@pytest.mark.parametrize("deed", ["compute", "publish"])
def test_after_publication_nothing_is_computed_or_published_again(computed, people, deed):
    publish_results(computed.consultation, by=people.wanda, languages=("en",))

    answer = browser_of(people.wanda).post(f"/en/desk/consultations/finance/{deed}/", {"told": ["audience"]})

    assert (answer.status_code, Record.objects.count(), ResultSet.objects.count()) == (403, 1, 1)


@pytest.mark.parametrize(
    ("name", "status"), [("lena", 200), ("wanda", 200), ("marko", 403), ("ana", 403), ("petra", 403), ("guest", 302)]
)
def test_who_sees_the_page_before_publishing(computed, people, name, status):
    assert browser_of(people.named(name)).get(PAGE).status_code == status
