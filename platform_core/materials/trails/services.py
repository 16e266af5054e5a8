from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from platform_core.ground.registry.catalogue import find_thing, label_of, thing_kind
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit

from . import selectors
from .models import Trail


@transaction.atomic
def draw(kind: str, thing: Model, other: Model, *, by=None, note: str = "", standing: str = "") -> Trail:
    """Say how a thing is related to another. `by` None is the platform itself; what is `coming` is told when it is shown.

    Raises ValidationError for relations that cannot be: to itself, of a kind the two cannot have, twice, or in a circle
    where the kind is an order.
    """
    known = selectors.trail_kind(kind)
    if known is None or label_of(thing) not in known.sources or label_of(other) not in known.targets:
        raise ValidationError(_("These two cannot be related in this way."))
    if not known.fits(thing, other):
        raise ValidationError(_("These two cannot be related in this way."))
    if by is not None:
        require(by, known.right, thing)
    other = kept(other)
    if by is not None and (label_of(other), other.pk) not in selectors.visible_things(
        by, [(label_of(other), other.pk)]
    ):
        raise PermissionDenied
    here, there = (label_of(thing), thing.pk), (label_of(other), other.pk)
    if here == there:
        raise ValidationError(_("A thing cannot be related to itself."))
    if known.is_order and selectors.leads_to(there, here, kind):
        raise ValidationError(_("The relation would go in a circle."))
    ends = {"thing": here[0], "object_id": here[1], "other_thing": there[0], "other_id": there[1]}
    try:
        with transaction.atomic():
            trail = Trail.objects.create(kind=kind, note=note, standing=standing, **ends)
    except IntegrityError as problem:
        raise ValidationError(_("They are related in this way already.")) from problem
    if standing != Trail.Standing.COMING:
        audit.record("trails.drawn", thing, by=by, kind=kind, other=there[0], other_id=there[1])
    return trail


def kept(other: Model) -> Model:
    """What is stored only once something is related to it."""
    kind = thing_kind(label_of(other))
    return kind.keep(other) if other.pk is None and kind and kind.keep else other


@transaction.atomic
def settle_standing(kind: str, thing: Model, *, by) -> None:
    """With a publication of the thing: what was coming is shown, what was going is gone."""
    rows = Trail.objects.filter(kind=kind, thing=label_of(thing), object_id=thing.pk)
    for trail in rows.filter(standing=Trail.Standing.COMING):
        audit.record("trails.drawn", thing, by=by, kind=kind, other=trail.other_thing, other_id=trail.other_id)
    rows.filter(standing=Trail.Standing.COMING).update(standing=Trail.Standing.SHOWN)
    for trail in rows.filter(standing=Trail.Standing.GOING):
        trail.delete()
        audit.record("trails.erased", thing, by=by, kind=kind, other=trail.other_thing, other_id=trail.other_id)


@transaction.atomic
def erase(pk: int, *, by) -> Model:
    """Take a relation away; gives the thing it began at."""
    trail = Trail.objects.filter(pk=pk).first()
    known = selectors.trail_kind(trail.kind) if trail else None
    thing = find_thing(trail.thing, trail.object_id) if trail else None
    if trail is None or known is None or thing is None:
        raise PermissionDenied
    require(by, known.right, thing)
    trail.delete()
    if trail.standing != Trail.Standing.COMING:
        audit.record("trails.erased", thing, by=by, kind=known.code, other=trail.other_thing, other_id=trail.other_id)
    return thing


def erase_around(thing: Model) -> None:
    """What a thing that is deleted was related with; the caller has checked the right, and its event stands for all."""
    label = label_of(thing)
    Trail.objects.filter(thing=label, object_id=thing.pk).delete()
    Trail.objects.filter(other_thing=label, other_id=thing.pk).delete()
