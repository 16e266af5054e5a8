"""People as they show themselves: each field to those its owner chose."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.fields.files import FieldFile
from django.http import Http404

from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.keys import MEMBERS
from platform_core.identity.access.models import RoleAssignment
from platform_core.identity.access.selectors import keys_of
from platform_core.identity.accounts.models import User
from platform_core.identity.audit import services as audit
from platform_core.materials.files import pictures

from .models import Organisation, Profile
from .selectors import acted_for

Level = Profile.Level


@dataclass
class Shown:
    """What one reader may read of one person; empty fields were withheld or never filled in."""

    pk: int
    fields: dict[str, Any] = field(default_factory=dict)
    organisations: list[Organisation] = field(default_factory=list)


def levels_for(reader, person: int, scopes: set[str]) -> set[str]:
    """The levels of openness a reader reaches with a person; `scopes` are the groups that person sits in."""
    if reader.pk == person:
        return set(Level.values)
    keys = keys_of(reader)
    found = {Level.PUBLIC.value}
    if MEMBERS in keys:
        found.add(Level.MEMBERS.value)
    if scopes & keys:
        found.add(Level.GROUPS.value)
    return found


def scopes_of(people: list[int]) -> dict[int, set[str]]:
    held = RoleAssignment.objects.on(platform_day()).filter(person__in=people).exclude(scope="")
    found: dict[int, set[str]] = {}
    for person, scope in held.values_list("person", "scope"):
        found.setdefault(person, set()).add(scope)
    return found


def shown_to(reader, profiles: list[Profile]) -> list[Shown]:
    """As many queries for one profile as for many; those of whom the reader may not even read the name are left out."""
    people = [profile.person_id for profile in profiles]
    scopes, organisations = scopes_of(people), acted_for(people)
    rows = []
    for profile in profiles:
        levels = levels_for(reader, profile.person_id, scopes.get(profile.person_id, set()))
        fields = {name: value for name, value in told(profile).items() if value and level(profile, name) in levels}
        if "name" in fields:
            rows.append(Shown(profile.person_id, fields, organisations.get(profile.person_id, [])))
    return rows


def level(profile: Profile, name: str) -> str:
    return profile.shown.get(name, Level.ME)


def told(profile: Profile) -> dict[str, Any]:
    names = dict(settings.LANGUAGES)
    return {
        "name": profile.person.name,
        "email": profile.person.email,
        "about": profile.about,
        "topics": list(profile.topics.all()),
        "languages": [names[code] for code in profile.languages if code in names],
        "orcid": profile.orcid,
        "links": profile.links,
        "phone": profile.phone,
        "photo": profile.photo,
    }


def profiles() -> QuerySet[Profile]:
    return Profile.objects.filter(person__is_active=True).select_related("person").prefetch_related("topics")


def open_to(reader, name: str) -> Q:
    """The profiles of which a reader may read a field; the same answer as `levels_for` gives for one, as a condition."""
    keys, told = keys_of(reader), f"shown__{name}"
    found = Q(**{told: Level.PUBLIC.value}) | Q(person=reader.pk)
    if MEMBERS in keys:
        found |= Q(**{told: Level.MEMBERS.value})
    together = RoleAssignment.objects.on(platform_day()).exclude(scope="").filter(scope__in=keys)
    return found | Q(**{told: Level.GROUPS.value}, person__in=together.values("person"))


def people(reader, *, words: str = "", topic: str = "", language: str = "") -> QuerySet[Profile]:
    """People a reader may find, by name. What is asked for must be open to her: a hidden expertise finds nobody."""
    rows = profiles().filter(open_to(reader, "name")).order_by("person__name", "pk")
    if words:
        rows = rows.filter(person__name__icontains=words)
    if topic:
        rows = rows.filter(open_to(reader, "topics"), topics=topic)
    if language:
        rows = rows.filter(open_to(reader, "languages"), languages__icontains=f'"{language}"')
    return rows


def person_for(reader, pk: int) -> Shown:
    found = shown_to(reader, list(profiles().filter(person__pk=pk))) if pk < 2**63 else []
    if not found:
        raise Http404
    return found[0]


def photo_for(reader, pk: int) -> FieldFile:
    if photo := person_for(reader, pk).fields.get("photo"):
        return photo
    raise Http404


def files_of(person: User) -> list[tuple[str, FieldFile]]:
    """For the copy of her data."""
    photo = profile_of(person).photo
    return [("photo.webp", photo)] if photo else []


def profile_of(person: User) -> Profile:
    return Profile.objects.filter(person=person.pk).first() or Profile(person=person)


@transaction.atomic
def tell(person: User, *, topics: list[str], photo=None, no_photo=False, **fields) -> Profile:
    """Keep what a person tells of herself; the log tells which fields, never what stands in them."""
    profile, _new = Profile.objects.update_or_create(person=person, defaults=fields)
    pictures.put(profile, "photo", photo, taken_away=no_photo)
    profile.save(update_fields=["photo"])
    profile.topics.set(topics)
    audit.record("members.profile_changed", profile, by=person)
    return profile
