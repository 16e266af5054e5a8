import re
import tempfile
import zipfile
from collections.abc import Iterator

from django.core.files import File
from django.db import transaction

from platform_core.identity.access.selectors import require
from platform_core.materials.jobs import services as jobs

from ..models import DocumentVersion, Folder, Pack, WorkingGroup
from ..selectors import documents as selectors
from . import documents

PIECE = 2**20
STRANGE = re.compile(r"[^\w.-]+")
DEEPEST = 30


@transaction.atomic
def ask(group: WorkingGroup, folder: Folder | None, *, by) -> Pack:
    require(by, "workinggroups.enter_group", group)
    pack = Pack.objects.create(group=group, folder=folder, person=by)
    jobs.start("workinggroups.pack", by=by, pack=pack.pk)
    return pack


def build(run, pack: int) -> dict[str, int]:
    """The job: a zip written to disk file by file, so that a large folder needs no memory."""
    found = Pack.objects.select_related("group", "folder", "person").get(pk=pack)
    rows = list(content(found))
    with tempfile.TemporaryFile() as made:
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for place, (path, version) in enumerate(rows, 1):
                add(archive, path, version)
                run.progress(place, len(rows))
        with run.writing():
            found.file.save(f"{found.pk}.zip", File(made))
        return {"documents": len(rows), "bytes": found.file.size}


def add(archive: zipfile.ZipFile, path: str, version: DocumentVersion) -> None:
    if version.file is None:
        archive.writestr(path, version.text)
        return
    with version.file.content.open("rb") as content, archive.open(path, "w") as place:
        while piece := content.read(PIECE):
            place.write(piece)


def content(pack: Pack) -> Iterator[tuple[str, DocumentVersion]]:
    """Paths in the zip with the last versions; no two paths are the same, whatever documents are called."""
    taken: set[str] = set()
    for path, folder in folders(pack.group, pack.folder):
        for document in selectors.in_folder(pack.person, pack.group, folder).order_by("pk"):
            version = documents.last_version(document)
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


def purge(before) -> int:
    old = list(Pack.objects.filter(asked_at__lt=before))
    for pack in old:
        if pack.file:
            pack.file.delete(save=False)
        pack.delete()
    return len(old)
