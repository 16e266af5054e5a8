"""Files of answers. Each format is a function that writes `Answers` to a binary file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .answers import Answers
from .ddi import write_ddi
from .handed import write_files
from .package import open_data, write_open_data, write_package
from .plain import write_csv, write_json
from .sheets import write_ods, write_xlsx

__all__ = ["FORMATS", "Answers", "Format", "open_data"]


@dataclass(frozen=True)
class Format:
    """`labelled`: the file holds codes or labels, as asked; others hold both, or codes with their meaning."""

    code: str
    name: Promise
    ending: str
    write: Callable[[Answers, IO[bytes]], None]
    labelled: bool = False


def write_sav(answers: Answers, file: IO[bytes]) -> None:
    """Loaded when it is needed: web processes have no use for it."""
    from .sav import write_sav as write  # noqa: PLC0415

    write(answers, file)


FORMATS = {
    found.code: found
    for found in (
        Format("csv", _("CSV"), "csv", write_csv, labelled=True),
        Format("xlsx", _("Excel workbook (XLSX): codes, labels, code book"), "xlsx", write_xlsx),
        Format("ods", _("OpenDocument spreadsheet (ODS): codes, labels, code book"), "ods", write_ods),
        Format("sav", _("SPSS (SAV), with value labels and missing values"), "sav", write_sav),
        Format("json", _("JSON, with the questions"), "json", write_json),
        Format("files", _("CSV with all files that were handed in (ZIP)"), "zip", write_files, labelled=True),
        Format("ddi", _("Code book for archives (DDI 2.5)"), "xml", write_ddi),
        Format("package", _("Data package (Frictionless)"), "zip", write_package),
        Format(
            "open",
            _("Data package for everybody, without words and with small groups protected"),
            "zip",
            write_open_data,
        ),
    )
}
