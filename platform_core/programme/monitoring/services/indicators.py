import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.identity.access import services as access
from platform_core.identity.access.keys import PUBLIC
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.languages.services import note_translations

from ..models import Indicator, PartnerTarget, Period, PeriodReport
from ..selectors.evidence import rule_of
from .evidence import rebuild

REFERENCE = Path(__file__).parent.parent / "reference"
FIXED = ("kind", "rule", "order")
TEXTS = ("name", "definition", "unit")


@transaction.atomic
def load_reference() -> None:
    """What the concept papers promise; words, targets, periods and owners that were changed since are kept."""
    told = json.loads((REFERENCE / "indicators.json").read_text(encoding="utf-8"))
    for code in told["periods"]:
        Period.objects.get_or_create(code=code)
    periods = {period.code: period for period in Period.objects.all()}
    for order, row in enumerate(told["indicators"], start=1):
        fixed = {"kind": row["kind"], "rule": row["rule"], "order": order}
        given = {name: row[name] for name in (*TEXTS, "target", "partner_target") if name in row}
        made, is_new = Indicator.objects.get_or_create(
            code=row["code"], defaults={**fixed, **given, "period": periods.get(row.get("period"))}
        )
        if is_new:
            access.set_audience(made, {PUBLIC})
            note_translations(made)
            continue
        if any(getattr(made, name) != fixed[name] for name in FIXED):
            Indicator.objects.filter(pk=made.pk).update(**fixed)
        add_translations(made, row)


def add_translations(made: Indicator, row: Mapping) -> None:
    """Words that nobody has changed here get the languages that have come with the program since."""
    is_changed = False
    for name in TEXTS:
        held, told = getattr(made, name), row[name]
        if held.get("en") == told["en"]:
            for code in told.keys() - held.keys():
                held, is_changed = held.with_text(code, told[code]), True
            setattr(made, name, held)
    if is_changed:
        made.save(update_fields=TEXTS)
        note_translations(made)


@transaction.atomic
def set_periods(days: Mapping[str, Sequence[date | None]], *, by) -> None:
    """The first and last day of each period; a later one does not begin before an earlier one has ended."""
    require(by, "monitoring.change_programme")
    held = {period.code: period for period in Period.objects.select_for_update().order_by("code")}
    ended: date | None = None
    for code, period in held.items():
        begins, ends = days.get(code, (period.begins, period.ends))
        if (begins is None) != (ends is None):
            raise ValidationError({f"begins_{code}": _("Please give both days of a period, or none.")})
        if begins and ends and ends < begins:
            raise ValidationError({f"ends_{code}": _("The period ends before it begins.")})
        if begins and ended and begins <= ended:
            raise ValidationError({f"begins_{code}": _("The period before has not ended then.")})
        ended = ends or ended
        if (period.begins, period.ends) != (begins, ends):
            demand_free(period, begins)
            period.begins, period.ends = begins, ends
            period.save()
            audit.record("monitoring.period_set", period, by=by)


def demand_free(period: Period, begins: date | None) -> None:
    """A report that is frozen or approved tells the days it was made for; an open one needs days to be frozen."""
    reports = PeriodReport.objects.filter(period=period)
    if reports.exclude(state=PeriodReport.State.OPEN).exists():
        raise ValidationError({f"begins_{period.code}": _("There is a frozen report of this period; its days stay.")})
    if begins is None and reports.exists():
        raise ValidationError({f"begins_{period.code}": _("There is a report of this period; it needs its days.")})


@transaction.atomic
def add(*, by, **fields) -> Indicator:
    """One more promise beside those of the concept papers, counted by a rule that is declared, or by hand alone."""
    require(by, "monitoring.change_programme")
    last = Indicator.objects.order_by("-order").values_list("order", flat=True).first() or 0
    made = Indicator(order=last + 1, **fields)
    made.full_clean(exclude=["rule"])
    if made.rule and rule_of(made.rule) is None:
        raise ValidationError({"rule": _("This is not counted on the platform.")})
    made.save()
    access.set_audience(made, {PUBLIC})
    note_translations(made, by=by)
    audit.record("monitoring.indicator_added", made, by=by)
    rebuild({made.rule})
    return made


@transaction.atomic
def change(indicator: Indicator, *, by, partners: Mapping[int, int | None], **fields) -> Indicator:
    """`partners` gives by organisation what it owes where that differs from what each of them does; None for no more."""
    require(by, "monitoring.change_programme")
    found = Indicator.objects.select_for_update().get(pk=indicator.pk)
    for name, value in fields.items():
        setattr(found, name, value)
    found.full_clean(exclude=["name", "definition", "unit"])
    found.save()
    demand_partners(found, partners)
    for organisation, target in partners.items():
        if target is None:
            PartnerTarget.objects.filter(indicator=found, organisation=organisation).delete()
        else:
            PartnerTarget.objects.update_or_create(
                indicator=found, organisation_id=organisation, defaults={"target": target}
            )
    audit.record("monitoring.indicator_changed", found, by=by, fields=sorted(fields))
    return found


def demand_partners(indicator: Indicator, partners: Mapping[int, int | None]) -> None:
    """What belongs to no organisation is nobody's to owe."""
    rule = rule_of(indicator.rule)
    if rule and not rule.by_partner and (indicator.partner_target or any(partners.values())):
        raise ValidationError({"partner_target": _("What counts here belongs to no single partner: none can owe it.")})
