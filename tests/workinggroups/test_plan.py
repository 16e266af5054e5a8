"""The work plan: outputs by period, and figures that are lists which can be opened."""

import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from openpyxl import load_workbook

from tests.factories.repository import record
from tests.factories.tasks import task
from tests.factories.workinggroups import approved, group, page
from tests.people import add_member, browser_of, hold_anyway
from workinggroups.models import Output, PlanEvidence
from workinggroups.selectors import plan as selectors
from workinggroups.services import documents, plan as services

pytestmark = [pytest.mark.django_db, pytest.mark.database]

PLAN = "/en/groups/4/plan/"


def output(by, code: str = "O1", targets: dict | None = None) -> Output:
    made = Output(group=group(), code=code, name="Reports", unit="reports")
    return services.keep_output(made, {1: 2, 2: 3} if targets is None else targets, by=by)


@pytest.fixture
def rita(people):
    person = add_member("rita", "full")
    hold_anyway(person, "wg_representative", scope="group:4")
    return person


@pytest.mark.parametrize("address", [PLAN, f"{PLAN}periods/", f"{PLAN}outputs/add/"])
def test_who_enters(people, address):
    found = {name: browser_of(person).get(address).status_code for name, person in people.each()}

    outside = dict.fromkeys(("marko", "ana", "petra", "carl"), 403)
    assert found == {"lena": 200, "wanda": 200, **outside, "guest": 302}


def test_only_the_leader_keeps_the_plan(people, rita):
    made = output(people.wanda)

    for person in (rita, people.marko, people.guest):
        with pytest.raises(PermissionDenied):
            output(person, "O2")
    assert browser_of(rita).get(f"{made.get_absolute_url()}change/").status_code == 403
    assert browser_of(people.marko).get(made.get_absolute_url()).status_code == 403


def test_a_figure_is_what_is_approved_or_published(people, rita):
    made = output(people.wanda)
    done = approved(page(people.wanda), people.wanda, rita, timezone.localdate() + timedelta(days=7))
    begun, published = page(people.wanda, title="Begun"), record(by=people.marko)
    for thing, period in ((done, 1), (begun, 1), (published, 2)):
        services.show_evidence(made, thing, by=people.wanda, period=period)

    row = selectors.row_of(people.wanda, made)

    assert (row.reached, row.target) == (2, 5)
    assert [(cell.period, cell.reached, cell.target, len(cell.pieces)) for cell in row.cells] == [
        (1, 1, 2, 2),
        (2, 1, 3, 1),
    ]


def test_what_somebody_does_not_see_does_not_count_for_her(people, rita):
    made, paper = output(people.wanda), page(people.wanda)
    services.show_evidence(made, approved(paper, people.wanda, rita, timezone.localdate()), by=people.wanda, period=1)
    documents.mark(paper, by=people.wanda, marking="restricted")

    figures = [selectors.row_of(person, made).reached for person in (people.wanda, rita)]

    assert figures == [1, 0]


def test_the_same_is_shown_once_and_only_of_the_own_group(people):
    hold_anyway(people.lena, "wg_leader", scope="group:1")
    made, own, other = output(people.wanda), page(people.wanda), page(people.lena, of=1)
    services.show_evidence(made, own, by=people.wanda, period=1)

    with pytest.raises(ValidationError, match="already"):
        services.show_evidence(made, own, by=people.wanda, period=2)
    with pytest.raises(PermissionDenied):
        services.show_evidence(made, other, by=people.wanda, period=1)
    with pytest.raises(ValidationError, match="another group"):
        services.show_evidence(made, other, by=people.lena, period=1)


def test_evidence_is_shown_by_its_address_and_taken_away(people):
    made, paper = output(people.wanda), page(people.wanda)
    browser, address = browser_of(people.wanda), made.get_absolute_url()

    wrong = browser.post(f"{address}evidence/", {"address": "/en/groups/4/", "period": "1"})
    browser.post(f"{address}evidence/", {"address": f"https://example.org{paper.get_absolute_url()}", "period": "2"})
    row = PlanEvidence.objects.get()
    strange = browser_of(people.marko).post(f"/en/groups/evidence/{row.pk}/drop/")
    browser.post(f"/en/groups/evidence/{row.pk}/drop/")

    assert (wrong.status_code, list(wrong.context["form"].errors), row.document, row.period) == (
        400,
        ["address"],
        paper,
        2,
    )
    assert (strange.status_code, PlanEvidence.objects.count()) == (404, 0)


def test_an_output_is_written_and_its_code_is_its_own(people):
    browser = browser_of(people.wanda)
    typed = {"kind": "result", "code": "R1", "name": "Policies", "target_2": "13"}

    first, second = browser.post(f"{PLAN}outputs/add/", typed), browser.post(f"{PLAN}outputs/add/", typed)

    made = Output.objects.get()
    assert (first.url, made.kind, made.targets.get().number) == (made.get_absolute_url(), "result", 13)
    assert (second.status_code, list(second.context["form"].errors)) == (400, ["code"])


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"begins_1": "2026-05-01"}, "ends_1"),
        ({"begins_1": "2026-05-01", "ends_1": "2026-04-01"}, "ends_1"),
        (
            {"begins_1": "2026-01-01", "ends_1": "2026-06-30", "begins_2": "2026-06-30", "ends_2": "2026-12-31"},
            "begins_2",
        ),
        ({"begins_1": "soon"}, "begins_1"),
    ],
)
def test_periods_follow_each_other(people, typed, field):
    answer = browser_of(people.wanda).post(f"{PLAN}periods/", typed)

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, [field])
    assert group().periods.count() == 0


def test_periods_have_days(people):
    browser_of(people.wanda).post(f"{PLAN}periods/", {"begins_2": "2026-01-01", "ends_2": "2026-06-30"})

    assert list(group().periods.values_list("number", "begins")) == [(2, date(2026, 1, 1))]


def test_the_plan_is_taken_along(people):
    made = output(people.wanda)
    task(people.wanda, "=Write", output=made, period=1)

    sheet = load_workbook(io.BytesIO(b"".join(browser_of(people.wanda).get(f"{PLAN}?xlsx")))).active

    assert [cell.value for cell in sheet[2]] == ["O1", "Reports", "Output", "reports", 5, 0, "0/2; =Write", "0/3"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_plan_takes_as_many_queries_for_one_output_as_for_three(people, number, django_assert_num_queries):
    for place in range(number):
        made = output(people.wanda, f"O{place}")
        task(people.wanda, output=made, period=1)
        services.show_evidence(made, page(people.wanda), by=people.wanda, period=1)
    browser = browser_of(people.wanda)
    browser.get(PLAN)

    with django_assert_num_queries(15):
        browser.get(PLAN)
