"""Seven learning mechanisms, invented and labelled, on the recommendations of the strategy as their evidence."""

import json
from pathlib import Path

from django.db import transaction

from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.sight import people_of
from platform_core.identity.accounts.models import User
from repository.models import Record
from workinggroups.models import WorkingGroup

from .. import contents
from ..models import Mechanism
from ..services import mechanisms as services

FILE = Path(__file__).parent / "mechanisms.json"
AUTHOR = "lead@example.org"


def load() -> str:
    if Mechanism.objects.exists():
        return ""
    author = User.objects.filter(email=AUTHOR).first()
    if author is None:
        return ""
    rows = json.loads(FILE.read_text(encoding="utf-8"))
    with transaction.atomic():
        for row in rows:
            add(row, author)
    return f"{len(rows)} learning mechanisms"


def add(row: dict, author: User) -> Mechanism:
    made = services.begin(
        WorkingGroup.objects.get(pk=row["group"]),
        by=author,
        terms=row["terms"],
        is_cross_department=row["is_cross_department"],
        is_demonstration=True,
        **{name: {"en": row[name]} for name in contents.TEXTS},
    )
    records = {record.code: record for record in Record.objects.filter(code__in=row["evidence"], state="published")}
    for code, note in row["evidence"].items():
        if code in records:
            services.link(made, records[code], by=author, note=note)
    leader = leader_of(made)
    if records and leader and leader != author:
        settle(made, author, leader)
    return made


def leader_of(mechanism: Mechanism) -> User | None:
    leaders = people_of(f"role:wg_leader@{mechanism.scope}", platform_day())
    return User.objects.filter(pk__in=leaders).order_by("pk").first()


def settle(mechanism: Mechanism, author: User, leader: User) -> None:
    """Submitted by the lead partner, approved and published by who leads the group."""
    version = services.submit(mechanism, by=author, note="First version")
    services.approve(mechanism, version.sha256, by=leader, remarks="As discussed in the group.")
    services.publish(mechanism, by=leader)
