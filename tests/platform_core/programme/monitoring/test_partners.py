"""Periods, targets, and what each partner owes."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format
from lxml import html

from pilots.models import Period as PilotPeriod
from platform_core.exchange.cases.models import Case
from platform_core.exchange.cases.selectors import kind_of
from platform_core.exchange.messaging.models import Notice
from platform_core.identity.audit.models import Event
from platform_core.programme.monitoring.models import Indicator, PartnerTarget, Period, Reminder
from platform_core.programme.monitoring.selectors import indicators as selectors, partners
from platform_core.programme.monitoring.selectors.evidence import rule_of
from platform_core.programme.monitoring.services import evidence, indicators as services, partners as reminding
from tests.factories.indicators import indicator
from tests.factories.pilots import running
from tests.factories.repository import record
from tests.factories.requests import sent
from tests.factories.tasks import task
from tests.people import add_organisation, browser_of
from tests.settling import settle
from workinggroups.models import Asked

pytestmark = pytest.mark.database
TODAY = timezone.localdate()


def own(person):
    return person.affiliations.get().organisation


@pytest.fixture
def owing(people):
    """Each full member owes two practices; marko's has brought one."""
    Indicator.objects.filter(code="p04").update(partner_target=2, period=Period.objects.get(code="03"))
    record("Vouchers", organisation=own(people.marko))
    evidence.rebuild()


def test_each_full_member_owes_twenty_answers(people):
    owed = selectors.line(indicator("r03")).owed

    assert {(one.organisation.code, one.value, one.target) for one in owed} == {
        (f"org-{name}", 0, 20) for name in ("lena", "wanda", "marko")
    }


def test_a_target_of_its_own_holds_for_one_partner(people, owing):
    services.change(
        indicator("p04"), by=people.lena, partners={own(people.marko).pk: 1, own(people.ana).pk: 4}, partner_target=2
    )
    owed = {
        one.organisation.code: (one.value, one.target, one.is_below) for one in selectors.line(indicator("p04")).owed
    }

    assert owed == {
        "org-lena": (0, 2, True),
        "org-wanda": (0, 2, True),
        "org-marko": (1, 1, False),
        "org-ana": (0, 4, True),
    }
    services.change(indicator("p04"), by=people.lena, partners={own(people.ana).pk: None})
    assert PartnerTarget.objects.count() == 1


def test_the_page_says_who_is_below(people, owing, client):
    line = client.get("/en/programme/indicators/p04/").context["line"]

    assert sorted(one.organisation.code for one in line.below) == ["org-lena", "org-marko", "org-wanda"]


def test_days_make_targets_late(people):
    before = selectors.line(indicator("o01")).state
    days = {"01": (TODAY - timedelta(60), TODAY - timedelta(1)), "02": (TODAY, TODAY + timedelta(90))}
    services.set_periods(days, by=people.lena)

    assert (before, selectors.line(indicator("o01")).state, selectors.line(indicator("r01")).state) == (
        "under_way",
        "late",
        "under_way",
    )


@pytest.mark.parametrize(
    "days",
    [
        {"01": (date(2026, 1, 1), None)},
        {"01": (date(2026, 2, 1), date(2026, 1, 1))},
        {"01": (date(2026, 1, 1), date(2026, 6, 30)), "02": (date(2026, 6, 30), date(2026, 12, 31))},
        {"01": (date(2026, 1, 1), date(2026, 6, 30)), "03": (date(2026, 1, 1), date(2026, 12, 31))},
    ],
)
def test_days_that_cannot_be_are_refused(people, days):
    with pytest.raises(ValidationError):
        services.set_periods(days, by=people.lena)

    assert not Period.objects.filter(begins__isnull=False).exists()


def test_periods_are_set_on_their_page(people):
    browser = browser_of(people.lena)
    seen = browser.get("/en/desk/programme/periods/").context["form"].initial["seen"]
    told = {"begins_01": "2026-01-01", "ends_01": "2026-06-30", "seen": seen}

    assert browser.post("/en/desk/programme/periods/", told).status_code == 302
    assert Period.objects.get(code="01").ends == date(2026, 6, 30)
    stale = browser.post("/en/desk/programme/periods/", told | {"ends_01": "2026-07-31"})
    assert (stale.status_code, Period.objects.get(code="01").ends) == (400, date(2026, 6, 30))


def test_targets_are_set_on_their_page_and_values_are_not(people):
    browser = browser_of(people.lena)
    field = f"partner_{own(people.marko).pk}"
    told = {
        "target": "30",
        "baseline": "2",
        "period": "",
        "owner": "",
        "partner_target": "3",
        field: "5",
        "value": "99",
    }

    assert browser.post("/en/desk/programme/indicators/p04/", told).status_code == 302
    held = indicator("p04")
    assert (held.target, held.baseline, held.partner_target, held.evidence.count()) == (30, 2, 3, 0)
    assert PartnerTarget.objects.get().target == 5
    assert browser.post("/en/desk/programme/indicators/p04/", told | {"target": "-1"}).status_code == 400


@pytest.mark.parametrize("address", ["", "periods/", "indicators/p04/"])
@pytest.mark.parametrize(("name", "status"), [("lena", 200), ("wanda", 403), ("ana", 403), ("guest", 302)])
def test_the_desk_is_the_lead_partners(people, address, name, status):
    assert browser_of(people.named(name)).get(f"/en/desk/programme/{address}").status_code == status


def test_others_set_nothing(people):
    with pytest.raises(PermissionDenied):
        services.set_periods({}, by=people.wanda)
    with pytest.raises(PermissionDenied):
        services.change(indicator("p04"), by=people.wanda, partners={}, target=1)


@pytest.mark.parametrize(
    ("name", "status"), [("lena", 200), ("marko", 200), ("ana", 200), ("petra", 403), ("carl", 403), ("guest", 302)]
)
def test_members_read_what_partners_owe(people, owing, name, status):
    browser = browser_of(people.named(name))

    assert browser.get("/en/programme/partners/").status_code == status
    assert browser.get("/en/programme/partners/org-marko/").status_code == status


def test_one_page_per_partner(people, owing):
    page = browser_of(people.marko).get("/en/programme/partners/org-marko/")

    debts = [
        (debt.indicator.code, debt.value, debt.target) for _period, rows in page.context["periods"] for debt in rows
    ]
    owed = [debt for debt in debts if debt[2] is not None]
    assert owed == [("r01", 0, 6), ("p04", 1, 2), ("r07", 0, 1), ("r02", 0, 4), ("r03", 0, 20)]
    assert {code for code, _value, target in debts if target is None} == {
        one.code
        for one in Indicator.objects.exclude(kind="platform")
        if one.partner_target is None and rule_of(one.rule).by_partner
    }
    assert [(one.code, one.counted) for one in page.context["brought"]] == [("p04", 1), ("p05", 1)]
    assert browser_of(people.marko).get("/en/programme/partners/org-carl/").status_code == 404
    assert browser_of(people.marko).get("/en/programme/partners/nobody/").status_code == 404


def test_a_reminder_reaches_the_contacts_once_a_day(people, owing):
    browser = browser_of(people.lena)
    for _click in range(2):
        assert browser.post("/en/programme/partners/org-marko/remind/").status_code == 302
    settle()

    told = Notice.objects.filter(kind="monitoring.partner_reminded").order_by().distinct()
    assert list(told.values_list("recipient__email", flat=True)) == ["marko@example.org"]
    assert Reminder.objects.get().sent_on == TODAY


def test_nobody_is_reminded_who_owes_nothing(people, owing):
    with pytest.raises(ValidationError):
        reminding.remind(own(people.ana), by=people.lena)
    with pytest.raises(PermissionDenied):
        reminding.remind(own(people.marko), by=people.wanda)


def test_lists_of_partners_ask_as_much_for_many_as_for_few(people, owing):
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert len(partners.with_overdue(people.lena, partners.partners(people.lena))) >= 3
        return len(found)

    asked()  # her rights are read once
    first = asked()
    for place in range(3):
        add_organisation(f"more-{place}", tier="full")

    assert asked() == first


def test_the_table_of_partners(people, owing):
    page = browser_of(people.lena).get("/en/programme/partners/?csv")
    lines = b"".join(page.streaming_content).decode("utf-8-sig").splitlines()

    assert len(lines) == 1 + 3 * 5


def test_a_partner_that_is_late_with_an_answer_alone_is_reminded(people):
    Indicator.objects.update(partner_target=None)
    found = sent(people.wanda, people.ana)
    with pytest.raises(ValidationError, match="owes nothing"):
        reminding.remind(own(people.ana), by=people.lena)
    Asked.objects.update(due_on=TODAY - timedelta(1))
    page = browser_of(people.lena).get("/en/programme/partners/org-ana/")
    reminding.remind(own(people.ana), by=people.lena)
    settle()

    told = Notice.objects.filter(kind="monitoring.partner_reminded", recipient=people.ana).first()
    assert page.status_code == 404  # it is no full member, and has no target of its own
    assert [words for words, _day in partners.overdue(own(people.ana))] == [str(found.title)]
    assert told.recipient == people.ana


def test_overdue_requests_are_listed_and_reminded_in_one_click(people):
    Indicator.objects.update(partner_target=None)
    sent(people.wanda, people.marko, title="What is new?")
    Asked.objects.update(due_on=TODAY - timedelta(1))
    browser = browser_of(people.lena)
    page = html.fromstring(browser.get("/en/programme/partners/").content)
    (row,) = page.xpath("//tbody/tr[.//form]")
    (address,) = row.xpath(".//form/@action")
    lines = b"".join(browser.get("/en/programme/partners/?csv").streaming_content).decode("utf-8-sig").splitlines()

    assert [row.xpath(f"string(.//td[@data-label='{name}'])").strip() for name in ("Below its target", "Overdue")] == [
        "nothing",
        f"What is new? (due {date_format(TODAY - timedelta(1), 'SHORT_DATE_FORMAT')})",
    ]
    assert lines[1:] == [f"{own(people.marko)},,,,,,,What is new?,{TODAY - timedelta(1)}"]
    assert (browser.post(address).status_code, Reminder.objects.get().organisation) == (302, own(people.marko))


def test_who_may_not_remind_is_told_of_no_requests(people):
    sent(people.wanda, people.marko)
    Asked.objects.update(due_on=TODAY - timedelta(1))
    shown = browser_of(people.ana).get("/en/programme/partners/").context["page"]

    assert [list(row.overdue) for row in shown] == [[], [], []]


def test_the_targets_of_partners_add_up_to_those_of_the_programme(people):
    rows = Indicator.objects.exclude(partner_target=None).order_by("code")

    assert [(one.code, one.target // one.partner_target, one.target % one.partner_target) for one in rows] == [
        (code, 13, 0) for code in ("r01", "r02", "r03", "r07")
    ]


def test_tasks_cases_and_reports_of_pilots_are_overdue_too(people):
    task(people.wanda, "Write the plan", organisation=own(people.marko), due_on=TODAY - timedelta(3))
    task(people.wanda, "Ask the clusters", owner=people.marko, due_on=TODAY - timedelta(2))
    task(people.wanda, "Not yet", owner=people.marko, due_on=TODAY + timedelta(2))
    made = running(people)
    PilotPeriod.objects.filter(scheme=made.scheme, number=1).update(due_on=TODAY - timedelta(1))
    settle()
    case = Case.objects.create(
        kind="members.claim",
        thing="members.claim",
        object_id=1,
        cause=Event.objects.latest("pk"),
        handler=f"org:{own(people.marko).pk}",
        opened_at=timezone.now(),
        due_on=TODAY - timedelta(4),
    )
    told = partners.overdue(own(people.marko))

    assert [(words, (TODAY - day).days) for words, day in told] == [
        (str(kind_of(case).name), 4),
        ("Write the plan", 3),
        ("A task of one person in a working group", 2),
        (f"Report of a pilot action: {made.title}, period 1", 1),
    ]
    assert partners.told_overdue(people.lena, own(people.marko)) == told
    assert partners.told_overdue(people.marko, own(people.marko)) == told
    assert partners.told_overdue(people.wanda, own(people.marko)) == []
    page = browser_of(people.marko).get("/en/programme/partners/org-marko/")
    assert (page.context["overdue"], page.context["may_remind"]) == (told, False)


def test_nobody_owes_what_belongs_to_no_partner(people):
    with pytest.raises(ValidationError, match="no single partner"):
        services.change(indicator("o09"), by=people.lena, partners={}, partner_target=2)
    with pytest.raises(ValidationError, match="no single partner"):
        services.change(indicator("o09"), by=people.lena, partners={own(people.marko).pk: 2})

    services.change(indicator("o09"), by=people.lena, partners={own(people.marko).pk: None}, target=7)
    assert indicator("o09").target == 7


def test_the_lead_partner_adds_an_indicator_that_counts_at_once(people):
    record("Vouchers")
    told = {
        "kind": "platform",
        "code": "p90",
        "name": "Practices again",
        "definition": "As published.",
        "unit": "number",
    }
    told |= {"rule": "repository.practices", "target": "5", "baseline": "0", "period": "", "owner": ""}
    made = browser_of(people.lena).post("/en/desk/programme/new/", told)

    assert (made.status_code, made.url) == (302, "/en/programme/indicators/p90/")
    held = indicator("p90")
    assert (str(held.name), held.target, held.evidence.count()) == ("Practices again", 5, 1)
    again = browser_of(people.lena).post("/en/desk/programme/new/", told)
    wrong = browser_of(people.lena).post("/en/desk/programme/new/", told | {"code": "p91", "rule": "nothing.at_all"})
    other = browser_of(people.wanda).post("/en/desk/programme/new/", told | {"code": "p92"})
    assert [page.status_code for page in (again, wrong, other)] == [400, 400, 403]
