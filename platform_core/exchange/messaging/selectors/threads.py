"""A person's notices, bundled by what they are about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Case, CharField, Count, Max, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat

from ..models import Notice
from .notices import notices_for


@dataclass(frozen=True)
class Thread:
    newest: Notice
    key: str
    number: int
    unread: int

    @property
    def more(self) -> int:
        return self.number - 1


def found_notices(
    user, *, group: str = "", words: str = "", thread: str = "", unread: bool = False
) -> QuerySet[Notice]:
    rows = notices_for(user)
    if group:
        rows = rows.filter(kind__startswith=f"{group}.")
    if words:
        rows = rows.filter(Q(subject__icontains=words) | Q(text__icontains=words) | Q(thread_title__icontains=words))
    if thread:
        rows = rows.filter(thread=thread)
    return rows.filter(read_at__isnull=True) if unread else rows


def threads(user, **asked: Any) -> QuerySet[Notice, dict[str, Any]]:
    """One row per thread, those with something unread first, then the newest; see `read_threads`."""
    key = Case(
        When(thread="", then=Concat(Value("notice:"), Cast("pk", CharField()))),
        default="thread",
        output_field=CharField(),
    )
    rows = found_notices(user, **asked).order_by().annotate(key=key).values("key")
    new = Count("pk", filter=Q(read_at__isnull=True))
    told = rows.annotate(newest=Max("pk", output_field=BigIntegerField()), number=Count("pk"), unread=new)
    return told.order_by(Case(When(unread__gt=0, then=0), default=1), "-newest")


def read_threads(rows: Sequence[dict[str, Any]]) -> list[Thread]:
    newest = Notice.objects.in_bulk([row["newest"] for row in rows])
    return [Thread(newest[row["newest"]], row["key"], row["number"], row["unread"]) for row in rows]


def groups_told(user) -> list[str]:
    """The rooms a person was ever told from."""
    kinds = notices_for(user).order_by().values_list("kind", flat=True).distinct()
    return sorted({kind.partition(".")[0] for kind in kinds})
