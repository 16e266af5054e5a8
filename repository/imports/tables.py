"""Tables people bring: the template, reading one, checking it, filing it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _, override

from platform_core.ground.reports.tables import read_table, xlsx_sheets
from platform_core.ground.texts.codes import CODES, interface_code
from platform_core.ground.ui.languages import native_name
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.access.selectors import require
from platform_core.materials.jobs import services as jobs

from .. import twins as copies
from ..forms.records import LICENCES
from ..models import Import, Record
from .columns import NEEDED, columns, hints
from .filing import file_drafts
from .rows import Known, Row

MOST = 5000
TOLD = 500  # problems kept; more are counted


def imports(person) -> QuerySet[Import]:
    return Import.objects.filter(person=person)


def import_for(person, pk: int) -> Import:
    return get_object_or_404(imports(person), pk=pk)


def template() -> StreamingHttpResponse:
    """A table to fill in, what belongs into each column, and the codes."""
    told = list(hints())
    sheets = {
        "records": [[name for name, _words in told]],
        "columns": [[_("Column"), _("What belongs into it")], *([name, words] for name, words in told)],
        "codes": [[_("Column"), _("Code"), _("Meaning")], *codes()],
    }
    return xlsx_sheets("records", sheets)


def codes() -> Iterator[list[str]]:
    schemes = {"kind": "record_kind", **{term.scheme: term.scheme for term in vocabulary.all_terms()}}
    for column in columns():
        if column in schemes:
            for code, name in vocabulary.term_choices(schemes[column]):
                yield [column, code, name]
    for topic in vocabulary.topics():
        yield ["topics", str(topic.pk), str(topic.name)]
    for code, name in vocabulary.country_labels().items():
        yield ["countries", code, name]
    for code, name in vocabulary.region_labels().items():
        yield ["regions", code, name]
    for code in LICENCES:
        yield ["licence", code, ""]
    for code, name in Record.FilesFor.choices:
        yield ["files_for", code, str(name)]
    for code in CODES:
        yield ["languages", code, native_name(interface_code(code))]


@transaction.atomic
def bring(file, *, by) -> Import:
    """Keep the table and have it checked."""
    require(by, "repository.deposit_record")
    brought = Import.objects.create(person=by, name=file.name[:200], file=file)
    jobs.start("repository.check_import", by=by, table=brought.pk, language=by.language)
    return brought


def rows_of(brought: Import) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line numbers with cells by column; empty lines are left out. Raises ValidationError for what is no such table."""
    with brought.file.open() as file:
        lines = read_table(file)
    head = [str(cell or "").strip().lower() for cell in lines[0]] if lines else []
    if lacking := [name for name in NEEDED if name not in head]:
        raise ValidationError(_("These columns are lacking: %(names)s.") % {"names": ", ".join(lacking)})
    if len(lines) > MOST:
        raise ValidationError(_("At most %(most)s records at once.") % {"most": MOST - 1})
    for number, line in enumerate(lines[1:], start=2):
        cells = {name: cell for name, cell in zip(head, line, strict=False) if name}
        if any(str(cell or "").strip() for cell in cells.values()):
            yield number, cells


def check(run, table: int, language: str = "en") -> dict[str, int]:
    """The job that reads and checks: writes nothing but what it found."""
    brought = Import.objects.get(pk=table)
    problems: list[list[Any]] = []
    titles: dict[str, int] = {}
    twins: list[list[Any]] = []
    number = 0
    with override(language):
        try:
            known, lines = Known(brought.person), list(rows_of(brought))
        except ValidationError as problem:
            problems, lines = [[0, "", " ".join(problem.messages)]], []
        for number, (line, cells) in enumerate(lines, start=1):
            row = Row(cells, known)
            problems += [[line, problem.column, str(problem.words)] for problem in row.problems]
            title = " ".join(str(cells.get("title") or "").lower().split())
            if title and title in titles:
                twins.append([line, _("The same title stands in line %(line)s.") % {"line": titles[title]}])
            titles.setdefault(title, line)
            if number % 200 == 0:
                run.progress(number, len(lines))
        if not problems and not number:
            problems = [[0, "", _("There are no records in this table.")]]
        if not problems:
            twins += known_already(titles, brought.person)
    with run.writing():
        brought.rows, brought.problems, brought.twins = number, problems[:TOLD], twins[:TOLD]
        brought.state = Import.State.CHECKED
        brought.save(update_fields=["rows", "problems", "twins", "state"])
    return {"rows": number, "problems": len(problems)}


def known_already(titles: dict[str, int], person) -> list[list[Any]]:
    """Lines whose title is nearly that of a record its bringer may see; looked at for short tables only."""
    if len(titles) > 200:
        return []
    found = []
    for title, line in titles.items():
        for twin in copies.alike([title], person)[:1]:
            found.append([line, _("Nearly the same title: %(title)s") % {"title": twin.title}])
    return found


@transaction.atomic
def start_filing(brought: Import, *, by) -> None:
    require(by, "repository.deposit_record")
    brought = Import.objects.select_for_update().get(pk=brought.pk, person=by)
    if brought.state != Import.State.CHECKED or brought.problems:
        raise ValidationError(_("This table cannot be filed."))
    brought.state = Import.State.FILING
    brought.save(update_fields=["state"])
    jobs.start("repository.file_import", by=by, table=brought.pk)


def file_import(run, table: int) -> dict[str, int]:
    """The job that files: all rows or none."""
    brought = Import.objects.select_related("person").get(pk=table)
    known = Known(brought.person)
    rows = [Row(cells, known).fields for _line, cells in rows_of(brought)]
    run.progress(0, len(rows))
    with run.writing():
        waiting = Import.objects.filter(pk=table, state=Import.State.FILING)
        if waiting.update(state=Import.State.FILED):  # an attempt that died after its last write has filed them
            file_drafts(rows, by=brought.person)
    return {"drafts": len(rows)}


def drop_old(before: datetime) -> int:
    """Tables are kept no longer than it takes to mend them."""
    old = Import.objects.filter(made_at__lt=before)
    for brought in old:
        brought.file.delete(save=False)
    return old.delete()[1].get("repository.Import", 0)


def files_of(person) -> list[tuple[str, FieldFile]]:
    return [(f"tables/{brought.pk}-{brought.name}", brought.file) for brought in imports(person)]
