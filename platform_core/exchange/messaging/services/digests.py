from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import ngettext, override

from platform_core.identity.accounts.models import User

from .. import selectors
from ..models import Notice
from .mails import post
from .wishes import DIGESTS, open_links, unsubscribe_address

TOLD = 3


@dataclass(frozen=True)
class Bundle:
    """Notices of one thread, the newest first, of which a few are told."""

    notices: list[Notice]

    @property
    def title(self) -> str:
        return self.notices[0].thread_title or self.notices[0].subject

    @property
    def told(self) -> list[Notice]:
        return self.notices[:TOLD]

    @property
    def more(self) -> int:
        return len(self.notices) - len(self.told)

    @property
    def address(self) -> str:
        return self.notices[0].address


def send_digests() -> int:
    """Make the digests that are due; gives how many mails that were."""
    return sum(make_digest(pk, timezone.now()) for pk in selectors.people_due(timezone.now()))


@transaction.atomic
def make_digest(pk: int, now: datetime) -> bool:
    """One mail of all that waits for a person. Each notice is taken once: what was taken waits no longer, whoever asks.

    The id of the mail is derived from the oldest of its notices, which is in no other.
    """
    person = User.objects.select_for_update().filter(pk=pk).first()
    waiting = list(Notice.objects.filter(recipient=pk, due_at__lte=now).order_by("id")) if person else []
    if not waiting:
        return False
    news = selectors.still_news(person, waiting) if person.is_active else []
    told_as = f"<digest-{pk}-{waiting[0].pk}@clusterpolisee>" if news else ""
    rows = Notice.objects.filter(pk__in=[notice.pk for notice in waiting])
    rows.update(due_at=None)
    rows.filter(pk__in=[notice.pk for notice in news]).update(mailed_as=told_as)
    if news:
        post_digest(person, news, told_as)
    return bool(news)


def post_digest(person: User, notices: list[Notice], message_id: str) -> None:
    secret = open_links([person])[person.pk]
    with override(person.language), timezone.override(person.zone):
        bundles, link = bundled(notices), unsubscribe_address(secret, DIGESTS)
        context = {"bundles": bundles, "site": settings.SITE_URL, "unsubscribe": link, "title": subject_of(bundles)}
        post(
            message_id=message_id,
            recipient=person.email,
            subject=context["title"],
            text=render_to_string("emails/digest.txt", context),
            html=render_to_string("emails/digest.html", context),
            unsubscribe=link,
            is_private=any(selectors.is_private(notice.kind) for notice in notices),
        )


def bundled(notices: list[Notice]) -> list[Bundle]:
    """By thread, in the order in which each was last told of."""
    found: dict[str, list[Notice]] = {}
    for notice in sorted(notices, key=lambda notice: notice.pk, reverse=True):
        found.setdefault(notice.thread or f"notice:{notice.pk}", []).append(notice)
    return [Bundle(rows) for rows in found.values()]


def subject_of(bundles: list[Bundle]) -> str:
    number = sum(len(bundle.notices) for bundle in bundles)
    words = {"number": number, "title": bundles[0].title, "more": len(bundles) - 1}
    if len(bundles) == 1 and number == 1:
        return bundles[0].notices[0].subject
    if len(bundles) == 1:
        return ngettext("%(number)s new: %(title)s", "%(number)s new: %(title)s", number) % words
    return (
        ngettext(
            "%(number)s notices: %(title)s and %(more)s other",
            "%(number)s notices: %(title)s and %(more)s others",
            len(bundles) - 1,
        )
        % words
    )
