"""Two windows, the back button, double clicks, a closing that comes while somebody is on the last page."""

import pytest
from django.test import Client

from consultations import services
from consultations.models import AnswerDraft, Response
from tests.factories.consultations import consultation

from .pages import ABOUT, Respondent, alerts, given, heading, kept, messages, parsed, ready, texts, typed

pytestmark = pytest.mark.django_db
SENT_BEFORE = "There is nothing behind this link"


def click(respondent: Respondent):
    return respondent.browser.post(respondent.links + "review/", {"send": "1"})


def test_a_double_click_sends_once_and_leads_twice_to_the_receipt(respondent):
    ready(respondent)

    first, second = click(respondent), click(respondent)

    assert (first.status_code, second.status_code, second.url) == (302, 302, first.url)
    assert Response.objects.count() == 1


def test_a_double_click_of_the_responsible_person_sends_once():
    consultation(offers_sign_off=True)
    respondent = ready(Respondent())
    (link,) = texts(respondent.browser.post(respondent.links + "sign-off/"), "//*[@data-copy]//textarea")

    first, second = (Client().post(link, {"send": "1"}) for _click in range(2))

    assert (second.url, Response.objects.count()) == (first.url, 1)


@pytest.mark.parametrize("seconds", [0, 61])
def test_the_link_leads_to_the_receipt_for_a_minute_and_only_by_the_button(respondent, seconds, monkeypatch):
    ready(respondent)
    click(respondent)
    services.answers.cache.touch(services.answers.sent_key(respondent.links[-33:-1]), 60 - seconds)

    assert click(respondent).status_code == (302 if seconds == 0 else 410)
    assert respondent.at("review/").status_code == 410
    assert heading(respondent.press(**ABOUT)) == SENT_BEFORE


def test_back_from_the_receipt_says_that_everything_has_arrived(respondent):
    ready(respondent).send()

    page = respondent.at("2/")

    assert (page.status_code, heading(page)) == (410, SENT_BEFORE)
    assert "Answers that were sent have arrived once" in texts(page, "//main//p")[-2]


def test_back_in_the_browser_shows_what_is_kept_and_loses_nothing(respondent):
    respondent.press(**ABOUT)
    respondent.press(wish="Less paper")

    first, second = respondent.at("1/"), respondent.at("2/")

    assert (typed(first), typed(second)) == (ABOUT, {"wish": "Less paper"})


def test_closing_while_somebody_reads_the_last_page(found, respondent):
    ready(respondent)
    services.close(found)

    page = respondent.look()

    assert (page.status_code, given(page)["One wish"]) == (200, "Less paper")
    assert parsed(page).xpath("//button[@name='send']") == []
    assert [said[:40] for said in alerts(page)] == ["The consultation is closed and takes no "]


def test_a_new_version_of_the_questions_does_not_touch_who_has_begun(found, respondent):
    respondent.press(**ABOUT)
    changed = {"sections": found.versions.get().structure["sections"][:1]}
    services.add_version(found, changed)
    services.open_consultation(found)

    respondent.press(wish="Less paper")
    respondent.send()

    assert Response.objects.get().questionnaire.number == 1


def stood(page) -> str:
    return parsed(page).xpath("//input[@name='stood']/@value")[0]


@pytest.fixture
def second_page(respondent):
    """Two windows show the empty second page; what stood there."""
    respondent.press(**ABOUT)
    return stood(respondent.look())


def test_a_window_leaves_alone_what_it_has_not_changed(respondent, second_page):
    respondent.press("autosave", share="40", stood=second_page)

    sent = respondent.press(wish="Less paper", stood=second_page)

    assert sent.status_code == 302
    assert kept() == {**ABOUT, "share": 40.0, "wish": "Less paper"}


def test_an_answer_changed_in_two_windows_is_shown_and_the_second_decides(respondent, second_page):
    respondent.press("autosave", wish="Less paper", stood=second_page)

    page = respondent.press(wish="More money", share="40", stood=second_page)

    told = "This was changed in another window meanwhile: Less paper. If you go on, what stands here is kept."
    assert (page.status_code, messages(page)) == (409, {"wish": [told]})
    assert (typed(page)["wish"], kept()) == ("More money", {**ABOUT, "share": 40.0, "wish": "Less paper"})
    assert respondent.press(wish="More money", share="40", stood=stood(page)).status_code == 302
    assert kept()["wish"] == "More money"


def test_the_same_answer_in_two_windows_is_no_matter(respondent, second_page):
    respondent.press("autosave", wish="Less paper", stood=second_page)

    assert respondent.press(wish="Less paper", stood=second_page).status_code == 302


def test_a_window_that_saves_by_itself_has_no_quarrel_with_itself(respondent, second_page):
    marks = respondent.press("autosave", wish="Less", stood=second_page).json()["stood"]

    saved = respondent.press("autosave", wish="Less paper", stood=marks)

    assert (saved.status_code, kept()["wish"]) == (200, "Less paper")


def test_saving_by_itself_never_overwrites_another_window(respondent, second_page):
    respondent.press("autosave", wish="Less paper", stood=second_page)

    refused = respondent.press("autosave", wish="More", share="40", stood=second_page)
    again = respondent.press("autosave", wish="More", share="50", stood=refused.json()["stood"])

    assert (refused.status_code, again.status_code) == (409, 409)
    assert (kept()["wish"], kept()["share"]) == ("Less paper", 50.0)


@pytest.mark.parametrize("marks", ["", "x", ":", "wish", "wish:: share:zz \0", "é:" * 1000])
def test_marks_nobody_gave_do_no_harm(respondent, marks):
    respondent.press(**ABOUT)

    assert respondent.press("autosave", wish="Less paper", stood=marks).status_code == 200


def test_windows_of_two_respondents_know_nothing_of_each_other(found):
    first, second = Respondent(), Respondent()

    first.press(**ABOUT)

    assert (typed(second.look()), AnswerDraft.objects.count()) == ({}, 2)


def test_answers_of_another_link_are_not_sent_by_mine(found):
    mine, others = ready(Respondent()), ready(Respondent())

    mine.send()

    assert (kept()["wish"], others.at("review/").status_code) == ("Less paper", 200)


def shown_on(page) -> dict[str, str]:
    """The hidden fields by which a window is known."""
    (form,) = parsed(page).xpath("//form[@data-questionnaire]")
    return {name: form.fields[name] for name in ("page", "stood")}


@pytest.fixture
def window(respondent):
    respondent.press(**ABOUT)
    return shown_on(respondent.look())


def test_what_saves_by_itself_and_comes_late_changes_nothing(respondent, window):
    address = respondent.address
    respondent.press(wish="Less paper", share="40", turn="2", **window)
    respondent.address = address

    late = respondent.press("autosave", wish="Less", turn="1", **window)

    assert (late.status_code, kept()["wish"]) == (200, "Less paper")


def test_what_was_taken_back_by_a_button_is_not_brought_back_late(respondent, window):
    address = respondent.address
    respondent.press(share="40", turn="2", **window)
    respondent.address = address

    respondent.press("autosave", wish="Less", turn="1", **window)

    assert kept() == {**ABOUT, "share": 40.0}


def test_a_button_has_no_quarrel_with_what_its_page_saved_by_itself(respondent, window):
    """The answer of the server to the first never arrived, so the marks of the page are the old ones."""
    respondent.press("autosave", wish="Less", share="40", turn="1", **window)

    sent = respondent.press(wish="Less paper", turn="2", **window)

    assert (sent.status_code, kept()) == (302, {**ABOUT, "wish": "Less paper"})


def test_another_window_is_still_told_of(respondent, window):
    respondent.press("autosave", wish="Less", turn="1", **window)
    respondent.press("autosave", wish="More", turn="1", page="other", stood="wish:0")
    other = shown_on(respondent.look())
    respondent.press("autosave", wish="Nothing", turn="1", **other)

    assert respondent.press(wish="Less paper", turn="2", **window).status_code == 409


def test_no_more_windows_are_noted_than_are_needed(respondent, window):
    for _shown in range(9):
        respondent.press("autosave", wish="Less", turn="1", **shown_on(respondent.look()))

    assert len(AnswerDraft.objects.get().windows) == 6
