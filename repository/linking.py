"""Keeps known which addresses outside the platform records point to, so that they are asked from time to time."""

from platform_core.materials.trails import links

from .models import Record
from .quality import links_of


def heed(event) -> None:
    """The reaction to a record that is made, changed or published."""
    note(int(event.thing_id))


def note(pk: int) -> None:
    if record := Record.objects.filter(pk=pk).first():
        links.heed(record, links_of(record))


def heed_drafts(run) -> dict[str, int]:
    """The job: of every draft, as those of before drafts were heeded are not known."""
    drafts = list(Record.objects.filter(state=Record.State.DRAFT).values_list("pk", flat=True))
    for place, pk in enumerate(drafts):
        with run.writing():
            note(pk)
        run.progress(place + 1, len(drafts))
    return {"drafts": len(drafts)}
