import csv
import io
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pilots.selectors import trails as selectors
from pilots.selectors.trails import BENCHMARK, CHANGE, FINDING, MECHANISM, PILOT, RECORD, REVIEW, Dot
from pilots.services import changes, reviews
from platform_core.identity.access import services as access
from platform_core.materials.trails import services as trails
from repository import adoptions
from tests.factories.changes import confirmed, own
from tests.factories.findings import finding, published
from tests.factories.repository import record
from tests.factories.reviews import eligible
from tests.people import browser_of

EARLY, LATE = date(2026, 1, 10), date(2026, 5, 20)
M, P, Q, C, F, R = (MECHANISM, 1), (PILOT, 1), (PILOT, 2), (CHANGE, 1), (FINDING, 1), (RECORD, 1)


IDS = ["finding", "refused", "unpublished", "untested", "tested", "evaluated", "unconfirmed", "whole", "loose"]
IDS += ["direct", "bare", "taken"]


def told(dots: list[Dot], *pairs, evidence=(R,)) -> list[tuple]:
    found = selectors.told({dot.place: dot for dot in dots}, pairs, set(evidence))
    return [(one.root.place, one.stage, one.waits, one.since, one.breaks) for one in found]


@pytest.mark.parametrize(
    ("dots", "pairs", "rows"),
    [
        ([Dot(F, begun=EARLY)], [], [(F, "evidence", "taking", EARLY, ())]),
        ([Dot(F, begun=EARLY, is_refused=True)], [], [(F, "evidence", "", EARLY, ("refused",))]),
        ([Dot(M, begun=EARLY)], [], [(M, "mechanism", "publishing", EARLY, ("no_evidence",))]),
        ([Dot(M, begun=EARLY, done=LATE)], [(R, M)], [(M, "mechanism", "pilot", LATE, ())]),
        ([Dot(M, done=EARLY), Dot(P, begun=LATE)], [(R, M), (M, P)], [(M, "pilot", "evaluation", LATE, ())]),
        (
            [Dot(M), Dot(P, begun=EARLY, done=LATE), Dot(Q, begun=EARLY)],
            [(R, M), (M, P), (M, Q)],
            [(M, "evaluation", "change", LATE, ())],
        ),
        (
            [Dot(M), Dot(P, done=EARLY), Dot(C, begun=LATE)],
            [(R, M), (M, P), (P, C)],
            [(M, "change", "confirming", LATE, ())],
        ),
        (
            [Dot(M), Dot(P, done=EARLY), Dot(C, begun=EARLY, done=LATE)],
            [(R, M), (M, P), (P, C), (M, C)],
            [(M, "change", "", LATE, ())],
        ),
        ([Dot(P, begun=EARLY, tests="mechanism")], [(R, P)], [(P, "pilot", "evaluation", EARLY, ("no_mechanism",))]),
        ([Dot(C, done=EARLY)], [(R, C)], [(C, "change", "", EARLY, ())]),
        ([Dot(C, begun=EARLY)], [], [(C, "change", "confirming", EARLY, ("no_evidence",))]),
        ([Dot(F, begun=EARLY), Dot(M, begun=LATE)], [(F, M)], [(M, "mechanism", "publishing", LATE, ())]),
    ],
    ids=IDS,
)
def test_how_far_a_trail_has_come_and_what_it_waits_for(dots, pairs, rows):
    assert told(dots, *pairs, evidence=(R, F)) == rows


def test_a_pilot_that_tests_a_method_breaks_off_nowhere():
    assert told([Dot(P, begun=EARLY, tests="method")]) == [(P, "pilot", "evaluation", EARLY, ())]


def test_a_lesson_of_a_pilot_leads_to_a_changed_policy():
    lesson = (RECORD, 7)
    dots = [Dot(M), Dot(P, done=EARLY), Dot(C, done=LATE)]

    rows = told(dots, (R, M), (M, P), (P, lesson), (lesson, C), evidence=(R, lesson))

    assert rows == [(M, "change", "", LATE, ())]


def test_a_lesson_that_others_took_over_waits_for_a_changed_policy():
    lesson, dots = (RECORD, 7), {dot.place: dot for dot in (Dot(M), Dot(P, done=EARLY))}

    (course,) = selectors.told(dots, [(R, M), (M, P), (P, lesson)], {R, lesson}, {lesson: 2, R: 5})

    assert (course.stage, course.adopted, course.waits, course.since) == ("adoption", 2, "change", EARLY)


def test_a_change_that_a_peer_review_led_to_is_told_beside_the_mechanism_based_on_it():
    review = (REVIEW, 1)
    rows = told([Dot(M, done=EARLY), Dot(review, done=EARLY), Dot(C, done=LATE)], (review, M), (review, C))

    assert rows == [(M, "mechanism", "pilot", EARLY, ()), (review, "change", "", LATE, ())]


def test_a_peer_review_is_evidence_of_a_mechanism_or_looks_at_one():
    before, later = (REVIEW, 1), (REVIEW, 2)
    dots = {dot.place: dot for dot in (Dot(M, done=EARLY), Dot(before, done=EARLY), Dot(later, done=LATE))}

    (course,) = selectors.told(dots, [(before, M), (M, later)], set())

    assert (course.root.place, course.evidence, course.pilots, course.breaks) == (M, 1, 1, ())
    assert (course.stage, course.waits, course.since) == ("evaluation", "change", LATE)


def test_what_is_not_shown_counts_nowhere():
    hidden = (PILOT, 9)
    assert told([Dot(M, begun=EARLY, done=LATE)], (R, M), (M, hidden), evidence=()) == [
        (M, "mechanism", "pilot", LATE, ("no_evidence",))
    ]


@pytest.fixture
def findings(people):
    results = published()
    return [finding(results, people.wanda, f"Finding {number}") for number in range(3)]


def rows(person, query: str = "") -> list[tuple[str, str]]:
    cache.clear()
    page = browser_of(person).get(reverse("pilots:trails") + query)
    assert page.status_code == 200
    return [(str(course.title), course.waits) for course, _topic in page.context["rows"]]


@pytest.mark.database
@pytest.mark.django_db
def test_findings_wait_until_they_are_taken_up(people, findings):
    trails.draw("consultations.record_answers", record("Answer"), findings[1])

    assert rows(people.guest) == [("Finding 0", "taking"), ("Finding 2", "taking")]
    assert rows(people.guest, "?stage=evidence&waiting=1&topic=4") == rows(people.guest)
    assert rows(people.guest, "?topic=2") == rows(people.guest, "?stage=change") == []
    assert rows(people.guest, "?topic=x&stage=y&page=z") == rows(people.guest)


@pytest.mark.database
@pytest.mark.django_db
def test_an_answer_a_guest_may_not_see_takes_nothing_up_for_her(people, findings):
    hidden = record("Hidden", publish=False, by=people.marko)
    trails.draw("consultations.record_answers", hidden, findings[1])
    access.set_audience(findings[2], {"members"})

    assert rows(people.guest) == [("Finding 0", "taking"), ("Finding 1", "taking")]
    assert rows(people.marko) == [("Finding 0", "taking"), ("Finding 2", "taking")]


@pytest.mark.database
@pytest.mark.django_db
def test_the_table_is_the_list(people, findings):
    answer = browser_of(people.guest).get(reverse("pilots:trails_table") + "?topic=4")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))

    assert [line[0] for line in lines] == ["Trail", "Finding 0", "Finding 1", "Finding 2"]
    assert lines[1][-1] == "http://testserver" + findings[0].get_absolute_url()


@pytest.mark.database
@pytest.mark.django_db
def test_the_list_costs_the_same_at_1_and_3_rows(people, client):
    results = published()

    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as taken:
            assert client.get(reverse("pilots:trails")).status_code == 200
        return len(taken)

    def more(name: str) -> None:
        finding(results, people.wanda, name)
        trails.draw("consultations.record_answers", record(name), finding(results, people.wanda, f"Taken up: {name}"))

    more("First")
    queries()
    one = queries()
    more("Second")
    more("Third")
    assert (len(rows(people.guest)), queries()) == (3, one)


def test_a_change_nobody_was_asked_to_confirm_waits_for_that_and_a_review_for_its_report():
    review = (REVIEW, 1)

    assert told([Dot(C, begun=EARLY, is_unasked=True)], (R, C)) == [(C, "change", "asking", EARLY, ())]
    assert told([Dot(review, begun=EARLY)]) == [(review, "pilot", "report", EARLY, ())]


def test_what_is_withdrawn_refused_or_called_off_is_on_no_trail(people):
    withdrawn = confirmed(people.marko)
    before = rows(people.lena)
    changes.withdraw(withdrawn, by=people.lena, reason="The law fell.")
    review = eligible(people)
    during = [kind for kind, _stage in rows(people.lena)]
    reviews.call_off(review, by=people.wanda, reason="No time.")

    assert (len(before), len(during), rows(people.lena)) == (1, 1, [])


def test_a_swot_is_evidence():
    swot = ("benchmarking.swot", 1)

    assert told([Dot(M, begun=EARLY)], (swot, M), evidence=(swot,)) == [(M, "mechanism", "publishing", EARLY, ())]


def test_a_benchmark_waits_until_a_group_takes_it_up_whatever_record_it_became():
    place = (BENCHMARK, 1)
    dots = [Dot(place, begun=EARLY)]

    assert told(dots, (place, R)) == [(place, "evidence", "taking", EARLY, ())]
    assert [row[0] for row in told([*dots, Dot(M, begun=LATE)], (place, M))] == [M]


@pytest.mark.django_db
def test_a_practice_that_was_taken_over_waits_for_a_changed_policy(people):
    vouchers = record("Vouchers")
    adoptions.adopt(vouchers, own(people.marko), by=people.marko, year=2025, adapted="Smaller.", language="en")
    before = rows(people.guest)
    confirmed(people.marko, learned=[vouchers])

    assert (before, [waits for _title, waits in rows(people.guest)]) == ([("Vouchers", "change")], [""])
