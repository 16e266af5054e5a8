from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right
from platform_core.ground.vocabulary.days import platform_day
from platform_core.people.members.models import Membership, Organisation


def speakers(sheet) -> list[str]:
    """Members of any tier in the region, and national authorities of its country."""
    region = sheet.region
    held = Membership.objects.on(platform_day()).filter(suspended_at=None)
    here = Q(region__code=region.code) | Q(country=region.country_id, kind="national_authority")
    rows = Organisation.objects.filter(here, pk__in=held.values("organisation"))
    return [f"org:{pk}" for pk in rows.values_list("pk", flat=True)]


RIGHTS = [
    Right(code="pilots.view_sheet", name=_("See the conditions sheet of a region"), who=("audience",)),
    Right(
        code="pilots.declare_conditions",
        name=_("Declare which conditions a region meets, and that they still hold"),
        who=("named",),
        named=speakers,
    ),
]
