"""Tables of tasks people bring: every line is checked before any is taken in."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.ground.reports.tables import read_table
from platform_core.identity.access.selectors import require

from ..models import Task, WorkingGroup
from ..selectors import tasks as selectors
from ..selectors.task_tables import COLUMNS
from . import tasks as services

MOST = 500
SALT = "workinggroups.tasks"
HOURS = 4
LONGEST = {"title": 200, "text": 10_000}
KEYS = ("owner", "organisation", "output")


@dataclass
class Checked:
    """Lines that fit, what is wrong with others (line, column, words), and how many were passed over as known."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    problems: list[tuple[int, str, str]] = field(default_factory=list)
    known: int = 0


class Known:
    """What a line may name, read once for all lines."""

    def __init__(self, group: WorkingGroup, user) -> None:
        self.owner = {one.email.lower(): one for one in selectors.people_of(group)}
        self.organisation = {one.code.lower(): one for one in selectors.organisations_in(group)}
        self.output = {one.code.lower(): one for one in group.outputs.all()}
        self.tasks = set(selectors.of_group(user, group).values_list("pk", flat=True))


def words_of(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = "" if cell is None else str(cell).replace("\0", "").strip()
    return text[1:] if text[:2] in ("'=", "'+", "'-", "'@") else text  # as our own tables guard them


def check(file, group: WorkingGroup, *, by) -> Checked:
    """Writes nothing. Raises ValidationError for what is no table of tasks at all."""
    require(by, "workinggroups.add_task", group)
    try:
        rows = read_table(file)
    except ValidationError as problem:
        raise ValidationError({"file": problem.messages}) from problem
    head = [words_of(cell).lower() for cell in rows[0]] if rows else []
    if "title" not in head:
        raise ValidationError({"file": _("The first line must name the columns, “title” among them.")})
    if len(rows) - 1 > MOST:
        raise ValidationError({"file": _("At most %(most)s tasks at once.") % {"most": MOST}})
    found, known = Checked(), Known(group, by)
    for number, row in enumerate(rows[1:], start=2):
        cells = {name: words_of(cell) for name, cell in zip(head, row, strict=False) if name in COLUMNS}
        if any(cells.values()):
            check_line(number, cells, found, known)
    if not (found.lines or found.problems or found.known):
        raise ValidationError({"file": _("There are no tasks in this table.")})
    return found


def check_line(number: int, cells: dict[str, str], found: Checked, known: Known) -> None:
    number_typed = cells.get("number", "")
    if number_typed.isdecimal() and len(number_typed) < 10 and int(number_typed) in known.tasks:
        found.known += 1
        return
    line: dict[str, Any] = {}
    for name in COLUMNS[1:]:
        try:
            line[name] = READERS[name](name, cells.get(name, ""), known)
        except ValidationError as problem:
            found.problems.append((number, name, " ".join(problem.messages)))
    if line.get("begins_on") and line.get("due_on") and line["due_on"] < line["begins_on"]:
        found.problems.append((number, "due_on", _("It cannot be due before it begins.")))
    found.lines.append(line)


def read_text(name: str, cell: str, known: Known) -> str:
    if name == "title" and not cell:
        raise ValidationError(_("Please give the task a title."))
    if len(cell) > LONGEST[name]:
        raise ValidationError(_("This is longer than %(most)s signs.") % {"most": LONGEST[name]})
    return cell


def read_choice(name: str, cell: str, known: Known) -> str:
    choices = {"kind": Task.Kind, "state": Task.State}[name]
    if cell and cell not in choices.values:
        told = {"text": cell[:40], "choices": ", ".join(choices.values)}
        raise ValidationError(_("“%(text)s” is none of: %(choices)s.") % told)
    return cell or choices.values[0]


def read_key(name: str, cell: str, known: Known) -> str:
    if cell and cell.lower() not in getattr(known, name):
        raise ValidationError(_("“%(text)s” is not known in this group.") % {"text": cell[:60]})
    return cell.lower()


def read_day(name: str, cell: str, known: Known) -> str:
    try:
        return date.fromisoformat(cell[:10]).isoformat() if cell else ""
    except ValueError:
        raise ValidationError(_("“%(text)s” is no day such as 2026-05-31.") % {"text": cell[:40]}) from None


def read_number(name: str, cell: str, known: Known) -> int | None:
    if cell and not (cell.isdecimal() and len(cell) < 10 and 1 <= int(cell) <= 99):
        raise ValidationError(_("“%(text)s” is no number from 1 to 99.") % {"text": cell[:40]})
    return int(cell) if cell else None


def read_waits(name: str, cell: str, known: Known) -> list[int]:
    parts = [part.strip().lstrip("#") for part in cell.replace(";", ",").split(",") if part.strip()]
    strange = [part for part in parts if not part.isdecimal() or len(part) > 9 or int(part) not in known.tasks]
    if strange:
        told = {"numbers": ", ".join(strange)[:100]}
        raise ValidationError(_("There is no task of the group with this number: %(numbers)s.") % told)
    return [int(part) for part in parts]


READERS = {
    "title": read_text,
    "text": read_text,
    "kind": read_choice,
    "state": read_choice,
    "owner": read_key,
    "organisation": read_key,
    "output": read_key,
    "begins_on": read_day,
    "due_on": read_day,
    "period": read_number,
    "waits_for": read_waits,
}


def signed(found: Checked, group: WorkingGroup, *, by) -> str:
    told = {"lines": found.lines, "group": group.pk, "person": by.pk, "key": uuid4().hex}
    return signing.dumps(told, salt=SALT, compress=True)


@transaction.atomic
def take_in(sent: str, group: WorkingGroup, *, by) -> int:
    """The lines that were checked, each once however often they are sent; gives how many tasks they are."""
    require(by, "workinggroups.add_task", group)
    try:
        told = signing.loads(sent, salt=SALT, max_age=HOURS * 3600)
    except signing.BadSignature:
        raise ValidationError(_("Please bring the table again.")) from None
    if (told["group"], told["person"]) != (group.pk, by.pk):
        raise ValidationError(_("Please bring the table again."))
    known = Known(group, by)
    for number, line in enumerate(told["lines"]):
        add_line(line, group, known, key=f"{told['key']}-{number}", by=by)
    return len(told["lines"])


def add_line(line: dict[str, Any], group: WorkingGroup, known: Known, *, key: str, by) -> None:
    keys = {name: getattr(known, name).get(line.pop(name)) for name in KEYS}
    days = {name: date.fromisoformat(line[name]) if line[name] else None for name in ("begins_on", "due_on")}
    waits = list(Task.objects.filter(pk__in=line.pop("waits_for"), group=group))
    services.add(group, by=by, key=key, waits_for=waits, **{**line, **days, **keys})
