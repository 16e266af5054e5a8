import json
from pathlib import Path

from django.db import transaction

from platform_core.identity.access import services as access
from platform_core.identity.access.keys import PUBLIC
from platform_core.materials.languages.services import note_translations

from ..models import Indicator, Period

REFERENCE = Path(__file__).parent.parent / "reference"
FIXED = ("kind", "rule", "order")


@transaction.atomic
def load_reference() -> None:
    """What the concept papers promise; words, targets, periods and owners that were changed since are kept."""
    told = json.loads((REFERENCE / "indicators.json").read_text(encoding="utf-8"))
    for code in told["periods"]:
        Period.objects.get_or_create(code=code)
    periods = {period.code: period for period in Period.objects.all()}
    for order, row in enumerate(told["indicators"], start=1):
        fixed = {"kind": row["kind"], "rule": row["rule"], "order": order}
        given = {name: row[name] for name in ("name", "definition", "unit", "target", "partner_target") if name in row}
        made, is_new = Indicator.objects.get_or_create(
            code=row["code"], defaults={**fixed, **given, "period": periods.get(row.get("period"))}
        )
        if is_new:
            access.set_audience(made, {PUBLIC})
            note_translations(made)
        elif any(getattr(made, name) != fixed[name] for name in FIXED):
            Indicator.objects.filter(pk=made.pk).update(**fixed)
