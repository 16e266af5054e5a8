import json
from datetime import date
from pathlib import Path

from platform_core.identity.access import services as access
from platform_core.identity.accounts.models import User
from platform_core.people.members.models import Membership

from .. import services
from ..models import WorkingGroup
from ..services import documents

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
            done += 1
    return f"{done} working groups" if done else ""


def seat(group: WorkingGroup) -> None:
    for place, code in enumerate(SEATS[group.pk]):
        person = User.objects.get(email=f"{code}@example.org")
        joined = Membership.objects.filter(organisation__affiliations__person=person).earliest("begins").begins
        role = "wg_representative" if place else "wg_leader"
        access.give_role(person, role, scope=group.scope, begins=max(BEGINS, joined))


def furnish(group: WorkingGroup) -> None:
    """A folder, and a page in two languages, so that a library shows what it is for."""
    rows = json.loads((Path(__file__).parent / "documents.json").read_text(encoding="utf-8"))
    leader = User.objects.get(email=f"{SEATS[group.pk][0]}@example.org")
    for row in rows:
        if row["topic"] == group.pk:
            folder = documents.add_folder(group, row["folder"], by=leader)
            original = documents.add(group, by=leader, folder=folder, marking="group", **row["texts"][0])
            for text in row["texts"][1:]:
                documents.translate(original, by=leader, **text)
