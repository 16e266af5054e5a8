"""Two papers of a hundred pages as versions of one document: reading their texts, and the page that compares them."""

import io
import resource
import time
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as Paper

from benchmarks.texts import Writer
from platform_core.materials.files import extraction
from platform_core.materials.files.models import StoredFile
from platform_core.materials.files.services import copied, store_pages
from workinggroups.selectors.documents import last_version
from workinggroups.services import documents

PAGES, PARAGRAPHS, WORDS = 100, 6, 65
ROUNDS = 7


def versions(place) -> tuple[object, list[StoredFile]]:
    """A document with two versions whose texts were read."""
    writer, chance = Writer(PAGES), Random(7)
    before = [writer.text(WORDS) for _paragraph in range(PAGES * PARAGRAPHS)]
    after = [text for one in before for text in changed(one, writer, chance)]
    made = documents.add(place.group, by=place.people[0], file=paper(before), language="en")
    stored = [last_version(made).file]
    documents.change(made, by=place.people[0], base="1.0", file=paper(after))
    stored.append(last_version(made).file)
    for one in stored:
        store_pages(one, read(one), "")
    return made, stored


def changed(text: str, writer: Writer, chance: Random) -> list[str]:
    """Of ten paragraphs one has other words, of fifty one is gone and one is new."""
    fate = chance.randrange(50)
    if fate < 5:
        words = text.split()
        words[chance.randrange(len(words))] = "otherwise"
        return [" ".join(words)]
    return {5: [], 6: [text, writer.text(WORDS)]}.get(fate, [text])


def paper(paragraphs: list[str]) -> SimpleUploadedFile:
    built = Paper()
    for place, text in enumerate(paragraphs):
        built.add_paragraph(text)
        if place % PARAGRAPHS == PARAGRAPHS - 1:
            built.add_page_break()
    file = io.BytesIO()
    built.save(file)
    return SimpleUploadedFile("paper.docx", file.getvalue())


def read(stored: StoredFile) -> list[str]:
    with copied(stored) as path:
        return extraction.extract(path, stored.media_type)


def read_here(stored: StoredFile) -> list[str]:
    """Without the child process that keeps the limits; for information."""
    with copied(stored) as path:
        return extraction.read_pages(path, stored.media_type)


def spent() -> float:
    """Processor seconds so far, of this process and of its children that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def measure(place, browser) -> dict:
    made, stored = versions(place)
    address = f"{made.get_absolute_url()}compare/?from=1.0&to=1.1"
    found: dict[str, list[float]] = {"own": [], "bare": [], "bare here": []}
    shown = browser.get(address).content.decode()
    deeds = {
        "own": lambda: browser.get(address),
        "bare": lambda: [read(one) for one in stored],
        "bare here": lambda: [read_here(one) for one in stored],
    }
    for _round in range(ROUNDS):
        for name, perform in deeds.items():
            begun = spent()
            perform()
            found[name].append(spent() - begun)
    sizes = {"characters": sum(len(text) for one in stored for text in one.pages.values_list("text", flat=True))}
    return {**found, **sizes, "changes": shown.count("<ins>") + shown.count("<del>")}
