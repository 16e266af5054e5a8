"""The cast: who is who in every test, and what they act for.

lena leads the partnership · wanda leads working group 4 · marko acts for a full member · ana for an associated one ·
petra for a partner member · carl has an account and no organisation that is a member · the guest has no account.
"""

from dataclasses import dataclass, fields

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from platform_core.identity.access import services as access
from platform_core.identity.access.models import RoleAssignment
from platform_core.identity.accounts.models import User
from platform_core.identity.accounts.services import open_account
from platform_core.people.members import services as members
from platform_core.people.members.models import Organisation

PASSWORD = "a-long-enough-password"


@dataclass
class Cast:
    lena: User
    wanda: User
    marko: User
    ana: User
    petra: User
    carl: User
    guest: AnonymousUser

    def each(self) -> list[tuple[str, User | AnonymousUser]]:
        return [(field.name, getattr(self, field.name)) for field in fields(self)]

    def named(self, name: str) -> User | AnonymousUser:
        return getattr(self, name)


def add_person(name: str, language: str = "en") -> User:
    person = User(email=f"{name}@example.org", name=name.title(), language=language)
    person.set_password(PASSWORD)
    open_account(person)
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return person


def add_organisation(
    code: str, *, tier: str = "", country: str = "AT", kind: str = "regional_authority"
) -> Organisation:
    organisation = members.add_organisation(
        code=code, name={"en": f"Organisation {code}"}, kind=kind, country_id=country, is_public_body=True
    )
    if tier:
        members.admit(organisation, tier=tier, share="financing" if tier == "full" else "")
    return organisation


def add_member(name: str, tier: str) -> User:
    person, organisation = add_person(name), add_organisation(f"org-{name}", tier=tier)
    members.affiliate(person, organisation, is_contact=True)
    return person


def gather() -> Cast:
    cast = Cast(
        lena=add_member("lena", "full"),
        wanda=add_member("wanda", "full"),
        marko=add_member("marko", "full"),
        ana=add_member("ana", "associated"),
        petra=add_member("petra", "partner"),
        carl=add_member("carl", ""),
        guest=AnonymousUser(),
    )
    access.give_role(cast.lena, "lead_partner")
    access.give_role(cast.wanda, "wg_leader", scope="group:4")
    return cast


def hold_anyway(person: User, role: str, scope: str = "") -> None:
    """A role that would be refused now, as somebody keeps it whose organisation has moved to another tier since."""
    RoleAssignment.objects.create(person=person, role=role, scope=scope, begins=timezone.localdate())


def browser_of(person: User | AnonymousUser) -> Client:
    """A test client signed in as a person; the guest's has no session."""
    client = Client()
    if person.is_authenticated:
        client.force_login(person)
    return client
