"""Opening files of strangers within bounds: what they are, how large they become, nothing from elsewhere."""

import gzip
import io
import zipfile
import zlib

from .problems import UnreadableError

MOST_BYTES = 100 * 2**20
MOST_UNPACKED = 300 * 2**20
MOST_PACKED_TIMES = 200
MOST_MEMBERS = 2000
STEP = 2**20
BROKEN = (
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    OSError,
    zlib.error,
)

GZIP, ZIP = b"\x1f\x8b", b"PK"
SHEETS = "xl/workbook.xml"


def opened(content: bytes) -> tuple[str, bytes]:
    """What a file is (`xlsx`, `json` or `text`), and its bytes, unpacked if they were packed with gzip."""
    if len(content) > MOST_BYTES:
        raise UnreadableError("too_large", most=MOST_BYTES // 2**20)
    if not content.strip():
        raise UnreadableError("empty")
    if content.startswith(GZIP):
        content = unpacked(content)
    if content.startswith(ZIP):
        check_archive(content)
        return "xlsx", content
    return ("json" if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") else "text"), content


def unpacked(content: bytes) -> bytes:
    most = min(MOST_UNPACKED, MOST_PACKED_TIMES * max(len(content), 2**16))
    made = io.BytesIO()
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            while piece := packed.read(STEP):
                made.write(piece)
                if made.tell() > most:
                    raise UnreadableError("unpacks_too_large")
    except BROKEN as problem:
        raise UnreadableError("damaged_gzip") from problem
    return made.getvalue()


def check_archive(content: bytes) -> None:
    """Before anything is unpacked: how large it would become; then that no part of it defines entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            size = sum(member.file_size for member in members)
            if len(members) > MOST_MEMBERS or size > min(MOST_UNPACKED, MOST_PACKED_TIMES * max(len(content), 2**16)):
                raise UnreadableError("unpacks_too_large")
            if SHEETS not in archive.namelist():
                raise UnreadableError("archive")
            for member in members:
                if member.filename.endswith((".xml", ".rels")):
                    with archive.open(member) as part:
                        check_plain(part.read(4096))
    except BROKEN as problem:
        raise UnreadableError("damaged_workbook") from problem


def check_plain(start: bytes) -> None:
    """A document type can only stand at the start of a part."""
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start or start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise UnreadableError("entities")


def decoded(content: bytes) -> str:
    for start, name in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(start):
            return said(content, name)
    return said(content, "utf-8-sig")


def said(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as problem:
        raise UnreadableError("not_utf8") from problem
    if "\0" in text[:STEP]:
        raise UnreadableError("not_a_table")
    return text
