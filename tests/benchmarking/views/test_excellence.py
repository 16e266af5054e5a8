"""A cluster organisation assesses itself, is verified, and publishes its label, over HTTP."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from benchmarking.models import Label, SelfAssessment
from benchmarking.selectors import excellence as selectors
from benchmarking.services import excellence as services
from benchmarking.services.excellence_groups import renew
from platform_core.exchange.assessment.models import Assessment, Evaluation
from tests.consultations.views.pages import parsed, texts
from tests.factories.assessments import add_experts
from tests.factories.policies import answers, cluster, manager, submitted, verified
from tests.people import browser_of
from tests.settling import settle

pytestmark = pytest.mark.django_db
DESK, PUBLIC = "/en/desk/benchmarking/excellence/", "/en/benchmarking/excellence/"
OWN = "/en/members/woodland/"


@pytest.fixture
def mara(people):
    return manager(cluster())


def typed(found: SelfAssessment, value: int = 3) -> dict:
    pks = list(answers(found))
    return {f"value_{pk}": str(value) for pk in pks} | {f"text_{pk}": "A page of the manual." for pk in pks}


def test_from_a_draft_to_a_published_label(people, mara):
    verifiers, browser, lena = add_experts(), browser_of(mara), browser_of(people.lena)
    begun = browser.post(f"{DESK}begin/woodland/")
    found = SelfAssessment.objects.get()
    first = next(iter(answers(found)))
    browser.post(begun.url, {f"value_{first}": "2", f"text_{first}": "Half a page.", "keep": "1"})
    assert found.scores.get(criterion=first).text == "Half a page."
    browser.post(begun.url, {**typed(found), "submit": "1"})
    settle()

    due_on = timezone.localdate() + timedelta(weeks=2)
    asked = {"evaluators": [person.pk for person in verifiers], "due_on": due_on.isoformat()}
    assert lena.post(f"{DESK}{found.pk}/verifiers/", asked).status_code == 302
    settle()
    for person in verifiers:
        verify(browser_of(person), person, found)
    rating = Assessment.objects.get()
    lena.post(f"/en/assessments/{rating.pk}/conclude/", {"outcome": "label", "reason": "As found."})
    settle()
    before = labels(browser_of(people.guest))
    browser.post(f"/en/desk/benchmarking/labels/{Label.objects.get().pk}/publish/", {"publish": "1"})
    settle()

    assert (before, labels(browser_of(people.guest))) == ([], ["Organisation woodland"])
    assert texts(browser.get(f"{DESK}{found.pk}/"), "//ol/li[small]") == []


def labels(browser) -> list[str]:
    return texts(browser.get(f"{PUBLIC}labels/"), "//article/h2")


def verify(browser, person, found: SelfAssessment) -> None:
    address = Evaluation.objects.get(evaluator=person).get_absolute_url()
    browser.post(address, {"has_conflict": "no"})
    data = {f"evidence_{score.criterion_id}": [f"own:{score.pk}"] for score in found.scores.all()}
    pks = list(answers(found))
    data |= {f"value_{pk}": "3" for pk in pks} | {f"reason_{pk}": "Seen." for pk in pks}
    assert browser.post(address, data).status_code == 302
    settle()


def test_what_lacks_is_said_at_its_indicator(mara):
    made = services.begin(mara.affiliations.get().organisation, by=mara)
    first = next(iter(answers(made)))

    page = browser_of(mara).post(f"{DESK}{made.pk}/fill/", {**typed(made), f"text_{first}": "", "submit": "1"})

    assert (page.status_code, list(page.context["form"].errors)) == (400, [f"text_{first}"])
    assert SelfAssessment.objects.get().state == "draft"


@pytest.mark.parametrize("name", ["lena", "wanda", "marko", "ana", "petra", "carl"])
def test_nobody_else_opens_a_draft(people, mara, name):
    made = services.begin(mara.affiliations.get().organisation, by=mara)
    browser = browser_of(people.named(name))

    assert {browser.get(f"{DESK}{made.pk}/{page}").status_code for page in ("", "fill/", "?csv")} == {404}
    assert browser.post(f"{DESK}begin/woodland/").status_code == 403


def test_a_confidential_label_is_on_no_page(people, mara):
    verified(people, add_experts(), submitted(mara, mara.affiliations.get().organisation))

    shown = {
        name: "Excellent cluster management" in browser_of(person).get(OWN).content.decode()
        for name, person in [*people.each(), ("mara", mara)]
    }

    assert [name for name, seen in shown.items() if seen] == ["mara"]


def test_the_organisation_reads_its_recommendations(people, mara):
    made = verified(people, add_experts(), submitted(mara, mara.affiliations.get().organisation), 2, "none")

    page = browser_of(mara).get(f"{DESK}{made.pk}/")

    assert len(parsed(page).xpath("//ol[not(ancestor::nav)]/li[small]")) == len(selectors.unmet(made)) == 15
    assert "Not shown while fewer than 5 organisations are verified." in page.content.decode()


def test_a_returned_one_says_why(people, mara):
    made = submitted(mara, mara.affiliations.get().organisation)

    browser_of(people.lena).post(f"{DESK}{made.pk}/return/", {"reason": "Links are missing."})

    assert "Links are missing." in browser_of(mara).get(f"{DESK}{made.pk}/").content.decode()
    assert SelfAssessment.objects.get().state == "draft"


@pytest.mark.parametrize(
    ("name", "status"),
    [("lena", 200), ("wanda", 200), ("ana", 200), ("petra", 403), ("carl", 403), ("guest", 403)],
)
def test_who_reads_all_together(people, name, status):
    assert browser_of(people.named(name)).get(f"{PUBLIC}together/").status_code == status


@pytest.mark.parametrize(
    "address", [PUBLIC, f"{PUBLIC}sets/1/", f"{PUBLIC}labels/", "/en/benchmarking/methods/excellence/"]
)
def test_everybody_reads_the_set(people, address):
    assert browser_of(people.guest).get(address).status_code == 200


def test_the_desk_shows_each_what_waits(people, mara):
    submitted(mara, mara.affiliations.get().organisation)

    assert texts(browser_of(mara).get(DESK), "//article/h2") == ["Organisation woodland"]
    assert texts(browser_of(people.lena).get(DESK), "//article/h3") == ["Organisation woodland"]
    assert texts(browser_of(people.marko).get(DESK), "//article") == []


def test_members_choose_a_group(people):
    grid = selectors.set_in_force()
    state = {"grid": grid, "state": "verified", "begun_on": timezone.localdate(), "judged": 31}
    for number, country in enumerate(["AT"] * 5 + ["BG"] * 6):
        made = cluster(f"c{number}")
        made.country_id = country
        made.save()
        SelfAssessment.objects.create(organisation=made, met=3 * number, **state)
    renew(date(2026, 10, 2))

    page = browser_of(people.marko).get(f"{PUBLIC}together/?group=country-BG")

    assert texts(page, "//table[@class='data' and not(ancestor::details)]/tbody/tr/th") == [
        "All verified organisations",
        "Austria Country",
        "Bulgaria Country",
    ]
    assert texts(page, "//select[@name='group']//option[@selected]") == ["Bulgaria"]
    assert texts(page, "//table[@class='data' and not(ancestor::details)]/tbody/tr[3]/td")[0] == "6"
    assert texts(page, "//p[@class='hint']")[1].startswith("As of 2 October 2026.")
    assert "?group=country-BG&csv" in parsed(page).xpath("//a/@href")


@pytest.mark.parametrize("name", ["petra", "carl", "guest"])
def test_groups_are_for_members_alone(people, name):
    browser = browser_of(people.named(name))

    assert {browser.get(f"{PUBLIC}together/{query}").status_code for query in ("?group=country-BG", "?csv")} == {403}
