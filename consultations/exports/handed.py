"""The answers as CSV, and beside them the files that were handed in, each named after the number of its response."""

import re
import shutil
import zipfile
from typing import IO

from ..models import FileAnswer
from .answers import Answers
from .plain import csv_pieces

STRANGE = re.compile(r"[^\w.\- ]+")


def write_files(answers: Answers, file: IO[bytes]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("answers.csv", "w", force_zip64=True) as table:
            for piece in csv_pieces(answers):
                table.write(piece.encode())
        numbers: dict[int | None, int] = {pk: number for number, pk in enumerate(answers.keys(), 1)}
        handed = FileAnswer.objects.filter(response__in=answers.responses).select_related("file")
        for row in sorted(handed, key=lambda row: (numbers[row.response_id], row.question)):
            name = f"files/{numbers[row.response_id]}-{row.question}-{safe_name(row.name)}"
            with archive.open(name, "w", force_zip64=True) as copy, row.file.content.open("rb") as content:
                shutil.copyfileobj(content, copy)


def safe_name(name: str) -> str:
    """One that leads into no other folder."""
    return STRANGE.sub("_", name).lstrip(". ") or "file"
