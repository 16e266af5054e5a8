"""Fictitious organisations and the people who act for them, labelled as demonstration data."""

import json
from datetime import date
from pathlib import Path

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from platform_core.ground.registry.kinds import DemoAccount
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.access import services as access
from platform_core.identity.accounts.models import User
from platform_core.identity.accounts.services import open_account

from .. import services
from ..models import Organisation

EPOCH = date(2025, 1, 1)
PASSWORD = "clusters-learn-together"  # noqa: S105 - told at start, demonstration only
STANCES = {
    "lead": {4: "shares", 5: "gains"},
    "terranova": {1: "shares", 3: "gains"},
    "donaukreis": {4: "shares", 2: "gains"},
    "isk": {1: "gains", 6: "shares"},
    "podgorje": {2: "shares", 4: "gains"},
    "nakp": {3: "shares", 6: "gains"},
    "anatolikos_ormos": {5: "shares", 1: "gains"},
}
NATIVE = {"IT": "it", "AT": "de", "HU": "hu", "RO": "ro", "BG": "bg", "EL": "el", "SI": "sl", "SK": "sk", "HR": "hr"}

ACCOUNTS = [
    DemoAccount(email="lead@example.org", password=PASSWORD, name="Lead partner", order=1),
    DemoAccount(email="donaukreis@example.org", password=PASSWORD, name="Leader of working group 4", order=2),
    DemoAccount(email="isk@example.org", password=PASSWORD, name="Full member", order=3),
    DemoAccount(email="holzkreis@example.org", password=PASSWORD, name="Associated member", order=4),
    DemoAccount(email="dunav-forum@example.org", password=PASSWORD, name="Partner member", order=5),
    DemoAccount(email="applicant@example.org", password=PASSWORD, name="Organisation without membership", order=6),
]


def load() -> str:
    rows = json.loads((Path(__file__).parent / "organisations.json").read_text(encoding="utf-8"))
    known = set(Organisation.objects.values_list("code", flat=True))
    missing = [row for row in rows if row["code"] not in known]
    password = make_password(PASSWORD) if missing else ""
    for row in missing:
        add(row, password)
    if missing:
        ask()
    return f"{len(missing)} organisations" if missing else ""


def ask() -> None:
    """One application waits for the lead partner."""
    organisation = Organisation.objects.get(code="mecacarpat")
    person = organisation.affiliations.get().person
    motivation = "Thirty workshops want to learn how other regions train mechanics together. (Demonstration data.)"
    services.apply(
        by=person,
        organisation=organisation,
        tier="associated",
        motivation=motivation,
        stances={6: "gains", 1: "shares"},
    )


@transaction.atomic
def add(row: dict, password: str) -> None:
    organisation = services.add_organisation(
        code=row["code"],
        acronym=row["acronym"],
        name=row["name"],
        kind=row["type"],
        country_id=row["country"],
        region=vocabulary.region(row["region"]),
        is_public_body=row["public"],
        website=row["website"],
        description=row["description"],
    )
    person = contact(row, password)
    begins = date.fromisoformat(row["membership"]["since"]) if row["membership"] else EPOCH
    function = row["contact"]["function"]["en"]
    services.affiliate(person, organisation, function=function, is_contact=True, is_admin=True, begins=begins)
    if row["code"] == "lead":
        access.give_role(person, "lead_partner", begins=EPOCH)
        access.give_role(person, "editor", begins=EPOCH)
    services.set_stances(organisation, STANCES.get(row["code"], {}))
    if row["membership"]:
        tier, share = row["membership"]["tier"], row["membership"].get("kind") or ""
        services.admit(organisation, tier=tier, share=share, begins=begins, why="Demonstration data")


def contact(row: dict, password: str) -> User:
    email = row["contact"]["email"]
    language = NATIVE.get(row["country"], "sr-latn")
    person = User(email=email, name=row["contact"]["name"], password=password, language=language)
    if email in {"lead@example.org", "donaukreis@example.org"}:
        person.language = "en"
    person.is_staff = person.is_superuser = row["code"] == "lead"
    open_account(person)
    EmailAddress.objects.create(user=person, email=email, primary=True, verified=True)
    return person
