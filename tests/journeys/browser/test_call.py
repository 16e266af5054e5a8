"""A call from its draft to the set-up document, in windows: answers, eligibility, scores, short-list, letters, seats."""

import io
import re
import shutil
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from docx import Document

from . import sites
from .browsing import Browsing
from .calling import evaluate, keep_short_list, named_in, open_until, send
from .looking import LOOKS, troubles
from .steps import download, press, sign_in, wait_until

pytestmark = pytest.mark.browser

CALLS, ZONE = "/en/groups/4/calls/", "Europe/Vienna"
LEADER = "donaukreis"
NAKP, PODHORSKY, TERRANOVA, TISZALIGET = SENDERS = ("nakp", "podhorsky", "terranova", "tiszaliget")
EVALUATORS = {"oncluster": "Radu Crăciunescu", "anatolikos-ormos": "Ελένη Μαυρουδή", "lead": "Giulia Santarelli"}
NAMES = {
    NAKP: "National Agency for Cluster Policy",
    PODHORSKY: "Podhorský Self-Governing Region",
    TERRANOVA: "Terranova Agency for Innovation",
    TISZALIGET: "Tiszaliget Regional Innovation Agency",
}
PEOPLE = {
    NAKP: [("wg_expert", "Десислава Радева", NAKP), ("wg_expert", "Nadia Invented", "nadia")],
    PODHORSKY: [("wg_representative", "Zuzana Hrivnáková", PODHORSKY)],
    TERRANOVA: [("wg_expert", "Marco Bellandi", TERRANOVA)],
    TISZALIGET: [("wg_expert", "Eszter Halmosi", TISZALIGET)],
}
SCORES = {NAKP: 4, PODHORSKY: 3, TERRANOVA: 2}
OUTCOMES = {NAKP: "Accepted", PODHORSKY: "On the reserve list", TERRANOVA: "Not chosen", TISZALIGET: "Not chosen"}
OWN_WORDS = "Welcome to the group"


@pytest.fixture(scope="module")
def data(demonstration, tmp_path_factory):
    held = tmp_path_factory.mktemp("site") / "data"
    shutil.copytree(demonstration, held)
    return held


@pytest.fixture(scope="module")
def site(data):
    with sites.served(data) as address:
        yield address


@pytest.fixture(scope="module")
def windows(chromium, site):
    held = Browsing(chromium, site)
    yield held
    held.close()


@pytest.fixture(scope="module")
def people(windows):
    """A window for each who takes part, signed in."""
    found = {}
    for name in (LEADER, *SENDERS, *EVALUATORS):
        found[name] = windows.open(width=390 if name in SENDERS else 1280)
        sign_in(found[name], f"{name}@example.org")
    return found


@pytest.fixture(scope="module")
def leader(people):
    return people[LEADER]


@pytest.fixture(scope="module")
def prepared(leader) -> str:
    """The address of a draft with a condition that is judged by hand."""
    leader.goto(CALLS)
    press(leader, "main a:has-text('Prepare a call')")
    leader.fill("input[name=title]", "Two experts and an organisation")
    leader.fill("textarea[name=text]", "We seek people who have paid for a cluster for ten years.")
    leader.fill("input[name=representatives]", "1")
    leader.select_option("select[name=zone]", ZONE)
    press(leader, "main form.form button")
    address = leader.url
    press(leader, "main a:has-text('Add a condition')")
    leader.select_option("select[name=what]", "manual")
    leader.fill("textarea[name=text]", "Has paid for a cluster")
    press(leader, "main form.form button")
    return address


@pytest.fixture(scope="module")
def opened(prepared, people, leader) -> str:
    open_until(leader, prepared, datetime.now(ZoneInfo(ZONE)) + timedelta(days=3))
    return prepared


@pytest.fixture(scope="module")
def sent(opened, people) -> dict[str, str]:
    """The addresses of what four organisations have sent."""
    return {name: send(people[name], opened, PEOPLE[name]) for name in SENDERS}


def test_a_receipt_is_given_and_nobody_else_knows(sent, opened, people, leader, windows):
    windows.expect(404)
    receipt = people[NAKP].inner_text("main .facts .hash")
    found = []
    for page in (leader, people[PODHORSKY]):
        page.goto(opened)
        words = page.inner_text("main")
        page.goto(sent[NAKP])
        found.append(("received" in words, page.inner_text("main h1")))
    leader.goto(f"{opened}evaluation/")

    assert re.fullmatch("[0-9a-f]{64}", receipt)
    assert found == [(False, "There is no such page.")] * 2
    assert leader.inner_text("main h1") == "There is no such page."


@pytest.fixture(scope="module")
def closed(sent, opened, leader, data) -> str:
    """The address of the evaluation, once the call has ended by itself."""
    sites.end_now(data, "workinggroups_call", "workinggroups.close_calls")
    wait_until(lambda: has_ended(leader, opened), seconds=60)
    press(leader, "main a:text-is('Evaluation')")
    return leader.url


def has_ended(page, call: str) -> bool:
    page.goto(call)
    return page.locator("main a:text-is('Evaluation')").count() > 0


def test_what_comes_after_the_end_is_not_taken(closed, opened, people):
    page = people[NAKP]
    page.goto(opened)

    assert (page.locator("main a:has-text('Answer the call')").count(), state(page)) == (0, "Closed, being evaluated")


def state(page) -> str:
    return page.locator(".page-head .meta li").first.inner_text()


@pytest.fixture(scope="module")
def agreed(closed, opened, people, windows) -> str:
    """Everybody who was named agrees: in the platform, and one without an account by the link of her mail."""
    for name in SENDERS:
        page = people[name]
        wait_until(lambda page=page: named_in(page, opened))
        press(page, "main a:has-text('You were named here')")
        press(page, "main button:has-text('I agree')")
    guest = windows.open(script=False)
    wait_until(lambda: found_mail(guest))
    press(guest, ".rec:has-text('nadia@example.org') a")
    press(guest, ".letter a[href*='/named/']")
    press(guest, "main button:has-text('I agree')")
    return closed


def found_mail(page) -> bool:
    page.goto("/en/outbox/")
    return page.locator(".rec:has-text('nadia@example.org')").count() > 0


@pytest.fixture(scope="module")
def judged(agreed, sent, leader) -> str:
    """Three are eligible; one is not, for a reason."""
    for name in SENDERS:
        leader.goto(agreed)
        press(leader, f"main .rec a:has-text('{NAMES[name]}')")
        press(leader, "main a:has-text('Say whether it is eligible')")
        leader.locator(f"main input[value={'no' if name == TISZALIGET else 'yes'}]").check()
        leader.fill("textarea[name=reason]", "Has not paid for one yet." if name == TISZALIGET else "")
        press(leader, "main form.form button")
    leader.goto(agreed)
    return agreed


def test_eligibility_is_told_with_its_reasons(judged, sent, people, leader):
    rows = [row.inner_text() for row in leader.locator("main .rec").all()]
    page = people[TISZALIGET]
    page.goto(sent[TISZALIGET])

    assert sorted(row.split("\n")[1] for row in rows) == ["Eligible", "Eligible", "Eligible", "Not eligible"]
    assert "Has not paid for one yet." in page.inner_text("main .alert")


@pytest.fixture(scope="module")
def scored(judged, people, leader) -> str:
    """Three are asked; one of them declares an interest in one organisation and steps back there."""
    leader.goto(judged)
    press(leader, "main a:has-text('Ask evaluators')")
    for name in EVALUATORS.values():
        leader.get_by_label(name).check()
    leader.fill("input[name=due_on]", f"{datetime.now(ZoneInfo(ZONE)) + timedelta(days=7):%Y-%m-%d}")
    press(leader, "main form.form button")
    for evaluator in EVALUATORS:
        for organisation, value in SCORES.items():
            is_interested = (evaluator, organisation) == ("lead", TERRANOVA)
            interest = "We pay for it together." if is_interested else ""
            evaluate(people[evaluator], NAMES[organisation], value, interest=interest)
    return judged


@pytest.fixture(scope="module")
def ranked(scored, leader) -> str:
    leader.goto(scored)
    press(leader, "main button:has-text('Settle the ranking')")
    return scored


def test_the_scores_are_consolidated_to_a_ranking(ranked, leader):
    leader.goto(ranked)
    rows = [row.locator("th, td").all_inner_texts() for row in leader.locator("main table.data tbody tr").all()]

    assert [row[:4] for row in rows] == [
        [NAMES[NAKP], "1", "100\xa0%", "passed"],
        [NAMES[PODHORSKY], "2", "75\xa0%", "passed"],
        [NAMES[TERRANOVA], "3", "50\xa0%", "passed"],
    ]
    assert [row[4] for row in rows] == ["3 in, 0 waited for", "3 in, 0 waited for", "2 in, 0 waited for"]
    press(leader, f"main tbody tr:has-text('{NAMES[TERRANOVA]}') td a")
    stepped_back = leader.inner_text("main li:has-text('Giulia Santarelli')").split(": ", 1)[1]
    assert " ".join(stepped_back.split()) == "Stepped back: conflict of interest We pay for it together."


@pytest.fixture(scope="module")
def listed(ranked, opened, leader) -> list[list[str]]:
    """What hindered with one organisation too many, and what hinders when it stands on the reserve list."""
    seats = {
        "Десислава Радева, Expert": "accept",
        "Nadia Invented, Expert": "accept",
        "Zuzana Hrivnáková, Representative": "accept",
        "Marco Bellandi, Expert": "decline",
    }
    first = keep_short_list(leader, opened, seats)
    return [first, keep_short_list(leader, opened, seats | {"Zuzana Hrivnáková, Representative": "reserve"})]


def test_the_short_list_is_checked_against_the_rule_of_composition(listed):
    assert listed == [["The rule is broken: At most three organisations"], []]


@pytest.fixture(scope="module")
def worded(listed, opened, leader) -> str:
    """The letters, one of them in the leader's own words."""
    leader.goto(f"{opened}letters/")
    leader.click("main summary:has-text('Accepted')")
    press(leader, "main details[open] a[lang=en]")
    leader.fill("input[name=subject]", f"{OWN_WORDS}: {{call}}")
    press(leader, "main form.form button")
    return leader.url


def test_the_letters_are_read_before_they_go_out(worded, leader, people, sent):
    leader.goto(worded)
    told = {row.locator("h2").inner_text(): row.inner_text() for row in leader.locator("main .rec").all()}
    people[NAKP].goto(sent[NAKP])

    assert set(told) == set(NAMES.values())
    assert f"{OWN_WORDS}: Two experts and an organisation" in told[NAMES[NAKP]]
    offered = re.search(r"are offered to: (.*)\. Each", told[NAMES[NAKP]])[1].split(", ")
    assert sorted(offered) == ["Nadia Invented", "Десислава Радева"]
    assert OWN_WORDS not in people[NAKP].inner_text("main")


@pytest.fixture(scope="module")
def concluded(worded, opened, leader) -> str:
    """The address of the evaluation with the set-up document."""
    leader.goto(f"{opened}evaluation/")
    address = leader.url
    press(leader, "main a:text-is('Conclude')")
    leader.fill("textarea[name=reason]", "The group has the experts it lacked.")
    press(leader, "main form.form button")
    wait_until(lambda: leader.goto(address) and leader.locator(SET_UP).count() == 1, seconds=60)
    return address


SET_UP = "main a:has-text('Set-up document of working group 4')"


def test_every_organisation_gets_its_letter_and_sees_its_scores(concluded, sent, people):
    for name in SENDERS:
        page = people[name]
        wait_until(lambda page=page, name=name: page.goto(sent[name]) and page.locator("main a:text-is('PDF')").count())
        subject = page.inner_text("aside strong, main .side strong")
        wanted = OWN_WORDS if name == NAKP else OUTCOMES[name]
        assert subject == f"{wanted}: Two experts and an organisation"
        assert download(page, "main a:text-is('PDF')").startswith(b"%PDF")
        assert page.locator("main a:has-text('Scores and reasons')").count() == (name != TISZALIGET)


@pytest.fixture(scope="module")
def seated(concluded, opened, people) -> None:
    page = people[NAKP]
    page.goto(opened)
    press(page, "main a:has-text('You were named here')")
    press(page, "main button:has-text('Take the seat')")


def test_who_was_accepted_takes_her_seat(seated, leader):
    leader.goto("/en/groups/4/members/")

    assert leader.locator("main li:has-text('Десислава Радева'):has-text('expert')").count() == 1


def test_the_set_up_document_tells_the_way_and_the_rule(concluded, leader):
    leader.goto(concluded)
    seal = leader.get_attribute("main .hash", "title")
    press(leader, SET_UP)
    words = leader.inner_text("main .prose")
    rule = [item.inner_text().partition("\n")[0] for item in leader.locator("main .prose li.passage").all()]

    assert rule == [
        "A leader: met",
        "Three full members, the leader's organisation included: met",
        "At least one regional policy maker: met",
        "At most three organisations: met",
        "At most two experts: met",
    ]
    assert ("The group has the experts it lacked." in words, seal in words) == (True, True)


@pytest.mark.parametrize("kind", ["PDF", "DOCX"])
def test_the_set_up_document_is_taken_along(concluded, leader, kind):
    leader.goto(concluded)
    press(leader, SET_UP)
    press(leader, f"main button:has-text('Take along as {kind}')")
    wait_until(lambda: leader.reload() and leader.locator("main a[href$='/take/']").count() == 1)
    content = download(leader, "main a[href$='/take/']")

    if kind == "PDF":
        assert content.startswith(b"%PDF")
    else:
        cells = [
            cell.text for table in Document(io.BytesIO(content)).tables for row in table.rows for cell in row.cells
        ]
        assert {"Nadia Invented", "Десислава Радева", NAMES[TERRANOVA]} <= set(cells)


@pytest.fixture(scope="module")
def another(concluded, leader) -> str:
    """The address of a call that stays open."""
    leader.goto(f"{CALLS}new/")
    leader.fill("input[name=title]", "One more")
    leader.fill("textarea[name=text]", "We seek one more.")
    press(leader, "main form.form button")
    address = leader.url
    open_until(leader, address, datetime.now(ZoneInfo(ZONE)) + timedelta(days=10))
    return address


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_nothing_is_wrong_with_the_pages(concluded, another, opened, sent, look, windows):
    page = windows.open(**look.options)
    sign_in(page, f"{LEADER}@example.org")
    addresses = [CALLS, opened, concluded, sent[NAKP], sent[TISZALIGET], another, f"{another}extend/", f"{CALLS}new/"]
    addresses += [f"/en/groups/4/{part}/" for part in ("members", "concept", "concept/topic", "openness", "template")]

    found = [line for address in addresses if page.goto(address) for line in troubles(page, look, address)]

    assert found == []
