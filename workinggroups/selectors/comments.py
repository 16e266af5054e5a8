import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from platform_core.exchange.discussions.models import Comment
from platform_core.exchange.discussions.selectors import comments_on
from platform_core.materials.files.selectors import last_number
from platform_core.people.members.selectors import acting_for

from ..models import Document, DocumentVersion
from .documents import version_named

EXCERPT = 200


@dataclass(frozen=True)
class Place:
    """A page or paragraph with what was said of it; `words` are the beginning of what stands there."""

    anchor: int | None
    version: str
    words: str
    comments: list[Comment]
    is_part: bool = False


def paragraphs(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def comments(document: Document, *, only_open: bool = False) -> QuerySet[Comment]:
    rows = comments_on(document).order_by("anchor", "pk")
    return rows.filter(settled_on=None) if only_open else rows


def by_place(document: Document, *, only_open: bool = False) -> list[Place]:
    """Comments in the order of the document, those about all of it first."""
    found: dict[tuple[int, str], list[Comment]] = {}
    for comment in comments(document, only_open=only_open):
        found.setdefault((comment.anchor or 0, comment.version), []).append(comment)
    read = {number: version_named(document, number) for number in {number for anchor, number in found if anchor}}
    return [
        Place(anchor or None, number, excerpt(read.get(number), anchor), said, in_parts(read.get(number)))
        for (anchor, number), said in sorted(found.items(), key=lambda row: row[0])
    ]


def in_parts(version: DocumentVersion | None) -> bool:
    return version is not None and version.file is not None and version.file.in_parts


def excerpt(version: DocumentVersion | None, anchor: int) -> str:
    if version is None or not anchor:
        return ""
    if version.file_id is None:
        parts = paragraphs(version.text)
        return parts[anchor - 1][:EXCERPT] if anchor <= len(parts) else ""
    page = version.file.pages.filter(number=anchor).first()
    return " ".join(page.text.split())[:EXCERPT] if page else ""


def places(version: DocumentVersion) -> int:
    """How many pages or paragraphs a version has to comment on."""
    if version.file_id is None:
        return len(paragraphs(version.text))
    read = last_number(version.file)
    return read if version.file.in_parts else max(version.file.page_count, read)


def table(document: Document) -> Iterator[tuple]:
    """The rows of a comment table: number, version, place, who, for whom, what, answers, whether it is settled."""
    said = [comment for comment in comments(document) if not comment.hidden_because]
    act_for = acting_for([comment.author_id for comment in said if comment.author_id])
    for number, comment in enumerate(said, 1):
        replies = [reply.text for reply in comment.replies.all() if not reply.hidden_because]
        yield (
            number,
            comment.version,
            comment.anchor or "",
            str(comment.author or ""),
            str(act_for.get(comment.author_id, "")),
            comment.text,
            "\n".join(replies),
            str(comment.settled_on or ""),
        )
