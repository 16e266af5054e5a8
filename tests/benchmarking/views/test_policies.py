"""From an empty scorecard to a published one, over HTTP; and what each of the cast is shown."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from benchmarking.models import Area, Measure, PolicyScore, Scorecard
from platform_core.exchange.assessment import services as judging
from platform_core.exchange.assessment.models import Assessment, Evaluation
from tests.consultations.views.pages import parsed, queries, texts
from tests.factories.assessments import add_experts
from tests.factories.policies import (
    area,
    called,
    line,
    measure,
    published,
    rate as rate_lines,
    scorecard,
    study_of_peers,
)
from tests.factories.repository import record
from tests.people import browser_of
from tests.settling import settle

pytestmark = pytest.mark.django_db
DESK, PUBLIC = "/en/desk/benchmarking/policies/", "/en/benchmarking/policies/"


@pytest.fixture
def raters(people):
    return add_experts()


def test_a_whole_rating(people, raters):
    wanda, mechanism = browser_of(people.wanda), record("Guarantees", kind="policy_mechanism")
    begun = wanda.post(f"{DESK}begin/4/", {"area": area().pk, "begins": 2024, "ends": 2026})
    found = Scorecard.objects.get()
    assert begun.url == f"{PUBLIC}{found.pk}/"

    lines = [line(found, code).pk for code in ("t4-commitment", "t4-indicators")]
    typed = {"title": "Contracts", "record": f"http://testserver{mechanism.get_absolute_url()}", "lines": lines}
    assert wanda.post(f"{DESK}{found.pk}/measures/", typed).url == begun.url
    due_on = timezone.localdate() + timedelta(weeks=2)
    asked = {"evaluators": [person.pk for person in raters], "due_on": due_on.isoformat()}
    assert wanda.post(f"{DESK}{found.pk}/raters/", asked).status_code == 302
    settle()
    for person in raters:
        rate(browser_of(person), person, lines)
    lena, rating = browser_of(people.lena), Assessment.objects.get()
    lena.post(f"/en/assessments/{rating.pk}/conclude/", {"outcome": "published", "reason": "Agreed."})
    settle()

    page = browser_of(people.guest).get(begun.url)
    assert texts(page, "//td[@class='tint-3']") == ["3", "3"]
    assert texts(page, "//article//h3") == ["Contracts"]
    assert [float(row.median) for row in PolicyScore.objects.all()] == [3.0, 3.0]


def rate(browser, person, lines: list[int]) -> None:
    own = Evaluation.objects.get(evaluator=person)
    address = f"/en/assessments/evaluations/{own.pk}/"
    browser.post(address, {"has_conflict": "no"})
    typed = {f"evidence_{pk}": [Measure.objects.get().evidence_key] for pk in lines}
    typed |= {f"value_{pk}": "3" for pk in lines} | {f"reason_{pk}": "As the law says." for pk in lines}
    answer = browser.post(address, typed)
    assert answer.status_code == 302, answer.context["form"].errors
    settle()


def test_a_step_without_evidence_is_refused_at_its_line_and_what_was_typed_stays(people, raters):
    found = scorecard(people.wanda)
    measure(found, people.wanda)
    own = called(found, raters, people.wanda).evaluations.get(evaluator=raters[0])
    browser, pk = browser_of(raters[0]), line(found, "t4-commitment").pk
    browser.post(own.get_absolute_url(), {"has_conflict": "no"})

    page = browser.post(own.get_absolute_url(), {f"value_{pk}": "3", f"reason_{pk}": "I think so."})

    assert (page.status_code, list(page.context["form"].errors)) == (422, [f"evidence_{pk}"])
    assert page.context["form"].data[f"reason_{pk}"] == "I think so."


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"area": ""}, "area"), ({"begins": "soon"}, "begins"), ({"ends": 2020}, "ends"), ({"begins": 20240}, "begins")],
)
def test_a_period_that_cannot_be_is_said_at_its_field(people, typed, field):
    good = {"area": area().pk, "begins": 2024, "ends": 2026}
    page = browser_of(people.wanda).post(f"{DESK}begin/4/", {**good, **typed})

    assert (page.status_code, list(page.context["form"].errors)) == (400, [field])
    assert Scorecard.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"lines": []}, "lines"),
        ({"link": "nonsense"}, "link"),
        ({"record": "/en/nowhere/"}, "record"),
        ({"link": ""}, "record"),
    ],
)
def test_a_measure_that_cannot_be_is_said_at_its_field(people, typed, field):
    found = scorecard(people.wanda)
    good = {"title": "Contracts", "link": "https://example.org/", "lines": [line(found, "t1-gap").pk]}

    page = browser_of(people.wanda).post(f"{DESK}{found.pk}/measures/", {**good, **typed})

    assert (page.status_code, list(page.context["form"].errors)) == (400, [field])
    assert Measure.objects.count() == 0


def test_a_line_one_rater_judged_says_so_and_has_no_figure(people, raters):
    found = scorecard(people.wanda)
    measure(found, people.wanda, codes=("t4-commitment", "t4-indicators"))
    rating = called(found, raters, people.wanda)
    rate_lines(rating, raters[0], t4_commitment=3, t4_indicators=2)
    rate_lines(rating, raters[1], t4_commitment=2, t4_indicators=None)
    judging.conclude(rating, "published", "Agreed.", by=people.lena)

    page = browser_of(people.guest).get(found.get_absolute_url())
    table = browser_of(people.guest).get(f"{found.get_absolute_url()}?csv")
    rows = list(csv.reader(io.StringIO(b"".join(table.streaming_content).decode("utf-8-sig"))))
    raters_by_line = {row[2]: row[-1] for row in rows[1:] if row[-1] != "0"}

    (line_once,) = texts(page, "//tr[td='one rater only']/th")
    assert line_once.startswith(str(line(found, "t4-indicators").question))
    assert raters_by_line == {
        str(line(found, "t4-commitment").question): "2",
        str(line(found, "t4-indicators").question): "1",
    }


def test_a_stale_measure_overwrites_nothing(people):
    found = scorecard(people.wanda)
    held = measure(found, people.wanda)
    address, browser = f"/en/desk/benchmarking/measures/{held.pk}/", browser_of(people.wanda)
    (form,) = parsed(browser.get(address)).xpath("//form[.//input[@name='seen']]")
    typed = dict(form.form_values())
    measure(found, people.lena, "Changed meanwhile", measure=held)

    page = browser.post(address, typed)

    assert (page.status_code, str(Measure.objects.get().title)) == (400, "Changed meanwhile")


@pytest.mark.parametrize(
    ("name", "status"),
    [("lena", 200), ("wanda", 200), ("marko", 404), ("ana", 404), ("petra", 404), ("carl", 404), ("guest", 404)],
)
def test_who_sees_a_scorecard_under_way(people, name, status):
    found = scorecard(people.wanda)

    assert browser_of(people.named(name)).get(f"{PUBLIC}{found.pk}/").status_code == status


@pytest.mark.parametrize(
    "address", [PUBLIC, f"{PUBLIC}rubric/", f"{PUBLIC}rubric/1/", "/en/benchmarking/methods/policy/"]
)
def test_everybody_reads_what_is_public(people, address):
    assert browser_of(people.guest).get(address).status_code == 200


def test_a_published_scorecard_is_taken_along(people, raters):
    found = published(people, raters)
    guest = browser_of(people.guest)

    rows = b"".join(guest.get(f"{PUBLIC}{found.pk}/?csv").streaming_content).decode("utf-8-sig").splitlines()

    assert (len(rows), rows[0]) == (34, "Reference,Theme,Line,Median,Lowest,Highest,Raters")
    assert [row.rsplit(",", 4)[1:] for row in rows if row.startswith('"§ 3.7, 4.1"')] == [["2.5", "2", "3", "2"]]
    assert b"".join(guest.get(f"{PUBLIC}{found.pk}/?xlsx").streaming_content)[:2] == b"PK"


def test_peers_and_years_have_their_pages(people, raters):
    found = published(people, raters)
    guest = browser_of(people.guest)

    assert texts(guest.get(f"{PUBLIC}{found.pk}/peers/"), "//p[@class='empty-title']") == ["Nothing is compared"]
    assert texts(guest.get(f"{PUBLIC}areas/AT12/"), "//tbody//th/a") == ["2024–2026"]
    assert guest.get(f"{PUBLIC}areas/HU32/").status_code == 404


def test_beside_its_peers_the_nearest_first(people, raters):
    found = published(people, raters)
    for code in ("AT31", "HU32", "SI04"):
        published(people, raters, code)
    study_of_peers("AT12", ["SI04", "AT31", "RO32"])
    address, guest = f"{PUBLIC}{found.pk}/peers/", browser_of(people.guest)

    page = guest.get(address)

    assert texts(page, "//section[4]//thead//th") == [
        "Line",
        "Niederösterreich (AT12) 2024–2026",
        "Zahodna Slovenija (SI04) 2024–2026",
        "Oberösterreich (AT31) 2024–2026",
    ]
    assert texts(page, "//section[4]//tbody/tr[1]/td") == ["2.5", "2.5", "2.5"]
    rows = b"".join(guest.get(f"{address}?csv").streaming_content).splitlines()
    assert len(rows) == 34


def test_the_lists_cost_the_same_with_one_and_with_three(people, raters):
    published(people, raters)
    browser = browser_of(people.marko)
    with_one = queries(browser, PUBLIC)
    for code in ("AT31", "HU32"):
        published(people, raters, code)

    assert queries(browser, PUBLIC) == with_one


def test_the_desk_costs_the_same_with_one_and_with_three(people):
    browser = browser_of(people.wanda)
    scorecard(people.wanda)
    with_one = queries(browser, DESK)
    for code in ("AT31", "HU32"):
        scorecard(people.wanda, code)

    assert queries(browser, DESK) == with_one


def test_a_region_shows_its_policy(people, raters):
    found = published(people, raters)

    page = browser_of(people.guest).get("/en/regions/AT12/")

    assert len(parsed(page).xpath(f"//a[@href='{found.get_absolute_url()}']")) == 1


def test_every_programme_area_can_be_chosen(people):
    page = browser_of(people.wanda).get(f"{DESK}begin/4/")

    offered = parsed(page).xpath("//select[@name='area']/option[@value!='']")
    assert len(offered) == Area.objects.filter(pk__in=[option.get("value") for option in offered]).count() > 80
