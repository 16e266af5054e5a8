"""Two organisations that turn out to be one: everything of the one belongs to the other from then on."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import KeptAsItWas
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit

from . import invitations
from .models import Asked, Invitation, Membership, Organisation


def relations() -> Iterator[models.ForeignKey]:
    """Every field that points to an organisation, but memberships and what is declared to stay as it was."""
    kept = {kind.label for kind in declared(KeptAsItWas)}
    for one in Organisation._meta.get_fields(include_hidden=True):
        if not one.auto_created or one.concrete or one.many_to_many:
            continue
        model = one.related_model
        if model not in (Membership, Organisation) and model._meta.label_lower not in kept:
            yield one.field


def belongings(organisation: Organisation) -> list[tuple[str, int]]:
    """What would go with it: kinds of things, and how many of each."""
    found: dict[str, int] = {}
    for field in relations():
        if number := field.model._base_manager.filter(**{field.name: organisation}).count():
            name = str((field.model._meta.auto_created or field.model)._meta.verbose_name)
            found[name] = found.get(name, 0) + number
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))


@transaction.atomic
def merge(organisation: Organisation, into: Organisation, *, by, why: str) -> Organisation:
    """Nothing is lost: what the other has already (a person who acts for both, a profile) stays unseen where it was.

    Open invitations of the one that goes are taken back.
    """
    require(by, "members.merge_organisations")
    rows = {
        row.pk: row for row in Organisation.everything.select_for_update().filter(pk__in=(organisation.pk, into.pk))
    }
    demand_mergeable(rows.get(organisation.pk), rows.get(into.pk))
    gone, stays = rows[organisation.pk], rows[into.pk]
    take_back_invitations(gone, by)
    leave_twice(gone, stays)
    for field in relations():
        move(field, gone, stays)
    access.rename_keys({f"{kind}:{gone.pk}": f"{kind}:{stays.pk}" for kind in ("org", "admin")})
    Organisation.everything.filter(merged_into=gone).update(merged_into=stays)
    gone.merged_into = stays
    gone.save(update_fields=["merged_into"])
    access.drop_audience(gone)
    audit.record("members.merged", stays, by=by, gone=gone.pk, why=why)
    audit.record("members.merged_away", gone, by=by, into=stays.pk)
    return stays


def demand_mergeable(gone: Organisation | None, stays: Organisation | None) -> None:
    if gone is None or stays is None or gone.pk == stays.pk:
        raise ValidationError({"into": _("Please choose another organisation.")})
    if gone.merged_into_id or stays.merged_into_id:
        raise ValidationError({"into": _("One of them was merged meanwhile.")})
    today = platform_day()
    if gone.memberships.filter(models.Q(ends__isnull=True) | models.Q(ends__gte=today)).exists():
        raise ValidationError(_("Its membership runs: end it first, or merge the other way round."))
    if gone.applications.filter(state=Asked.OPEN).exists() or gone.claims.filter(state=Asked.OPEN).exists():
        raise ValidationError(_("Somebody waits for an answer about it: answer the application or claim first."))


def take_back_invitations(gone: Organisation, by) -> None:
    """Nobody comes to act for the one that stays because somebody of the other had asked her to."""
    for invitation in Invitation.objects.filter(organisation=gone, accepted_at=None, revoked_at=None):
        invitations.revoke(invitation, by=by)


def leave_twice(gone: Organisation, stays: Organisation) -> None:
    """Who acts for both acts for the one that stays. Nobody comes to look after its profile by a merger."""
    both, today = stays.affiliations.filter(ends__isnull=True).values("person"), platform_day()
    gone.affiliations.filter(ends__isnull=True, begins__lte=today, person__in=both).update(ends=today)
    gone.affiliations.update(is_admin=False, is_contact=False)


def move(field: models.ForeignKey, gone: Organisation, stays: Organisation) -> None:
    rows = field.model._base_manager.filter(**{field.name: gone})
    try:
        with transaction.atomic():
            rows.update(**{field.name: stays})
    except IntegrityError:
        for pk in list(rows.values_list("pk", flat=True)):
            move_one(field, pk, stays)


def move_one(field: models.ForeignKey, pk: int, stays: Organisation) -> None:
    try:
        with transaction.atomic():
            field.model._base_manager.filter(pk=pk).update(**{field.name: stays})
    except IntegrityError:  # the other has the like
        return
