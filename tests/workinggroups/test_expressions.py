"""Expressions of interest: sealed until the end, replaced and withdrawn before it, refused after it, and asked about."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from platform_core.exchange.messaging.models import Notice
from platform_core.identity.access.selectors import audience_of
from platform_core.identity.audit.models import Event
from platform_core.materials.drafts.models import Draft
from platform_core.programme.search.models import SearchEntry
from tests.factories.calls import closed, eligible, in_days, opened, organisation_of, person, sent
from tests.factories.workinggroups import upload
from tests.people import add_member, browser_of
from tests.settling import settle
from workinggroups.models import Call, Candidate, Expression
from workinggroups.selectors import expressions as selectors
from workinggroups.services import expressions as services

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def address(call, by) -> str:
    return f"/en/groups/calls/{call.pk}/answer/{organisation_of(by).code}/"


def typed(call, name: str = "Nadia", **fields) -> dict:
    told = {f"q{question.pk}": "Because we know." for question in call.questions.all()}
    told |= {"p0_role": "wg_representative", "p0_name": name, "p0_email": f"{name.lower()}@example.org"}
    return told | {"p0_competences": "Cluster policy", "agreed": "on", "edition": "0", "draft_version": "0", **fields}


def told(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=f"workinggroups.{kind}").values_list("recipient__name", flat=True))


def test_nobody_but_the_organisation_sees_counts_or_finds_it_before_the_end(people):
    call = opened(people.wanda)
    settle()
    empty = {name: browser_of(one).get(call.get_absolute_url()).content for name, one in people.each()}
    events, notices = Event.objects.count(), Notice.objects.count()
    expression = sent(call, people.marko, people=[person("Secret-Name")])
    settle()

    assert audience_of(expression) == [f"org:{expression.organisation_id}"]
    assert Event.objects.count() == events
    assert Notice.objects.count() == notices
    assert SearchEntry.objects.filter(thing=selectors.LABEL).count() == 0
    assert mail.outbox == []
    for name, one in people.each():
        page = browser_of(one).get(call.get_absolute_url()).content
        assert b"xpressions of interest received" not in page
        assert b"Secret-Name" not in page
        assert (strip(page) == strip(empty[name])) == (name != "marko")


def strip(page: bytes) -> list[bytes]:
    """Without what changes from request to request."""
    return [line for line in page.splitlines() if b"csrf" not in line]


def test_keys_of_expressions_count_nothing(people):
    call = opened(people.wanda)
    first, second = sent(call, people.marko), sent(call, people.ana)

    assert abs(first.pk - second.pk) > 1000
    assert min(one.pk for one in Candidate.objects.all()) > 1000


def test_after_the_end_those_who_evaluate_see_it(people):
    call = opened(people.wanda)
    sent(call, people.marko)
    call = closed(call)

    found = {name: selectors.of_call(one, call).count() for name, one in people.each()}
    assert found == {"lena": 1, "wanda": 1, "marko": 1, "ana": 0, "petra": 0, "carl": 0, "guest": 0}
    assert Event.objects.filter(verb="workinggroups.expression_received").count() == 1


def test_an_expression_is_sent_and_gives_a_receipt(people):
    call = opened(people.wanda)
    browser = browser_of(people.marko)

    page = browser.post(address(call, people.marko), typed(call), follow=True)

    made = Expression.objects.get()
    assert (page.status_code, made.fingerprint in page.content.decode(), made.edition) == (200, True, 1)
    assert [str(one) for one in made.candidates.get().competences.all()] == ["Cluster policy"]


def test_a_double_click_sends_once(people):
    call = opened(people.wanda)
    browser = browser_of(people.marko)
    fields = typed(call)

    for _click in range(2):
        browser.post(address(call, people.marko), {**fields, "p0_cv": upload(b"My life.", "cv.txt")})

    made = Expression.objects.get()
    assert (made.edition, made.candidates.get().cv_name) == (1, "cv.txt")


def test_a_colleague_who_was_faster_is_not_overwritten_unseen(people):
    call = opened(people.wanda)
    browser = browser_of(people.marko)
    browser.post(address(call, people.marko), typed(call))

    page = browser.post(address(call, people.marko), typed(call, "Other"))
    assert (page.status_code, "another edition" in page.content.decode()) == (400, True)
    assert Candidate.objects.get().name == "Nadia"

    browser.post(address(call, people.marko), typed(call, "Other", edition="1"))
    assert (Candidate.objects.get().name, Expression.objects.get().edition) == ("Other", 2)


def test_what_is_replaced_keeps_files_and_changes_its_fingerprint(people):
    call = opened(people.wanda)
    first = sent(call, people.marko, people=[person(cv=upload(b"My life.", "cv.txt"))])
    before = first.fingerprint
    second = sent(call, people.marko, people=[person(experience="More.")], edition=1)

    assert (second.pk, second.edition, second.fingerprint != before) == (first.pk, 2, True)
    assert second.candidates.get().cv_name == "cv.txt"


def test_a_late_answer_is_refused_and_kept_as_a_draft(people):
    call = opened(people.wanda)
    Call.objects.update(closes_at=in_days(-0.01))

    page = browser_of(people.marko).post(address(call, people.marko), typed(call))

    assert (page.status_code, "The call is over" in page.content.decode()) == (400, True)
    assert Draft.objects.get().fields["p0_name"] == ["Nadia"]
    assert (Expression.objects.count(), Candidate.objects.count()) == (0, 0)


def test_a_draft_comes_again(people):
    call = opened(people.wanda)
    browser = browser_of(people.marko)
    browser.post(address(call, people.marko), typed(call, keep_draft="1"))

    assert 'value="Nadia"' in browser.get(address(call, people.marko)).content.decode()
    assert Expression.objects.count() == 0


@pytest.mark.parametrize("name", ["petra", "carl"])
def test_whose_organisation_does_not_meet_the_conditions_finds_no_form(people, name):
    call = opened(people.wanda)
    one = people.named(name)

    assert browser_of(one).get(address(call, one)).status_code == 404
    with pytest.raises((PermissionDenied, ValidationError)):
        sent(call, one)


def test_nobody_answers_for_an_organisation_she_does_not_act_for(people):
    call = opened(people.wanda)

    assert browser_of(people.ana).get(address(call, people.marko)).status_code == 404
    with pytest.raises(PermissionDenied):
        services.submit(call, organisation_of(people.marko), by=people.ana, edition=0, answers={}, people=[person()])


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"p0_role": ""}, "p0_role"),
        ({"p0_email": "no address"}, "p0_email"),
        ({"p0_competences": ""}, "p0_competences"),
        ({"p0_role": "wg_leader"}, "p0_role"),
        ({"agreed": ""}, "agreed"),
        ({"p0_experience": "x" * 3001}, "p0_experience"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(people, fields, field):
    call = opened(people.wanda)

    page = browser_of(people.marko).post(address(call, people.marko), typed(call) | fields)

    assert (page.status_code, Expression.objects.count()) == (400, 0)
    assert field in page.context["form"].errors
    assert "Because we know." in page.content.decode()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ\x90\x00\x03", "cv.pdf"),
        (b"<script>alert(1)</script>", "cv.exe"),
        (b"", "cv.pdf"),
        (b"PK\x03\x04xx", "cv.docx"),
    ],
)
def test_hostile_files_are_refused(people, content, name):
    call = opened(people.wanda)

    page = browser_of(people.marko).post(address(call, people.marko), typed(call) | {"p0_cv": upload(content, name)})

    assert (page.status_code, list(page.context["form"].errors)) == (400, ["p0_cv"])


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ([], "at least one"),
        ([person(f"P{n}") for n in range(4)], "At most 3"),
        ([person(), person()], "named twice"),
        ([person(role="wg_expert")], "seeks nobody"),
    ],
)
def test_people_are_named_within_the_limits(people, named, words):
    call = opened(people.wanda, experts=0)
    answers = {question.pk: "x" for question in call.questions.all()}
    told = {"edition": 0, "answers": answers, "people": named}

    with pytest.raises(ValidationError, match=words):
        services.submit(call, organisation_of(people.marko), by=people.marko, **told)


def test_what_is_withdrawn_is_gone_and_can_be_sent_anew(people):
    call = opened(people.wanda)
    expression = sent(call, people.marko)

    browser_of(people.marko).post(f"{expression.get_absolute_url()}withdraw/")

    assert (Candidate.objects.count(), Expression.objects.get().state) == (0, "withdrawn")
    assert sent(call, people.marko).pk != expression.pk


def test_nothing_is_withdrawn_after_the_end(people):
    expression = sent(opened(people.wanda), people.marko)
    Call.objects.update(closes_at=in_days(-0.1))

    with pytest.raises(ValidationError, match="over"):
        services.withdraw(expression, by=people.marko)


def status(one, place: str) -> int:
    answer = browser_of(one).get(place)
    if answer.streaming:
        answer.getvalue()  # whoever reads to the end closes the file
    return answer.status_code


def test_files_are_for_those_who_see_the_expression(people):
    expression = sent(opened(people.wanda), people.marko, people=[person(cv=upload(b"My life.", "cv.txt"))])
    place = f"{expression.get_absolute_url()}files/cv/{expression.candidates.get().pk}/"

    found = {name: status(one, place) for name, one in people.each()}
    closed(expression.call)
    later = {name: status(one, place) for name, one in people.each()}

    nobody = {"lena": 404, "wanda": 404, "marko": 200, "ana": 404, "petra": 404, "carl": 404, "guest": 302}
    assert (found, later) == (nobody, nobody | {"lena": 200, "wanda": 200})


# Eligibility


def test_a_refusal_needs_its_reasons_and_is_told(people):
    call = opened(people.wanda)
    call.conditions.create(kind="manual", text={"en": "Has worked on clusters"})
    expression = sent(call, people.marko)
    call = closed(call)
    condition = call.conditions.get(kind="manual")

    with pytest.raises(ValidationError, match="judge every"):
        services.judge(expression, by=people.wanda, findings={}, reason="")
    with pytest.raises(ValidationError, match="reasons"):
        services.judge(expression, by=people.wanda, findings={condition.pk: False}, reason=" ")
    services.judge(expression, by=people.wanda, findings={condition.pk: False}, reason="No cluster.")
    settle()

    expression.refresh_from_db()
    assert (expression.state, expression.reason, told("expression_judged")) == ("ineligible", "No cluster.", {"Marko"})


def test_an_organisation_that_lost_its_tier_is_not_eligible(people):
    call = opened(people.wanda)
    expression = sent(call, people.marko)
    closed(call)
    today = timezone.localdate()
    expression.organisation.memberships.update(begins=today - timedelta(days=9), ends=today - timedelta(days=1))

    services.judge(expression, by=people.wanda, findings={}, reason="No member any more.")

    assert Expression.objects.get().state == "ineligible"


@pytest.mark.parametrize("name", ["lena", "marko", "ana"])
def test_only_the_chair_judges(people, name):
    call = opened(people.wanda)
    expression = sent(call, people.marko)
    closed(call)

    with pytest.raises(PermissionDenied):
        services.judge(expression, by=people.named(name), findings={}, reason="x")


def test_nothing_is_judged_before_the_end(people):
    expression = sent(opened(people.wanda), people.marko)

    with pytest.raises(ValidationError, match="after the end"):
        services.judge(expression, by=people.wanda, findings={}, reason="x")


def test_what_is_lacking_can_be_completed_until_a_day(people):
    call = opened(people.wanda)
    expression = sent(call, people.marko)
    closed(call)
    until = timezone.localdate() + timedelta(days=5)
    services.ask_completion(expression, by=people.wanda, reason="Which networks?", until=until)
    settle()
    browser = browser_of(people.marko)

    assert told("completion_asked") == {"Marko"}
    assert "Which networks?" in browser.get(address(call, people.marko)).content.decode()
    browser.post(address(call, people.marko), typed(call, "of-marko", p0_email="of-marko@example.org", edition="1"))
    settle()
    found = Expression.objects.get()
    assert (found.state, found.edition, told("expression_completed")) == ("submitted", 2, {"Wanda"})
    assert eligible(found, people.wanda).state == "eligible"


def test_a_completion_that_is_late_is_refused(people):
    call = opened(people.wanda)
    expression = sent(call, people.marko)
    closed(call)
    services.ask_completion(expression, by=people.wanda, reason="Which?", until=timezone.localdate())
    Expression.objects.update(complete_until=timezone.localdate() - timedelta(days=1))

    with pytest.raises(services.LateError):
        sent(call, people.marko, edition=1, text="Later.")


def test_whose_organisation_was_added_by_two_people_sends_one(people):
    colleague = add_member("colleague", "full")
    colleague.affiliations.update(organisation=organisation_of(people.marko))
    call = opened(people.wanda)
    sent(call, people.marko)

    with pytest.raises(services.OvertakenError):
        sent(call, colleague, text="Mine.")
    assert Expression.objects.count() == 1
