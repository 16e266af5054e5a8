from django.db import models, transaction

from platform_core.ground.registry.catalogue import label_of

from ..models import Following


def follow(person, thing: models.Model) -> None:
    """She wants to be told of this thing from now on; the caller has checked that she may see it."""
    keep(person, thing, is_followed=True)


def unfollow(person, thing: models.Model) -> None:
    keep(person, thing, is_followed=False)


def mute(person, thing: models.Model) -> None:
    """She is told nothing more about this thing, whatever else would tell her."""
    keep(person, thing, is_muted=True)


def unmute(person, thing: models.Model) -> None:
    keep(person, thing, is_muted=False)


@transaction.atomic
def keep(person, thing: models.Model, **wish: bool) -> None:
    """A row that says neither is not kept."""
    found = {"person": person, "thing": label_of(thing), "object_id": thing.pk}
    if any(wish.values()):
        Following.objects.update_or_create(**found, defaults=wish)
    else:
        Following.objects.filter(**found).update(**wish)
        Following.objects.filter(**found, is_followed=False, is_muted=False).delete()
