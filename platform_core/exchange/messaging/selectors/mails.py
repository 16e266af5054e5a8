from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from platform_core.identity.access.selectors import require

from ..models import OutboxMail

UNSENT = Q(sent_at=None)
GIVEN_UP = UNSENT & Q(attempts__gte=OutboxMail.MOST_ATTEMPTS)


def outbox(user) -> QuerySet[OutboxMail]:
    """All mails but private ones of others; open to everyone in the demonstration, where no mail leaves the machine."""
    if not settings.DEMONSTRATION and not user.has_perm("messaging.read_outbox"):
        raise PermissionDenied
    own = Q(recipient__iexact=user.email) if user.is_authenticated else Q(pk=None)
    return OutboxMail.objects.filter(Q(is_private=False) | own)


def waiting_mails() -> QuerySet[OutboxMail]:
    return OutboxMail.objects.filter(UNSENT & ~GIVEN_UP)


def undelivered(user) -> QuerySet[OutboxMail]:
    """Mails that failed, private ones too: to whom and why, for who looks after the mails. Those given up come first."""
    require(user, "messaging.send_again")
    return OutboxMail.objects.filter(UNSENT, attempts__gt=0).order_by("-attempts", "-id")


def undelivered_for(user, pk: int) -> OutboxMail:
    return get_object_or_404(undelivered(user), pk=pk)


def given_up_count() -> int:
    return OutboxMail.objects.filter(GIVEN_UP).count()
