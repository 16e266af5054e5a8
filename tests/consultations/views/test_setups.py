"""From beginning a consultation to its opening, over HTTP."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from consultations import urls
from consultations.models import Approval, Consultation, Questionnaire
from consultations.services import setups
from consultations.services.setups import RESERVED, code_for
from consultations.structure import questions
from platform_core.exchange.cases.models import Case
from platform_core.identity.access import services as access
from tests.factories.consultations import STRUCTURE, approve, consultation
from tests.people import browser_of
from tests.settling import settle

from .pages import parsed, shown, texts
from .test_editor import HOME, filled, keep, said

NEW = "/en/desk/consultations/new/"
TYPES = [{"code": code, "text": {"en": code.title()}} for code in ("enterprise", "academic")]
NAMES = ("lena", "wanda", "marko", "ana", "petra", "carl", "guest")


def begin(browser, **typed):
    return browser.post(NEW, filled(browser, NEW, title="What clusters need", summary="Tell us.", **typed))


def statuses(people, address) -> dict[str, int]:
    return {name: browser_of(people.named(name)).get(address).status_code for name in NAMES}


@pytest.mark.parametrize("rest", ["settings/", "approval/", "versions/", "preview/", "preview/1/", "versions/1.json"])
def test_who_opens_the_desk_of_a_draft(people, rest):
    consultation(open_now=False)

    assert statuses(people, HOME + rest) == {**dict.fromkeys(NAMES, 403), "lena": 200, "wanda": 200, "guest": 302}


def test_who_begins(people):
    assert statuses(people, NEW) == {**dict.fromkeys(NAMES, 403), "lena": 200, "wanda": 200, "guest": 302}


def test_a_leader_begins_for_her_own_group(people):
    assert texts(browser_of(people.wanda).get(NEW), "//select[@name='group']/option") == [
        "Financial framework improvement"
    ]


def test_a_public_consultation_begins_with_the_shared_questions(people):
    answer = begin(browser_of(people.wanda))

    made = Consultation.objects.get()
    asked = [question["code"] for question in questions(made.versions.get().structure)]
    assert answer.url == "/en/desk/consultations/what-clusters-need/questions/"
    assert (made.state, made.preset, made.mode, made.asks_publication) == ("draft", "public", "anonymous", True)
    assert made.targets == {"policy": 52, "private": 260}
    assert (made.made_by, made.topic_id, asked) == (people.wanda, 4, ["audience", "country", "org_type", "size"])


def test_a_consultation_begins_as_a_copy(people):
    earlier = consultation()

    begin(browser_of(people.wanda), beginning="copy", copied=earlier.pk)

    made = Consultation.objects.exclude(pk=earlier.pk).get()
    assert made.versions.get().structure == earlier.versions.get().structure


def test_drafts_of_other_groups_are_not_copied(people):
    other = consultation(open_now=False, topic_id=3)

    answer = begin(browser_of(people.wanda), beginning="copy", copied=other.pk)

    assert (answer.status_code, Consultation.objects.count()) == (400, 1)


def test_it_closes_after_it_opens(people):
    answer = begin(browser_of(people.wanda), opens_at="2027-03-01T09:00", closes_at="2027-02-01T09:00")

    assert (answer.status_code, said(answer)) == (400, ["Closes It has to close after it opens."])


def test_moments_are_those_of_the_zone_named(people):
    moments = {"opens_at": "2027-07-01T09:00", "closes_at": "2027-08-01T23:59", "time_zone": "Europe/Athens"}

    begin(browser_of(people.wanda), **moments)
    page = browser_of(people.wanda).get("/en/desk/consultations/what-clusters-need/settings/")

    assert Consultation.objects.get().closes_at.isoformat() == "2027-08-01T20:59:00+00:00"
    assert parsed(page).xpath("//input[@name='closes_at']/@value") == ["2027-08-01T23:59"]


def test_answers_are_wanted_of_types_of_organisations_that_are_asked_for(people):
    types = {"code": "org_type", "type": "single", "text": {"en": "Which type?"}, "options": TYPES}
    about, *rest = STRUCTURE["sections"]
    consultation(open_now=False, structure={"sections": [{**about, "questions": [*about["questions"], types]}, *rest]})

    keep(browser_of(people.wanda), "settings/", type_enterprise="40", type_academic="")

    assert Consultation.objects.get().type_targets == {"enterprise": 40}


def test_settings_are_kept_and_targets_read(people):
    consultation(open_now=False)
    wanda = browser_of(people.wanda)

    answer = keep(wanda, "settings/", minutes="25", country_targets="AT 20\nBG 15", contact="wg4@example.org")

    found = Consultation.objects.get()
    assert (answer.status_code, found.minutes, found.contact) == (302, 25, "wg4@example.org")
    assert found.country_targets == {"AT": 20, "BG": 15}


@pytest.mark.parametrize("line", ["XX 5", "AT", "AT many", "AT -3"])
def test_targets_that_are_none(people, line):
    consultation(open_now=False)

    answer = keep(browser_of(people.wanda), "settings/", country_targets=line)

    assert (answer.status_code, Consultation.objects.get().country_targets) == (400, {})


def test_locked_settings_say_why_and_stay(people):
    consultation(open_now=False, preset="public")
    wanda = browser_of(people.wanda)

    page = wanda.get(HOME + "settings/")
    wanda.post(HOME + "settings/", filled(wanda, HOME + "settings/", mode="attributed", language_reason="Because"))

    found = Consultation.objects.get()
    assert "Locked: this is so in every public consultation." in texts(page, "//fieldset//*[@class='hint']")
    assert (found.mode, str(found.language_reason)) == ("anonymous", "")


def test_settings_changed_by_somebody_else_are_not_overwritten(people):
    consultation(open_now=False)
    wanda = browser_of(people.wanda)
    old = filled(wanda, HOME + "settings/", minutes="5")
    keep(browser_of(people.lena), "settings/", minutes="50")

    assert wanda.post(HOME + "settings/", old).status_code == 400
    assert Consultation.objects.get().minutes == 50


def test_the_whole_way_to_the_opening(people, django_capture_on_commit_callbacks):
    consultation(open_now=False)
    wanda, lena = browser_of(people.wanda), browser_of(people.lena)
    early = wanda.post(HOME + "open/").status_code
    asked = keep(wanda, "approval/", people=[people.lena.pk])
    settle()
    case = Case.objects.get()
    lena.post(f"/en/cases/{case.pk}/answer/approve/", {"reason": "Good questions"})
    approvals = list(Approval.objects.values_list("answer", flat=True))
    ready = texts(wanda.get(HOME + "approval/"), "//main//h2 | //main//*[contains(@class, 'alert')]/p")
    wanda.post(HOME + "open/")

    assert (early, asked.status_code, approvals) == (403, 302, ["approve"])
    assert "Nothing hinders the opening." in ready
    assert Consultation.objects.get().state == "open"


def test_asking_nobody_is_said(people):
    consultation(open_now=False)
    wanda = browser_of(people.wanda)

    answer = wanda.post(HOME + "approval/", {"due_on": timezone.localdate() + timedelta(days=3)})

    assert (answer.status_code, Approval.objects.count()) == (400, 0)


def test_an_approver_from_elsewhere_reads_the_draft(people):
    access.give_role(people.marko, "reviewer")
    found = consultation(open_now=False)
    marko = browser_of(people.marko)
    before = marko.get(HOME + "questions/").status_code
    keep(browser_of(people.wanda), "approval/", people=[people.marko.pk])

    assert (before, marko.get(HOME + "questions/").status_code) == (403, 200)
    assert marko.get(HOME + "questions/wish/").status_code == 403
    assert marko.get(found.get_absolute_url()).status_code == 404


def test_taking_it_back_makes_the_approval_void(people):
    approve(consultation(open_now=False), by=people.wanda, approver=people.lena)

    browser_of(people.wanda).post(HOME + "approval/back/")

    assert (Consultation.objects.get().state, Approval.objects.get().voided_at is None) == ("draft", False)


def test_what_is_wanted_stands_beside_what_was_given(people, answered):
    answered.targets, answered.country_targets = {"policy": 52, "private": 260}, {"AT": 20, "XK": 5}
    answered.type_targets = {"gone": 7}
    answered.save()

    page = browser_of(people.wanda).get(f"/en/desk/consultations/{answered.code}/")

    given, counted, wanted = (
        texts(page, f"//table[caption='By audience']/tbody/tr/td[{place}]") for place in (1, 2, 3)
    )
    assert (sum(map(int, given)), counted, wanted) == (30, given, ["52", "260"])
    types = texts(page, "//table[caption='By type of organisation']/tbody/tr[td[3]='7']/th")
    assert types == ["gone"]


def test_no_consultation_takes_a_word_that_stands_in_addresses(people):
    """The words are those that addresses have where the code of a consultation may stand."""
    routes = [str(pattern.pattern) for pattern in (*urls.public_pages, *urls.desk_pages)]
    before = {route.partition("<slug:code>")[0] for route in routes if "<slug:code>" in route}
    there = [route.removeprefix(start) for start in before for route in routes if route.startswith(start)]
    words = {rest.partition("/")[0] for rest in there if not rest.startswith(("<", "^"))} - {""}

    assert words == RESERVED
    assert [code_for(word) for word in sorted(words)] == [f"{word}-2" for word in sorted(words)]


# Preview and test


def test_the_preview_shows_every_question_on_wish_and_keeps_nothing(people):
    consultation(open_now=False)
    wanda = browser_of(people.wanda)

    page = wanda.get(HOME + "preview/2/?all=1")
    checked = wanda.post(HOME + "preview/1/", {"country": "AT"})

    assert shown(page) == ["sources", "share", "wish"]
    assert (page["X-Frame-Options"], "frame-ancestors 'self'" in page["Content-Security-Policy"]) == (
        "SAMEORIGIN",
        True,
    )
    assert (checked.status_code, Questionnaire.objects.get().drafts.count()) == (400, 0)


def test_the_preview_speaks_the_language_chosen(people):
    consultation(open_now=False)

    page = browser_of(people.wanda).get(HOME + "preview/?language=el&section=1&width=wide")

    assert parsed(page).xpath("//iframe/@src") == ["/el/desk/consultations/finance/preview/1/"]


def test_a_test_goes_all_the_way_and_is_never_counted(people):
    found = consultation(open_now=False)
    wanda = browser_of(people.wanda)
    address = wanda.post(HOME + "test/").url
    guest = browser_of(people.guest)
    guest.post(address, {"audience": "policy", "country": "AT", "next": "1"})
    links = address.removesuffix("1/")
    guest.post(f"{links}2/", {"wish": "Less paper", "next": "1"})
    over = guest.post(f"{links}review/", follow=True)

    assert texts(over, "//h1") == ["The test is over"]
    version = found.versions.get()
    assert (version.responses.count(), version.drafts.count()) == (0, 0)


def test_a_test_ends_with_the_questions_it_was_of(people):
    consultation(open_now=False)
    wanda = browser_of(people.wanda)
    address = wanda.post(HOME + "test/").url
    wanda.post(address, {"audience": "policy", "country": "AT", "next": "1"})

    keep(wanda, "questions/audience/", options="policy | Public\nother | Other")

    assert wanda.get(address).status_code == 410


@pytest.mark.parametrize("preset", ["", "public"])
def test_no_threshold_is_below_five(people, preset):
    found = consultation(open_now=False, preset=preset)

    answers = [keep(browser_of(people.wanda), "settings/", threshold=number).status_code for number in (4, 6)]

    assert (answers, Consultation.objects.get().threshold) == ([400, 302], 6)
    with pytest.raises(ValidationError):
        setups.set_up(found, by=people.wanda, threshold=3)
