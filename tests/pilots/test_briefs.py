import io
from contextlib import closing
from dataclasses import replace

import docx
import pypdfium2
import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from pilots import brief_paper
from pilots.selectors import briefs
from pilots.views import briefs as views
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.models import Region
from tests.factories import readings
from tests.factories.repository import record
from tests.people import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

DETAILS = {
    "problem": {"en": "Small firms had no access to research."},
    "solution": {"en": "Vouchers of 5,000 euros."},
    "institution": {"en": "The agency"},
    "resources": {"en": "Two people and one million a year."},
    "cost_band": "medium",
    "evidence": {"en": "Two thirds went on."},
    "evidence_strength": "survey",
    "transfer": {"en": "The form."},
    "contact": {"en": "Maria, maria@example.org"},
}


def place(number: int) -> Region:
    """The region that has rank `number` + 1 in the benchmark."""
    return Region.objects.order_by("code")[number]


def practice(title: str, *, of: int | None, **fields):
    details = DETAILS | fields.pop("details", {})
    regions = [] if of is None else [place(of).code]
    return record(title, regions=regions, details=details, **fields)


def page(person, of: Region, topic: int = 4, query: str = ""):
    cache.clear()
    answer = browser_of(person).get(reverse("pilots:brief", args=[of.code, topic]) + query)
    assert answer.status_code == 200
    return answer


def titles(answer) -> list[str]:
    return [str(one.record.title) for one in answer.context["brief"].beside]


def test_practices_of_better_peers_come_first_and_ones_own_never(people):
    readings.run()
    practice("Own", of=5)
    practice("Ahead", of=4)
    practice("Behind", of=7)
    practice("Elsewhere", of=None)
    practice("Draft", of=3, publish=False, by=people.marko)
    answer = page(people.guest, place(5))
    brief = answer.context["brief"]

    assert titles(answer) == ["Ahead", "Behind", "Elsewhere"]
    reasons = {peer.code: why for peer, why in brief.better}
    told = [one.why.partition(" is among")[2] for one in brief.beside]
    assert told == ["", f" the regions most like {brief.name}.", ""]
    assert (brief.beside[0].why, place(3).code in reasons) == (reasons[place(4).code], True)


def test_practices_of_a_better_peers_country_count_as_of_the_country(people):
    readings.run()
    practice("Another country's", of=None, countries=["SI"])
    practice("Own country's", of=None, countries=["BG"])
    practice("Of both", of=None, countries=["AT", "SI"])
    practice("Austria's", of=None)
    practice("Ahead", of=7)
    practice("Own neighbour", of=9)
    answer = page(people.guest, place(10))
    brief = answer.context["brief"]
    ahead = next(why for peer, why in brief.better if peer.country == "AT")

    assert [str(one.record.title) for one in brief.offered] == [
        "Ahead",
        "Own neighbour",
        "Austria's",
        "Of both",
        "Own country's",
        "Another country's",
    ]
    assert [one.why for one in brief.offered[2:4]] == [f"{ahead} The record is of Austria as a whole."] * 2
    assert [one.of_peer for one in brief.offered] == [True] * 4 + [False] * 2
    assert (brief.offered[2].regions, brief.offered[3].regions) == ("Austria", "Austria, Slovenia")


def test_at_most_four_stand_side_by_side_and_they_can_be_chosen(people):
    made = [practice(f"P{number}", of=None) for number in range(6)]
    region = place(0)

    assert titles(page(people.guest, region)) == ["P5", "P4", "P3", "P2"]
    query = f"?practice={made[0].code}&practice={made[2].code}&practice=nonsense"
    assert titles(page(people.guest, region, query=query)) == ["P2", "P0"]
    assert titles(page(people.guest, region, query="?practice=nonsense")) == ["P5", "P4", "P3", "P2"]


def test_what_is_missing_is_said(people):
    region, name = place(0), vocabulary.region_labels()[place(0).code]
    assert page(people.guest, region).context["brief"].gaps == [
        f"No published benchmark on this topic ranks {name}: who does better is not known.",
        "The repository holds no practice on this topic from another region.",
    ]
    practice("Elsewhere", of=None)
    assert page(people.guest, region).context["brief"].gaps[1:] == [
        "No practice is filed from the regions that do better or are alike; these are from elsewhere."
    ]


def test_the_first_has_nobody_ahead(people):
    readings.run()
    (gap, *_rest) = page(people.guest, place(0)).context["brief"].gaps
    name = vocabulary.region_labels()[place(0).code]
    known = {
        f"None of its peers does better than {name} in the newest benchmark on this topic.",
        "The repository holds no practice on this topic from another region.",
    }
    assert gap in known


def test_contacts_are_for_members(people):
    practice("Ahead", of=None)
    shown = {name: "maria@example.org" in page(person, place(0)).content.decode() for name, person in people.each()}
    assert shown == {
        "lena": True,
        "wanda": True,
        "marko": True,
        "ana": True,
        "petra": False,
        "carl": False,
        "guest": False,
    }


def test_conditions_that_nobody_declared_are_unknown(people):
    code = vocabulary.terms("precondition")[0].code
    practice("Ahead", of=None, details={"precondition": [code]})
    (one,) = page(people.guest, place(0)).context["brief"].beside

    assert (one.unknown, one.missing, one.percent) == ([vocabulary.term_name("precondition", code)], [], None)


@pytest.mark.parametrize(
    ("address", "status"),
    [("XX99/4/", 404), ("AT22/9/", 404), ("AT22/4/brief.pdf", 200), ("AT22/4/brief.exe", 404), ("AT22/4/", 200)],
)
def test_what_is_not_there_is_not_found(people, address, status):
    assert browser_of(people.guest).get(f"/en/learning/brief/{address}").status_code == status


def test_region_and_topic_are_chosen(people):
    browser, address = browser_of(people.guest), reverse("pilots:briefs")
    begun = browser.get(f"{address}?region=AT22")
    (chosen,) = html.fromstring(begun.content).xpath("//select[@name='region']/option[@selected]/@value")
    sent = browser.get(f"{address}?region=AT22&topic=4")
    wrong = browser.get(f"{address}?region=nowhere&topic=4")

    assert (begun.status_code, chosen) == (200, "AT22")
    assert (sent.status_code, sent["Location"]) == (302, reverse("pilots:brief", args=["AT22", 4]))
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (400, ["region"])


def full(people) -> briefs.Brief:
    readings.run()
    long = "Firms of the region had no way to the laboratories of the university and said so. " * 8
    for number in range(4):
        told = {name: {"en": long} for name in ("problem", "resources", "evidence", "difficulties")}
        practice(f"A practice with a rather long title, number {number}", of=number, details=told)
    return briefs.brief(people.guest, place(8), vocabulary.topic(4))


def test_the_paper_has_two_pages_in_the_language_of_its_reader(people):
    brief = full(people)
    assert (len(brief.beside), len(brief.better) > 2) == (4, True)
    made = brief_paper.file_of(brief, "pdf", "en")
    with closing(pypdfium2.PdfDocument(made)) as document:
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
        assert (len(document), "Whom to ask" in text) == (2, True)


def test_the_file_can_be_edited_and_is_made_once(people, monkeypatch):
    brief = full(people)
    made = brief_paper.file_of(brief, "docx", "en")
    words = [one.text for one in docx.Document(io.BytesIO(made)).paragraphs]

    assert words[0] == brief_paper.title_of(brief)
    monkeypatch.setattr(brief_paper, "places", None)  # whoever makes another one now fails
    assert brief_paper.file_of(brief, "docx", "en") == made


def test_whoever_asks_for_very_many_waits(people, monkeypatch):
    monkeypatch.setattr(views, "FILES_PER_HOUR", 1)
    address, browser = reverse("pilots:brief_file", args=["AT22", "4", "docx"]), browser_of(people.guest)
    cache.clear()

    assert [browser.get(address).status_code for _time in range(2)] == [200, 429]
    assert browser_of(people.carl).get(address).status_code == 200


def test_the_page_costs_the_same_with_1_and_4_practices(people):
    readings.run()
    counts = []
    for number in (3, 4):
        practice(f"Another {number}", of=number)
        page(people.guest, place(5))
        cache.clear()
        with CaptureQueriesContext(connection) as taken:
            page(people.guest, place(5))
        counts.append(len(taken))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("address", "asked"),
    [("/en/regions/AT22/", "?region=AT22"), ("/en/topics/4-finance/", "?topic=4"), ("/en/", "")],
)
def test_the_way_to_a_brief_is_on_pages_of_regions_and_topics(people, address, asked):
    found = html.fromstring(browser_of(people.guest).get(address).content)
    assert len(found.xpath(f"//main//a[@href='{reverse('pilots:briefs')}{asked}']")) == 1


def test_the_paper_tells_how_far_each_fits(people):
    code = vocabulary.terms("precondition")[0].code
    practice("Ahead", of=None, details={"precondition": [code]})
    (one,) = page(people.guest, place(0)).context["brief"].beside
    told = [replace(one, percent=50), one, replace(one, needs=())]

    assert [brief_paper.fit(each) for each in told] == [
        "50 % of it is here.",
        "not known, as long as not all of it is declared",
        "not told",
    ]
    (line,) = [row for row in brief_paper.side_by_side(told).splitlines() if row.startswith("| How much")]
    assert line.count("50 % of it is here") == 1
