"""Pages of a wiki as a paper."""

from collections.abc import Iterator
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from platform_core.ground.reports.papers import paper
from platform_core.ground.texts.codes import tag
from platform_core.ground.texts.wikitext import Part

from ..models import MadeFile, WikiPage
from ..selectors import wiki as selectors
from ..selectors.wiki import Node

KINDS = ("docx", "pdf")


def write(run, made: MadeFile, out: BinaryIO) -> list[WikiPage]:
    """A page, or the whole wiki, as far as the person sees it."""
    pages = list(content(made))
    if not pages:
        raise ValidationError(_("There is nothing in it that you see."))
    parts = [part_of(page, alone=made.page is not None) for page in pages]
    title = made.page.title if made.page else _("Wiki of working group %(n)s") % {"n": made.group_id}
    out.write(paper(made.ending, title, parts, tag(pages[0].language)))
    return pages


def content(made: MadeFile) -> Iterator[WikiPage]:
    if made.page is not None:
        yield from selectors.pages(made.person).filter(pk=made.page_id)
    else:
        yield from walk(selectors.tree(made.person, made.group))


def walk(nodes: list[Node]) -> Iterator[WikiPage]:
    """A page, then those below it."""
    for node in nodes:
        yield node.page
        yield from walk(node.below)


def part_of(page: WikiPage, *, alone: bool) -> Part:
    images = {one.name: one.file for one in selectors.files(page) if one.file.media_type.startswith("image/")}
    return Part(
        page.text, heading="" if alone else page.title, images={name: read(file) for name, file in images.items()}
    )


def read(stored) -> bytes:
    with stored.content.open("rb") as content:
        return content.read()
