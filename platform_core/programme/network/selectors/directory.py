"""Organisations with what they tell of themselves, filtered, and counted by region."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
from platform_core.people.members.models import Affiliation, Membership, Organisation, Stance
from platform_core.people.members.selectors import organisations

from ..models import ClusterProfile, Inquiry
from ..models.profiles import GOOD_FOR

STAFF, MEMBERS, KINDS = 0.5, 15, 2
SETTLED = timedelta(days=30)


@dataclass(frozen=True)
class Criterion:
    """One of the criteria a cluster is shown to meet or not."""

    words: str
    met: bool


def directory(
    user,
    *,
    words: str = "",
    kind: str = "",
    country: str = "",
    region: str = "",
    topic: str = "",
    sector: str = "",
    technology: str = "",
    tier: str = "",
) -> QuerySet[Organisation]:
    rows = organisations(user, words=words, kind=kind, country=country, tier=tier)
    if region:
        rows = rows.filter(region__code=region)
    if topic:
        rows = rows.filter(Exists(Stance.objects.filter(organisation=OuterRef("pk"), topic=topic)))
    for scheme, code in (("sector", sector), ("technology", technology)):
        if code:
            told = ClusterProfile.objects.filter(terms__scheme=scheme, terms__code=code)
            rows = rows.filter(Exists(told.filter(organisation=OuterRef("pk"))))
    return rows


def with_profiles(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    return rows.prefetch_related(
        Prefetch("cluster_profile", ClusterProfile.objects.prefetch_related("terms")), "stances"
    )


def counted_by_region(rows: QuerySet[Organisation]) -> dict[str, int]:
    return dict(Counter(rows.exclude(region=None).order_by().values_list("region__code", flat=True)))


def profile_of(organisation: Organisation) -> ClusterProfile | None:
    return ClusterProfile.objects.prefetch_related("terms").filter(organisation=organisation).first()


def profile_for(user, code: str) -> ClusterProfile:
    """A profile a person may change; a new one where there is none."""
    organisation = get_object_or_404(organisations(user), code=code)
    found = profile_of(organisation)
    return found or ClusterProfile(organisation=organisation, confirmed_on=platform_day())


def terms_in(profile: ClusterProfile, scheme: str) -> list[str]:
    held = {term.code for term in profile.terms.all() if term.scheme == scheme}
    return [name for code, name in vocabulary.term_choices(scheme) if code in held]


def criteria(profile: ClusterProfile) -> list[Criterion]:
    """What the directory expects of a cluster, and whether this one says it."""
    kinds = sum(1 for number in (profile.firms, profile.research, profile.public) if number)
    return [
        Criterion(_("A management team of at least half a post"), (profile.staff or 0) >= STAFF),
        Criterion(_("At least 15 members"), profile.members >= MEMBERS),
        Criterion(_("Members of at least two kinds: firms, research, public bodies and others"), kinds >= KINDS),
        Criterion(_("A web site of its own"), bool(profile.organisation.website)),
        Criterion(_("Confirmed within a year"), not profile.is_stale()),
    ]


def to_ask() -> QuerySet[Organisation]:
    """Whom nobody asked for a year: organisations whose profile is old, and admitted ones without a profile.

    The latter have been members for a month, and there is somebody to ask.
    """
    today = platform_day()
    of = {"organisation": OuterRef("pk")}
    somebody = Affiliation.objects.on(today).filter(Q(is_admin=True) | Q(is_contact=True), **of)
    admitted = Membership.objects.on(today).filter(begins__lte=today - SETTLED, **of)
    told = ClusterProfile.objects.filter(**of)
    rows = Organisation.objects.filter(
        Exists(told.filter(confirmed_on__lt=today - GOOD_FOR)) | ~Exists(told) & Exists(admitted) & Exists(somebody)
    )
    return rows.exclude(Exists(Inquiry.objects.filter(asked_on__gt=today - GOOD_FOR, **of))).order_by("pk")


def near(organisation: Organisation, user) -> QuerySet[Organisation]:
    """Others of the same region, or where it has none of the same country."""
    same = Q(region=organisation.region_id) if organisation.region_id else Q(country=organisation.country_id)
    return organisations(user).filter(same).exclude(pk=organisation.pk)
