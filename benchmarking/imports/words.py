"""What is said of a file, and how to mend it, in the language of whoever reads it."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _

WORDS: dict[str, Promise] = {
    "too_large": _("The file is too large: at most %(most)s MB can be read. Please bring it in parts."),
    "empty": _("The file is empty."),
    "unpacks_too_large": _("Unpacked, the file would be larger than can be read safely."),
    "damaged_gzip": _("The packed file (.gz) is damaged. Please fetch it again."),
    "archive": _("This is an archive and no workbook. Please unpack it and bring the table inside."),
    "damaged_workbook": _("The file cannot be read as a workbook (XLSX). Please open it and save it again."),
    "entities": _("The file defines entities, which are not read."),
    "not_utf8": _("The file is not in UTF-8. Please save it in this encoding."),
    "not_a_table": _("The file cannot be read as a table."),
    "no_delimiter": _(
        "Only one column was found in the first line: “%(header)s”. Columns have to be parted by commas, semicolons or "
        "tabs."
    ),
    "decimal_delimiter": _(
        "Row %(row)s has %(seen)s fields instead of %(expected)s. The comma seems to be the decimal sign as well as what "
        "parts the columns: please save the file with semicolons between columns, or with decimal points."
    ),
    "too_many_fields": _(
        "Row %(row)s has %(seen)s fields instead of %(expected)s. Please put texts that hold the sign between columns in "
        "quotation marks."
    ),
    "too_few_fields": _("Row %(row)s has %(seen)s fields instead of %(expected)s. Please complete it."),
    "no_rows": _("There is no row of figures below the names of the columns."),
    "too_many_cells": _(
        "The file tells of more figures than can be read at once (%(most)s). Please bring it in parts."
    ),
    "endless_header": _(
        "The first line goes on and on: a table has at most %(most)s columns. Are line breaks missing, or does the table"
        " lie on its side?"
    ),
    "column_twice": _("Two columns are called “%(column)s”. Please give each a name of its own."),
    "not_json": _("The file cannot be read as JSON."),
    "json_collection": _("The file is a list of tables. Please bring one of the tables themselves."),
    "not_json_stat": _("The file is JSON, but no table in JSON-stat 2.0."),
    "json_dimension": _(
        "The dimension “%(dimension)s” should have %(size)s entries and has %(seen)s. The file contradicts itself."
    ),
    "json_values": _("The values in the file do not fit its dimensions."),
    "formulas_without_value": _(
        "%(count)s cells hold formulas without a stored value, among them %(cells)s. Please open the file in a program "
        "for tables and save it, or paste the values instead."
    ),
    "no_areas": _(
        "No column with codes of countries or regions was found among: %(columns)s. Please say below which it is."
    ),
    "no_values": _("No column with figures was found among: %(columns)s. Please say below which it is."),
    "filtered_away": _("No row is left with the choices made below."),
    "nothing_left": _("No figure is left of any known area. Please look at the column of areas and at the notes."),
    "no_year": _("The table does not tell of which year it is. Please choose a column or type the year below."),
    "not_a_year": _("“%(text)s” is no year. Only yearly figures are kept; please leave out months and quarters."),
    "decimal_unclear": _(
        "In every figure the comma stands before exactly three digits. Please say below whether it is a decimal sign."
    ),
    "not_a_number": _("“%(text)s” is no figure. Please correct the cell, or write “:” where a figure is missing."),
    "unknown_area": _(
        "No area has the code “%(text)s”. Please correct it, or have rows of unknown areas left out below."
    ),
    "unknown_area_near": _("No area has the code “%(text)s”. Is it %(near)s?"),
    "two_values": _(
        "%(indicator)s, %(area)s, %(year)s has several values: %(values)s (rows %(rows)s). Please leave one row."
    ),
    "two_values_told_apart": _(
        "%(indicator)s, %(area)s, %(year)s has several values: %(values)s (rows %(rows)s), which differ in “%(columns)s”. "
        "Please choose below which one is meant."
    ),
    "formulas_read": _("%(count)s cells hold formulas; the values stored in the file were read."),
    "decimal_comma": _("Figures were read with the comma as decimal sign."),
    "unknown_left_out": _("%(count)s unknown codes were left out: %(list)s."),
    "finer_left_out": _("%(count)s codes of smaller areas (NUTS 3) were left out: %(list)s."),
    "elsewhere_left_out": _("%(count)s codes for what belongs to no region were left out: %(list)s."),
    "recoded": _("%(count)s areas have another code today and are kept under it: %(list)s."),
    "split_left_out": _(
        "%(count)s areas were split since. Their figures belong to none of today's and were left out: %(list)s."
    ),
    "merged_left_out": _(
        "%(count)s areas were merged with others since. Their figures are a part of today's only and were left out: "
        "%(list)s."
    ),
    "shifted_left_out": _(
        "The borders of %(count)s areas were moved since. Their figures are of another territory and were left out: "
        "%(list)s."
    ),
    "former_code_left_out": _("%(count)s rows tell under a former code what another row tells under today's."),
    "said_twice": _("%(count)s rows repeat what another row says; they were taken once."),
    "national_on_regions": _(
        "%(count)s cells of regions hold the figure of their country, and are marked so: %(list)s. They make regions "
        "alike that are not."
    ),
}
SEVERAL = {"unknown_area": ("near", "unknown_area_near"), "two_values": ("columns", "two_values_told_apart")}
FORMATS: dict[str, Promise | str] = {
    "csv": "CSV",
    "sdmx-csv": "SDMX-CSV",
    "eurostat-tsv": _("Eurostat's table (TSV)"),
    "json-stat": "JSON-stat 2.0",
    "xlsx": "XLSX",
    "made": _("Made by the platform"),
}
FLAGS: dict[str, Promise] = {
    ":": _("missing"),
    "b": _("break in the series"),
    "c": _("confidential"),
    "d": _("definition differs"),
    "e": _("estimated"),
    "f": _("forecast"),
    "i": _("see the notes of the source"),
    "n": _("not significant"),
    "p": _("provisional"),
    "r": _("revised"),
    "s": _("estimated by Eurostat"),
    "u": _("low reliability"),
    "z": _("does not apply"),
}


def said(code: str, told: Mapping[str, Any]) -> str:
    marker, fuller = SEVERAL.get(code, ("", ""))
    words = WORDS.get(fuller if marker and told.get(marker) else code)
    return str(words) % told if words else gettext("The file cannot be read.")


def flag_words(flag: str) -> str:
    """What the letters of a flag mean, in words."""
    return ", ".join(str(FLAGS[letter]) if letter in FLAGS else letter for letter in flag)


def notes_said(notes: list[Mapping[str, Any]]) -> list[str]:
    return [said(note["code"], note["told"]) for note in notes]
