import hashlib
import json
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations import selectors, services
from consultations.models import Consultation, Response, ResultSet
from consultations.presentation import results_context
from consultations.results import BATCH
from consultations.structure import canonical_hash, questions
from platform_core.identity.audit.models import Event
from platform_core.materials.jobs.models import Job
from tests.settling import settle


def cells(part) -> Iterator[dict]:
    """Every count in the figures that may be suppressed."""
    if isinstance(part, dict) and {"count", "suppressed"} <= part.keys():
        yield part
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from cells(inner)


def test_figures_are_frozen_under_their_hash(computed):
    text = json.dumps(computed.figures, sort_keys=True, separators=(",", ":"))

    assert computed.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert (computed.base, computed.published_at) == (30, None)


def test_every_question_has_its_figures(computed, finance):
    asked = {question["code"]: question["type"] for question in questions(finance)}

    assert {code: figures["type"] for code, figures in computed.figures["questions"].items()} == asked


@pytest.mark.database
def test_what_is_suppressed_is_told_nowhere(computed):
    found = list(cells(computed.figures))

    hidden = [cell for cell in found if cell["suppressed"]]
    assert 0 < len(hidden) < len(found)
    assert {(cell["count"], cell.get("share")) for cell in hidden} == {(None, None)}
    assert [cell for cell in found if cell["count"] is None and not cell["suppressed"]] == []


@pytest.mark.database
def test_no_small_group_is_published(computed):
    told = computed.figures["questions"].values()
    options = [option for figures in told for option in figures.get("options", []) if "count" in option]

    assert [option for option in options if 0 < (option["count"] or 0) < 5] == []


def test_texts_people_wrote_are_not_among_the_figures(answered, people):
    Response.objects.update(answers={"audience": "policy", "country": "AT", "one_change": "Πολύ μυστικό"})
    services.compute(services.close(answered), by=people.wanda)

    settle()

    assert "μυστικό" not in json.dumps(answered.results.get().figures, ensure_ascii=False)


def test_computing_again_gives_the_same_figures(computed, people):
    services.compute(computed.consultation, by=people.wanda)

    settle()

    one, other = ResultSet.objects.all()
    assert (one.pk != other.pk, one.sha256, one.figures) == (True, other.sha256, other.figures)


def test_the_order_of_answers_does_not_matter(computed, people):
    rows = list(Response.objects.values("questionnaire_id", "language", "audience", "answers", "day"))
    Response.objects.all().delete()
    Response.objects.bulk_create(Response(**row) for row in reversed(rows))
    services.compute(computed.consultation, by=people.wanda)

    settle()

    assert len(set(ResultSet.objects.values_list("sha256", flat=True))) == 1


def test_the_job_ends_done_and_says_what_it_made(computed, people):
    job = Job.objects.get(kind="consultations.statistics")

    assert (job.state, job.attempt, job.error, job.asked_by) == ("done", 1, "", people.wanda)
    assert job.result == {"results": computed.pk, "base": 30}
    assert (job.done, job.total, job.percent, job.is_over) == (30, 30 + BATCH, 100, True)


def test_computing_writes_two_events(computed, people):
    events = Event.objects.filter(verb__in=("consultations.statistics_asked", "consultations.computed"))

    told = [(event.verb, event.actor, event.payload) for event in events.order_by("id")]
    assert told == [
        ("consultations.statistics_asked", people.wanda.pseudonym, {}),
        ("consultations.computed", "", {"results": computed.pk, "base": 30}),
    ]


def test_a_consultation_without_answers_is_computed(answered, people):
    Response.objects.all().delete()
    services.compute(services.close(answered), by=people.wanda)

    settle()

    found = answered.results.get()
    assert (found.base, {cell["count"] for cell in cells(found.figures)}) == (0, {0})


def test_answers_to_an_older_version_are_not_mixed_in(answered, people, finance):
    shorter = {"sections": finance["sections"][:1]}
    services.add_version(answered, shorter)
    services.open_consultation(answered)
    services.compute(services.close(answered), by=people.wanda)

    settle()

    found = answered.results.get()
    assert (found.questionnaire.number, found.base) == (2, 0)


@pytest.mark.database
@pytest.mark.parametrize(
    ("published", "seen_by"),
    [(False, {"lena", "wanda"}), (True, {"lena", "wanda", "marko", "ana", "petra", "carl", "guest"})],
)
def test_who_sees_the_figures(computed, people, published, seen_by):
    if published:
        ResultSet.objects.update(published_at=computed.computed_at)

    seen = {name for name, person in people.each() if selectors.results_for(person, computed.consultation)}

    assert seen == seen_by


def test_figures_are_read_once_for_many_pages(computed, people):
    found = computed.consultation
    selectors.results_for(people.wanda, found)

    with CaptureQueriesContext(connection) as captured:
        again = selectors.results_for(people.wanda, found)

    assert again.figures == computed.figures
    assert [query["sql"] for query in captured if '"figures"' in query["sql"] or '"structure"' in query["sql"]] == []


def test_figures_computed_again_are_read_again(computed, people):
    before = selectors.newest_results(computed.consultation)
    Response.objects.filter(pk=Response.objects.first().pk).update(state="aside")
    services.compute(computed.consultation, by=people.wanda)
    settle()

    after = selectors.newest_results(computed.consultation)

    assert (before.figures["responses"], after.figures["responses"]) == (30, 29)


def by_link_alone(answered):
    """The same answers to questions that do not ask for the audience: it came with each link."""
    version = answered.versions.get()
    sections = [
        {**part, "questions": [asked for asked in part["questions"] if asked["code"] != "audience"]}
        for part in version.structure["sections"]
    ]
    audiences = [{"code": code, "text": {"en": code}} for code in ("policy", "private")]
    structure = {"sections": sections, "audiences": audiences}
    type(version).objects.filter(pk=version.pk).update(structure=structure, sha256=canonical_hash(structure))
    for row in Response.objects.all():
        kept = {code: value for code, value in row.answers.items() if code != "audience"}
        Response.objects.filter(pk=row.pk).update(answers=kept, audience=row.answers["audience"])


def test_an_audience_known_from_links_alone_parts_the_figures_as_one_that_was_asked_for(answered, computed, people):
    Consultation.objects.update(state="open")
    by_link_alone(answered)
    closed = services.close(Consultation.objects.get(), by=people.wanda)
    services.compute(closed, by=people.wanda)
    settle()

    found = selectors.newest_results(closed)

    asked, linked = computed.figures["questions"], found.figures["questions"]
    assert linked["audience"]["options"] == asked["audience"]["options"]
    assert linked["country"]["crosstabs"]["audience"] == asked["country"]["crosstabs"]["audience"]
    assert linked["org_type"]["crosstabs"].keys() == asked["org_type"]["crosstabs"].keys()
    titles = [title for title, _blocks in results_context(closed, found)["sections"]]
    assert titles[0] == "Audience"
