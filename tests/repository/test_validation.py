"""The way of a practice from its author over an editor and experts to a level, and what a revision does to it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from platform_core.exchange.assessment import services as assessment
from platform_core.exchange.assessment.models import Assessment
from platform_core.exchange.cases import services as cases
from platform_core.exchange.cases.models import Case
from platform_core.exchange.messaging.models import Notice
from platform_core.people.members import services as members
from platform_core.people.members.models import Organisation
from repository import adoptions, services, validation
from repository.models import Record
from tests.factories.assessments import add_experts, asked, evaluated, evaluation_of, passed, scores
from tests.factories.repository import record
from tests.people import browser_of
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def validated(people, outcome: str = "good") -> Record:
    made = evaluated(passed(people, add_experts()), {}, {})
    assessment.conclude(made, outcome, "Well told.", by=people.wanda)
    settle()
    return Record.objects.get()


def told(person) -> list[str]:
    rows = Notice.objects.filter(recipient=person, channel="site", kind__startswith="repository.")
    return list(rows.order_by("pk").values_list("subject", flat=True))


def test_the_level_stands_on_the_record_and_in_the_filters(people, client):
    made = validated(people)

    assert (made.merit, made.validated_on, made.validated_version) == ("good", timezone.localdate(), 1)
    assert [row.title for row in client.get("/en/repository/?merit=good").context["rows"]] == ["Vouchers"]
    page = client.get("/en/repository/vouchers/")
    assert (page.context["validated"], page.context["lapsed"]) == (True, False)
    assert told(people.marko) == ["Judged: Vouchers"]


def test_a_revision_leaves_the_record_unmarked(people, client):
    made = validated(people)
    services.change(made, by=people.wanda, note="More", summary={"en": "Another summary"})
    settle()

    page = client.get("/en/repository/vouchers/")

    assert (page.context["validated"], Record.objects.get().merit) == (False, "good")
    assert client.get("/en/repository/?merit=good").context["rows"] == []
    assert b"It has been revised since." in page.content


def test_after_two_years_it_counts_as_not_checked(people, client):
    made = validated(people)
    Record.objects.update(
        validated_on=made.validated_on - timedelta(days=731), revalidate_on=made.revalidate_on - timedelta(days=731)
    )

    assert [validation.tell_of_lapse(), validation.tell_of_lapse()] == [1, 0]
    settle()

    page = client.get("/en/repository/vouchers/")
    assert (page.context["validated"], page.context["lapsed"]) == (False, True)
    assert told(people.marko) == ["Judged: Vouchers", "To be checked again: Vouchers"]
    assert client.get("/en/repository/?merit=good").context["rows"] == []


def test_refusal_takes_the_level_of_an_earlier_version_away(people):
    made = validated(people)
    validation.ask(made, by=people.marko)
    settle()
    day = timezone.localdate() + timedelta(weeks=4)
    experts = [row.evaluator for row in Assessment.objects.get().evaluations.all()]
    cases.answer(
        Case.objects.get(state="open"), "pass", by=people.lena, reason="Again.", evaluators=experts, due_on=day
    )
    second = evaluated(validation.running(made), {"core": 1}, {"core": 1})
    assessment.conclude(second, "not", "It no longer works.", by=people.wanda)

    found = Record.objects.get()
    assert (found.merit, found.validated_on, found.revalidate_on) == ("", None, None)


def test_the_editor_returns_what_cannot_be_judged(people):
    made = asked(people)

    cases.answer(Case.objects.get(), "return", by=people.lena, reason="Add figures.")
    validation.ask(made, by=people.marko)

    assert Record.objects.get().validation_asked is True


@pytest.mark.parametrize("kind", ["report", "project", "link"])
def test_other_kinds_are_not_validated(people, kind):
    with pytest.raises(ValidationError, match="not validated"):
        validation.ask(record(kind=kind, by=people.marko), by=people.marko)


def test_it_is_asked_for_once(people):
    made = asked(people)

    with pytest.raises(ValidationError, match="already"):
        validation.ask(made, by=people.marko)
    assert Case.objects.count() == 1


def test_who_asks(people):
    made = record(by=people.marko)

    may = {name for name, person in people.each() if person.has_perm("repository.ask_validation", made)}

    assert may == {"lena", "wanda", "marko"}
    with pytest.raises(PermissionDenied):
        validation.ask(made, by=people.ana)


def test_who_sees_an_assessment(people):
    experts = add_experts()
    made = passed(people, experts)
    address = made.get_absolute_url()

    def seen() -> set[str]:
        names = {name for name, person in people.each() if browser_of(person).get(address).status_code == 200}
        return names | {one.name.lower() for one in experts if browser_of(one).get(address).status_code == 200}

    assert seen() == {"wanda", "expert1", "expert2"}
    assert browser_of(experts[0]).get(address).context["parts"] == []
    evaluated(made, {}, {})
    assessment.conclude(made, "good", "Well told.", by=people.wanda)
    assert seen() == {"expert1", "expert2", *(name for name, _person in people.each())}


def test_names_of_evaluators_stay_with_who_concludes(people):
    experts = add_experts()
    made = evaluated(passed(people, experts), {}, {})
    assessment.conclude(made, "good", "Well told.", by=people.wanda)

    for person in (people.guest, people.marko, people.wanda):
        page = browser_of(person).get(made.get_absolute_url()).content
        assert [name in page for name in (b"Expert1", b"Expert2", b"Because of evidence.")] == [False, False, True]


def test_a_hidden_record_hides_its_assessment(people):
    experts = add_experts()
    made = evaluated(passed(people, experts, for_members=True), {}, {})
    assessment.conclude(made, "good", "Well told.", by=people.wanda)

    answers = {name: browser_of(person).get(made.get_absolute_url()).status_code for name, person in people.each()}

    assert {name for name, status in answers.items() if status == 200} == {"lena", "wanda", "marko", "ana"}


def test_the_whole_way_over_http(people):
    experts = add_experts()
    record("Vouchers", code="vouchers", by=people.marko)
    browser_of(people.marko).post("/en/repository/vouchers/ask-validation/")
    settle()
    case = Case.objects.get()
    lead, first = browser_of(people.lena), browser_of(experts[0])
    form = lead.get(f"{case.get_absolute_url()}answer/pass/").context["extra"]
    assert list(form.fields["evaluators"].queryset) == experts
    fields = {"evaluators": [one.pk for one in experts], "due_on": timezone.localdate() + timedelta(weeks=1)}
    answer = lead.post(f"{case.get_absolute_url()}answer/pass/", {**fields, "can_be_judged": "on", "reason": "Fine."})
    assert answer.status_code == 302
    made = validation.running(Record.objects.get())

    (row, title) = first.get("/en/assessments/evaluations/").context["rows"][0]
    place = row.get_absolute_url()
    assert (title, row.state) == ("Vouchers", "asked")
    assert first.post(place, {"has_conflict": "yes"}).status_code == 422
    first.post(place, {"has_conflict": "no"})
    typed = {}
    for pk, (value, reason) in scores(made).items():
        typed |= {f"value_{pk}": str(value), f"reason_{pk}": reason}
    key = next(name for name in typed if name.startswith("reason_"))
    assert first.post(place, {**typed, key: ""}).status_code == 422
    assert first.post(place, {**typed, key: "", "keep": "1"})["Location"] == place
    assert first.post(place, typed)["Location"] == made.get_absolute_url()
    assert first.get(place)["Location"] == made.get_absolute_url()
    evaluated(made, {"core": 4})

    leader = browser_of(people.wanda)
    place = f"{made.get_absolute_url()}conclude/"
    assert [code for code, _name in leader.get(place).context["form"].fields["outcome"].choices] == [
        "good",
        "promising",
        "not",
    ]
    assert leader.post(place, {"outcome": "best", "reason": "x"}).status_code == 422
    assert (
        leader.post(place, {"outcome": "good", "reason": "Two experts agree."})["Location"] == made.get_absolute_url()
    )
    assert (Record.objects.get().merit, evaluation_of(experts[1]).state) == ("good", "submitted")


def test_evaluations_of_others_are_not_there(people):
    experts = add_experts()
    passed(people, experts)
    place = evaluation_of(experts[0]).get_absolute_url()

    for person in (experts[1], people.wanda, people.carl):
        assert browser_of(person).get(place).status_code == 404


def test_an_assessment_is_as_hidden_as_its_record_becomes(people):
    made = evaluated(passed(people, add_experts()), {}, {})
    assessment.conclude(made, "good", "Well told.", by=people.wanda)
    settle()
    address = made.get_absolute_url()
    assert browser_of(people.guest).get(address).status_code == 200

    services.withdraw(Record.objects.get(), by=people.lena, why="wrong")
    settle()

    assert {name: browser_of(person).get(address).status_code for name, person in people.each()} == {
        "lena": 200,
        "wanda": 200,
        "marko": 200,
        "ana": 404,
        "petra": 404,
        "carl": 404,
        "guest": 404,
    }


def test_an_assessment_nobody_can_finish_is_abandoned_and_asked_for_again(people):
    made = passed(people, add_experts())
    leader = browser_of(people.wanda)

    assert leader.post(f"{made.get_absolute_url()}abandon/", {"reason": ""}).status_code == 422
    assert browser_of(people.ana).post(f"{made.get_absolute_url()}abandon/", {"reason": "x"}).status_code == 404
    leader.post(f"{made.get_absolute_url()}abandon/", {"reason": "Everybody has stepped back."})

    assert Assessment.objects.get().state == "abandoned"
    assert validation.can_be_asked(Record.objects.get()) is True


def test_colleagues_of_who_deposited_it_judge_nothing(people):
    made = record("Vouchers", by=people.marko)
    members.affiliate(people.carl, Organisation.objects.get(code="org-marko"))
    own = {"region": None, "year": 2025, "adapted": "Smaller", "outcome": "", "language": "en"}
    adoptions.adopt(made, Organisation.objects.get(code="org-ana"), by=people.ana, **own)

    assert validation.interested(made) == {people.marko.pk, people.carl.pk, people.ana.pk}
