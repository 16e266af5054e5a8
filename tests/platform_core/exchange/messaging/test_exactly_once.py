"""Whatever dies at whatever moment: one notice per person, event and channel, one mail under one id."""

from collections import Counter
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings as trying, strategies as some

from platform_core.exchange.messaging import services
from platform_core.exchange.messaging.models import Notice, OutboxMail
from platform_core.ground.registry.kinds import NoticeContent, NoticeKind
from platform_core.identity.access import services as access
from platform_core.identity.audit import services as audit
from platform_core.identity.audit.models import Event
from platform_core.materials.jobs.models import SweepRun
from platform_core.materials.jobs.services import tick
from platform_core.people.members.models import Organisation
from tests.platform_core.ground.registry.declaring import declaring
from tests.settling import settle

pytestmark = pytest.mark.database

CHECKS = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
PACES = ["once", "daily", "weekly"]


class DeathError(BaseException):
    """The process dies; nothing that catches errors catches it."""


@contextmanager
def dying_at(statement: int):
    """Dies instead of executing a statement, counted from 1; rolling back is the database's own affair."""
    done = 0

    def execute(run, sql, *rest):
        nonlocal done
        done += not sql.startswith(("ROLLBACK", "SAVEPOINT", "RELEASE"))
        if done == statement:
            done += 1
            raise DeathError
        return run(sql, *rest)

    with connection.execute_wrapper(execute):
        yield


def dies_at(statement: int, deed) -> bool:
    try:
        with dying_at(statement):
            deed()
    except DeathError:
        return True
    return False


@pytest.fixture
def readers(people):
    settle()
    Notice.objects.all().delete()
    OutboxMail.objects.all().delete()
    for person, pace in zip((people.ana, people.marko, people.petra), PACES, strict=True):
        services.choose(person, {"tests": (pace, True)})
    settle()
    return [people.ana.pk, people.marko.pk, people.petra.pk]


def kind_for(readers, **fields) -> NoticeKind:
    return NoticeKind(
        code="tests.news",
        name="News",
        verb="tests.news",
        recipients=lambda event: readers,
        content=lambda event: NoticeContent(subject=f"News {event.thing_id}", text="It is new.", address="/en/"),
        **fields,
    )


def happen(times: int = 2) -> None:
    for organisation in Organisation.objects.order_by("pk")[:times]:
        audit.record("tests.news", organisation)


def make_due() -> None:
    Notice.objects.filter(due_at__isnull=False).update(due_at=timezone.now() - timedelta(minutes=1))


def told() -> list[tuple[str, str, int]]:
    rows = Notice.objects.values_list("recipient__name", "channel", "event__verb")
    return sorted((name, channel, number) for (name, channel, _verb), number in Counter(rows).items())


def mailed() -> list[str]:
    return sorted(OutboxMail.objects.values_list("recipient", flat=True))


def check_ids() -> None:
    """Every mail is that of its notices, and every notice that was mailed is in one."""
    ids = list(OutboxMail.objects.values_list("message_id", flat=True))
    assert len(ids) == len(set(ids))
    assert set(Notice.objects.filter(channel="mail").values_list("mailed_as", flat=True)) == set(ids)


ALL_TOLD = [(name, channel, 2) for name in ("Ana", "Marko", "Petra") for channel in ("mail", "site")]
ALL_MAILED = ["ana@example.org", "ana@example.org", "marko@example.org", "petra@example.org"]


def forget() -> None:
    Notice.objects.all().delete()
    OutboxMail.objects.all().delete()
    Event.objects.filter(verb="tests.news").update(dispatched_at=None)


def run_all() -> None:
    audit.dispatch_events()
    make_due()
    services.send_digests()


def test_dying_at_any_statement_tells_each_once_in_the_end(readers):
    with declaring(kind_for(readers)):
        happen()
        statement = 1
        while dies_at(statement, run_all):
            run_all()
            assert (told(), mailed()) == (ALL_TOLD, ALL_MAILED), statement
            check_ids()
            forget()
            statement += 1

    assert statement > 50


@trying(max_examples=40, deadline=None, suppress_health_check=CHECKS)
@given(deaths=some.lists(some.integers(1, 60), max_size=6), turns=some.lists(some.sampled_from("deo"), max_size=6))
def test_any_order_of_deaths_and_turns_ends_the_same(readers, deaths, turns):
    forget()
    Event.objects.filter(verb="tests.news").delete()
    deeds = {"d": audit.dispatch_events, "e": services.send_digests, "o": make_due}
    with declaring(kind_for(readers)):
        happen()
        for statement, turn in zip(deaths, turns, strict=False):
            dies_at(statement, deeds[turn])
        run_all()

    assert told() == ALL_TOLD
    assert sorted(set(mailed())) == sorted(set(ALL_MAILED))
    check_ids()


def test_a_digest_asked_for_twice_is_made_once(readers):
    with declaring(kind_for(readers)):
        happen()
        settle()
        make_due()

        assert [services.send_digests(), services.send_digests()] == [2, 0]

    check_ids()


def test_clocks_set_back_repeat_nothing(readers, monkeypatch):
    with declaring(kind_for(readers)):
        happen()
        settle()
        make_due()
        services.send_digests()
        before = (told(), mailed())
        real = timezone.now
        for days in (1, 8):
            monkeypatch.setattr(timezone, "now", lambda days=days: real() - timedelta(days=days))
            Event.objects.filter(verb="tests.news").update(dispatched_at=None)
            SweepRun.objects.all().delete()
            settle()
            tick()
            tick()
        monkeypatch.undo()
        settle()
        tick()

    assert (told(), mailed()) == before
    check_ids()


# What a digest says


def digest_of(person) -> OutboxMail:
    return OutboxMail.objects.get(recipient=person.email)


def test_a_digest_bundles_by_thread_and_tells_the_last_texts_with_links(people, readers):
    with declaring(kind_for([people.marko.pk])):
        first, second = Organisation.objects.order_by("pk")[:2]
        for organisation in [first] * 5 + [second]:
            audit.record("tests.news", organisation)
        settle()
        make_due()
        services.send_digests()

    sent = digest_of(people.marko)
    assert sent.subject == f"6 notices: News {second.pk} and 1 other"
    assert sent.text.count(f"News {first.pk} (5 notices)") == 1
    assert sent.text.count("It is new.") == 4
    assert sent.text.count("http://127.0.0.1:8000/en/\n") == 4
    assert sent.text.count("2 more") == 1


def test_what_was_read_on_the_platform_is_left_out(people, readers):
    with declaring(kind_for(readers)):
        happen()
        settle()
        services.mark_read(people.marko)
        make_due()

        assert services.send_digests() == 1

    assert mailed() == ["ana@example.org", "ana@example.org", "petra@example.org"]
    assert Notice.objects.filter(recipient=people.marko, due_at__isnull=False).count() == 0


def test_what_a_person_may_see_no_longer_is_left_out(people, readers):
    with declaring(kind_for(readers)):
        happen()
        settle()
        access.set_audience(Organisation.objects.order_by("pk")[0], {"role:lead_partner"})
        make_due()
        services.send_digests()

    assert digest_of(people.marko).subject == f"News {Organisation.objects.order_by('pk')[1].pk}"


def test_a_digest_is_in_the_reader_s_language(people, readers):
    type(people.marko).objects.filter(pk=people.marko.pk).update(language="de")
    with declaring(kind_for([people.marko.pk])):
        happen()
        settle()
        make_due()
        services.send_digests()

    assert digest_of(people.marko).html.count('<html lang="de">') == 1


def test_who_left_gets_no_digest(people, readers):
    with declaring(kind_for(readers)):
        happen()
        settle()
        type(people.marko).objects.filter(pk=people.marko.pk).update(is_active=False)
        make_due()

        assert services.send_digests() == 1
