"""The reflective pattern comes with the program, is published in versions, and never changes once it is."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from pilots.declarations.patterns import counted
from pilots.models import Pattern
from pilots.selectors import patterns as selectors
from pilots.services import patterns as services
from tests.factories.mechanisms import published
from tests.factories.rounds import opened
from tests.people import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PARTS = {"step": ["Freeze"], "role": ["Host"], "question": ["Do you know it?", "What else?"]}


def written(pattern: Pattern, by, **fields) -> Pattern:
    told = {"title": {"en": "Thinking together"}, "purpose": pattern.purpose, "parts": PARTS, **fields}
    return services.change(pattern, by=by, **told)


def test_the_first_version_comes_with_the_program_once():
    services.load_reference()

    found = Pattern.objects.get()
    assert (found.number, found.state, found.sha256) == (1, "published", selectors.digest(found))
    assert [len(section.parts) for section in selectors.sections(found)] == [6, 4, 7]


@pytest.mark.parametrize("name", ["wanda", "marko", "ana", "petra", "carl"])
def test_only_the_lead_partner_writes_and_publishes(people, name):
    person, draft = people.named(name), services.begin_next(by=people.lena)
    deeds = (
        lambda: services.begin_next(by=person),
        lambda: written(draft, person),
        lambda: services.publish(draft, selectors.digest(draft), by=person),
    )
    for deed in deeds:
        with pytest.raises(PermissionDenied):
            deed()

    assert selectors.patterns(person).count() == 1


def test_the_next_version_begins_as_a_copy_and_is_begun_once(people):
    first = services.begin_next(by=people.lena)
    again = services.begin_next(by=people.lena)

    assert (first, first.number) == (again, 2)
    assert selectors.digest(first) == selectors.published().sha256


def test_lines_that_stay_keep_their_translations(people):
    draft = services.begin_next(by=people.lena)
    question = selectors.of_kind(draft, "question")[2]
    question.text = question.text.with_text("de", "Welche Abteilungen?")
    question.save()
    kept = question.text["en"]
    stands = dict(question.text)

    written(draft, people.lena, parts={**PARTS, "question": ["New first", kept]})
    assert [dict(part.text) for part in selectors.of_kind(Pattern.objects.get(pk=draft.pk), "question")] == [
        {"en": "New first"},
        stands,
    ]
    assert stands["de"] == "Welche Abteilungen?"


def test_what_is_published_never_changes_and_rounds_go_on_by_theirs(people):
    before = opened(published(people.wanda, people.lena), people.wanda)
    draft = written(services.begin_next(by=people.lena), people.lena)
    services.publish(draft, selectors.digest(draft), by=people.lena)
    after = opened(published(people.wanda, people.lena, "Another"), people.wanda)

    assert [(one.pattern.number, len(one.round.questions)) for one in (before, after)] == [(1, 7), (2, 2)]
    assert sorted(Pattern.objects.values_list("number", "state")) == [(1, "superseded"), (2, "published")]
    with pytest.raises(ValidationError, match="never changes"):
        written(draft, people.lena)


def test_what_was_changed_since_it_was_read_is_not_published(people):
    draft = services.begin_next(by=people.lena)
    read = selectors.digest(draft)
    written(draft, people.lena)

    with pytest.raises(ValidationError, match="changed since"):
        services.publish(draft, read, by=people.lena)


def test_a_pattern_needs_questions(people):
    draft = written(services.begin_next(by=people.lena), people.lena, parts={**PARTS, "question": []})

    with pytest.raises(ValidationError, match="needs steps, roles and questions"):
        services.publish(draft, selectors.digest(draft), by=people.lena)


def test_a_pattern_counts_once_somebody_publishes_it(people):
    came_with_the_program = list(counted())
    draft = written(services.begin_next(by=people.lena), people.lena)
    services.publish(draft, selectors.digest(draft), by=people.lena)

    assert came_with_the_program == []
    assert [(row.pk, row.key) for row in counted()] == [(draft.pk, "pattern:reflective-policy-making")]


def test_from_the_public_page_to_the_next_version(people):
    lena, guest = browser_of(people.lena), browser_of(people.guest)
    response = lena.post(reverse("pilots:begin_pattern"), follow=True)
    draft = selectors.draft()
    form = {"title": "Thinking together", "purpose": "For all.", "note": "Shorter", "step": "Freeze", "role": "Host"}
    change = reverse("pilots:change_pattern", args=[draft.pk])
    refused = lena.post(change, form)
    lena.post(change, {**form, "question": "Do you know it?\nWhat else?\n"})
    hidden = guest.get(draft.get_absolute_url())
    seen = lena.get(draft.get_absolute_url()).context["publish_form"].initial
    lena.post(reverse("pilots:publish_pattern", args=[draft.pk]), seen)

    page = guest.get(reverse("pilots:newest_pattern"))
    assert [one.status_code for one in (response, refused, hidden, page)] == [200, 400, 404, 200]
    assert [str(part.text) for part in page.context["sections"][2].parts] == ["Do you know it?", "What else?"]
    assert [change.name for change in page.context["changes"]][:2] == ["Title (English)", "What it is for (English)"]
