from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.identity.access import services as access
from platform_core.identity.access.keys import PUBLIC
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.languages.services import note_translations

from ..models import DataSet, Indicator


@transaction.atomic
def add(group, *, by, **fields) -> Indicator:
    require(by, "benchmarking.add_indicator", group)
    return kept(Indicator(group=group, **fields), fields, by=by, verb="benchmarking.indicator_added")


@transaction.atomic
def change(indicator: Indicator, *, by, **fields) -> Indicator:
    """Its code stays: files and runs name it."""
    indicator = Indicator.objects.select_for_update().get(pk=indicator.pk)
    require(by, "benchmarking.change_indicator", indicator)
    fields.pop("code", None)
    for name, value in fields.items():
        setattr(indicator, name, value)
    return kept(indicator, fields, by=by, verb="benchmarking.indicator_changed")


def kept(indicator: Indicator, fields: Iterable[str], *, by, verb: str) -> Indicator:
    check_denominator(indicator)
    indicator.full_clean()
    indicator.save()
    access.set_audience(indicator, {PUBLIC})
    note_translations(indicator, by=by)
    audit.record(verb, indicator, by=by, fields=sorted(fields))
    return indicator


def check_denominator(indicator: Indicator) -> None:
    """No circle and no chain: what divides is not divided itself."""
    divisor = indicator.denominator
    if divisor and indicator.pk and indicator.divides.exists():
        told = _("Other indicators are divided by this one, so it cannot be divided itself.")
        raise ValidationError({"denominator": told})
    if divisor and (divisor.pk == indicator.pk or divisor.denominator_id):
        told = _("Please choose an indicator that is not divided by another one.")
        raise ValidationError({"denominator": told})


@transaction.atomic
def add_unknown(data_set: DataSet, names: dict[str, str], *, by=None) -> list[Indicator]:
    """Entries to be described later, for indicators a file brings: names by code."""
    known = set(Indicator.objects.filter(code__in=names).values_list("code", flat=True))
    made = []
    for code in sorted(names.keys() - known):
        fields = {
            "code": code,
            "name": {"en": names[code][:200]},
            "source": data_set.source,
            "source_link": data_set.source_link,
            "licence": data_set.licence,
            "is_demonstration": data_set.is_demonstration,
        }
        made.append(kept(Indicator(group=data_set.group, **fields), fields, by=by, verb="benchmarking.indicator_added"))
    return made
