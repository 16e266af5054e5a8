from django.db.models import QuerySet

from ..imports.vintages import Meaning, meanings
from ..models import Area, AreaCode


def areas() -> QuerySet[Area]:
    return Area.objects.all()


def known_codes() -> dict[str, list[Meaning]]:
    return meanings(AreaCode.objects.select_related("area"))


def regions_by_country() -> dict[str, list[str]]:
    """Codes of regions (NUTS 2) under the code of their country."""
    found: dict[str, list[str]] = {}
    for code, country in Area.objects.filter(level=Area.Level.REGION).values_list("code", "country"):
        found.setdefault(country, []).append(code)
    return found


def former_codes(words: str = "") -> QuerySet[AreaCode]:
    rows = AreaCode.objects.exclude(fate="same").select_related("area").order_by("code", "first")
    return rows.filter(code__istartswith=words) | rows.filter(name__icontains=words) if words else rows


def meanings_of(code: str) -> list[AreaCode]:
    return list(AreaCode.objects.filter(code__iexact=code).select_related("area"))
