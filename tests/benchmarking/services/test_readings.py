import io

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from openpyxl import load_workbook

from benchmarking.models import Run, RunReport
from benchmarking.readings import paper
from benchmarking.readings.workbook import treatment, workbook
from benchmarking.services import readings as services
from platform_core.identity.audit.models import Event
from platform_core.materials.jobs.models import Job
from tests.factories import readings as factory
from tests.people import browser_of

pytestmark = pytest.mark.django_db


class Attempt:
    """A job's run that has nobody to tell its progress."""

    def progress(self, done, total, words):
        self.done = done

    def writing(self):
        return transaction.atomic()


@pytest.mark.parametrize("name", ["marko", "ana", "petra", "carl", "guest"])
def test_reports_are_asked_for_by_the_group(people, name):
    run = factory.run()
    with pytest.raises(PermissionDenied):
        services.ask(run, by=people.named(name))


def test_reports_are_asked_for_in_all_languages(people):
    run = factory.run()

    job = services.ask(run, by=people.wanda)
    assert job.arguments["languages"] == ["en", "it", "de", "hu", "ro", "bg", "el", "sk", "sl", "hr", "sr"]
    assert Event.objects.filter(verb="benchmarking.run_report_asked", thing_id=run.pk).exists()


def test_both_reports_are_made_and_given_out(people, client):
    run = factory.run(regions=5)

    assert services.make(Attempt(), run.pk, ["el"]) == {"reports": 2}
    assert services.make(Attempt(), run.pk, ["el"]) == {"reports": 2}
    assert list(run.reports.values_list("language", "form")) == [("el", "pdf"), ("el", "xlsx")]
    given = client.get("/en/benchmarking/finance/reports/el.pdf")
    assert b"".join(given.streaming_content)[:5] == b"%PDF-"
    assert client.get("/en/benchmarking/finance/reports/de.pdf").status_code == 404
    assert "reports/el.xlsx" in client.get("/en/benchmarking/finance/method/").content.decode()


def test_reports_of_a_draft_are_given_to_its_group_alone(people):
    run = factory.run(regions=4, is_open=False)
    services.make(Attempt(), run.pk, ["en"])

    seen = set()
    for name, person in people.each():
        response = browser_of(person).get("/en/benchmarking/finance/reports/en.xlsx")
        if response.status_code == 200 and b"".join(response.streaming_content)[:2] == b"PK":
            seen.add(name)
    assert seen == {"lena", "wanda"}


def test_a_run_that_is_not_done_gets_no_report():
    run = factory.run(regions=3, state=Run.State.FAILED)

    assert services.make(Attempt(), run.pk, ["en"]) == {"reports": 0}


def test_what_is_published_is_reported_in_every_language():
    run = factory.run()

    services.write_published(run)
    assert [job.arguments["run"] for job in Job.objects.filter(kind=services.KIND)] == [run.pk]
    assert len(Job.objects.get(kind=services.KIND).arguments["languages"]) == 11


def test_an_invented_benchmark_is_reported_in_one_language():
    run = factory.run(factory.benchmark(is_demonstration=True))

    services.write_published(run)
    assert Job.objects.get(kind=services.KIND).arguments["languages"] == ["en"]


def test_the_workbook_holds_every_figure_with_year_and_flag():
    run = factory.run(regions=4)
    book = load_workbook(io.BytesIO(workbook(run)))

    assert book.sheetnames == [
        "Read me",
        "Method",
        "Weights",
        "Ranking",
        "Scores",
        "Parts",
        "Figures",
        "Correlations",
        "Treatment",
        "Coherence",
        "Uncertainty",
        "Sensitivity",
        "Left out",
        "Data",
    ]
    rows = list(book["Figures"].iter_rows(values_only=True))
    area = run.areas.get(rank=1)
    told = area.profile["indicators"]["money_1"]
    assert len(rows) == 1 + 4 * 6
    assert rows[1] == (
        area.code,
        area.name,
        "Share of money 1",
        told["value"],
        told["year"],
        told["flag"] or None,
        "% of firms",
        None,
        told["treated"],
        told["normalised"],
        pytest.approx(told["contribution"]),
        None,
    )


def test_what_is_missing_is_an_empty_cell():
    run = factory.run(regions=4)
    rows = list(load_workbook(io.BytesIO(workbook(run)))["Figures"].iter_rows(values_only=True))
    third = run.areas.get(rank=3).code

    assert [(row[3], row[7]) for row in rows if row[0] == third and row[2] == "Share of money 2"] == [
        (None, "estimated")
    ]


def test_names_are_never_formulas():
    run = factory.run(regions=3)
    run.areas.filter(rank=1).update(code="ZZ99", name="=1+1")

    cell = load_workbook(io.BytesIO(workbook(run)))["Ranking"]["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_the_paper_explains_every_step():
    run = factory.run(regions=4)
    parts = paper.parts(run)

    assert [part.heading for part in parts] == [
        "",
        "Ranking",
        "How firm it is",
        "Method, step by step",
        "Hierarchy and weights",
        "Data and reproduction",
    ]
    assert "`I = (x − min) / (max − min) · (b − a) + a`" in parts[3].text
    assert set(parts[2].images) == {"sensitivity.png", "correlations.png"}


def test_the_paper_speaks_the_language_asked_for():
    run = factory.run(regions=4)
    run.areas.filter(rank=1).update(score=99.14)
    ranked = list(run.areas.filter(rank=1))
    with translation.override("el"):
        assert "99,1 |" in paper.result(ranked, ranked, 6).text


def test_one_report_of_a_kind():
    assert {constraint.name for constraint in RunReport._meta.constraints} == {"one_report_per_run_and_form"}


def test_what_was_found_beside_the_ranks_is_in_the_workbook():
    run = factory.run(regions=4)
    run.structure = [{**one, "target": 7.5, "goalposts": [1.0, 9.0], "denominator": "people"} for one in run.structure]
    book = load_workbook(io.BytesIO(workbook(run)))
    told = {name: list(book[name].iter_rows(values_only=True)) for name in book.sheetnames}
    first = run.areas.get(rank=1)

    assert told["Uncertainty"][1] == (first.code, first.called, None, None, 1, 2, 4, 0.9, 0.4, 500)
    assert told["Sensitivity"][1] == ("Weights", 0.5, 0.4, 0.6, 0.7, 0.6, 0.8)
    assert told["Left out"][1] == ("Share of money 1", 1.5, 4, 0.6)
    assert told["Weights"][1][7:] == ("people", 7.5, 1, 9)
    assert ("Money", 0.8, None, None) in told["Coherence"]


def test_the_treatment_is_said_in_words():
    row = {"method": "log", "points": 3, "skewness_before": 2.5, "passes": True}
    head, told = treatment({"money_1": row}, [])

    assert head == ["Indicator", "Done", "Figures moved", "Skewness before", "Not strongly skewed any more"]
    assert told == ["money_1", "logarithm", 3, 2.5, "yes"]
