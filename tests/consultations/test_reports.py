import io
import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import override
from docx import Document

from consultations import paper, reports
from consultations.models import ResultReport
from consultations.publication import leave_out, publish_results
from platform_core.materials.jobs.models import Job
from repository.models import Record
from tests.people import browser_of
from tests.settling import settle

pytestmark = pytest.mark.database
RESULTS = "/en/consultations/finance/results/"


def text_of(results, language="en") -> str:
    with override(language):
        return "\n\n".join(f"## {part.heading}\n\n{part.text}" for part in paper.parts(results))


def content_of(browser, name) -> bytes:
    file = browser.get(f"{RESULTS}report-{name}")
    return b"".join(file.streaming_content)


def status_for(person) -> int:
    answer = browser_of(person).get(f"{RESULTS}report-en.pdf")
    b"".join(answer.streaming_content if answer.streaming else ())
    return answer.status_code


def test_the_method_tells_base_threshold_hashes_and_version(computed):
    lines = [re.sub(r"\\(.)", r"\1", line) for line in paper.method(computed).splitlines()]

    assert lines[0] == "- 30 answers were counted."
    assert lines[4] == f"- Questionnaire: version 1, SHA-256 {computed.questionnaire.sha256}"
    assert lines[5].endswith(f"SHA-256 {computed.sha256}")


def test_withheld_counts_are_counted():
    figures = {"a": [{"suppressed": True, "count": None}, {"suppressed": False}], "b": {"c": {"suppressed": True}}}

    assert paper.withheld_in(figures) == 2


def test_every_published_question_is_in_the_paper_and_no_other(computed, people, finance):
    asked = [q for section in finance["sections"] for q in section["questions"] if q["type"] != "info"]
    leave_out(computed, [asked[0]["code"]], by=people.wanda)

    titles = re.findall(r"^### (.*)$", text_of(computed), re.MULTILINE)

    assert titles == [paper.plain(question["text"]["en"]) for question in asked[1:]]


def test_a_suppressed_count_is_not_told(computed):
    row = paper.bar_row({"label": "x", "value": None, "low": None, "high": None, "count": None, "suppressed": True})

    assert row == ["x", "not shown", "–", "–"]


@pytest.mark.parametrize("words", ["a | b", "*x*", "[[page]]", "<b>", "# x", "a\nb", "$x$"])
def test_words_stay_words_in_a_table(words):
    assert len(re.findall(r"(?<!\\)\|", paper.table([words], [[words]]))) == 6
    assert "\n" not in paper.plain(words)


def test_the_paper_is_in_the_words_of_its_language(computed, finance):
    title = finance["sections"][0]["title"]

    headings = {
        language: text_of(computed, language).count(f"## {paper.plain(title[language])}\n") for language in title
    }

    assert headings == dict.fromkeys(title, 1)


def test_publication_makes_a_report_in_every_language_and_files_it(computed, people):
    computed.consultation.languages = ["en", "el"]
    computed.consultation.save()

    record = publish_results(computed.consultation, by=people.wanda)
    settle()

    kinds = [("el", "pdf"), ("el", "docx"), ("en", "pdf"), ("en", "docx")]
    assert [(one.language, one.form) for one in ResultReport.objects.all()] == kinds
    data = [(name, "en") for name in ("README.txt", "codebook.csv", "data.csv", "datapackage.json")]
    reports_of = [(f"report-finance-{language}.{form}", language) for language, form in kinds]
    assert sorted(record.files.values_list("name", "language")) == sorted([*data, *reports_of])
    assert Record.objects.get().version == 2
    guest = browser_of(people.guest)
    made = Document(io.BytesIO(content_of(guest, "el.docx")))
    assert len(made.tables) > 10
    assert content_of(guest, "el.pdf")[:5] == b"%PDF-"
    assert guest.get(f"{RESULTS}report-bg.pdf").status_code == 404


def test_the_desk_reads_a_report_before_everybody_and_it_goes_at_publication(computed, people):
    job = reports.ask(computed.consultation, "en", by=people.wanda)
    stored = computed.reports.create(
        language="en", form="pdf", file=reports.files.keep(io.BytesIO(b"%PDF-1.7\n%%EOF"), "a.pdf", read=False)
    )

    seen = {name: status_for(person) for name, person in people.each()}

    assert (job.kind, job.arguments) == (reports.KIND, {"results": computed.pk, "languages": ["en"]})
    assert seen == {**dict.fromkeys(("marko", "ana", "petra", "carl", "guest"), 404), "lena": 200, "wanda": 200}
    publish_results(computed.consultation, by=people.wanda)
    assert list(ResultReport.objects.filter(pk=stored.pk)) == []


def test_what_was_made_of_another_choice_is_not_kept(computed, people):
    class Run:
        job = Job(kind=reports.KIND)

        def progress(self, done, total, message=""):
            leave_out(computed, ["audience"], by=people.wanda)

        def writing(self):
            return reports.transaction.atomic()

    assert reports.make(Run(), computed.pk, ["en"]) == {"reports": 0}
    assert ResultReport.objects.count() == 0


def test_a_guest_starts_no_job(computed, people):
    publish_results(computed.consultation, by=people.wanda)
    before = Job.objects.count()

    answers = [browser_of(people.guest).get(f"{RESULTS}report-en.{form}").status_code for form in ("pdf", "odt")]

    assert (answers, Job.objects.count()) == ([404, 404], before)


@pytest.mark.parametrize("name", ["marko", "ana", "petra", "carl"])
def test_who_does_not_publish_asks_for_no_report(computed, people, name):
    with pytest.raises(PermissionDenied):
        reports.ask(computed.consultation, "en", by=people.named(name))

    assert Job.objects.filter(kind=reports.KIND).count() == 0


def test_a_language_the_consultation_lacks_is_refused(computed, people):
    with pytest.raises(ValidationError, match="There is no report in this language"):
        reports.ask(computed.consultation, "fr", by=people.wanda)
