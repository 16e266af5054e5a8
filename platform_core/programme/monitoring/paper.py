"""An approved report as PDF, DOCX and XLSX; the job that makes them. Tables of evidence are written row by row."""

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from typing import IO

from django.utils.formats import date_format
from django.utils.translation import gettext as _, override
from xlsxwriter import Workbook

from platform_core.ground.reports.papers import paper
from platform_core.ground.reports.tables import ROWS_OF_A_SHEET
from platform_core.ground.texts.codes import CODES, interface_code
from platform_core.ground.texts.wikitext import Part
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.audit import services as audit
from platform_core.materials.files import services as files

from .models import Figure, PeriodReport, ReportFile
from .selectors import reports as selectors
from .selectors.evidence import unpacked

MARKS = re.compile(r"([\\`*_{}\[\]<>#|!~^$=+-])")
LISTED, AT_ONCE = 50, 500


def make(run, report: int, languages: Sequence[str] = CODES) -> dict[str, int]:
    found = PeriodReport.objects.select_related("period", "approved_for").get(pk=report)
    wanted = [(language, form) for language in languages for form in ReportFile.Form.values]
    made = []
    for number, (language, form) in enumerate(wanted):
        run.progress(number, len(wanted), _("Writing the report"))
        made.append((language, form, written(found, language, form)))
    with run.writing():
        for language, form, content in made:
            with content:
                stored = files.keep(content, f"report.{form}")
            found.files.update_or_create(language=language, form=form, defaults={"file": stored})
        audit.record("monitoring.report_filed", found, languages=list(languages))
    return {"files": len(made)}


def written(report: PeriodReport, language: str, form: str) -> IO[bytes]:
    """Words of the platform and what is translated are in the language; what partners tell stays in theirs."""
    with override(interface_code(language)):
        if form == ReportFile.Form.XLSX:
            return table_of(report)
        made = tempfile.TemporaryFile()  # noqa: SIM115 - closed by who keeps it
        made.write(paper(form, title_of(report), list(parts(report)), language))
        made.seek(0)
        return made


def title_of(report: PeriodReport) -> str:
    return _("Report of period %(number)s") % {"number": report.period.code}


def plain(words) -> str:
    """Words on one line that Markdown leaves as they are."""
    return MARKS.sub(r"\\\1", " ".join(str(words).split()))


def paragraphs(text: str) -> str:
    return "\n\n".join(plain(piece) for piece in text.split("\n\n") if piece.strip())


def parts(report: PeriodReport) -> Iterator[Part]:
    period = report.period
    days = {"begins": date_format(period.begins, "DATE_FORMAT"), "ends": date_format(period.ends, "DATE_FORMAT")}
    told = [_("From %(begins)s to %(ends)s.") % days, _("SHA-256 of all it says: %(hash)s") % {"hash": report.digest}]
    yield Part("\n\n".join([*map(plain, told), paragraphs(report.introduction)]))
    figures = selectors.figures(report)
    yield Part(figures_table(figures), _("Figures"))
    for narrative in selectors.narratives(report):
        yield Part(paragraphs(narrative.text), plain(narrative.name))
    for figure in figures:
        yield Part(evidence_text(figure), plain(f"{figure.indicator.code} {figure.name}"))


def figures_table(figures) -> str:
    head = [_("Indicator"), _("Unit"), _("Baseline"), _("Target"), _("Due by"), _("In this period"), _("In all")]
    rows = [[plain(cell) for cell in figure_cells(figure)[1:]] for figure in figures]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows])


def figure_cells(figure: Figure) -> list:
    aim = "–" if figure.target is None else figure.target
    told = [figure.indicator.code, str(figure.name), str(figure.unit), figure.baseline, aim, figure.due or "–"]
    return [*told, figure.in_period, figure.value]


def figure_lines(report: PeriodReport) -> Iterator[list]:
    for figure in selectors.figures(report):
        yield [*figure_cells(figure), selectors.proof(figure).people.declared or ""]


def evidence_text(figure: Figure) -> str:
    """The first entries; all of them stand in the table."""
    proof = selectors.proof(figure)
    rows = [f"- {date_format(row.day, 'SHORT_DATE_FORMAT')} {plain(row.title)}" for row in proof.entries[:LISTED]]
    if (more := proof.entries.count() - LISTED) > 0:
        rows.append("- " + _("and %(n)s more, in the table beside this paper") % {"n": more})
    nameless = _("people, without names")
    rows += [f"- {plain(choice.label)}: {choice.count} {nameless}" for choice in proof.people.countries]
    if proof.people.rest:
        rows.append("- " + _("people of countries with too few to be named") + f": {proof.people.rest}")
    if proof.people.declared:
        told = _("of these people, how many only declared it themselves")
        rows.append(f"- {plain(told)}: {proof.people.declared}")
    if proof.closed:
        rows.append("- " + _("not open to everybody") + f": {proof.closed}")
    return "\n".join(rows) or _("Nothing was counted.")


def table_of(report: PeriodReport) -> IO[bytes]:
    """Two sheets and as many more as the entries need; however many there are, a row at a time is in memory."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by who keeps it
    plain_cells = {"strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, {"constant_memory": True, **plain_cells}) as book:
        bold = book.add_format({"bold": True})
        head = [_("Code"), _("Indicator"), _("Unit"), _("Baseline"), _("Target"), _("Due by period")]
        sheets = [
            (_("Figures"), [*head, _("In this period"), _("In all"), _("Only self-declared")], figure_lines(report)),
            (_("Partners"), [_("Partner"), _("What it tells")], narrative_cells(report)),
            (_("Evidence"), evidence_head(), evidence_cells(report)),
        ]
        for title, names, rows in sheets:
            write_sheet(book, bold, title, names, rows)
    file.seek(0)
    return file


def write_sheet(book: Workbook, bold, title: str, head: list[str], rows) -> None:
    sheet, number = None, 0
    for row in rows:
        if sheet is None or number > ROWS_OF_A_SHEET:
            sheet, number = new_sheet(book, bold, title if sheet is None else "", head), 1
        for place, value in enumerate(row):
            sheet.write(number, place, value)
        number += 1
    if sheet is None:
        new_sheet(book, bold, title, head)


def new_sheet(book: Workbook, bold, title: str, head: list[str]):
    sheet = book.add_worksheet(title or None)
    for place, words in enumerate(head):
        sheet.write_string(0, place, words, bold)
    return sheet


def narrative_cells(report: PeriodReport) -> Iterator[list[str]]:
    for row in selectors.narratives(report):
        yield [str(row.name), row.text]


def evidence_head() -> list[str]:
    told = [_("Indicator"), _("Entry"), _("Address"), _("Day"), _("Organisation"), _("Countries"), _("Topics")]
    return [*told, _("Stages of the policy cycle"), _("Only self-declared"), _("How many")]


def evidence_cells(report: PeriodReport) -> Iterator[list]:
    """Entries open to everybody, then people by country and the rest, so that the last column adds up to the figure."""
    for figure in selectors.figures(report):
        yield from figure_rows(figure)


def named(packed: str, labels: Mapping[str, str]) -> str:
    return ", ".join(str(labels.get(code, code)) for code in unpacked(packed))


def figure_rows(figure: Figure) -> Iterator[list]:
    code, proof, blank = figure.indicator.code, selectors.proof(figure), [""] * 7
    countries, topics = vocabulary.country_labels(), vocabulary.topic_labels()
    stages = vocabulary.term_labels("cycle_stage")
    for row in proof.entries.iterator(AT_ONCE):
        told = [code, str(row.title), row.address, row.day.isoformat(), row.organisation]
        about = [named(row.countries, countries), named(row.topics, topics), named(row.stages, stages)]
        yield [*told, *about, _("yes") if row.is_self_declared else "", 1]
    for choice in proof.people.countries:
        yield [code, _("people, without names"), "", "", "", choice.label, "", "", "", choice.count]
    if proof.people.rest:
        yield [code, _("people of countries with too few to be named"), *blank, proof.people.rest]
    if proof.people.declared:
        told = _("of these people, how many only declared it themselves")
        yield [code, told, *blank[1:], proof.people.declared, ""]
    if proof.closed:
        yield [code, _("not open to everybody"), *blank, proof.closed]
