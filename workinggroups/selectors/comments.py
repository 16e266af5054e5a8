from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse

from platform_core.exchange.discussions.models import Comment
from platform_core.exchange.discussions.selectors import Discussed, comments_on, discussed
from platform_core.ground.texts.passages import Passage, page, passages, place_name, place_of, with_items
from platform_core.ground.texts.wikitext import page_passages
from platform_core.materials.files.models import FilePage, StoredFile
from platform_core.materials.files.selectors import last_number
from platform_core.people.members.selectors import acting_for

from ..models import Document, DocumentVersion, WikiPage
from . import wiki
from .documents import document_for, seen_versions, shown_version, version_named

EXCERPT = 90
HISTORY = "workinggroups.change_wiki_page"


@dataclass(frozen=True)
class Reading:
    """A version of a thing as somebody reads it: a text by its passages, or a `file` by its pages or parts."""

    thing: Document | WikiPage
    version: str
    language: str
    address: str
    passages: tuple[Passage, ...] = ()
    file: StoredFile | None = None
    knows_earlier: bool = True  # whether the reader may see what stood there before

    @property
    def in_parts(self) -> bool:
        return self.file is not None and self.file.in_parts

    @property
    def last(self) -> int:
        """How many pages or parts the file has to comment on."""
        read = last_number(self.file)
        return read if self.file.in_parts else max(self.file.page_count, read)

    def choices(self) -> list[tuple[int, str]]:
        """What can be commented on, by number; passages by their first words, items of lists under their list."""
        if self.file:
            return [(number, "") for number in range(1, self.last + 1)]
        return [(one.number, excerpt(one.words, one.place[1])) for one in with_items(self.passages) if one.words]

    def words(self, number: int) -> str:
        if self.file:
            page = self.file.pages.filter(number=number).first()
            return " ".join(page.text.split())[:EXCERPT] if page else ""
        return next((one.words for one in with_items(self.passages) if one.number == number), "")


def excerpt(words: str, item: int = 0) -> str:
    told = words if len(words) <= EXCERPT else f"{words[:EXCERPT].rstrip()} …"
    return f"– {told}" if item else told


def of_document(document: Document, version: DocumentVersion) -> Reading:
    address = reverse("workinggroups:comments", args=[document.pk])
    parts = passages(version.text) if version.file_id is None else ()
    return Reading(document, version.number, version.language, address, parts, version.file)


def of_page(user, page: WikiPage, number: int, text: str, shown: tuple[Passage, ...] = ()) -> Reading:
    address = reverse("workinggroups:wiki_comments", args=[page.pk])
    knows = user.has_perm(HISTORY, page)
    return Reading(page, str(number), page.language, address, shown or page_passages(text), knows_earlier=knows)


def document_read(user, pk: int, number: str = "") -> Reading:
    """The version of that number, as far as the reader sees it; otherwise the one she is shown."""
    found = document_for(user, pk)
    named = version_named(found, number)
    seen = named is not None and seen_versions(user, found).filter(pk=named.pk).exists()
    return of_document(found, named if seen else shown_version(user, found))


def page_read(user, pk: int, number: str = "") -> Reading:
    """The revision of that number for whoever may read how the page came about; otherwise the page as it is."""
    found = wiki.page_for(user, pk)
    known = number.isdecimal() and len(number) < 10 and user.has_perm(HISTORY, found)
    read = (found.revisions.filter(number=int(number)).first() if known else None) or found
    return of_page(user, found, read.number, read.text)


def comments(thing: Document | WikiPage, *, only_open: bool = False) -> QuerySet[Comment]:
    rows = comments_on(thing).order_by("anchor", "pk")
    return rows.filter(settled_on=None) if only_open else rows


def waiting(thing: Document | WikiPage) -> int:
    """How many are neither settled nor hidden."""
    return comments(thing, only_open=True).filter(hidden_because="").count()


def said_of(reading: Reading, *, only_open: bool = False) -> Discussed:
    """Comments beside the passages or pages they are about, as these stand in the version that is read."""
    said = list(comments(reading.thing, only_open=only_open))
    others = {one.version for one in said if one.anchor} - {reading.version}
    if reading.file:
        now, earlier = pages_said(reading, said, others)
    else:
        now, earlier = reading.passages, texts_of(reading.thing, others)
    found = discussed(said, now, reading.version, earlier, keep_numbers=reading.file is not None)
    return found if reading.knows_earlier else found.unquoted()


def texts_of(thing: Document | WikiPage, versions: set[str]) -> dict[str, tuple[Passage, ...]]:
    if not versions:
        return {}
    if isinstance(thing, WikiPage):
        numbers = [int(number) for number in versions if number.isdecimal()]
        return {str(one.number): page_passages(one.text) for one in thing.revisions.filter(number__in=numbers)}
    rows = thing.versions.filter(numbered(versions))
    return {one.number: passages(one.text) for one in rows}


def numbered(versions: set[str]) -> Q:
    pairs = [number.partition(".")[::2] for number in versions]
    asked = [Q(major=major, minor=minor) for major, minor in pairs if major.isdecimal() and minor.isdecimal()]
    return Q(*asked, _connector=Q.OR) if asked else Q(pk=None)


def pages_said(
    reading: Reading, said: list[Comment], others: set[str]
) -> tuple[list[Passage], dict[str, list[Passage]]]:
    """Of the file that is read the pages that were spoken of, and those that say what was spoken of in other versions."""
    anchors = sorted({one.anchor for one in said if one.anchor})
    rows = list(reading.thing.versions.filter(numbered(others)).exclude(file=None)) if others else []
    texts = texts_by_file({row.file_id for row in rows}, anchors)
    earlier = {row.number: [page(number, texts.get((row.file_id, number), "")) for number in anchors] for row in rows}
    asked = Q(number__in=anchors) | Q(text__in={text for text in texts.values() if text.strip()})
    now = dict(reading.file.pages.filter(asked).values_list("number", "text")) if anchors else {}
    last = reading.last if anchors else 0
    now |= {number: "" for number in anchors if number <= last and number not in now}
    return [page(number, text) for number, text in sorted(now.items())], earlier


def texts_by_file(files: set[int], anchors: list[int]) -> dict[tuple[int, int], str]:
    rows = FilePage.objects.filter(file__in=files, number__in=anchors) if files else []
    return {(row.file_id, row.number): row.text for row in rows}


def table(document: Document) -> Iterator[tuple]:
    """The rows of a comment table: number, version, place, who, for whom, what, answers, whether it is settled."""
    said = [comment for comment in comments(document) if not comment.hidden_because]
    said.sort(key=lambda comment: place_of(comment.anchor or 0))
    act_for = acting_for([comment.author_id for comment in said if comment.author_id])
    for number, comment in enumerate(said, 1):
        replies = [reply.text for reply in comment.replies.all() if not reply.hidden_because]
        yield (
            number,
            comment.version,
            place_name(comment.anchor) if comment.anchor else "",
            str(comment.author or ""),
            str(act_for.get(comment.author_id, "")),
            comment.text,
            "\n".join(replies),
            str(comment.settled_on or ""),
        )
