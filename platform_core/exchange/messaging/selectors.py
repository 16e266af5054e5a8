from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from .models import Notice, OutboxMail


def notices_for(user) -> QuerySet[Notice]:
    return Notice.objects.filter(recipient=user, channel=Notice.Channel.SITE)


def unread_count(user) -> int:
    return notices_for(user).filter(read_at__isnull=True).count()


def outbox(user) -> QuerySet[OutboxMail]:
    """All mails; open to everyone in the demonstration, where no mail leaves the machine."""
    if not settings.DEMONSTRATION and not user.has_perm("messaging.read_outbox"):
        raise PermissionDenied
    return OutboxMail.objects.all()
