"""Work plans of groups 3 and 4, and tasks of group 4, so that every view of them has something to show."""

import json
from datetime import date, timedelta
from pathlib import Path

from platform_core.ground.vocabulary.days import later, platform_day
from platform_core.identity.accounts.models import User
from platform_core.people.members.selectors import acts_for

from ..models import Output, Task, WorkingGroup
from ..services import plan, tasks

FOLDER = Path(__file__).parent
PERIODS = 6


def halves(begins: date) -> dict[int, tuple[date, date]]:
    """Six halves of a year, one after the other."""
    firsts = [later(begins.replace(day=1), 6 * n) for n in range(PERIODS + 1)]
    return {n + 1: (firsts[n], firsts[n + 1] - timedelta(days=1)) for n in range(PERIODS)}


def load(seats: dict[int, list[str]], begins: date) -> str:
    done = [make_plan(int(number), told, seats, begins) for number, told in read("plan.json").items()]
    done.append(make_tasks(seats[4]))
    return "work plans and tasks" if any(done) else ""


def read(name: str):
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def make_plan(number: int, told: dict, seats: dict[int, list[str]], begins: date) -> bool:
    group = WorkingGroup.objects.get(pk=number)
    if group.outputs.exists() or group.periods.exists():
        return False
    leader = User.objects.get(email=f"{seats[number][0]}@example.org")
    plan.keep_periods(group, halves(begins), by=leader)
    for kind, code, name, unit, targets in told["outputs"]:
        output = Output(group=group, kind=kind, code=code, name=name, unit=unit)
        plan.keep_output(output, {int(period): target for period, target in targets.items()}, by=leader)
    return True


def make_tasks(codes: list[str]) -> bool:
    group = WorkingGroup.objects.get(pk=4)
    if group.tasks.exists():
        return False
    people = [User.objects.get(email=f"{code}@example.org") for code in codes]
    made: list[Task] = []
    for row in read("tasks.json"):
        made.append(make_task(group, row, people, made))
    return True


def make_task(group: WorkingGroup, row: dict, people: list[User], made: list[Task]) -> Task:
    begins, due = (
        None if row[name] is None else platform_day() + timedelta(days=row[name]) for name in ("begins", "due")
    )
    owner, organisation = row.get("owner"), row.get("organisation")
    return tasks.add(
        group,
        by=people[0],
        title=row["title"],
        text=row["text"],
        language="en",
        kind=row.get("kind", "task"),
        state=row["state"],
        begins_on=begins,
        due_on=due,
        owner=None if owner is None else people[owner],
        organisation=None if organisation is None else acts_for(people[organisation].pk),
        output=group.outputs.filter(code=row["output"]).first(),
        period=row["period"],
        waits_for=[made[place] for place in row["waits_for"]],
    )
