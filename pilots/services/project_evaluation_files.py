"""The job that writes a published report as PDF and DOCX, from what it keeps and nothing else."""

import io
import re

from django.utils.formats import date_format
from django.utils.translation import gettext as _, override

from platform_core.ground.reports.papers import paper
from platform_core.ground.texts.codes import interface_code
from platform_core.ground.texts.wikitext import Part
from platform_core.identity.audit import services as audit
from platform_core.materials.files import services as files

from ..models import EvaluationReport
from ..selectors import project_evaluations as selectors

FORMS = ("pdf", "docx")
MARKS = re.compile(r"([\\`*_{}\[\]<>#|!~^$=+-])")


def plain(words) -> str:
    """Words on one line that Markdown leaves as they are."""
    return MARKS.sub(r"\\\1", " ".join(str(words).split()))


def make(run, report: int, languages: list[str]) -> dict[str, int]:
    found = EvaluationReport.objects.select_related("evaluation__evaluator").get(pk=report)
    wanted, made = [(language, form) for language in languages for form in FORMS], []
    for number, (language, form) in enumerate(wanted):
        run.progress(number, len(wanted), _("Writing the report"))
        with override(interface_code(language)):
            made.append((language, form, paper(form, str(found.title), parts(found), language)))
    with run.writing():
        for language, form, content in made:
            stored = files.keep(io.BytesIO(content), f"evaluation.{form}")
            found.files.update_or_create(language=language, form=form, defaults={"file": stored})
        audit.record("pilots.evaluation_files_made", found, languages=languages)
    return {"files": len(made)}


def parts(report: EvaluationReport) -> list[Part]:
    told, evaluation = selectors.kept(report), report.evaluation
    head = [str(report.get_kind_display()), date_format(report.published_on, "DATE_FORMAT")]
    if evaluation.evaluator:
        head.append(str(evaluation.evaluator.name))
    if evaluation.is_demonstration:
        head.append(_("This evaluation is invented demonstration data."))
    lines = "\n".join(f"- {plain(line)}" for line in head)
    found = [Part(lines, plain(evaluation.title)), Part(paragraphs(report.summary), _("Summary"))]
    found += [Part(of_question(one), plain(one["text"])) for one in told["questions"]]
    advice = "\n\n".join(of_recommendation(one) for one in told["recommendations"])
    return [*found, Part(advice or _("There is none."), _("Recommendations"))]


def paragraphs(text) -> str:
    return "\n\n".join(plain(line) for line in str(text).splitlines() if line.strip())


def of_question(one: dict) -> str:
    rows = [f"**{plain(name)}:** {plain(one[key])}" for key, name in names().items() if str(one[key])]
    rows += [f"- {plain(words)}" for words in measured(one)]
    for kind, text, number, day in one["sources"]:
        more = [str(number) if number else "", date_format(day, "DATE_FORMAT") if day else ""]
        rows.append(f"- {plain(kind)}: {plain(', '.join([str(text), *filter(None, more)]))}")
    found = [paragraphs(text) for text in one["findings"]] or [plain(_("Nothing was found yet."))]
    return "\n\n".join([*rows, *found])


def measured(one: dict) -> list[str]:
    """Indicators with their values on the day of the report, and what was promised."""
    return [
        _("%(name)s: %(value)s of %(target)s") % {"name": name, "value": value, "target": target}
        if target is not None
        else f"{name}: {value}"
        for _code, name, value, target in one["measured"]
    ]


def names() -> dict[str, str]:
    return {"method": _("How it is answered"), "indicators": _("Indicators looked at")}


def of_recommendation(one: dict) -> str:
    until = _("%(owner)s, until %(day)s: %(state)s") % {
        "owner": one["owner"],
        "day": date_format(one["due_on"], "DATE_FORMAT"),
        "state": one["state"],
    }
    rows = [f"**{plain(one['text'])}**", plain(until), paragraphs(one["done"])]
    return "\n\n".join(row for row in rows if row)
