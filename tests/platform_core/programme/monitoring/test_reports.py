"""Reports of periods: told by partners, frozen with their evidence, approved once, never moved."""

import io
from contextlib import nullcontext
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from lxml import html
from openpyxl import load_workbook

from platform_core.ground.texts.codes import CODES
from platform_core.ground.vocabulary.selectors import topic_labels
from platform_core.materials.jobs.models import Job
from platform_core.people.members import services as members
from platform_core.people.members.models import Organisation
from platform_core.programme.monitoring import paper
from platform_core.programme.monitoring.models import Evidence, Figure, FrozenEntry, Indicator, Period, PeriodReport
from platform_core.programme.monitoring.selectors import reports as selectors
from platform_core.programme.monitoring.services import evidence, indicators, reports as services
from repository import services as repository
from repository.models import Record
from tests.factories.indicators import indicator
from tests.factories.repository import record
from tests.people import add_person, browser_of, hold_anyway
from tests.settling import settle

pytestmark = pytest.mark.database
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def few_languages(monkeypatch):
    """Every language takes seconds."""
    every = services.LANGUAGES
    monkeypatch.setattr(services, "LANGUAGES", ("en", "de"))
    return every


def test_files_are_made_in_every_language_of_the_platform(few_languages):
    assert few_languages == CODES


@pytest.fixture
def period(people) -> Period:
    Period.objects.filter(code="01").update(begins=TODAY - timedelta(30), ends=TODAY - timedelta(1))
    return Period.objects.get(code="01")


@pytest.fixture
def report(people, period) -> PeriodReport:
    old = record("Old vouchers")
    Record.objects.filter(pk=old.pk).update(published_on=date(2020, 1, 1))
    for new in (record("New vouchers"), record("For members", for_members=True)):
        Record.objects.filter(pk=new.pk).update(published_on=TODAY - timedelta(5))
    evidence.rebuild()
    return services.begin(period, by=people.lena)


def let_days_pass() -> None:
    """All that counts happened within the period, which is over."""
    settle()
    Evidence.objects.filter(day__gte=TODAY).update(day=TODAY - timedelta(5))


def frozen(report: PeriodReport, by) -> PeriodReport:
    let_days_pass()
    services.ask_freeze(report, by=by)
    settle()
    report.refresh_from_db()
    return report


def approved(report: PeriodReport, by) -> PeriodReport:
    found = frozen(report, by)
    return services.approve(found, by=by, digest=found.digest)


def test_from_the_first_word_to_the_files(people, report):
    marko, lena = browser_of(people.marko), browser_of(people.lena)
    told = marko.post("/en/programme/reports/01/tell/", {"text": "We met *twice*."})
    lena.post("/en/programme/reports/01/introduction/", {"introduction": "A busy period."})
    let_days_pass()
    lena.post("/en/programme/reports/01/freeze/")
    settle()
    page = lena.get("/en/programme/reports/01/")
    lena.post("/en/programme/reports/01/approve/", {"digest": page.context["report"].digest})
    settle()

    assert told.status_code == 302
    guest = browser_of(people.guest)
    page = guest.get("/en/programme/reports/01/")
    assert [(one.organisation.code, one.text) for one in page.context["narratives"]] == [
        ("org-marko", "We met *twice*.")
    ]
    assert len(page.context["figures"]) == 30
    contents = {}
    for form in ("pdf", "docx", "xlsx"):
        contents[form] = b"".join(guest.get(f"/en/programme/reports/01/report.{form}"))
    assert [(language, len(made)) for language, _name, made in page.context["files"]] == [("en", 3), ("de", 3)]
    assert contents["pdf"][:5] == b"%PDF-"
    assert contents["docx"][:2] == b"PK"
    book = load_workbook(io.BytesIO(contents["xlsx"]), read_only=True)
    assert book.sheetnames == ["Figures", "Partners", "Evidence"]
    figures = {row[0]: row[-2] for row in book["Figures"].iter_rows(min_row=2, values_only=True)}
    sums = dict.fromkeys(figures, 0)
    topics = set()
    for row in book["Evidence"].iter_rows(min_row=2, values_only=True):
        sums[row[0]] += row[-1]
        topics |= {row[6]} - {None, ""}
    book.close()
    assert topics == {topic_labels()["4"]}
    assert sums == figures == {one.code: one.evidence.count() for one in Indicator.objects.all()}


def cells(guest, address: str) -> list:
    book = load_workbook(io.BytesIO(b"".join(guest.get(address))), read_only=True)
    found = [book.sheetnames, [cell.value for cell in next(book.worksheets[0].iter_rows(max_row=1))][:2]]
    book.close()
    return found


def test_files_are_in_the_language_of_their_reader(people, report):
    found = approved(report, people.lena)
    paper.make(Writing(), found.pk, languages=["en", "de", "sr"])
    guest = browser_of(people.guest)

    page = html.fromstring(guest.get("/en/programme/reports/01/").content)
    assert page.xpath("//li/span/@lang") == ["en", "de", "sr-Latn"]
    assert page.xpath("//li[span/@lang]/a/@hreflang") == [tag for tag in ("en", "de", "sr-Latn") for _form in range(3)]
    german = cells(guest, "/en/programme/reports/01/de/report.xlsx")
    assert german == cells(guest, "/de/programme/reports/01/report.xlsx")
    assert german != cells(guest, "/it/programme/reports/01/report.xlsx")
    assert cells(guest, "/it/programme/reports/01/report.xlsx")[0] == ["Figures", "Partners", "Evidence"]
    assert guest.get("/en/programme/reports/01/it/report.xlsx").status_code == 404


class Writing:
    """What a job is given, without a job."""

    def progress(self, *_told) -> None: ...

    def writing(self):
        return nullcontext()


def test_the_lead_partner_has_files_made_again(people, report):
    found = approved(report, people.lena)
    Job.objects.filter(kind=services.FILES).update(state=Job.State.DONE)
    page = browser_of(people.lena).post("/en/programme/reports/01/files/", follow=True)
    browser_of(people.lena).post("/en/programme/reports/01/files/")

    assert (page.status_code, Job.objects.filter(kind=services.FILES).count()) == (200, 2)
    assert browser_of(people.marko).post("/en/programme/reports/01/files/").status_code == 403
    with pytest.raises(PermissionDenied):
        services.ask_files(found, by=people.wanda)


def test_figures_tell_what_came_in_the_period_and_in_all(people, report):
    frozen(report, people.lena)
    held = Figure.objects.get(indicator__code="p04")

    assert (held.value, held.in_period) == (3, 2)
    proof = selectors.proof(held)
    assert ([str(row.title) for row in proof.entries.order_by("day")], proof.closed) == (
        ["Old vouchers", "New vouchers"],
        1,
    )
    assert "For members" not in [str(row.title) for row in FrozenEntry.objects.all()]


def test_people_are_frozen_without_names(people, report):
    frozen(report, people.lena)
    rows = FrozenEntry.objects.filter(figure__indicator__code="p05")

    assert set(rows.values_list("address", "organisation", "countries", "personal")) == {("", "", "|AT|", True)}


def test_an_approved_report_never_moves(people, report):
    services.tell(report, people.marko.affiliations.get().organisation, "We met.", by=people.marko)
    found = approved(report, people.lena)
    told = services.digest_of(found)

    repository.withdraw(Record.objects.get(title__en="New vouchers"), by=people.lena, why="Not true.")
    record("Newer vouchers")
    members.affiliate(add_person("nora"), people.marko.affiliations.get().organisation)
    Indicator.objects.filter(code="p04").update(target=1, name={"en": "Another name"})
    Organisation.objects.update(name={"en": "Renamed since"})
    settle()
    evidence.rebuild()

    found.refresh_from_db()
    assert services.digest_of(found) == told == found.digest
    names = [str(found.approver), str(found.narratives.get().name)]
    assert names == ["Organisation org-lena", "Organisation org-marko"]
    assert Figure.objects.get(indicator__code="p04").value == 3
    for deed in (
        lambda: services.reopen(found, by=people.lena),
        lambda: services.introduce(found, "Other words", by=people.lena),
        lambda: services.ask_freeze(found, by=people.lena),
        lambda: services.approve(found, by=people.lena, digest=found.digest),
        lambda: services.tell(found, people.marko.affiliations.get().organisation, "More", by=people.marko),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_what_is_approved_is_what_was_shown(people, report):
    found = frozen(report, people.lena)
    shown = found.digest
    services.reopen(found, by=people.lena)
    record("Newer vouchers")
    settle()
    found = frozen(PeriodReport.objects.get(), people.lena)

    with pytest.raises(ValidationError):
        services.approve(found, by=people.lena, digest=shown)
    assert PeriodReport.objects.get().state == "frozen"


def test_a_frozen_report_is_written_on_only_when_opened_again(people, report):
    found = frozen(report, people.lena)
    with pytest.raises(ValidationError):
        services.introduce(found, "More", by=people.lena)
    assert browser_of(people.marko).post("/en/programme/reports/01/tell/", {"text": "More"}).status_code == 403

    services.reopen(found, by=people.lena)

    assert browser_of(people.marko).post("/en/programme/reports/01/tell/", {"text": "More"}).status_code == 302
    assert Figure.objects.count() == 0


def test_a_period_without_days_is_not_reported(people):
    with pytest.raises(ValidationError):
        services.begin(Period.objects.get(code="02"), by=people.lena)
    assert browser_of(people.lena).post("/en/programme/reports/02/begin/")["Location"] == "/en/desk/programme/periods/"


def test_a_second_click_begins_nothing_new(people, report, period):
    assert services.begin(period, by=people.lena) == report


@pytest.mark.parametrize("name", ["marko", "wanda", "ana", "petra", "carl"])
def test_others_neither_begin_nor_freeze_nor_approve(people, report, period, name):
    other = people.named(name)
    for deed in (
        lambda: services.begin(period, by=other),
        lambda: services.ask_freeze(report, by=other),
        lambda: services.approve(frozen(report, people.lena), by=other, digest=report.digest),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_who_leads_without_a_full_member_does_not_approve(people, report):
    hold_anyway(people.ana, "lead_partner")
    found = frozen(report, people.ana)

    with pytest.raises(PermissionDenied):
        services.approve(found, by=people.ana, digest=found.digest)


@pytest.mark.parametrize(
    ("name", "before", "after"), [("marko", 200, 200), ("ana", 200, 200), ("petra", 404, 200), ("guest", 404, 200)]
)
def test_who_reads_it_before_and_after(people, report, name, before, after):
    browser = browser_of(people.named(name))
    addresses = [report.get_absolute_url()]
    assert [browser.get(address).status_code for address in addresses] == [before]
    approved(report, people.lena)

    addresses.append("/en/programme/reports/01/indicators/p04/")
    assert [browser.get(address).status_code for address in addresses] == [after, after]


def test_partners_write_for_themselves_alone(people, report):
    with pytest.raises(PermissionDenied):
        services.tell(report, people.marko.affiliations.get().organisation, "Not mine", by=people.wanda)
    assert browser_of(people.petra).get("/en/programme/reports/01/tell/").status_code == 404
    silent = browser_of(people.marko).get("/en/programme/reports/01/").context["silent"]
    assert sorted(one.code for one in silent) == ["org-lena", "org-marko", "org-wanda"]


def test_a_stale_part_is_not_overwritten(people, report):
    browser = browser_of(people.marko)
    seen = browser.get("/en/programme/reports/01/tell/").context["form"].initial["seen"]
    services.tell(report, people.marko.affiliations.get().organisation, "From elsewhere", by=people.marko)
    page = browser.post("/en/programme/reports/01/tell/", {"text": "Mine", "seen": seen})

    assert page.status_code == 400
    assert "Mine" in page.content.decode()


def test_a_frozen_list_adds_up_to_its_figure(people, report):
    approved(report, people.lena)
    for code in ("p04", "p05", "o01"):
        page = browser_of(people.guest).get(f"/en/programme/reports/01/indicators/{code}/?csv")
        rows = b"".join(page.streaming_content).decode("utf-8-sig").splitlines()[1:]

        assert sum(int(row.rpartition(",")[2]) for row in rows) == indicator(code).evidence.count()


def test_reports_are_listed_by_period(people, report):
    rows = browser_of(people.marko).get("/en/programme/reports/").context["rows"]

    assert [(period.code, bool(held)) for period, held in rows] == [
        ("01", True),
        *((f"0{n}", False) for n in range(2, 7)),
    ]
    assert {bool(held) for _period, held in browser_of(people.guest).get("/en/programme/reports/").context["rows"]} == {
        False
    }


def test_a_period_that_goes_on_is_not_approved(people, report, period):
    found = frozen(report, people.lena)
    Period.objects.filter(pk=period.pk).update(ends=TODAY)

    with pytest.raises(ValidationError, match="not over"):
        services.approve(found, by=people.lena, digest=found.digest)


@pytest.mark.parametrize("days", [(None, None), (TODAY - timedelta(40), TODAY - timedelta(2))])
def test_the_days_of_a_frozen_report_stay(people, report, days):
    frozen(report, people.lena)

    with pytest.raises(ValidationError, match="its days stay"):
        indicators.set_periods({"01": days}, by=people.lena)


def test_a_period_with_a_report_keeps_days(people, report):
    with pytest.raises(ValidationError, match="needs its days"):
        indicators.set_periods({"01": (None, None)}, by=people.lena)


def test_figures_frozen_before_the_period_was_over_are_not_approved(people, report):
    found = frozen(report, people.lena)
    PeriodReport.objects.update(frozen_at=timezone.now() - timedelta(days=1))

    with pytest.raises(ValidationError, match="freeze them anew"):
        services.approve(found, by=people.lena, digest=found.digest)
