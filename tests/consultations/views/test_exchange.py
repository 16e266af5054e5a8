"""Answers taken as files by those who run a consultation."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone

from consultations import services
from consultations.models import AnswerExport, Consultation, Response
from consultations.services import exports
from platform_core.identity.access.models import RoleAssignment
from platform_core.identity.audit.models import Event
from platform_core.people.members.selectors import acting_for
from tests.consultations.views.pages import parsed, queries, texts
from tests.consultations.views.test_desk import expected, statuses
from tests.factories.consultations import consultation
from tests.people import browser_of, hold_anyway
from tests.settling import settle

ADDRESS = "/en/desk/consultations/finance/exchange/"
WANTED = {"format": "csv", "language": "en", "values": "labels", "mark": "on"}


@pytest.fixture
def answered(people):
    found = consultation()
    Response.objects.create(
        questionnaire=found.versions.get(), language="en", answers={"wish": "=2"}, day=timezone.localdate()
    )
    return services.close(found)


@pytest.fixture
def signed(people):
    """Answers of ana, given with her name."""
    found = consultation(mode="attributed")
    Response.objects.create(
        questionnaire=found.versions.get(),
        language="en",
        answers={"wish": "Less paper"},
        day=timezone.localdate(),
        person=people.ana,
    )
    return found


def made(browser, **wanted) -> str:
    """The address of a file after its job has run."""
    address = browser.post(ADDRESS, WANTED | wanted).url
    settle()
    return address


def test_who_may_take_answers_as_files(people, answered):
    assert statuses(people, ADDRESS) == expected(lena=200, wanda=200)
    assert statuses(people, ADDRESS, send=True) == expected(lena=422, wanda=422)


@pytest.mark.django_db(transaction=False)
def test_a_file_is_asked_for_made_and_fetched(people, answered, django_capture_on_commit_callbacks):
    browser = browser_of(people.wanda)
    with django_capture_on_commit_callbacks(execute=True):
        address = made(browser)
    (link,) = parsed(browser.get(address)).xpath("//main//a[@download]/@href")
    response = browser.get(link)
    content = b"".join(response.streaming_content).decode("utf-8-sig")

    assert response["Content-Disposition"] == 'attachment; filename="finance-en.csv"'
    assert content.splitlines()[1].endswith("'=2")
    assert texts(browser.get(ADDRESS), "//main//ul[@class='plain']//a[contains(., 'finance')]") == ["finance-en.csv"]
    assert Event.objects.filter(verb="consultations.exported").count() == 1


def test_a_file_is_for_who_asked_and_still_may(people, answered):
    address = made(browser_of(people.wanda))
    lena = [browser_of(people.lena).get(place).status_code for place in (address, f"{address}file/")]
    RoleAssignment.objects.filter(person=people.wanda).delete()
    wanda = [browser_of(people.wanda).get(place).status_code for place in (address, f"{address}file/")]

    assert (lena, wanda) == ([404, 404], [403, 403])


def test_files_go_after_seven_days(people, answered):
    for _n in range(2):
        made(browser_of(people.wanda))
    old, new = AnswerExport.objects.order_by("pk")
    AnswerExport.objects.filter(pk=old.pk).update(asked_at=timezone.now() - timedelta(days=8))

    exports.purge(timezone.now() - timedelta(days=7))

    assert list(AnswerExport.objects.all()) == [new]
    assert not old.file.storage.exists(old.file.name)


def test_an_unknown_format_is_refused(people, answered):
    response = browser_of(people.wanda).post(ADDRESS, WANTED | {"format": "exe", "language": "fr"})

    assert response.status_code == 422
    assert AnswerExport.objects.count() == 0


def test_the_list_costs_the_same_with_more_files(people, answered):
    browser = browser_of(people.wanda)
    made(browser)
    queries(browser, ADDRESS)
    one = queries(browser, ADDRESS)
    for _n in range(2):
        made(browser)

    assert queries(browser, ADDRESS) == one


def fetched(browser, **wanted) -> list[dict]:
    content = b"".join(browser.get(f"{made(browser, **wanted)}file/").streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def test_an_anonymous_consultation_gives_no_file_while_it_is_open(people, answered):
    Consultation.objects.update(state="open")
    browser = browser_of(people.wanda)
    answer = browser.post(ADDRESS, WANTED)

    assert (answer.status_code, AnswerExport.objects.count()) == (422, 0)
    assert texts(browser.get(ADDRESS), "//form[@novalidate]//button") == []
    with pytest.raises(CommandError, match=r"^The consultation is anonymous and still open\."):
        call_command("export_responses", "finance")


@pytest.mark.parametrize("fields", [{"mode": "token"}, {"is_demonstration": True}, {"state": "closed"}])
def test_other_consultations_give_files_at_any_time(people, answered, fields):
    Consultation.objects.update(**{"state": "open", **fields})

    assert browser_of(people.wanda).post(ADDRESS, WANTED).status_code == 302


def test_answers_given_with_name_are_taken_with_names_on_wish(people, signed):
    """`ana` acts for an organisation; that somebody took names is on record."""
    browser = browser_of(people.wanda)
    without, having = fetched(browser, values="codes")[0], fetched(browser, values="codes", people="on")[0]

    asked = {name: value for name, value in having.items() if name not in without}
    organisation = acting_for([people.ana.pk])[people.ana.pk]
    assert asked == {
        "response.person": people.ana.name,
        "response.email": people.ana.email,
        "response.organisation": str(organisation.name),
    }
    assert [
        event.payload["people"] for event in Event.objects.filter(verb="consultations.exported").order_by("pk")
    ] == [
        False,
        True,
    ]


def test_data_for_everybody_never_holds_names(people, signed):
    made(browser_of(people.wanda), format="open", people="on")

    assert AnswerExport.objects.get().people is False


def test_names_are_offered_only_where_there_are_some(people, answered):
    assert parsed(browser_of(people.wanda).get(ADDRESS)).xpath("//input[@name='people']") == []


def test_who_does_not_decide_takes_no_names(people, signed):
    hold_anyway(people.ana, "wg_leader", "group:4")

    assert parsed(browser_of(people.ana).get(ADDRESS)).xpath("//input[@name='people']") == []
    with pytest.raises(PermissionDenied):
        exports.ask(signed, by=people.ana, format="csv", language="en", people=True)
