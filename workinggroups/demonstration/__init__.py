import json
from datetime import date
from pathlib import Path

from platform_core.identity.access import services as access
from platform_core.identity.accounts.models import User
from platform_core.people.members.models import Membership

from .. import services
from ..models import WorkingGroup
from ..services import documents, fields
from . import asking, planning
from .meetings import hold

BEGINS = date(2025, 3, 1)
SEATS = {
    1: ["terranova", "isk", "siretului"],
    2: ["podgorje", "donaukreis", "jadransko-zalede"],
    3: ["nakp", "podhorsky", "tiszaliget"],
    4: ["donaukreis", "oncluster", "anatolikos-ormos"],
    5: ["anatolikos-ormos", "tiszaliget", "srednje-podunavlje"],
    6: ["podhorsky", "nakp", "terranova"],
}


def load() -> str:
    rows = json.loads((Path(__file__).parent / "groups.json").read_text(encoding="utf-8"))
    done = 0
    for row in rows:
        group = WorkingGroup.objects.get(pk=row.pop("topic"))
        if not group.summary:
            services.describe(group, **row)
            seat(group)
            furnish(group)
            hold(group, leader_of(group))
            done += 1
    planned = planning.load(SEATS, BEGINS)
    asked = asking.load(leader_of(WorkingGroup.objects.get(pk=4)))
    return ", ".join(words for words in (f"{done} working groups" if done else "", planned, asked) if words)


def leader_of(group: WorkingGroup) -> User:
    return User.objects.get(email=f"{SEATS[group.pk][0]}@example.org")


def seat(group: WorkingGroup) -> None:
    for place, code in enumerate(SEATS[group.pk]):
        person = User.objects.get(email=f"{code}@example.org")
        joined = Membership.objects.filter(organisation__affiliations__person=person).earliest("begins").begins
        role = "wg_representative" if place else "wg_leader"
        access.give_role(person, role, scope=group.scope, begins=max(BEGINS, joined))


def furnish(group: WorkingGroup) -> None:
    """A folder, and a page in two languages, so that a library shows what it is for."""
    rows = json.loads((Path(__file__).parent / "documents.json").read_text(encoding="utf-8"))
    leader = leader_of(group)
    for row in rows:
        if row["topic"] == group.pk:
            folder = documents.add_folder(group, row["folder"], by=leader)
            told = {"marking": "group", "values": described(group, leader), **row["texts"][0]}
            original = documents.add(group, by=leader, folder=folder, **told)
            for text in row["texts"][1:]:
                documents.translate(original, by=leader, **text)


def described(group: WorkingGroup, leader: User) -> dict:
    """The usual fields of documents, and what the first of them says."""
    author, day, kind, _number = fields.begin(group, by=leader)
    return {author.pk: str(leader), day.pk: BEGINS, kind.pk: kind.choices.get(position=2)}
