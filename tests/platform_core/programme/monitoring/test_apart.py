"""Who only says that she makes policy is told apart wherever a number stands, and never where that tells of a few."""

import io
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from lxml import html
from openpyxl import load_workbook

from platform_core.programme.monitoring import paper
from platform_core.programme.monitoring.models import Evidence, Period
from platform_core.programme.monitoring.selectors import evidence
from platform_core.programme.monitoring.services import reports
from tests.factories.indicators import indicator
from tests.people import browser_of
from tests.platform_core.programme.monitoring.test_reports import Writing

pytestmark = pytest.mark.database
TODAY = timezone.localdate()
WORDS = "%s of them only declared it themselves, in an answer or a course."


def counted(officials: int, declared: int) -> None:
    row = {"indicator": indicator("r02"), "thing": "consultations.consultation", "object_id": 1, "personal": True}
    Evidence.objects.bulk_create(
        Evidence(**row, key=f"answer:{place}", day=TODAY - timedelta(9), is_self_declared=place < declared)
        for place in range(officials + declared)
    )


@pytest.mark.parametrize(
    ("officials", "declared", "told"),
    [(6, 5, 5), (0, 5, 5), (0, 4, None), (5, 0, None), (9, 4, None), (4, 9, None), (0, 0, None)],
)
def test_the_programme_page_and_programs_tell_as_much_as_the_list(people, client, officials, declared, told):
    counted(officials, declared)
    page = client.get("/en/programme/")
    (row,) = html.fromstring(page.content).xpath("//tr[.//a[contains(@href, '/indicators/r02/')]]")
    said = [one.text_content() for one in row.xpath("./td[1]//small")]
    api = {one["code"]: one["self_declared"] for one in client.get("/api/v1/indicators").json()}

    assert said == ([WORDS % told] if told else [])
    assert (api["r02"], api["o01"], client.get("/api/v1/indicators/r02").json()["self_declared"]) == (told, None, told)
    assert evidence.proof(people.guest, indicator("r02")).people.declared == told


def test_the_table_of_a_report_tells_them_apart(people):
    counted(6, 5)
    Period.objects.filter(code="01").update(begins=date(2020, 1, 1), ends=TODAY - timedelta(1))
    report = reports.begin(Period.objects.get(code="01"), by=people.lena)
    with transaction.atomic():
        reports.freeze(Writing(), report.pk)
    with paper.table_of(report) as file:
        book = load_workbook(io.BytesIO(file.read()))
    figures = {row[0]: row[-2:] for row in book["Figures"].iter_rows(min_row=2, values_only=True)}
    rows = [row for row in book["Evidence"].iter_rows(min_row=2, values_only=True) if row[0] == "r02"]

    assert (figures["r02"], figures["o01"]) == ((11, 5), (0, None))
    assert [row[1] for row in rows if row[8]] == ["of these people, how many only declared it themselves"]
    assert (sum(row[8] or 0 for row in rows), sum(row[9] or 0 for row in rows)) == (5, 11)


def test_who_looks_after_an_indicator_is_named_by_the_lead_partner(people):
    def shown(person) -> list[str]:
        page = html.fromstring(browser_of(person).get("/en/programme/indicators/p04/").content)
        (cell,) = page.xpath("//div[dt='Looked after by']/dd")
        return [cell.text_content().split("yet")[0].strip(), *cell.xpath(".//a/@href")]

    assert shown(people.guest) == shown(people.wanda) == ["not named"]
    assert shown(people.lena) == ["not named", "/en/desk/programme/indicators/p04/"]
