from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.fields.files import FieldFile
from django.http import Http404
from django.shortcuts import get_object_or_404

from platform_core.ground.texts.sorting import sort_key
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import may_see, require, visible

from .models import Affiliation, Application, Claim, Membership, Organisation, Tier

MEMBER_TIERS = (Tier.FULL, Tier.ASSOCIATED)


STANDING = """
    SELECT held.id, held.organisation_id, held.is_admin, member.tier
    FROM members_affiliation held LEFT JOIN members_membership member
        ON member.organisation_id = held.organisation_id AND member.begins <= %(day)s
        AND (member.ends IS NULL OR member.ends >= %(day)s) AND member.suspended_at IS NULL
    WHERE held.person_id = %(person)s AND held.begins <= %(day)s AND (held.ends IS NULL OR held.ends >= %(day)s)
"""


def standing_of(person: int, day: date) -> Iterator[str]:
    """Audience keys that follow from whom a person acts for on a day; as SQL, for every page of hers asks it."""
    for held in Affiliation.objects.raw(STANDING, {"person": person, "day": day}):
        yield f"org:{held.organisation_id}"
        if held.is_admin:
            yield f"admin:{held.organisation_id}"
        if held.tier:
            yield f"tier:{held.tier}"
        if held.tier in MEMBER_TIERS:
            yield "members"


def people_standing(key: str, day: date) -> list[int] | None:
    """Who holds an audience key of membership on a day; None for other keys."""
    kind, _colon, rest = key.partition(":")
    rows = Affiliation.objects.on(day)
    held = Membership.objects.on(day).filter(suspended_at=None)
    if key == "members":
        rows = rows.filter(organisation__in=held.filter(tier__in=MEMBER_TIERS).values("organisation"))
    elif kind == "tier":
        rows = rows.filter(organisation__in=held.filter(tier=rest).values("organisation"))
    elif kind in ("org", "admin"):
        rows = rows.filter(organisation=int(rest), **({"is_admin": True} if kind == "admin" else {}))
    else:
        return None
    return list(rows.values_list("person_id", flat=True).distinct())


def acted_for(people: Iterable[int], day: date | None = None, *, full: bool = False) -> dict[int, list[Organisation]]:
    """The organisations each of these people acts for on a day, today, the oldest affiliation first; only full members?"""
    day = day or platform_day()
    rows = Affiliation.objects.on(day).filter(person__in=list(people)).select_related("organisation")
    if full:
        rows = rows.filter(organisation__in=Membership.objects.on(day).filter(tier=Tier.FULL).values("organisation"))
    found: dict[int, list[Organisation]] = {}
    for row in rows.order_by("begins", "pk"):
        found.setdefault(row.person_id, []).append(row.organisation)
    return found


def acting_for(people: Iterable[int], day: date | None = None, *, full: bool = False) -> dict[int, Organisation]:
    """The one organisation each acts for; of several that of the oldest affiliation."""
    return {person: found[0] for person, found in acted_for(people, day, full=full).items()}


def with_tier(organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Organisations with the tier and share they have today, empty when they are no members."""
    current = Membership.objects.on(platform_day()).filter(organisation=OuterRef("pk"))
    return organisations.annotate(
        tier=Subquery(current.values("tier")[:1]), share=Subquery(current.values("share")[:1])
    )


def organisations(
    user, *, tier: str = "", kind: str = "", country: str = "", words: str = ""
) -> QuerySet[Organisation]:
    """Organisations a person may see, by name, with their tier of today."""
    rows = with_tier(visible(Organisation.objects.all(), user)).select_related("country", "region")
    if tier == "none":
        rows = rows.filter(tier__isnull=True)
    elif tier:
        rows = rows.filter(tier=tier)
    if kind:
        rows = rows.filter(kind=kind)
    if country:
        rows = rows.filter(country=country)
    if words:
        rows = rows.filter(Q(sort_name__contains=sort_key(words)) | Q(acronym__icontains=words))
    return rows.order_by("sort_name")


def organisation_for(user, code: str) -> Organisation:
    return get_object_or_404(organisations(user), code=code)


def successor_if_any(code: str) -> Organisation | None:
    """The organisation that the one of this code was merged into."""
    gone = Organisation.everything.exclude(merged_into=None).select_related("merged_into").filter(code=code).first()
    return gone.merged_into if gone else None


def successors(codes: Collection[str] | None = None) -> dict[str, int]:
    """Keys of organisations by the codes of those merged into them, of all or of these codes."""
    rows = Organisation.everything.exclude(merged_into=None)
    rows = rows if codes is None else rows.filter(code__in=codes)
    return dict(rows.values_list("code", "merged_into"))


def successor(user, code: str) -> Organisation:
    """The same, for whom it may be seen by."""
    found = successor_if_any(code)
    if found is None or not may_see(user, found):
        raise Http404
    return found


def logo_for(user, code: str) -> FieldFile:
    if logo := organisation_for(user, code).logo:
        return logo
    raise Http404


def organisation_for_desk(user, code: str) -> Organisation:
    require(user, "members.view_desk")
    contacts = Affiliation.objects.on(platform_day()).select_related("person")
    rows = with_tier(Organisation.objects.all()).select_related("country", "region")
    return get_object_or_404(rows.prefetch_related(Prefetch("affiliations", contacts), "memberships"), code=code)


def contacts_of(user, organisation: Organisation) -> QuerySet[Affiliation]:
    """Contact persons of an organisation today; nobody for those who may not see them."""
    rows = Affiliation.objects.on(platform_day()).filter(organisation=organisation, is_contact=True)
    return rows.select_related("person") if user.has_perm("members.view_contacts") else rows.none()


def contact_ids(organisation: int) -> list[int]:
    rows = Affiliation.objects.on(platform_day()).filter(organisation=organisation, is_contact=True)
    return list(rows.values_list("person_id", flat=True))


def ending(today: date, days: int) -> QuerySet[Membership]:
    """Memberships that end within so many days, of which nobody has been reminded, and that nothing follows."""
    later = Membership.objects.filter(organisation=OuterRef("organisation"), begins__gt=OuterRef("begins"))
    rows = Membership.objects.filter(reminded=False, ends__gte=today, ends__lte=today + timedelta(days=days))
    return rows.exclude(Exists(later))


def counts_by_tier(user) -> dict[str, int]:
    rows = with_tier(visible(Organisation.objects.all(), user)).exclude(tier=None)
    return dict(rows.order_by().values_list("tier").annotate(Count("pk")))


def acts_for(person: int) -> Organisation | None:
    """The organisation a person acts for today, the oldest affiliation first."""
    row = Affiliation.objects.on(platform_day()).filter(person=person).order_by("begins", "pk").first()
    return row.organisation if row else None


def people_acting_for(organisations: Collection[int]) -> dict[int, int]:
    """By person: which of these organisations she acts for today, where it is the one `acts_for` gives."""
    held = Affiliation.objects.on(platform_day())
    people = held.filter(organisation__in=organisations).values("person")
    rows = held.filter(person__in=people).order_by("-begins", "-pk").values_list("person", "organisation")
    return {person: organisation for person, organisation in dict(rows).items() if organisation in organisations}


def admin_key(organisation: int) -> str:
    """The audience key of those who look after a profile; the lead partner's while nobody does."""
    rows = Affiliation.objects.on(platform_day()).filter(organisation=organisation, is_admin=True)
    return f"admin:{organisation}" if rows.exists() else "role:lead_partner"


def own_organisations(person) -> QuerySet[Organisation]:
    """Organisations a person acts for today, with their tier."""
    acted_for = Affiliation.objects.on(platform_day()).filter(person=person.pk).values("organisation")
    return with_tier(Organisation.objects.filter(pk__in=acted_for)).order_by("sort_name")


def organisation_to_change(user, code: str) -> Organisation:
    found = get_object_or_404(with_tier(visible(Organisation.objects.all(), user)), code=code)
    require(user, "members.change_organisation", found)
    return found


def same_name(name: str) -> Organisation | None:
    """An organisation listed under this name already, whoever may see it."""
    return Organisation.objects.filter(sort_name=sort_key(name)).first()


def open_claim(person, organisation: Organisation) -> Claim | None:
    return Claim.objects.filter(person=person.pk, organisation=organisation, state="open").first()


def open_application(organisation: Organisation) -> Application | None:
    return Application.objects.filter(organisation=organisation, state="open").first()


def affiliations_from_today(organisation: Organisation) -> QuerySet[Affiliation]:
    """Who acts for an organisation today or will, by name."""
    rows = Affiliation.objects.during(platform_day(), None).filter(organisation=organisation)
    return rows.select_related("person").order_by("person__name", "pk")


def affiliations(organisation: Organisation) -> QuerySet[Affiliation]:
    """Who acts for an organisation today, by name."""
    rows = Affiliation.objects.on(platform_day()).filter(organisation=organisation)
    return rows.select_related("person").order_by("person__name", "pk")


def organisations_to_look_after(user) -> QuerySet[Organisation]:
    """Organisations a person may invite others to act for."""
    if user.has_perm("members.view_desk"):
        return Organisation.objects.order_by("sort_name")
    own = Affiliation.objects.on(platform_day()).filter(person=user.pk, is_admin=True)
    return Organisation.objects.filter(pk__in=own.values("organisation")).order_by("sort_name")
