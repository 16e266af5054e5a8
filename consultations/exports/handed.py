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
        rows = FileAnswer.objects.filter(response__in=answers.responses).select_related("file")
        handed = [(answers.numbers[row.response_id], row) for row in rows if row.response_id in answers.numbers]
        for number, row in sorted(handed, key=lambda pair: (pair[0], pair[1].question)):
            name = f"files/{number}-{row.question}-{safe_name(row.name)}"
            with archive.open(name, "w", force_zip64=True) as copy, row.file.content.open("rb") as content:
                shutil.copyfileobj(content, copy)


def safe_name(name: str) -> str:
    """One that leads into no other folder."""
    return STRANGE.sub("_", name).lstrip(". ") or "file"
