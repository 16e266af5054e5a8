"""What of the members counts towards the indicators of the programme."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Counted, IndicatorRule
from platform_core.ground.vocabulary.days import platform_day

from .models import Affiliation

AUTHORITIES = ("regional_authority", "national_authority")


def policy_makers() -> Iterator[Counted]:
    """People who act for an authority today, since the first day they did."""
    rows = Affiliation.objects.on(platform_day()).filter(organisation__kind__in=AUTHORITIES, person__is_active=True)
    for row in rows.select_related("organisation__region").order_by("begins", "pk"):
        yield Counted(
            thing="members.organisation",
            pk=row.organisation_id,
            key=f"person:{row.person_id}",
            day=row.begins,
            organisation=row.organisation_id,
            country=row.organisation.country_id,
            region=row.organisation.region.code if row.organisation.region else "",
            person=row.person_id,
        )


RULES = [
    IndicatorRule(
        code="members.policy_makers",
        name=_("People who act for an authority"),
        once_per=_("person"),
        event=_("she begins to act for a regional or national authority; who ceases to leaves the list"),
        confirmed_by=_("who looks after the organisation's profile"),
        without_stage=_("People who act for an authority make policy at every stage."),
        counted=policy_makers,
        verbs=frozenset(
            {
                "members.affiliated",
                "members.affiliation_ended",
                "members.invitation_accepted",
                "members.organisation_changed",
            }
        ),
    )
]
