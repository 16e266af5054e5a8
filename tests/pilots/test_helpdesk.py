"""Questions to the helpdesk: asked, given on, answered, asked back, published without names, forgotten."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pilots.models import HelpdeskAsker, HelpdeskQuestion
from pilots.selectors import helpdesk as selectors
from pilots.services import helpdesk as services
from platform_core.exchange.cases import selectors as inbox, services as cases
from platform_core.exchange.cases.models import Case
from platform_core.exchange.messaging.models import Notice
from platform_core.identity.access.selectors import audience_of
from platform_core.people.privacy import services as privacy
from platform_core.programme.search.models import SearchEntry
from tests.factories.helpdesk import answered, case_of, given, published, question, through
from tests.factories.repository import record
from tests.people import hold_anyway
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]
WORDS = {"title": {"en": "Who?"}, "situation": {"en": "A region."}, "reply": {"en": "Others."}}


def seen_by(people, found) -> dict[str, bool]:
    return {name: selectors.questions(person).filter(pk=found.pk).exists() for name, person in people.each()}


def test_a_question_is_seen_by_who_asked_who_gives_it_on_and_nobody_else(people):
    found = question(people.carl)

    assert [name for name, sees in seen_by(people, found).items() if sees] == ["lena", "wanda", "carl"]
    assert found.state == "asked"


@pytest.mark.parametrize(
    ("topic", "handler"), [(4, "role:wg_leader@group:4"), (3, "role:lead_partner"), (None, "role:lead_partner")]
)
def test_the_leader_of_the_group_gives_it_on_or_else_the_lead_partner(people, topic, handler):
    assert case_of(question(people.carl, topic=topic)).handler == handler


def test_who_leads_the_group_does_not_give_on_what_she_asked(people):
    assert case_of(question(people.wanda)).handler == "role:lead_partner"


def test_an_expert_answers_by_her_day_and_who_asked_is_told(people):
    found = given(question(people.carl), people.wanda, people.lena)
    case = case_of(found, "pilots.helpdesk_answer")
    assert (case.handler, case.due_on, found.state) == (f"person:{people.lena.pk}", found.due_on, "given")

    found = answered(found, people.lena)

    assert (found.state, found.answer, found.grounds) == (
        "answered",
        "Others share the cost.",
        "Ten years of practice.",
    )
    assert found.answered_for.code == "org-lena"
    kinds = Notice.objects.filter(recipient=people.carl).values_list("kind", flat=True)
    assert set(kinds.filter(kind__startswith="pilots.")) == {"pilots.question_answered"}
    assert [one.is_open for one in Case.objects.filter(object_id=found.pk)] == [False, False]


def test_the_expert_is_reminded_before_her_day(people):
    given(question(people.carl), people.wanda, people.lena, days=2)

    assert (cases.remind(), cases.remind()) == (1, 0)
    settle()

    assert set(Notice.objects.filter(kind="cases.due_soon").values_list("recipient", flat=True)) == {people.lena.pk}


@pytest.mark.parametrize("name", ["marko", "carl"])
def test_only_somebody_of_the_groups_and_not_who_asked_answers(people, name):
    hold_anyway(people.carl, "wg_expert", "group:4")
    found = question(people.carl)

    with pytest.raises(ValidationError):
        given(found, people.wanda, people.named(name))


def test_an_expert_who_cannot_answer_gives_it_back(people):
    found = given(question(people.carl), people.wanda, people.lena)
    cases.answer(case_of(found, "pilots.helpdesk_answer"), "returned", by=people.lena, reason="Not my field.")
    settle()

    found.refresh_from_db()
    assert (found.state, found.expert) == ("asked", None)
    assert case_of(found).state == Case.State.OPEN


def test_two_who_give_it_on_at_once(people):
    found = question(people.carl)
    case, held = case_of(found), HelpdeskQuestion.objects.get(pk=found.pk)
    given(found, people.wanda, people.lena)

    with pytest.raises(ValidationError, match="closed already"):
        cases.answer(case, "declined", by=people.wanda, reason="No.")
    with pytest.raises(ValidationError, match="stands elsewhere"):
        services.decline(held, by=people.wanda, reason="No.")


def test_what_was_answered_before_is_pointed_to(people):
    found, known = question(), record("A fund that worked")
    services.confirm(found.asker)
    settle()
    cases.answer(case_of(found), "pointed", by=people.wanda, reason="This record answers it.", found=known)

    found.refresh_from_db()
    assert (found.state, found.answered_by_record, found.reason) == ("pointed", known, "This record answers it.")
    assert mail.outbox[-1].to == ["mayor@example.net"]


def test_without_an_account_nothing_is_asked_before_it_is_confirmed(people):
    found = question()
    assert (found.state, audience_of(found), Case.objects.count()) == ("unconfirmed", [], 0)

    services.confirm(found.asker)
    services.confirm(found.asker)
    settle()

    assert Case.objects.get().opener is None
    assert HelpdeskQuestion.objects.get().state == "asked"


def test_nobody_floods_a_mailbox_of_others(people):
    for number in range(3):
        question(key=str(number))

    with pytest.raises(ValidationError, match="wait to be confirmed"):
        question()
    assert len(mail.outbox) == 3


def test_the_same_form_sent_twice_asks_once(people):
    assert question(people.carl, key="one") == question(people.carl, key="one")
    assert HelpdeskQuestion.objects.count() == 1


def test_who_asked_rates_and_asks_back_once(people):
    found = through(people, people.carl)
    asker = found.asker
    services.rate(asker, 4, "Good.", by=people.carl)
    services.ask_back(asker, "And the small ones?", by=people.carl)
    settle()

    with pytest.raises(ValidationError, match="once"):
        services.ask_back(asker, "And more?", by=people.carl)
    cases.answer(
        case_of(found, "pilots.helpdesk_further"), "answered", by=people.lena, reason="Seen.", answer="They pay less."
    )

    found.refresh_from_db()
    assert (found.second_answer, found.asker.rating) == ("They pay less.\n\nSeen.", 4)


def test_others_neither_rate_nor_agree(people):
    asker = through(people, people.carl).asker

    for deed in (
        lambda: services.rate(asker, 1, "", by=people.marko),
        lambda: services.agree(asker, True, by=people.wanda),
    ):
        with pytest.raises(PermissionDenied):
            deed()
    with pytest.raises(PermissionDenied):
        services.rate(asker, 1, "")


def test_nothing_is_rated_before_it_is_answered(people):
    with pytest.raises(ValidationError, match="no answer"):
        services.rate(question(people.carl).asker, 5, "", by=people.carl)


@pytest.mark.parametrize(("name", "may"), [("lena", True), ("wanda", True), ("marko", False), ("carl", False)])
def test_who_publishes(people, name, may):
    found = through(people, people.carl)
    if may:
        services.publish(found, by=people.named(name), **WORDS)
    else:
        with pytest.raises(PermissionDenied):
            services.publish(found, by=people.named(name), **WORDS)

    assert selectors.published(people.guest).count() == may


def test_who_leads_for_an_associated_member_does_not_publish(people):
    hold_anyway(people.ana, "wg_leader", "group:4")

    with pytest.raises(PermissionDenied):
        services.publish(through(people, people.carl), by=people.ana, **WORDS)


def test_nothing_is_published_without_agreement_and_it_goes_when_that_is_taken_back(people):
    found = through(people, people.carl, agrees=False)
    with pytest.raises(ValidationError, match="has not agreed"):
        services.publish(found, by=people.lena, **WORDS)
    services.agree(found.asker, True, by=people.carl)
    services.publish(found, by=people.lena, **WORDS)
    settle()
    assert SearchEntry.objects.filter(thing=selectors.LABEL).count() == 1

    services.agree(found.asker, False, by=people.carl)
    settle()

    assert (selectors.published(people.guest).count(), SearchEntry.objects.filter(thing=selectors.LABEL).count()) == (
        0,
        0,
    )


def test_published_ones_are_listed_by_topic(people):
    first, second = published(people, "About money"), published(people, "About firms", topic=None)

    assert list(selectors.published(people.guest)) == [second, first]
    assert list(selectors.published(people.guest, topic="4")) == [first]
    assert list(selectors.published(people.guest, topic="1")) == []


def test_a_withdrawn_question_is_nobodys_to_answer(people):
    found = given(question(people.carl), people.wanda, people.lena)
    services.withdraw(found.asker, by=people.carl)
    settle()

    assert inbox.waiting_for(people.lena) == 0
    with pytest.raises(ValidationError, match="closed already"):
        services.withdraw(found.asker, by=people.carl)


def test_who_is_erased_takes_her_words_along_and_what_is_published_stays(people):
    kept, waiting = published(people), question(people.carl)

    privacy.erase(people.carl)
    services.close_nameless()

    assert HelpdeskAsker.objects.count() == 0
    assert list(selectors.published(people.guest)) == [kept]
    waiting.refresh_from_db()
    assert waiting.state == "withdrawn"


def test_what_was_asked_under_an_address_of_hers_is_hers(people):
    found = question(email="Carl@example.org")

    assert list(selectors.askers_of(people.carl)) == [found.asker]
    assert list(selectors.askers_of(people.marko)) == []


def test_an_expert_who_is_erased_leaves_the_answer(people):
    hold_anyway(people.marko, "wg_expert", "group:4")
    found = answered(given(question(people.carl), people.wanda, people.marko), people.marko)

    privacy.erase(people.marko)

    found.refresh_from_db()
    assert (found.expert, found.answer) == (None, "Others share the cost.")


def test_what_is_old_is_forgotten(people):
    unconfirmed, kept, plain = question(), published(people), through(people, people.carl)
    HelpdeskQuestion.objects.update(closed_on=timezone.localdate() - timedelta(days=3))

    assert services.purge_unconfirmed(timezone.now() + timedelta(days=1)) == 1
    assert services.purge(timezone.now() - timedelta(days=4)) == 0
    assert services.purge(timezone.now()) == 2
    assert list(HelpdeskQuestion.objects.all()) == [kept]
    assert HelpdeskAsker.objects.count() == 0
    assert {unconfirmed.pk, plain.pk} & set(HelpdeskQuestion.objects.values_list("pk", flat=True)) == set()


def told_of(kind: str) -> dict[str, int]:
    rows = Notice.objects.filter(kind=kind, channel="site").values_list("recipient__name", flat=True)
    return dict(Counter(rows))


def test_who_asked_and_who_answered_hear_of_publication_once_and_of_its_end(people):
    found = published(people, "About money")
    settle()
    services.publish(found, by=people.lena, **WORDS)
    services.take_down(found, by=people.lena)
    settle()

    assert told_of("pilots.question_published") == told_of("pilots.question_taken_down") == {"Carl": 1, "Lena": 1}


def test_who_can_publish_is_told_when_agreement_comes_later(people):
    found = through(people, people.carl, agrees=False)
    settle()
    kind = "pilots.question_agreed"
    before = Notice.objects.filter(kind=kind).count()
    services.agree(found.asker, True, by=people.carl)
    settle()

    told = Notice.objects.filter(kind=kind).values_list("recipient__name", flat=True)
    assert (before, {*told}) == (0, {"Lena", "Wanda"})
