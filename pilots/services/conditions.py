"""A region says which conditions it meets, and once a year whether that is still so."""

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import transaction

from platform_core.ground.texts.codes import active_code
from platform_core.ground.vocabulary.days import platform_day
from platform_core.ground.vocabulary.models import Region
from platform_core.identity.access import services as access
from platform_core.identity.access.keys import PUBLIC
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.people.members.models import Organisation

from ..models import Condition, ConditionAnswer, ConditionSheet
from ..selectors import conditions as selectors

YEAR = timedelta(days=365)
REFERENCE = Path(__file__).parent.parent / "reference" / "conditions.json"


def load_conditions() -> None:
    """Idempotent; lines are refreshed and none is removed."""
    rows = [Condition(**row) for row in json.loads(REFERENCE.read_text(encoding="utf-8"))]
    fields = ["topic", "order", "precondition", "text"]
    Condition.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=fields)


@transaction.atomic
def declare(
    region: Region, organisation: Organisation, answers: Mapping[int, tuple[str, str, str]], *, by, **fields
) -> ConditionSheet:
    """`answers` by condition: value, how it is known, an address. What says the same as before stays as it was."""
    today = platform_day()
    require(by, "pilots.declare_conditions", selectors.blank(region))
    demand_speaker(region, organisation, by)
    fresh = {"checked_on": today, "check_on": today + YEAR, **fields}
    sheet, new = ConditionSheet.objects.select_for_update(of=("self",)).get_or_create(region=region, defaults=fresh)
    if new:
        access.set_audience(sheet, {PUBLIC})
    held = {row.condition_id: row for row in sheet.answers.filter(is_current=True)}
    changed = 0
    for condition, told in answers.items():
        row = held.get(condition)
        if row and (row.value, row.evidence, row.link) == told:
            continue
        changed += 1
        answer(sheet, condition, told, organisation, by)
    if not new and set(answers) >= set(Condition.objects.values_list("pk", flat=True)):
        renew(sheet)
    if changed or new:
        audit.record("pilots.conditions_declared", sheet, by=by, changed=changed)
    return sheet


def answer(sheet: ConditionSheet, condition: int, told: tuple[str, str, str], organisation: Organisation, by) -> None:
    sheet.answers.filter(condition=condition, is_current=True).update(is_current=False)
    value, evidence, link = told
    made = ConditionAnswer(
        sheet=sheet,
        condition_id=condition,
        value=value,
        evidence=evidence,
        link=link,
        language=active_code(),
        declared_on=platform_day(),
        declared_for=organisation,
        declared_by=by,
    )
    made.full_clean()
    made.save()


def demand_speaker(region: Region, organisation: Organisation, by) -> None:
    if not selectors.declarers(by, selectors.blank(region)).filter(pk=organisation.pk).exists():
        raise PermissionDenied


@transaction.atomic
def still_correct(sheet: ConditionSheet, *, by) -> ConditionSheet:
    """Somebody of the region has looked at every line; she is asked again in a year."""
    sheet = ConditionSheet.objects.select_for_update(of=("self",)).select_related("region").get(pk=sheet.pk)
    require(by, "pilots.declare_conditions", sheet)
    renew(sheet)
    audit.record("pilots.conditions_checked", sheet, by=by)
    return sheet


def renew(sheet: ConditionSheet) -> None:
    sheet.checked_on = platform_day()
    sheet.check_on, sheet.is_reminded = sheet.checked_on + YEAR, False
    sheet.save(update_fields=["checked_on", "check_on", "is_reminded"])


def remind() -> int:
    """Ask whoever declared a sheet whether it still holds, once for each day it is due; gives how many."""
    return sum(note_due(sheet) for sheet in selectors.to_check())


@transaction.atomic
def note_due(sheet: ConditionSheet) -> int:
    noted = ConditionSheet.objects.filter(pk=sheet.pk, is_reminded=False).update(is_reminded=True)
    if noted:
        audit.record("pilots.conditions_due", sheet)
    return noted
