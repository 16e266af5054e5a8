"""What became of a published consultation, as the demonstration shows it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations import demonstration, services
from consultations.demonstration import reading, voices
from consultations.models import CodeBook, Consultation, Finding, Quote, ResultSet
from consultations.quoting import only_shortened
from consultations.structure import questions
from platform_core.identity.access import services as access
from platform_core.identity.accounts.models import User
from platform_core.materials.jobs import runner
from platform_core.materials.jobs.models import Job
from platform_core.people.members import services as members
from tests.people import add_organisation, add_person

LEADER, SECOND = "podhorsky", "nakp"


def count() -> None:
    """The jobs of coding alone; reports take their time."""
    for kind in ("consultations.agreement", "consultations.count_codes"):
        runner.run(Job.objects.get(kind=kind).pk)


@pytest.fixture
def shown(people) -> Consultation:
    """Published, with the invented words among generated answers."""
    for name, role in ((LEADER, "wg_leader"), (SECOND, "wg_representative")):
        person = add_person(name)
        members.affiliate(person, add_organisation(name, tier="full"), is_contact=True)
        access.give_role(person, role, scope="group:6")
    whole, now = reading.questionnaire("skills-2027"), timezone.now()
    found = services.draw_up(
        {"sections": whole["sections"]},
        **{name: whole[name] for name in ("code", "title", "summary", "languages")},
        topic_id=6,
        opens_at=now - timedelta(days=20),
        closes_at=now + timedelta(days=20),
        is_demonstration=True,
    )
    services.open_consultation(found)
    version = found.versions.get()
    demonstration.add_answers(version, 120)
    voices.add_words(version)
    told = {"figures": {}, "base": 120, "sha256": "0" * 64, "published_at": now}
    ResultSet.objects.create(consultation=found, questionnaire=version, **told)
    Consultation.objects.update(state="published")
    return Consultation.objects.get()


def test_it_is_loaded_once_and_never_over_what_is_there(shown):
    first = voices.load()
    count()

    assert (first, voices.load()) == ("5 quotes, 24 texts coded by two, 3 findings", "")
    book = CodeBook.objects.get()
    assert (book.base, 0.7 < book.kappa < 1, book.published_at is not None) == (24, True, True)
    assert set(Finding.objects.values_list("state", flat=True)) == {"taken_up", "done", "not_followed"}
    assert all(finding.questions.count() == 2 for finding in Finding.objects.all())


def test_what_somebody_wrote_herself_is_left_alone(shown):
    leader = User.objects.get(email=f"{LEADER}@example.org")
    services.write_finding(shown, questions=["training"], by=leader, title={"en": "Ours"}, text={"en": "Our own"})

    voices.load()

    assert [str(finding.title) for finding in Finding.objects.all()] == ["Ours"]
    assert Quote.objects.count() == 5


def test_nothing_is_loaded_where_there_is_no_demonstration(people):
    assert voices.load() == ""


def test_the_file_is_sound():
    told = voices.told()
    codes = {one["key"] for one in told["codes"]}
    asked = {one["code"] for one in questions(reading.questionnaire(told["consultation"]))}

    assert all(set(one["codes"]) <= codes for one in told["texts"])
    assert [one for one in told["texts"] if (len(set(one["codes"])) > 1) != ("settled" in one)] == []
    assert all(only_shortened(one["text"], one["quote"]) for one in told["texts"] if "quote" in one)
    assert {code for one in told["findings"] for code in one["questions"]} | {
        told["question"],
        told["consent"],
    } <= asked
