"""Pictures of the pages of a file, drawn in a child process with limits. This module knows nothing of Django.

As a program: `python -m platform_core.materials.files.previews PATH MEDIA_TYPE FOLDER` leaves `0001.webp` … and
`thumbnail.webp` in the folder. Office files are turned into PDF first, where LibreOffice is installed; what they link to
is not fetched and their macros do not run.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from .extraction import UnreadableError, in_child

WIDTH = 1000  # pixels
THUMBNAIL = 320
TALLEST = 3  # times its width, for pages shaped like a roll
PAGES = 60
PIXELS = 50_000_000
WALL_SECONDS = 240
THUMBNAIL_NAME = "thumbnail.webp"
PDF = "application/pdf"
OFFICE = ("application/vnd.openxmlformats-officedocument", "application/vnd.oasis.opendocument")
SETTING = (
    '<item oor:path="/org.openoffice.Office.Common/Security/Scripting">'
    '<prop oor:name="{name}" oor:op="fuse"><value>true</value></prop></item>'
)
PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(SETTING.format(name=name) for name in ("BlockUntrustedRefererLinks", "DisableMacrosExecution"))
    + "</oor:items>"
)


def converter() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def can_be_drawn(media_type: str) -> bool:
    """By its kind; whether the converter is there is known where the job runs, which may be another machine."""
    return media_type == PDF or media_type.startswith("image/") or media_type.startswith(OFFICE)


def draw(path: Path, media_type: str, folder: Path) -> tuple[list[Path], int]:
    """The pictures of the first pages in order, and how many pages there are; raises UnreadableError on a broken file or
    when a limit is passed.
    """
    pages = int(in_child(__name__, str(path), media_type, str(folder), seconds=WALL_SECONDS))
    pictures = sorted(picture for picture in folder.glob("*.webp") if picture.name != THUMBNAIL_NAME)
    return pictures, pages


def draw_pages(path: Path, media_type: str, folder: Path) -> int:
    if media_type.startswith("image/"):
        return draw_image(path, folder)
    return draw_pdf(path if media_type == PDF else as_pdf(path, folder), folder)


def draw_image(path: Path, folder: Path) -> int:
    from PIL import Image, ImageOps  # noqa: PLC0415 - only the child draws

    Image.MAX_IMAGE_PIXELS = PIXELS
    with Image.open(path) as image:
        store(ImageOps.exif_transpose(image).convert("RGB"), 1, folder)
    return 1


def draw_pdf(path: Path, folder: Path) -> int:
    import pypdfium2  # noqa: PLC0415 - only the child draws

    document = pypdfium2.PdfDocument(path)
    for index in range(min(len(document), PAGES)):
        page = document[index]
        wide, high = page.get_size()
        scale = min(WIDTH / max(wide, 1), TALLEST * WIDTH / max(high, 1))
        store(page.render(scale=scale).to_pil().convert("RGB"), index + 1, folder)
        page.close()
    return len(document)


def store(image, number: int, folder: Path) -> None:
    image.thumbnail((WIDTH, TALLEST * WIDTH))
    image.save(folder / f"{number:04}.webp", quality=72, method=2)
    if number == 1:
        image.thumbnail((THUMBNAIL, TALLEST * THUMBNAIL))
        image.save(folder / THUMBNAIL_NAME, quality=72, method=2)


def as_pdf(path: Path, folder: Path) -> Path:
    program = converter()
    if program is None:
        raise UnreadableError("LibreOffice is not installed")
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(PROFILE)
    command = [program, f"-env:UserInstallation={profile.parent.as_uri()}", "--headless", "--norestore"]
    subprocess.run(  # noqa: S603
        [*command, "--convert-to", "pdf", "--outdir", str(folder), str(path)],
        env={"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"},
        capture_output=True,
        check=True,
    )
    made = folder / f"{path.stem}.pdf"
    if not made.exists():
        raise UnreadableError("LibreOffice could not read the file")
    return made


def main() -> None:
    print(draw_pages(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])))  # noqa: T201


if __name__ == "__main__":
    main()
