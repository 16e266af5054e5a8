from django.utils.translation import gettext_lazy as _

from platform_core.exchange.messaging.selectors.following import followers
from platform_core.ground.registry.kinds import (
    Demonstration,
    EventKind,
    NoticeKind,
    Panel,
    PersonalData,
    Reference,
    Sweep,
    Thing,
)
from platform_core.ground.texts.notices import teller
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.sight import people_with

from ..demonstration import conditions as demonstration
from ..models import ConditionSheet
from ..permissions import conditions as permissions
from ..selectors import conditions as selectors
from ..services import conditions as services


def told(event) -> list[int]:
    """Everybody of the organisations whose answers hold; whoever can declare where none of them is left."""
    sheet = ConditionSheet.objects.select_related("region").filter(pk=event.thing_id).first()
    if sheet is None:
        return []
    rows = sheet.answers.filter(is_current=True).values_list("declared_for", flat=True).distinct()
    people = people_with([f"org:{pk}" for pk in rows], platform_day())
    return sorted({*(people or people_with(permissions.speakers(sheet), platform_day())), *followers(sheet)})


def facts(event) -> tuple[dict, str]:
    sheet = ConditionSheet.objects.select_related("region").get(pk=event.thing_id)
    name = vocabulary.region_labels().get(sheet.region.code, str(sheet.region))
    return {"region": name, "day": sheet.checked_on}, sheet.get_absolute_url()


def of_region(request, region, **subject) -> dict:
    """How many conditions are met, by topic; and where practices can be held against the region."""
    sheet = selectors.sheet_if_any(request.user, region)
    return {"sheet": sheet, "parts": selectors.parts(sheet) if sheet else [], "region": region}


def index(request, **subject) -> dict:
    return {}


about = teller(facts)
conditions = [
    *permissions.RIGHTS,
    Reference(order=85, load=services.load_conditions),
    Demonstration(order=87, load=demonstration.load),
    Thing(
        label=selectors.LABEL,
        name=_("Conditions sheet"),
        title=lambda sheet: vocabulary.region_labels().get(sheet.region.code, str(sheet.region)),
        address=lambda sheet: sheet.get_absolute_url(),
        visible=selectors.sheets,
        public=True,
        route="pilots:sheet",
        lookup="region__code",
    ),
    EventKind(verb="pilots.conditions_declared", name=_("Conditions of a region were declared")),
    EventKind(verb="pilots.conditions_checked", name=_("Conditions of a region were found still correct")),
    EventKind(verb="pilots.conditions_due", name=_("Conditions of a region are to be checked again")),
    NoticeKind(
        code="pilots.conditions_due",
        name=_("Conditions your organisation declared are to be checked again"),
        verb="pilots.conditions_due",
        recipients=told,
        content=about(
            _("Still correct? Conditions in %(region)s"),
            _(
                "What your region declared of its conditions was last checked on %(day)s. "
                "Please look whether it still holds, and change what does not."
            ),
        ),
    ),
    Sweep(code="pilots.remind_of_conditions", perform=services.remind, minutes=60),
    Panel(place="pilots.index", order=62, template="pilots/panel_transferability.html", context=index),
    Panel(place="region.main", order=48, template="pilots/panel_conditions.html", context=of_region),
    PersonalData(
        label="pilots.conditionanswer",
        fields=("evidence", "link", "declared_by"),
        holder="declared_by",
        purpose=_("To know who declared that a region meets a condition"),
        erasure="unlink",
    ),
]
