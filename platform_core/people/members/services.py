from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from platform_core.ground.texts.analysis import fold, words
from platform_core.ground.texts.fields import as_text
from platform_core.ground.texts.sorting import sort_key
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.keys import FULL
from platform_core.identity.access.selectors import keys_of, require
from platform_core.identity.accounts.models import User
from platform_core.identity.audit import services as audit
from platform_core.materials.files import pictures
from platform_core.materials.languages.services import note_translations

from . import selectors
from .models import Affiliation, Application, Asked, Claim, Membership, Organisation, Stance, Tier

RESERVED = ("join", "apply", "mine", "invitations")  # addresses beside those of organisations


@transaction.atomic
def add_organisation(*, by=None, **fields) -> Organisation:
    """Add an organisation to the directory; `by` None is the platform itself, at set-up."""
    if by is not None:
        require(by, "members.view_desk")
    organisation = save_organisation(Organisation(**fields))
    access.set_audience(organisation, {"public"})
    audit.record("members.organisation_added", organisation, by=by)
    return organisation


def save_organisation(organisation: Organisation) -> Organisation:
    """Checks and stores; a new one without a code gets one from its name."""
    name = as_text(organisation.name).localise("en").text
    organisation.sort_name = sort_key(name)
    organisation.code = organisation.code or free_code(name)
    organisation.full_clean()
    organisation.save()
    note_translations(organisation)
    return organisation


def free_code(name: str) -> str:
    code = slugify(" ".join(map(fold, words(name))))[:40].strip("-") or "organisation"
    taken = {*RESERVED, *Organisation.everything.filter(code__startswith=code).values_list("code", flat=True)}
    return next(
        found for number in range(len(taken) + 1) if (found := f"{code}-{number}" if number else code) not in taken
    )


@transaction.atomic
def change_organisation(
    organisation: Organisation, *, by, stances: dict[int, str] | None = None, logo=None, no_logo=False, **fields
) -> Organisation:
    """Change a profile; `stances` say per topic on which side of experience the organisation stands."""
    require(by, "members.change_organisation", organisation)
    for name, value in fields.items():
        setattr(organisation, name, value)
    pictures.put(organisation, "logo", logo, taken_away=no_logo)
    save_organisation(organisation)
    if stances is not None:
        set_stances(organisation, stances)
    audit.record("members.organisation_changed", organisation, by=by, fields=sorted(fields))
    return organisation


def set_stances(organisation: Organisation, stances: dict[int, str]) -> None:
    organisation.stances.all().delete()
    Stance.objects.bulk_create(
        Stance(organisation=organisation, topic_id=topic, side=side) for topic, side in sorted(stances.items()) if side
    )


@transaction.atomic
def admit(
    organisation: Organisation,
    *,
    tier: str,
    share: str = "",
    by=None,
    why: str = "",
    begins: date | None = None,
    ends: date | None = None,
) -> Membership:
    """Make an organisation a member or move it to another tier from a day on; what it was before is ended, not lost."""
    if by is not None:
        require(by, "members.admit_organisation")
    begins = begins or platform_day()
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    former = organisation.memberships.filter(Q(ends__isnull=True) | Q(ends__gte=begins)).first()
    check_admission(former, tier, share, begins)
    if ends and ends < begins:
        raise ValidationError({"ends": _("A membership cannot end before it begins.")})
    if former:
        former.ends = begins - timedelta(days=1)
        former.save(update_fields=["ends"])
    decided_by = by.pseudonym if by else ""
    membership = organisation.memberships.create(
        tier=tier, share=share, begins=begins, ends=ends, decided_by=decided_by, why=why
    )
    audit.record("members.admitted", organisation, by=by, tier=tier, share=share, membership=membership.pk)
    return membership


def check_admission(former: Membership | None, tier: str, share: str, begins: date) -> None:
    if (tier == Tier.FULL) != bool(share):
        raise ValidationError(
            {"share": _("A full membership says whether it is financing or strategic; others do not.")}
        )
    if former and (former.tier, former.share) == (tier, share):
        raise ValidationError({"tier": _("The organisation already has this tier.")})
    if former and begins <= former.begins:
        raise ValidationError(
            {
                "begins": _("The present membership began on %(day)s; the new one must begin later.")
                % {"day": date_format(former.begins)}
            }
        )


@transaction.atomic
def suspend(organisation: Organisation, *, by, why: str) -> Membership:
    """Until it is resumed the membership opens nothing; what was contributed stays."""
    held = set_suspension(organisation, by, timezone.now(), why)
    audit.record("members.suspended", organisation, by=by, membership=held.pk)
    return held


@transaction.atomic
def resume(organisation: Organisation, *, by, why: str) -> Membership:
    held = set_suspension(organisation, by, None, why)
    audit.record("members.resumed", organisation, by=by, membership=held.pk)
    return held


def set_suspension(organisation: Organisation, by, moment: datetime | None, why: str) -> Membership:
    require(by, "members.end_membership")
    today = platform_day()
    held = (
        organisation.memberships.on(today).select_for_update().filter(suspended_at__isnull=moment is not None).first()
    )
    if held is None:
        raise ValidationError(_("There is no membership now of which this could be said."))
    held.suspended_at, held.why_suspended = moment, why
    held.save(update_fields=["suspended_at", "why_suspended"])
    return held


REMIND_DAYS = 30


def remind_ending() -> int:
    """Tell the contacts and the lead partner once that a membership ends within thirty days."""
    return sum(note_ending(held) for held in selectors.ending(platform_day(), REMIND_DAYS))


@transaction.atomic
def note_ending(held: Membership) -> int:
    noted = Membership.objects.filter(pk=held.pk, reminded=False).update(reminded=True)
    if noted:
        audit.record("members.ending", held.organisation, membership=held.pk, ends=held.ends)
    return noted


@transaction.atomic
def end_membership(organisation: Organisation, *, by, why: str, on: date | None = None) -> Membership:
    require(by, "members.end_membership")
    membership = organisation.memberships.select_for_update().filter(ends__isnull=True).first()
    if membership is None:
        raise ValidationError(_("The organisation is not a member now."))
    membership.ends, membership.why = on or platform_day(), f"{membership.why}\n{why}".strip()
    if membership.ends < membership.begins:
        raise ValidationError(
            _("The membership begins on %(day)s and cannot end before.") % {"day": date_format(membership.begins)}
        )
    membership.save(update_fields=["ends", "why"])
    audit.record("members.membership_ended", organisation, by=by, tier=membership.tier, membership=membership.pk)
    return membership


def require_appointing(by, organisation: Organisation) -> None:
    """Who acts for a full member decides; so only its own people, or somebody who decides herself, say who does."""
    require(by, "members.change_organisation", organisation)
    if keys_of(by).isdisjoint({FULL, f"admin:{organisation.pk}"}):
        raise PermissionDenied


@transaction.atomic
def affiliate(
    person,
    organisation: Organisation,
    *,
    function: str = "",
    is_contact: bool = False,
    is_admin: bool = False,
    by=None,
    begins: date | None = None,
    ends: date | None = None,
) -> Affiliation:
    """`by` None is the platform itself: set-up, or an invitation that somebody with the right had sent."""
    if by is not None:
        require_appointing(by, organisation)
    begins = begins or platform_day()
    User.objects.select_for_update().get(pk=person.pk)
    if Affiliation.objects.during(begins, ends).filter(person=person, organisation=organisation).exists():
        raise ValidationError(_("%(person)s acts for this organisation already.") % {"person": person})
    affiliation = Affiliation.objects.create(
        person=person,
        organisation=organisation,
        function=function,
        is_contact=is_contact,
        is_admin=is_admin,
        begins=begins,
        ends=ends,
    )
    audit.record("members.affiliated", organisation, by=by, affiliation=affiliation.pk)
    return affiliation


@transaction.atomic
def change_affiliation(affiliation: Affiliation, *, by, function: str, is_contact: bool, is_admin: bool) -> Affiliation:
    require_appointing(by, affiliation.organisation)
    affiliation.function, affiliation.is_contact, affiliation.is_admin = function, is_contact, is_admin
    affiliation.save(update_fields=["function", "is_contact", "is_admin"])
    audit.record("members.affiliation_changed", affiliation.organisation, by=by, affiliation=affiliation.pk)
    return affiliation


@transaction.atomic
def end_affiliation(affiliation: Affiliation, *, by) -> None:
    """From this moment the person acts for the organisation no more; a person may leave by herself."""
    if by.pk != affiliation.person_id:
        require(by, "members.change_organisation", affiliation.organisation)
    affiliation.ends = platform_day() - timedelta(days=1)
    audit.record("members.affiliation_ended", affiliation.organisation, by=by, affiliation=affiliation.pk)
    if affiliation.ends < affiliation.begins:
        affiliation.delete()
    else:
        affiliation.save(update_fields=["ends"])


# Applications and claims, answered as cases


@transaction.atomic
def apply(
    *,
    by,
    tier: str,
    share: str = "",
    motivation: str,
    stances: dict[int, str],
    organisation=None,
    function="",
    **fields,
) -> Application:
    """Ask for a membership. Without an organisation a new one is written down; until it is admitted few see it."""
    require(by, "members.apply")
    if organisation is None:
        organisation = save_organisation(Organisation(**fields))
        affiliate(by, organisation, function=function, is_contact=True, is_admin=True)
        access.set_audience(organisation, {f"org:{organisation.pk}", "role:lead_partner"})
        audit.record("members.organisation_added", organisation, by=by)
    else:
        require(by, "members.change_organisation", organisation)
    check_application(organisation, tier, share)
    set_stances(organisation, stances)
    application = Application.objects.create(
        organisation=organisation, applicant=by, tier=tier, share=share, motivation=motivation
    )
    audit.record("members.applied", application, by=by, organisation=organisation.pk, tier=tier)
    return application


def check_application(organisation: Organisation, tier: str, share: str) -> None:
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if Application.objects.filter(organisation=organisation, state=Asked.OPEN).exists():
        raise ValidationError(_("This organisation has applied already and waits for the answer."))
    current = organisation.memberships.on(platform_day()).first()
    check_admission(current, tier, share, date.max)


@transaction.atomic
def grant_application(
    application: Application, *, by, reason: str, tier: str, share: str, begins: date, ends: date | None = None
) -> Membership:
    membership = admit(application.organisation, tier=tier, share=share, by=by, why=reason, begins=begins, ends=ends)
    access.set_audience(application.organisation, {"public"})
    close(application, Asked.GRANTED)
    return membership


@transaction.atomic
def decline_application(application: Application, *, by, reason: str) -> None:
    require(by, "members.admit_organisation")
    close(application, Asked.DECLINED)


def withdraw_application(application: Application, *, by) -> None:
    close(application, Asked.WITHDRAWN)


def close(asked: Application | Claim, state: str) -> None:
    asked.state = state
    asked.save(update_fields=["state"])


@transaction.atomic
def claim(organisation: Organisation, *, by, function: str) -> Claim:
    """Say that one acts for an organisation; those who look after its profile answer."""
    require(by, "members.claim_affiliation")
    User.objects.select_for_update().get(pk=by.pk)
    if organisation.affiliations.on(platform_day()).filter(person=by).exists():
        raise ValidationError(_("You act for this organisation already."))
    if Claim.objects.filter(person=by, organisation=organisation, state=Asked.OPEN).exists():
        raise ValidationError(_("You have said so already and wait for the answer."))
    made = Claim.objects.create(person=by, organisation=organisation, function=function)
    audit.record("members.claimed", made, by=by, organisation=organisation.pk)
    return made


@transaction.atomic
def confirm_claim(claim: Claim, *, by, reason: str, is_contact: bool, is_admin: bool) -> Affiliation:
    require(by, "members.change_organisation", claim.organisation)
    close(claim, Asked.GRANTED)
    return affiliate(
        claim.person, claim.organisation, function=claim.function, is_contact=is_contact, is_admin=is_admin, by=by
    )


@transaction.atomic
def decline_claim(claim: Claim, *, by, reason: str) -> None:
    require(by, "members.change_organisation", claim.organisation)
    close(claim, Asked.DECLINED)


def withdraw_claim(claim: Claim, *, by) -> None:
    close(claim, Asked.WITHDRAWN)
