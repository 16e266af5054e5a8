"""A folder with all below it as a zip."""

import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from ..models import Document, DocumentVersion, Folder, MadeFile, WorkingGroup
from ..selectors import documents as selectors

PIECE = 2**20
STRANGE = re.compile(r"[^\w.-]+")
DEEPEST = 30


def write(run, made: MadeFile, out: BinaryIO) -> list[Document]:
    rows = list(content(made))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, (path, version) in enumerate(rows, 1):
            add(archive, path, version)
            run.progress(place, len(rows))
    return [version.document for _path, version in rows]


def add(archive: zipfile.ZipFile, path: str, version: DocumentVersion) -> None:
    if version.file is None:
        archive.writestr(path, version.text)
        return
    with version.file.content.open("rb") as content, archive.open(path, "w") as place:
        while piece := content.read(PIECE):
            place.write(piece)


def content(made: MadeFile) -> Iterator[tuple[str, DocumentVersion]]:
    """Paths in the zip with the versions the person is shown; no two paths are the same, whatever documents are called."""
    taken: set[str] = set()
    for path, folder in folders(made.group, made.folder):
        for document in selectors.in_folder(made.person, made.group, folder).order_by("pk"):
            version = selectors.seen_versions(made.person, document).first()
            if version is None:
                continue
            own = safe(version.name or f"{document.title}.md", document.pk)
            name = f"{path}{own}"
            if name.lower() in taken:
                name = f"{path}{document.pk}-{own}"
            taken.add(name.lower())
            yield name, version


def safe(name: str, pk: int) -> str:
    """A name that leads nowhere else when it is unpacked; what has no letter in it is called by its number."""
    stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
    cleaned = STRANGE.sub("_", stem).strip("._")
    return f"{cleaned or pk}{dot}{STRANGE.sub('', ending)}"


def folders(
    group: WorkingGroup, folder: Folder | None, path: str = "", depth: int = 0
) -> Iterator[tuple[str, Folder | None]]:
    """A folder and all below it, with their paths."""
    yield path, folder
    for one in group.folders.filter(parent=folder) if depth < DEEPEST else ():
        yield from folders(group, one, f"{path}{safe(one.name, one.pk)}/", depth + 1)
