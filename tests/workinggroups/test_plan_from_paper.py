"""The work plan begins with the tables of the concept paper."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.factories.workinggroups import change, group
from tests.people import add_member, browser_of, hold_anyway
from workinggroups import concept
from workinggroups.concept import Promise
from workinggroups.models import Output
from workinggroups.services import plan, setups

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TABLES = """## Expected outputs and results

| Output | Target value | Period |
|---|---|---|
| Good practices collected | 12 | 2 |
| Good practices collected | 6 practices | 03 |
| Workshop | 1 | 1 – 4 |
| Letter | many | soon |

| Result | Target value | Period |
|---|---|---|
| Policies improved | 3 | 4 |
"""


@pytest.fixture
def paper(people):
    made = setups.begin_concept(group(), by=people.wanda, language="en")
    return change(made, people.wanda, text=TABLES)


def kept() -> list[tuple[str, str, dict[int, int]]]:
    return [(one.code, one.name, {row.period: row.number for row in one.targets.all()}) for one in Output.objects.all()]


PLAN = [
    ("O1", "Good practices collected", {2: 12, 3: 6}),
    ("O2", "Workshop", {4: 1}),
    ("O3", "Letter", {}),
    ("R1", "Policies improved", {4: 3}),
]


def test_both_tables_are_taken_over_by_period(people, paper):
    made, unread = plan.take_over(group(), by=people.wanda)

    assert (len(made), unread, kept()) == (4, ["Letter"], PLAN)


def test_a_second_click_changes_nothing_and_what_was_written_by_hand_stays(people, paper):
    plan.keep_output(Output(group=group(), code="O1", name="workshop"), {1: 7}, by=people.wanda)

    plan.take_over(group(), by=people.wanda)
    again = plan.take_over(group(), by=people.wanda)

    assert (again, kept()[0], kept()[1][0]) == (([], []), ("O1", "workshop", {1: 7}), "O2")


def test_the_tables_are_read_in_the_language_of_the_paper():
    text = "## Erwartete Ergebnisse\n\n| Output | Zielwert | Zeitraum |\n|---|---|---|\n| Leitfaden | 2 | 1 |\n"
    assert concept.promises(text) == []  # another heading than the paper's

    for language in ("en", "de", "el"):
        lines = concept.template(language).splitlines()
        heads = [line for line in lines if line.startswith("|") and "---" not in line and line.strip("| ")]
        filled = "\n".join([one.replace(heads[1], f"{heads[1]}\n|---|---|---|\n| Βήμα | 2 | 1 |") for one in lines])
        assert concept.promises(filled) == [Promise(True, "Βήμα", 2, (1,))]


def test_the_leader_clicks_once(people, paper):
    browser = browser_of(people.wanda)
    shown = browser.get("/en/groups/4/plan/").content.decode().count("/en/groups/4/plan/take-over/")

    sent = browser.post("/en/groups/4/plan/take-over/", follow=True)

    assert (shown, sent.redirect_chain, kept()) == (1, [("/en/groups/4/plan/", 302)], PLAN)
    assert [str(told) for told in sent.context["messages"]] == [
        "4 lines are taken over.",
        "Please write down targets and periods, which could not be read, for: Letter.",
    ]


def test_only_the_leader_takes_it_over(people, paper):
    rita = add_member("rita", "full")
    hold_anyway(rita, "wg_representative", scope="group:4")

    for person in (rita, people.marko):
        with pytest.raises(PermissionDenied):
            plan.take_over(group(), by=person)
    assert "take-over" not in browser_of(rita).get("/en/groups/4/plan/").content.decode()


@pytest.mark.parametrize("begin", [False, True])
def test_an_empty_or_missing_paper_is_told(people, begin):
    if begin:
        setups.begin_concept(group(), by=people.wanda, language="en")

    with pytest.raises(ValidationError, match="are empty" if begin else "no concept paper"):
        plan.take_over(group(), by=people.wanda)


def test_planning_a_meeting_and_the_work_plan_have_two_addresses(people):
    shown = browser_of(people.wanda).get("/en/groups/4/meetings/").content.decode()

    assert [shown.count(f'href="/en/groups/4/{place}plan/"') for place in ("meetings/", "")] == [1, 1]
