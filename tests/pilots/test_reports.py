"""Reports by period: one for each, what was reported before beside what is new, and frozen once accepted."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.urls import reverse

from pilots.models import Figure, Period, Pilot, Report, Scheme
from pilots.selectors import pilots as standing, reports as selectors
from pilots.services import pilots as deeds, reports as services
from platform_core.exchange.messaging.models import Notice
from tests.factories.pilots import own, report, running, today
from tests.people import browser_of, hold_anyway
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def told(person) -> list[str]:
    return list(
        Notice.objects.filter(recipient=person, channel="site").order_by("pk").values_list("subject", flat=True)
    )


def both_over(made: Pilot) -> Pilot:
    """The second period is over too."""
    Period.objects.filter(scheme=made.scheme, number=2).update(ends=today() - timedelta(days=1))
    return made


def read(row: selectors.Row) -> tuple:
    return row.previous, row.value, row.cumulative


def test_there_is_one_report_for_a_period(people):
    made = running(people)
    first, second = (services.begin(made, made.scheme.periods.get(number=1), by=people.marko) for _twice in range(2))

    assert (first, Report.objects.count()) == (second, 1)


def test_no_report_on_what_has_not_begun(people):
    made = running(people)

    with pytest.raises(ValidationError, match="has not begun yet"):
        services.begin(made, made.scheme.periods.get(number=3), by=people.marko)
    Pilot.objects.filter(pk=made.pk).update(begun_on=today())
    with pytest.raises(ValidationError, match="did not run in this period"):
        services.begin(Pilot.objects.get(pk=made.pk), made.scheme.periods.get(number=1), by=people.marko)


def test_the_workspace_offers_what_can_be_begun(people):
    made = running(people)
    report(made, people.marko)

    told = [
        (due.period.number, due.report is not None, due.can_begin) for due in selectors.schedule(people.marko, made)
    ]
    assert told == [(1, True, False), (2, False, True), (3, False, False)]


def test_a_report_is_complete_and_its_period_over(people):
    made = running(people)

    with pytest.raises(ValidationError) as lacking:
        report(made, people.marko, value=None)
    with pytest.raises(ValidationError, match="not over yet"):
        report(made, people.marko, number=2)
    assert list(lacking.value.message_dict) == [f"value_{made.indicators.get().pk}"]


def test_nothing_is_a_figure(people):
    assert report(running(people), people.marko, value=0).state == "submitted"


def test_previous_this_period_and_cumulative(people):
    made = both_over(running(people))
    services.accept(report(made, people.marko, value=5), by=people.wanda)
    second = report(made, people.marko, number=2, value=-2)

    services.accept(second, by=people.wanda)

    (row,) = selectors.rows_of(Report.objects.get(pk=second.pk))
    (line,) = standing.lines(made)
    assert read(row) == (Decimal(5), Decimal(-2), Decimal(3))
    assert (line.by_period, line.actual) == ({1: Decimal(5), 2: Decimal(-2)}, Decimal(3))


def test_what_is_only_submitted_counts_nowhere(people):
    made = both_over(running(people))
    report(made, people.marko, value=5)
    second = report(made, people.marko, number=2, value=1)

    assert read(selectors.rows_of(second)[0]) == (Decimal(0), Decimal(1), Decimal(1))
    assert standing.lines(made)[0].reached == 0


def test_reports_are_accepted_in_the_order_of_their_periods(people):
    made = both_over(running(people))
    report(made, people.marko)
    second = report(made, people.marko, number=2)

    with pytest.raises(ValidationError, match="earlier report"):
        services.accept(second, by=people.wanda)


def test_nothing_is_put_before_an_accepted_report(people):
    made = both_over(running(people))
    services.accept(report(made, people.marko, number=2), by=people.wanda)

    with pytest.raises(ValidationError, match="later report"):
        services.accept(report(made, people.marko), by=people.wanda)


def test_an_accepted_report_never_moves(people):
    made = both_over(running(people))
    first = services.accept(report(made, people.marko, value=5), by=people.wanda)
    second = services.accept(report(made, people.marko, number=2, value=1), by=people.wanda)
    Figure.objects.filter(report=first).update(value=100)

    rows = selectors.rows_of(Report.objects.get(pk=second.pk))
    assert read(rows[0]) == (Decimal(5), Decimal(1), Decimal(6))
    for deed in (services.submit, services.accept):
        with pytest.raises(PermissionDenied):
            deed(second, by=people.marko)
    with pytest.raises(PermissionDenied):
        services.keep(second, by=people.marko, narrative="Else", problems="", values={})
    with pytest.raises(PermissionDenied):
        services.return_it(second, "Too late", by=people.wanda)


def test_a_finished_pilot_need_not_wait_for_the_end_of_its_last_period(people):
    made = running(people)
    services.accept(report(made, people.marko), by=people.wanda)
    deeds.reach(made.milestones.get(), today(), by=people.marko)
    made = deeds.finish(made, by=people.marko)
    before = [period.number for period in selectors.unreported(made)]

    services.accept(report(made, people.marko, number=2), by=people.wanda)

    assert (before, selectors.unreported(made)) == ([2], [])


def test_it_is_returned_with_reasons_and_comes_again(people):
    made = report(running(people), people.marko)
    with pytest.raises(ValidationError, match="give your reasons"):
        services.return_it(made, "  ", by=people.wanda)

    services.return_it(made, "What of the firms?", by=people.wanda)
    again = report(made.pilot, people.marko, value=7)
    settle()

    assert (again.pk, again.state, again.remark) == (made.pk, "submitted", "")
    assert told(people.marko)[-1] == "To be completed: Vouchers on trial, period 1"


def test_who_submitted_it_does_not_accept_it(people):
    hold_anyway(people.marko, "wg_leader", "group:4")
    made = report(running(people), people.marko)

    with pytest.raises(ValidationError, match="somebody else reviews it"):
        services.accept(made, by=people.marko)


@pytest.mark.parametrize("name", ["marko", "ana", "petra", "carl", "guest"])
def test_who_does_not_look_after_it_accepts_nothing(people, name):
    made = report(running(people), people.marko)

    with pytest.raises(PermissionDenied):
        services.accept(made, by=people.named(name))


def test_what_is_still_being_written_is_read_by_its_lead_alone(people):
    made = report(running(people), people.marko, submitted=False)

    assert selectors.report_for(people.marko, made.pk) == made
    for person in (people.wanda, people.lena, people.ana):
        with pytest.raises(Http404):
            selectors.report_for(person, made.pk)


def test_leads_are_reminded_once_before_the_day(people):
    made = running(people)
    Period.objects.filter(number=1).update(due_on=today() + timedelta(days=10))
    first, second = services.remind(), services.remind()
    settle()

    assert (first, second, Report.objects.get().pilot) == (1, 0, made)
    assert told(people.marko)[-1] == "Report due: Vouchers on trial, period 1"


@pytest.mark.parametrize("days", [-1, 15])
def test_nobody_is_reminded_too_early_or_too_late(people, days):
    running(people)
    scheme = Scheme.objects.get()
    scheme.periods.filter(number=1).update(ends=today() - timedelta(days=30), due_on=today() + timedelta(days=days))

    assert services.remind() == 0


def test_nobody_is_reminded_of_what_is_in(people):
    report(running(people), people.marko)
    Period.objects.filter(number=1).update(due_on=today() + timedelta(days=10))

    assert services.remind() == 0


def test_from_the_workspace_to_an_accepted_report_with_its_evidence(people):
    made, browser = running(people), browser_of(people.marko)
    one = made.indicators.get()
    browser.post(reverse("pilots:begin_report", args=[made.pk, 1]))
    found = Report.objects.get()
    address = reverse("pilots:write_report", args=[found.pk])
    proof = SimpleUploadedFile("list.csv", b"firm,voucher\nA,1\n", content_type="text/csv")
    told = {"narrative": "We gave five.", "problems": "None.", f"value_{one.pk}": "5", f"file_{one.pk}": proof}

    wrong = browser.post(address, {"narrative": "", f"value_{one.pk}": "many", "submit": "1"})
    bad = browser.post(address, {**told, f"file_{one.pk}": SimpleUploadedFile("list.pdf", b"MZ no pdf")})
    proof.seek(0)
    browser.post(address, {**told, "submit": "1"})
    browser_of(people.wanda).post(reverse("pilots:accept_report", args=[found.pk]))

    found.refresh_from_db()
    figure = found.figures.get()
    assert (wrong.status_code, bad.status_code, found.state, figure.file_name) == (400, 400, "accepted", "list.csv")
    file = reverse("pilots:figure_file", args=[figure.pk])
    assert b"".join(browser_of(people.lena).get(file)) == b"firm,voucher\nA,1\n"
    assert [browser_of(person).get(file).status_code for person in (people.ana, people.carl)] == [404, 404]
    assert own(people.marko) == made.lead


def test_what_was_typed_stays_when_it_cannot_be_submitted(people):
    made, browser = running(people), browser_of(people.marko)
    found = report(made, people.marko, submitted=False)
    address = reverse("pilots:write_report", args=[found.pk])

    answer = browser.post(address, {"narrative": "", "problems": "Few firms.", "submit": "1"})

    assert (answer.status_code, answer.context["form"]["problems"].value()) == (400, "Few firms.")
    found.refresh_from_db()
    assert found.state == "draft"
