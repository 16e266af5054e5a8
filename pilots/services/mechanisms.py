"""How a working group makes a learning mechanism: written, submitted, looked at, approved, published, written anew."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.exchange.discussions import services as discussions
from platform_core.exchange.discussions.models import Comment
from platform_core.exchange.discussions.selectors import rounds_on
from platform_core.ground.registry.catalogue import label_of
from platform_core.ground.vocabulary.days import platform_day
from platform_core.ground.vocabulary.models import Term
from platform_core.identity.access import services as access
from platform_core.identity.access.keys import PUBLIC
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.languages.services import note_translations
from platform_core.materials.trails import services as trails
from platform_core.materials.trails.models import Trail
from platform_core.people.members.selectors import acts_for
from workinggroups.models import WorkingGroup

from .. import contents
from ..models import Mechanism, MechanismVersion
from ..selectors import mechanisms as selectors

MOST_EVIDENCE = 60


@transaction.atomic
def begin(group: WorkingGroup, *, by, key: str = "", terms: Mapping[str, Sequence[str]] | None = None, **fields):
    require(by, "pilots.begin_mechanism", group)
    WorkingGroup.objects.select_for_update().get(pk=group.pk)
    if key and (held := Mechanism.objects.filter(group=group, key=key).first()):
        return held
    last = Mechanism.objects.filter(group=group).aggregate(last=models.Max("number"))["last"] or 0
    made = Mechanism(group=group, number=last + 1, begun_by=by, begun_on=platform_day(), key=key, **fields)
    made.full_clean(exclude=["key"])
    made.save()
    made.terms.set(terms_named(terms or {}))
    note_translations(made, by=by)
    share(made)
    audit.record("pilots.mechanism_begun", made, by=by)
    return made


def terms_named(terms: Mapping[str, Sequence[str]]) -> list[Term]:
    named = models.Q(pk__in=[])
    for scheme in contents.SCHEMES:
        named |= models.Q(scheme=scheme, code__in=terms.get(scheme, ()))
    return list(Term.objects.filter(named))


def share(mechanism: Mechanism) -> None:
    """Everybody's once it is published, its group's until then."""
    keys = {mechanism.scope, "role:lead_partner", "role:reviewer", "role:translator"}
    access.set_audience(mechanism, {PUBLIC} if mechanism.published_id else keys)


def locked(mechanism: Mechanism) -> Mechanism:
    return Mechanism.objects.select_for_update(of=("self",)).select_related("published").get(pk=mechanism.pk)


@transaction.atomic
def change(mechanism: Mechanism, *, by, terms: Mapping[str, Sequence[str]], **fields) -> Mechanism:
    """Write it anew. An approval, or a look that is being taken, holds no longer."""
    mechanism = locked(mechanism)
    require(by, "pilots.change_mechanism", mechanism)
    reopen(mechanism, by=by)
    for name, value in fields.items():
        setattr(mechanism, name, value)
    mechanism.full_clean(exclude=["key"])
    mechanism.save()
    mechanism.terms.set(terms_named(terms))
    note_translations(mechanism, by=by)
    audit.record("pilots.mechanism_changed", mechanism, by=by)
    return mechanism


def reopen(mechanism: Mechanism, *, by) -> None:
    if mechanism.state == Mechanism.State.DRAFT:
        return
    if version := selectors.current(mechanism):
        version.state = MechanismVersion.State.VOID
        version.save(update_fields=["state"])
        audit.record("pilots.mechanism_voided", mechanism, by=by, version=version.number)
    mechanism.state = Mechanism.State.DRAFT
    mechanism.save(update_fields=["state"])


@transaction.atomic
def link(mechanism: Mechanism, other: models.Model, *, by, note: str = "") -> Mechanism:
    """Say that it is based on something, and what is found there."""
    mechanism = locked(mechanism)
    require(by, "pilots.change_mechanism", mechanism)
    if len(contents.drawn(mechanism)) >= MOST_EVIDENCE:
        raise ValidationError(_("A mechanism names %(n)s pieces of evidence at most.") % {"n": MOST_EVIDENCE})
    reopen(mechanism, by=by)
    going = contents.evidence_of(mechanism).filter(
        standing=Trail.Standing.GOING, other_thing=label_of(other), other_id=other.pk
    )
    if not going.update(standing=Trail.Standing.SHOWN, note=note.strip()):
        standing = Trail.Standing.COMING if mechanism.published_id else Trail.Standing.SHOWN
        trails.draw(contents.BASED_ON, mechanism, other, by=by, note=note.strip(), standing=standing)
    audit.record("pilots.evidence_drawn", mechanism, by=by)
    return mechanism


@transaction.atomic
def unlink(mechanism: Mechanism, trail: int, *, by) -> Mechanism:
    mechanism = locked(mechanism)
    require(by, "pilots.change_mechanism", mechanism)
    row = selectors.drawn_trail(mechanism, trail)
    reopen(mechanism, by=by)
    if mechanism.published_id and row.standing == Trail.Standing.SHOWN:
        contents.evidence_of(mechanism).filter(pk=row.pk).update(standing=Trail.Standing.GOING)
    else:
        trails.erase(row.pk, by=by)
    audit.record("pilots.evidence_erased", mechanism, by=by)
    return mechanism


def hindrances(mechanism: Mechanism) -> list[str]:
    """What is lacking before it can be submitted."""
    found = []
    bare = [contents.name_of(name) for name in contents.TEXTS if not getattr(mechanism, name)]
    if bare:
        found.append(_("Not written yet: %(names)s.") % {"names": ", ".join(bare)})
    schemes = set(mechanism.terms.values_list("scheme", flat=True))
    if "level" not in schemes:
        found.append(_("Please choose at least one level."))
    if "cycle_stage" not in schemes:
        found.append(_("Please choose at least one stage of the policy cycle."))
    if not contents.drawn(mechanism):
        found.append(_("Nothing is named that it is based on."))
    return found


@transaction.atomic
def submit(mechanism: Mechanism, *, by, note: str = "") -> MechanismVersion:
    """Freeze what is written as the next version, for those who approve it."""
    mechanism = locked(mechanism)
    require(by, "pilots.submit_mechanism", mechanism)
    if hindering := hindrances(mechanism):
        raise ValidationError(hindering)
    content = contents.content_of(Mechanism.objects.get(pk=mechanism.pk))
    last, digest = mechanism.versions.first(), contents.digest(content)
    if mechanism.published and mechanism.published.sha256 == digest:
        raise ValidationError(_("Nothing has changed since version %(n)s.") % {"n": mechanism.published.number})
    version = mechanism.versions.create(
        number=last.number + 1 if last else 1,
        content=content,
        sha256=digest,
        note=note.strip(),
        submitted_on=platform_day(),
        submitted_by=by,
    )
    version.terms.set(mechanism.terms.all())
    mechanism.state = Mechanism.State.REVIEW
    mechanism.save(update_fields=["state"])
    audit.record("pilots.mechanism_submitted", mechanism, by=by, version=version.number)
    return version


def approve(mechanism: Mechanism, sha256: str, *, by, remarks: str = "") -> MechanismVersion:
    return answer(mechanism, sha256, MechanismVersion.State.APPROVED, by=by, remarks=remarks)


def send_back(mechanism: Mechanism, sha256: str, *, by, remarks: str) -> MechanismVersion:
    if not remarks.strip():
        raise ValidationError({"remarks": _("Please say what is to be changed.")})
    return answer(mechanism, sha256, MechanismVersion.State.RETURNED, by=by, remarks=remarks)


@transaction.atomic
def answer(mechanism: Mechanism, sha256: str, state: str, *, by, remarks: str) -> MechanismVersion:
    """Of exactly the version that was read, by somebody else than who submitted it."""
    mechanism = locked(mechanism)
    require(by, "pilots.approve_mechanism", mechanism)
    version = selectors.current(mechanism)
    if version is None or version.sha256 != sha256:
        raise ValidationError(_("It was changed since you opened this page. Please read it once more."))
    if state == MechanismVersion.State.APPROVED:
        if version.submitted_by_id == by.pk:
            raise ValidationError(_("Somebody else than who submitted it has to approve it."))
        demand_no_open_round(mechanism)
    version.state, version.remarks = state, remarks.strip()
    version.answered_on, version.answered_by, version.answered_for = platform_day(), by, acts_for(by.pk)
    version.save()
    approved = state == MechanismVersion.State.APPROVED
    mechanism.state = Mechanism.State.APPROVED if approved else Mechanism.State.DRAFT
    mechanism.save(update_fields=["state"])
    verb = "pilots.mechanism_approved" if approved else "pilots.mechanism_returned"
    audit.record(verb, mechanism, by=by, version=version.number)
    return version


def demand_no_open_round(mechanism: Mechanism) -> None:
    """Also of an earlier version: whoever commented is owed an answer before the next one stands."""
    if rounds_on(mechanism).filter(closed_on=None).exists():
        raise ValidationError(_("Partners are being asked about it. Close that round first."))


@transaction.atomic
def publish(mechanism: Mechanism, *, by) -> MechanismVersion:
    """Everybody reads the approved version from now on; the one before stays at its address."""
    mechanism = locked(mechanism)
    require(by, "pilots.publish_mechanism", mechanism)
    version = selectors.current(mechanism)
    if version is None or version.state != MechanismVersion.State.APPROVED:
        raise ValidationError(_("There is no approved version."))
    demand_no_open_round(mechanism)
    mechanism.versions.filter(state="published").update(state=MechanismVersion.State.SUPERSEDED)
    version.state, version.published_on = MechanismVersion.State.PUBLISHED, platform_day()
    version.save(update_fields=["state", "published_on"])
    mechanism.state, mechanism.published = Mechanism.State.PUBLISHED, version
    mechanism.save(update_fields=["state", "published"])
    share(mechanism)
    trails.settle_standing(contents.BASED_ON, mechanism, by=by)
    audit.record("pilots.mechanism_published", mechanism, by=by, version=version.number)
    return version


@transaction.atomic
def withdraw(mechanism: Mechanism, *, by, reason: str) -> Mechanism:
    """Nobody is to follow it any more: it leaves lists, search and counts for good, and its address says why.

    What it was based on when it was published stays on its trail.
    """
    mechanism = locked(mechanism)
    require(by, "pilots.withdraw_mechanism", mechanism)
    if mechanism.published is None:
        raise ValidationError(_("Only what is published is withdrawn."))
    if not reason.strip():
        raise ValidationError({"reason": _("Please give your reasons.")})
    demand_no_open_round(mechanism)
    reopen(mechanism, by=by)
    version = mechanism.published
    version.state = MechanismVersion.State.WITHDRAWN
    version.save(update_fields=["state"])
    mechanism.state, mechanism.published = Mechanism.State.WITHDRAWN, None
    mechanism.why_withdrawn, mechanism.withdrawn_on = reason.strip(), platform_day()
    mechanism.full_clean(exclude=["key"])
    mechanism.save()
    share(mechanism)
    evidence = contents.evidence_of(mechanism)
    evidence.filter(standing=Trail.Standing.COMING).delete()
    evidence.update(standing=Trail.Standing.SHOWN)
    audit.record("pilots.mechanism_withdrawn", mechanism, by=by, version=version.number)
    return mechanism


@transaction.atomic
def comment(mechanism: Mechanism, text: str, *, by, version: str = "") -> Comment:
    require(by, "pilots.comment_mechanism", mechanism)
    locked(mechanism)
    said = selectors.comments(mechanism).filter(author=by).last()
    if said and said.text == text.strip() and timezone.now() - said.said_at < timedelta(minutes=5):
        return said
    made = discussions.say(mechanism, text, by=by, version=version)
    audit.record("pilots.mechanism_commented", mechanism, by=by, comment=made.pk)
    return made


@transaction.atomic
def delete(mechanism: Mechanism, *, by) -> None:
    mechanism = locked(mechanism)
    require(by, "pilots.delete_mechanism", mechanism)
    if mechanism.versions.exists():
        raise ValidationError(_("What was submitted once is never deleted."))
    for row in contents.drawn(mechanism):
        trails.erase(row.pk, by=by)
    access.drop_audience(mechanism)
    audit.record("pilots.mechanism_deleted", mechanism, by=by)
    mechanism.delete()
