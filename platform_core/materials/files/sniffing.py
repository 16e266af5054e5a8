"""What a file really is, whatever its name says."""

import re
import zipfile
import zlib
from pathlib import PurePath
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"
TYPES = {
    ".pdf": "application/pdf",
    ".docx": f"{OFFICE}.wordprocessingml.document",
    ".xlsx": f"{OFFICE}.spreadsheetml.sheet",
    ".pptx": f"{OFFICE}.presentationml.presentation",
    ".odt": f"{OPEN}.text",
    ".ods": f"{OPEN}.spreadsheet",
    ".odp": f"{OPEN}.presentation",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".csv": "text/csv",
    ".json": "application/json",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}
ZIP_MEMBERS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml", ".pptx": "ppt/presentation.xml"}
STARTS = {".pdf": b"%PDF-", ".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}
MACROS = re.compile(r"vbaProject\.bin$|^(Basic|Scripts)/.", re.IGNORECASE)
UNPACKED_LIMIT = 500 * 2**20
MEMBER_LIMIT = 20_000
LIST_LIMIT = 4 * 2**20  # bytes
END_RECORD = 22 + 65_535


def media_type(file: BinaryIO, name: str) -> str:
    """The media type of a file whose content fits its name; raises ValidationError naming what is wrong."""
    ending = known_ending(name)
    file.seek(0)
    start = file.read(8192)
    if not start:
        raise ValidationError(_("The file is empty."))
    fits = check_zip(file, ending) if TYPES[ending].startswith((OFFICE, OPEN)) else check_start(start, ending)
    file.seek(0)
    if not fits:
        raise ValidationError(_("The content of “%(name)s” is not what its name says.") % {"name": PurePath(name).name})
    return TYPES[ending]


def known_ending(name: str) -> str:
    """The ending of a name; raises ValidationError when files of that kind are not kept."""
    ending = PurePath(name).suffix.lower()
    if ending not in TYPES:
        allowed = ", ".join(sorted(known.lstrip(".") for known in TYPES))
        raise ValidationError(
            _("Files of this kind cannot be kept. Please use one of: %(allowed)s.") % {"allowed": allowed}
        )
    return ending


def check_start(start: bytes, ending: str) -> bool:
    if ending in STARTS:
        return start.startswith(STARTS[ending]) or (ending == ".pdf" and STARTS[ending] in start[:1024])
    return b"\0" not in start


def demand_short_list(file: BinaryIO) -> None:
    """Refuses an archive whose list of members would fill the memory before they could be counted. The end record says
    how long it is (APPNOTE 4.3.16).
    """
    file.seek(0, 2)
    file.seek(max(0, file.tell() - END_RECORD))
    record = file.read()
    place = record.rfind(b"PK\x05\x06")
    if place >= 0 and int.from_bytes(record[place + 12 : place + 16], "little") > LIST_LIMIT:
        raise ValidationError(_("The file unpacks to more than can be read safely."))


def check_zip(file: BinaryIO, ending: str) -> bool:
    """Office files are archives: the right members, and nothing that unpacks without end."""
    demand_short_list(file)
    file.seek(0)
    try:
        archive = zipfile.ZipFile(file)
        members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    if len(members) > MEMBER_LIMIT or sum(member.file_size for member in members) > UNPACKED_LIMIT:
        raise ValidationError(_("The file unpacks to more than can be read safely."))
    names = {member.filename for member in members}
    if any(MACROS.search(name) for name in names):
        raise ValidationError(_("The file holds macros, which could do harm. Please save it without them."))
    if ending in ZIP_MEMBERS:
        return ZIP_MEMBERS[ending] in names
    if "mimetype" not in names or archive.getinfo("mimetype").file_size > 100:
        return False
    try:
        return archive.read("mimetype").decode("ascii", "replace").strip() == TYPES[ending]
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError):
        return False  # damaged, encrypted, or packed in a way nobody reads
