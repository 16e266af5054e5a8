from django.db import transaction

from platform_core.identity.audit import services as audit

from .models import User


@transaction.atomic
def open_account(user: User, *, consented: bool = False) -> User:
    """`consented` tells that the person agreed to the privacy notice when she signed up."""
    user.save()
    audit.record("accounts.opened", user, by=user, consented=consented)
    return user


def wait_for_turn(user: User) -> None:
    """Within a transaction: one deed of a person at a time, so that her second click finds what the first one made."""
    User.objects.select_for_update().only("pk").get(pk=user.pk)


@transaction.atomic
def change_settings(user: User, changed: list[str]) -> User:
    user.save()
    audit.record("accounts.settings_changed", user, by=user, fields=changed)
    return user
