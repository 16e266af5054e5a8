"""Names of countries by the first two letters of a NUTS code."""

from django.utils.translation import gettext_lazy as _

COUNTRIES = {
    "AT": _("Austria"),
    "BA": _("Bosnia and Herzegovina"),
    "BG": _("Bulgaria"),
    "EL": _("Greece"),
    "HR": _("Croatia"),
    "HU": _("Hungary"),
    "IT": _("Italy"),
    "ME": _("Montenegro"),
    "MK": _("North Macedonia"),
    "RO": _("Romania"),
    "RS": _("Serbia"),
    "SI": _("Slovenia"),
    "SK": _("Slovakia"),
}


def country_name(code: str) -> str:
    return str(COUNTRIES.get(code, code))
