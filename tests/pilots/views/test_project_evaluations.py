"""The evaluation of the project over HTTP, from its first question to what was done about a recommendation."""

import pytest

from pilots.models import EvaluationReport, ProjectEvaluation
from tests.consultations.views.pages import parsed, queries, texts
from tests.factories.consultations import consultation
from tests.factories.project_evaluations import evaluation, finding, question, report, reported
from tests.people import browser_of
from tests.settling import settle

pytestmark = pytest.mark.django_db
DESK, PUBLIC = "/en/desk/project-evaluation/", "/en/project-evaluation/"
TYPED = {"title": "While it runs", "purpose": "To learn.", "begins": "2026-01-01", "ends": "2026-12-31"}


def test_from_a_question_to_what_was_done(people):
    lena, ana, guest = browser_of(people.lena), browser_of(people.ana), browser_of(people.guest)
    page = lena.post(f"{DESK}new/", TYPED).url
    pk = ProjectEvaluation.objects.get().pk
    lena.post(f"{DESK}{pk}/questions/new/", {"text": "Does it help?"})
    asked = ProjectEvaluation.objects.get().questions.get()
    survey = {"question": asked.pk, "kind": "survey", "text": "Partners", "consultation": consultation().pk}
    lena.post(f"{DESK}{pk}/sources/new/", survey)
    lena.post(f"{DESK}{pk}/findings/new/", {"question": asked.pk, "text": "It helps.", "found_on": "2026-05-01"})
    owner = people.ana.affiliations.get().organisation_id
    lena.post(f"{DESK}{pk}/recommendations/new/", {"text": "More of it.", "owner": owner, "due_on": "2027-01-01"})
    lena.post(f"{DESK}{pk}/reports/new/", {"kind": "final", "title": "All in all", "summary": "In short."})
    assert guest.get(page).status_code == 404
    made = EvaluationReport.objects.get()
    lena.post(f"{DESK}reports/{made.pk}/publish/")
    settle()

    advice = made.evaluation.recommendations.get()
    assert texts(guest.get(page), "//article/h3") == ["Does it help?", "More of it."]
    assert ana.post(f"{DESK}recommendations/{advice.pk}/follow/", {"state": "done", "done": ""}).status_code == 400
    ana.post(f"{DESK}recommendations/{advice.pk}/follow/", {"state": "done", "done": "Did it."})
    assert texts(guest.get(f"{PUBLIC}recommendations/{advice.pk}/"), "//dl/div[last()]/dd") == ["Did it."]
    shown = guest.get(f"{PUBLIC}reports/{made.pk}/")
    assert texts(shown, "//h1") == ["All in all"]
    assert b"".join(guest.get(f"{PUBLIC}reports/{made.pk}/en.pdf"))[:4] == b"%PDF"


def test_strangers_find_neither_drafts_nor_forms(people):
    made = reported(people)
    draft = report(made.evaluation, people.lena, "Second summary")
    guest, marko = browser_of(people.guest), browser_of(people.marko)

    assert guest.get(f"{PUBLIC}reports/{draft.pk}/").status_code == 404
    assert guest.get(f"{PUBLIC}reports/{draft.pk}/en.pdf").status_code == 404
    assert marko.get(f"{PUBLIC}reports/{draft.pk}/").status_code == 200
    assert marko.post(f"{DESK}reports/{draft.pk}/publish/").status_code == 403
    assert marko.get(f"{DESK}{made.evaluation_id}/change/").status_code == 403
    assert marko.get(f"{DESK}{made.evaluation_id}/questions/new/").status_code == 403
    assert marko.get(f"{DESK}new/").status_code == 403


@pytest.mark.parametrize(
    ("typed", "field"), [({"title": ""}, "title"), ({"ends": "2025-01-01"}, "ends"), ({"begins": "soon"}, "begins")]
)
def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_stays(people, typed, field):
    page = browser_of(people.lena).post(f"{DESK}new/", TYPED | typed)

    assert (page.status_code, list(page.context["form"].errors)) == (400, [field])
    assert texts(page, "//textarea") == ["To learn."]


def test_two_writers_do_not_overwrite_each_other(people):
    made = evaluation(people.lena)
    asked = question(made, people.lena)
    lena, address = browser_of(people.lena), f"{DESK}questions/{asked.pk}/"
    (form,) = parsed(lena.get(address)).xpath("//form[.//input[@name='seen']]")
    asked.text = {"en": "Changed meanwhile?"}
    asked.save()

    page = lena.post(address, dict(form.form_values()))

    asked.refresh_from_db()
    assert (page.status_code, str(asked.text)) == (400, "Changed meanwhile?")


def test_as_many_queries_for_three_questions_as_for_one(people):
    lena = browser_of(people.lena)
    made = evaluation(people.lena)
    finding(made, people.lena)
    lena.get(made.get_absolute_url())
    one, listed = queries(lena, made.get_absolute_url()), queries(lena, PUBLIC)
    for number in range(2):
        question(made, people.lena, f"And {number}?")
        finding(made, people.lena, f"Found {number}.")
        evaluation(people.lena, f"Another {number}")

    assert (queries(lena, made.get_absolute_url()), queries(lena, PUBLIC)) == (one, listed)
