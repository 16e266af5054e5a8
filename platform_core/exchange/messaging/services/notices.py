from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import override

from platform_core.ground.registry.catalogue import declared, label_of
from platform_core.ground.registry.kinds import NoticeKind
from platform_core.identity.accounts.models import User
from platform_core.identity.audit.models import Event

from .. import selectors
from ..models import Notice, OutboxMail, Pace
from ..selectors.wishes import Way
from .mails import post_all
from .wishes import open_links, unsubscribe_address

BATCH = 500
SHORTLY = timedelta(minutes=10)
OWN = f"own-{token_hex(12)}"  # nobody who writes can know what each reader's secret is put in for


def raise_notices(event: Event) -> None:
    """The reaction behind every notice: each person is told of an event once per channel, however often it comes by.

    Whom several kinds would tell is told under the first of them.
    """
    kinds = [kind for kind in declared(NoticeKind) if kind.verb == event.verb]
    told = selectors.told_of(event) if kinds else set()
    for kind in kinds:
        people = [pk for pk in dict.fromkeys(kind.recipients(event)) if pk not in told]
        told.update(people)
        for first in range(0, len(people), BATCH):
            tell(kind, event, people[first : first + BATCH])


def tell(kind: NoticeKind, event: Event, people: Collection[int]) -> None:
    """The words are made once for all who read the same language in the same time zone; all rows are written together."""
    readers = selectors.readers(kind, event, people)
    ways = selectors.ways(kind, [person.pk for person in readers])
    at_once = [person for person in readers if ways[person.pk].pace == Pace.ONCE]
    late, secrets = crowd(kind, event, at_once), open_links(at_once)
    rows: list[Notice] = []
    mails: list[OutboxMail] = []
    for (language, zone), group in groupby(sorted(readers, key=tongue), key=tongue):
        with override(language), timezone.override(zone):
            made = words_for(kind, event, list(group), ways, late)
            rows += made
            mails += letters([notice for notice in made if notice.mailed_as], secrets, entry_of(kind, event))
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    if mails:
        post_all(mails)


def tongue(person: User) -> tuple[str, str]:
    return person.language, person.time_zone


def crowd(kind: NoticeKind, event: Event, people: Sequence[User]) -> set[int]:
    """Who got several mails of one thread within minutes gets the next ones together, unless they are urgent."""
    if kind.urgent or not people:
        return set()
    thread, _title = selectors.thread_of(kind, event)
    return selectors.crowded(kind, thread, [person.pk for person in people], timezone.now() - SHORTLY)


def words_for(
    kind: NoticeKind, event: Event, people: Sequence[User], ways: Mapping[int, Way], late: Collection[int]
) -> list[Notice]:
    """The notices of those who read the active language."""
    content, (thread, title) = kind.content(event), selectors.thread_of(kind, event)
    fields = {"subject": one_line(content.subject), "text": content.text, "address": content.address}
    fields |= {"event": event, "kind": kind.code, "thread": thread, "thread_title": one_line(title)}
    on_site = [person for person in people if ways[person.pk].on_site]
    by_mail = [person for person in people if ways[person.pk].pace != Pace.NEVER]
    rows = [Notice(recipient=person, channel=Notice.Channel.SITE, **fields) for person in on_site]
    for person in by_mail:
        way = ways[person.pk]
        notice = Notice(recipient=person, channel=Notice.Channel.MAIL, pace=way.pace, **fields)
        now = timezone.now()
        notice.due_at = now + SHORTLY if person.pk in late else way.due_at(now, person.zone)
        notice.mailed_as = "" if notice.due_at else message_id(notice)
        rows.append(notice)
    return rows


def entry_of(kind: NoticeKind, event: Event) -> Callable[[User], str]:
    """What gives a reader her entry for calendars, where the kind has one."""
    return lambda person: kind.calendar(event, person) if kind.calendar else ""


def one_line(subject: str) -> str:
    """What a mail's header and the column can hold."""
    return Truncator(" ".join(subject.split())).chars(Notice._meta.get_field("subject").max_length)


def post_notices(notices: Sequence[Notice]) -> None:
    post_all(letters(notices, open_links([notice.recipient for notice in notices]), lambda person: ""))


def letters(notices: Sequence[Notice], secrets: Mapping[int, str], entry: Callable[[User], str]) -> list[OutboxMail]:
    """Mails of notices that say the same; the id of each is derived from event and person."""
    if not notices:
        return []
    words = letter(notices[0])
    is_private = selectors.is_private(notices[0].kind)
    return [
        own_letter(notice, words, secrets[notice.recipient_id], calendar=entry(notice.recipient), is_private=is_private)
        for notice in notices
    ]


def letter(notice: Notice) -> dict[str, str]:
    """The words of a mail for all its readers, with signs where each has a link of her own."""
    context = {"notice": notice, "address": settings.SITE_URL + notice.address, "site": settings.SITE_URL}
    context["unsubscribe"] = unsubscribe_address(OWN, notice.kind)
    return {
        "subject": notice.subject,
        "text": render_to_string("emails/notice.txt", context),
        "html": render_to_string("emails/notice.html", context),
        "unsubscribe": context["unsubscribe"],
    }


def own_letter(notice: Notice, words: dict[str, str], secret: str, **shared: Any) -> OutboxMail:
    own = {name: text.replace(OWN, secret) for name, text in words.items()}
    return OutboxMail(message_id=message_id(notice), recipient=notice.recipient.email, **own, **shared)


def message_id(notice: Notice) -> str:
    return f"<notice-{notice.event_id}-{notice.recipient_id}-{notice.kind}@clusterpolisee>"


def mark_read(person, pks: list[int] | None = None, thread: str = "") -> int:
    """Mark some or all of a person's notices as read."""
    rows = Notice.objects.filter(recipient=person, read_at__isnull=True)
    if thread:
        rows = rows.filter(thread=thread)
    if pks is not None:
        rows = rows.filter(pk__in=pks)
    return rows.update(read_at=timezone.now())


def withdraw(thing: Model, **payload: Any) -> int:
    """What was said of a thing in events with this payload holds no longer: its words leave notices and waiting digests."""
    about = {f"payload__{name}": value for name, value in payload.items()}
    events = Event.objects.filter(thing=label_of(thing), thing_id=str(thing.pk), **about)
    return Notice.objects.filter(event__in=events).exclude(text="").update(text="")


def purge_notices(before) -> int:
    return Notice.objects.filter(created_at__lt=before).delete()[0]
