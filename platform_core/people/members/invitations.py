"""Inviting people one by one or many at once, and what an invitation opens once it is accepted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from platform_core.ground.registry.catalogue import label_of, thing_kind
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.models import SecretLink
from platform_core.identity.access.selectors import open_link, require
from platform_core.identity.accounts.models import User
from platform_core.identity.accounts.services import open_account
from platform_core.identity.audit import services as audit

from . import services
from .models import Invitation, Organisation

PURPOSE = "invitation"
DAYS = 14
ROWS = 500
COLUMNS = ("email", "name", "organisation", "function", "language", "begins", "ends")


def invitations(user) -> QuerySet[Invitation]:
    """Those a person sent; the lead partner sees all."""
    require(user, "members.invite")
    rows = Invitation.objects.select_related("organisation", "accepted_by", "invited_by")
    return rows if user.has_perm("members.view_desk") else rows.filter(invited_by=user)


def invitation_for(user, pk: int) -> Invitation:
    return get_object_or_404(invitations(user), pk=pk)


def activity_of(user, label: str, pk: str) -> tuple[str, int] | None:
    """An activity that the inviting person sees herself and may invite to; None when nothing was named."""
    if not label:
        return None
    kind, number = thing_kind(label), int(pk) if str(pk).isdecimal() and len(str(pk)) < 19 else 0
    thing = kind.visible(user).filter(pk=number).first() if kind and kind.invitable else None
    if kind is None or thing is None or (kind.invite_right and not user.has_perm(kind.invite_right, thing)):
        raise PermissionDenied
    return label, number


@transaction.atomic
def invite(*, by, email: str, activity: tuple[str, int] | None = None, **fields) -> tuple[Invitation, str]:
    """Invite somebody; gives the invitation and the secret of its link, which goes into the mail and is kept nowhere."""
    require(by, "members.invite")
    label, pk = activity or ("", None)
    invitation = Invitation(email=email.lower(), thing=label, object_id=pk, invited_by=by, **fields)
    check(invitation, by)
    invitation.save()
    until = timezone.now() + timedelta(days=DAYS)
    invitation.link, secret = access.issue_link(PURPOSE, invitation, by=by, expires_at=until, uses=1)
    invitation.save(update_fields=["link"])
    if activity:
        access.add_key(label, pk, invitation.key)
    audit.record("members.invited", invitation, by=by, organisation=invitation.organisation_id, activity=invitation.key)
    return invitation, secret


def check(invitation: Invitation, by) -> None:
    if not invitation.organisation and not invitation.thing:
        raise ValidationError({"organisation": _("Please say what somebody is invited to.")})
    if invitation.organisation and not may_appoint(by, invitation.organisation):
        raise ValidationError({"organisation": _("You cannot invite people to act for this organisation.")})
    if invitation.thing and not invitation.ends:
        raise ValidationError({"ends": _("An invitation to an activity ends on a day.")})
    kind = thing_kind(invitation.thing) if invitation.may_change else None
    if invitation.may_change and not (kind and kind.invite_to_change):
        raise ValidationError({"may_change": _("Those invited to it cannot change it.")})
    if invitation.ends and invitation.ends < invitation.begins:
        raise ValidationError({"ends": _("It cannot end before it begins.")})


def may_appoint(by, organisation: Organisation) -> bool:
    try:
        services.require_appointing(by, organisation)
    except PermissionDenied:
        return False
    return True


def link_behind(secret: str) -> tuple[SecretLink, Invitation] | None:
    link = open_link(PURPOSE, secret)
    invitation = Invitation.objects.filter(link=link, revoked_at=None).first() if link else None
    return (link, invitation) if link and invitation else None


@transaction.atomic
def accept(secret: str, person: User) -> Invitation:
    """Accept with an account; the link opens nothing any more. ValidationError when it was used or has run out."""
    found = link_behind(secret)
    if found is None or not access.use_link(found[0]):
        raise ValidationError(_("This invitation was used already or has run out. Ask for a new one."))
    invitation = found[1]
    if invitation.organisation and invitation.invited_by_id == person.pk:
        raise ValidationError(_("Nobody invites herself to act for an organisation."))
    invitation.accepted_by, invitation.accepted_at = person, timezone.now()
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    organisation, begins = invitation.organisation, max(platform_day(), invitation.begins)
    held = organisation.affiliations.during(begins, invitation.ends) if organisation else None
    if organisation and held is not None and not held.filter(person=person).exists():
        services.affiliate(person, organisation, function=invitation.function, begins=begins, ends=invitation.ends)
    audit.record("members.invitation_accepted", invitation, by=person)
    return invitation


@transaction.atomic
def accept_with_new_account(secret: str, *, name: str, password: str) -> User:
    """The link came by mail, so the address is known to be hers."""
    found = link_behind(secret)
    if found is None:
        raise ValidationError(_("This invitation was used already or has run out. Ask for a new one."))
    email = found[1].email
    if User.objects.filter(email__iexact=email).exists() or EmailAddress.objects.filter(email__iexact=email).exists():
        raise ValidationError(_("There is an account with this address already. Please sign in."))
    person = User(email=email, name=name, language=found[1].language)
    person.set_password(password)
    open_account(person, consented=True)
    EmailAddress.objects.create(user=person, email=email, primary=True, verified=True)
    accept(secret, person)
    return person


@transaction.atomic
def revoke(invitation: Invitation, *, by) -> None:
    """Take an invitation back; what was open to the person for an activity closes at once."""
    if invitation.invited_by_id != by.pk:
        require(by, "members.view_desk")
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    if invitation.link:
        access.revoke_link(invitation.link)
    audit.record("members.invitation_revoked", invitation, by=by)


INVITED = """
    SELECT id, thing, object_id, may_change FROM members_invitation
    WHERE accepted_by_id = %(person)s AND thing <> '' AND revoked_at IS NULL
        AND begins <= %(day)s AND (ends IS NULL OR ends >= %(day)s)
"""


def keys_of_invited(person: int, day: date) -> Iterable[str]:
    """Audience keys of the activities a person was invited to, on a day; as SQL, for every page of hers asks it."""
    rows = Invitation.objects.raw(INVITED, {"person": person, "day": day})
    return {key for row in rows for key in row.keys}


def invited(key: str, day: date) -> list[int] | None:
    kind, _colon, rest = key.partition(":")
    label, _sep, pk = rest.rpartition(":")
    if kind not in ("activity", "change") or not pk.isdecimal():
        return None
    rows = Invitation.objects.on(day).filter(thing=label, object_id=int(pk), revoked_at=None, accepted_by__isnull=False)
    if kind == "change":
        rows = rows.filter(may_change=True)
    return list(rows.values_list("accepted_by", flat=True))


# Many at once


@dataclass
class Row:
    """One line of a table of people to invite; `number` is that of the table, its head counted."""

    number: int
    typed: dict[str, str]
    problems: list[str] = field(default_factory=list)

    def fields(self) -> dict[str, Any]:
        return {
            "email": self.typed["email"],
            "name": self.typed["name"],
            "organisation": Organisation.objects.filter(code=self.typed["organisation"]).first(),
            "function": self.typed["function"],
            "language": self.typed["language"] or "en",
            "begins": parse_date(self.typed["begins"]) if self.typed["begins"] else platform_day(),
            "ends": parse_date(self.typed["ends"]) if self.typed["ends"] else None,
        }


def read_rows(table: Sequence[Sequence[Any]], by) -> list[Row]:
    """Rows of a table with their problems; nothing is invited. ValidationError when it is not the right table."""
    lines = [[plain(cell) for cell in line] for line in table if any(plain(cell) for cell in line)]
    if not lines or not set(lines[0]) >= {"email", "organisation"}:
        raise ValidationError(_("The first line must hold the columns: %(names)s.") % {"names": ", ".join(COLUMNS)})
    if len(lines) > ROWS + 1:
        raise ValidationError(_("At most %(n)s people can be invited at once.") % {"n": ROWS})
    head, rows, seen = lines[0], [], set()
    for number, line in enumerate(lines[1:], start=2):
        typed = dict.fromkeys(COLUMNS, "") | dict(zip(head, line, strict=False))
        row = Row(number, {name: typed[name] for name in COLUMNS})
        row.problems = problems(row, by, seen)
        seen.add(row.typed["email"].lower())
        rows.append(row)
    return rows


def plain(cell: Any) -> str:
    if isinstance(cell, date):
        return cell.strftime("%Y-%m-%d")
    return "" if cell is None else str(cell).strip()


def problems(row: Row, by, seen: set[str]) -> list[str]:
    found = []
    try:
        validate_email(row.typed["email"])
    except ValidationError:
        found.append(_("“%(text)s” is no e-mail address.") % {"text": row.typed["email"]})
    if row.typed["email"].lower() in seen:
        found.append(_("This address stands in the table twice."))
    for name in ("begins", "ends"):
        if row.typed[name] and not good_day(row.typed[name]):
            found.append(_("“%(text)s” is no day; write 2026-12-31.") % {"text": row.typed[name]})
    if row.typed["language"] and row.typed["language"] not in dict(Invitation._meta.get_field("language").choices):
        found.append(_("“%(text)s” is no language of the platform.") % {"text": row.typed["language"]})
    if any("\0" in text for text in row.typed.values()):
        found.append(_("This line holds signs that cannot be kept."))
    if not found:
        try:
            wanted = Invitation(**row.fields())
            wanted.clean_fields(exclude=["link", "invited_by", "accepted_by", "accepted_at", "revoked_at", "object_id"])
            check(wanted, by)
        except ValidationError as problem:
            found += problem.messages
    return found


def good_day(text: str) -> bool:
    try:
        return parse_date(text) is not None
    except ValueError:
        return False


@transaction.atomic
def invite_all(rows: Iterable[Row], *, by) -> list[tuple[Invitation, str]]:
    """All or none. Whoever has an open invitation to the organisation gets no second one: a double click sends once."""
    User.objects.select_for_update().get(pk=by.pk)
    wanted = [row.fields() for row in rows]
    open_ones = Invitation.objects.filter(accepted_at=None, revoked_at=None, link__expires_at__gt=timezone.now())
    held = set(open_ones.values_list("email", "organisation"))
    return [
        invite(by=by, **fields)
        for fields in wanted
        if (fields["email"].lower(), fields["organisation"] and fields["organisation"].pk) not in held
    ]


def reopen(thing: Model) -> None:
    """What had been closed to those invited is open to them again."""
    label = label_of(thing)
    found = Invitation.objects.filter(thing=label, object_id=thing.pk, revoked_at=None).first()
    if found is not None:
        access.add_key(label, thing.pk, found.key)


@transaction.atomic
def end_for(thing: Model, people: Iterable[int]) -> None:
    """What these people were invited to by mail is open to them no longer."""
    rows = Invitation.objects.filter(thing=label_of(thing), object_id=thing.pk, revoked_at=None)
    for invitation in rows.filter(accepted_by__in=list(people)):
        invitation.revoked_at = timezone.now()
        invitation.save(update_fields=["revoked_at"])
        audit.record("members.invitation_revoked", invitation)
