"""Somebody of partner tier is invited to one thread or one page, and to nothing beside it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from platform_core.exchange.discussions.models import Reading
from platform_core.identity.access.sight import people_of
from platform_core.materials.drafts.services import keep
from platform_core.people.members import invitations
from platform_core.people.members.models import Invitation
from platform_core.programme.search import selectors as search
from tests.factories.forum import post, thread
from tests.factories.meetings import minuted
from tests.factories.workinggroups import group
from tests.people import browser_of
from tests.settling import settle
from workinggroups.selectors import forum, wiki as selectors
from workinggroups.services import minutes, wiki

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def invite(by, person, label: str, pk: int, **fields):
    """The person as she is on her next visit."""
    activity = invitations.activity_of(by, label, str(pk))
    until = timezone.localdate() + timedelta(days=7)
    _made, secret = invitations.invite(
        by=by, email=person.email, activity=activity, begins=timezone.localdate(), ends=until, **fields
    )
    invitations.accept(secret, person)
    return type(person).objects.get(pk=person.pk)


def hits(person, label: str) -> list[str]:
    return [str(entry.title) for entry in search.find(person, search.Question("zebra", label, {})).entries]


def test_invited_to_a_thread(people):
    made, other = thread(people.wanda, "Zebra one"), thread(people.wanda, "Zebra two")
    petra = invite(people.wanda, people.petra, forum.LABEL, made.pk)
    settle()
    browser = browser_of(petra)
    sent = browser.post(f"/en/groups/threads/{made.pk}/write/", {"text": "Here I am", "language": "en"})
    listed = browser.get("/en/groups/4/forum/")

    assert ([one.title for one in listed.context["page"]], listed.context["unread"]) == (["Zebra one"], 0)
    assert (sent.status_code, hits(petra, forum.LABEL)) == (302, ["Zebra one"])
    assert (b"Zebra two" in listed.content, browser.get(f"/en/groups/threads/{other.pk}/").status_code) == (False, 404)
    assert browser.get("/en/groups/4/documents/").status_code == 403


@pytest.fixture
def two_meetings(people):
    """The later one has approved the minutes of the earlier one."""
    last, _point = minuted(people.wanda, title="Zebra one")
    minutes.finalise(last, by=people.wanda)
    made, _point = minuted(people.wanda, title="Zebra two")
    minutes.write(made.items.get(kind="approval"), "Approved.", 0, by=people.wanda, outcome="approved")
    minutes.finalise(made, by=people.wanda)
    return last, made


@pytest.mark.parametrize(("place", "other"), [(0, "Zebra two"), (1, "Zebra one")])
def test_invited_to_a_meeting_she_reads_the_title_of_no_other(people, two_meetings, place, other):
    made = two_meetings[place]
    petra = invite(people.wanda, people.petra, "workinggroups.meeting", made.pk)
    pages = [made.get_absolute_url(), f"{made.get_absolute_url()}minutes/"]
    shown = [[browser_of(person).get(page) for page in pages] for person in (petra, people.lena)]
    counts = [[one.content.decode().count(other) for one in found] for found in shown]

    assert ({one.status_code for found in shown for one in found}, counts) == ({200}, [[0, 0], [place, 1]])


def test_invited_to_a_page(people):
    made = wiki.create(group(), "Zebra one", "See [[Zebra two]].", by=people.wanda)
    other = wiki.create(group(), "Zebra two", "[[Zebra one]]", by=people.wanda, parent=made)
    petra = invite(people.wanda, people.petra, selectors.LABEL, made.pk, may_change=True)
    settle()
    browser = browser_of(petra)
    changed = browser.post(f"/en/groups/wiki/{made.pk}/change/", {"base": 1, "title": "Zebra one", "text": "Mine."})
    shown = browser.get(made.get_absolute_url())

    assert (changed.status_code, [node.page for node in selectors.tree(petra, group())]) == (302, [made])
    assert (list(shown.context["below"]), list(shown.context["leading"]), hits(petra, selectors.LABEL)) == (
        [],
        [],
        ["Zebra one"],
    )
    assert (b"Zebra two" in shown.content, browser.get(other.get_absolute_url()).status_code) == (False, 404)


def test_whoever_is_invited_to_read_a_page_changes_nothing(people):
    made, other = (wiki.create(group(), title, "Text", by=people.wanda) for title in ("Zebra one", "Zebra two"))
    petra = invite(people.wanda, people.petra, selectors.LABEL, made.pk)
    petra = invite(people.wanda, petra, selectors.LABEL, other.pk, may_change=True)
    browser, told = browser_of(petra), {"base": 1, "title": "Zebra one", "text": "Mine."}
    statuses = [
        (
            browser.get(page.get_absolute_url()).status_code,
            browser.post(f"/en/groups/wiki/{page.pk}/change/", told).status_code,
        )
        for page in (made, other)
    ]
    made.refresh_from_db()

    assert (statuses, made.text) == ([(200, 403), (200, 302)], "Text")
    changing = [set(people_of(f"change:{selectors.LABEL}:{page.pk}", timezone.localdate())) for page in (made, other)]
    assert changing == [set(), {petra.pk}]


def test_the_leader_says_whether_whoever_is_invited_may_change_a_page(people):
    made, browser = wiki.create(group(), "Zebra", "Text", by=people.wanda), browser_of(people.wanda)
    address = f"{reverse('members:invite')}?thing={selectors.LABEL}&pk={made.pk}"
    until = (timezone.localdate() + timedelta(days=7)).isoformat()
    told = {"email": "new@example.org", "language": "en", "begins": timezone.localdate().isoformat(), "ends": until}
    for answer in ({}, {"may_change": "yes"}):
        assert browser.post(address, told | answer).status_code == 302

    assert list(Invitation.objects.order_by("pk").values_list("may_change", flat=True)) == [False, True]


def test_nobody_is_invited_to_change_what_those_invited_cannot_change(people):
    made = thread(people.wanda)
    with pytest.raises(ValidationError, match="cannot change"):
        invite(people.wanda, people.petra, forum.LABEL, made.pk, may_change=True)


@pytest.mark.parametrize("label", [forum.LABEL, selectors.LABEL])
def test_who_invites(people, label):
    made = {
        forum.LABEL: lambda: thread(people.wanda),
        selectors.LABEL: lambda: wiki.create(group(), "Plan", "", by=people.wanda),
    }[label]()

    for name in ("marko", "ana"):
        with pytest.raises(PermissionDenied):
            invitations.activity_of(people.named(name), label, str(made.pk))


def test_whoever_sees_as_somebody_else_reads_nothing_for_her_and_none_of_her_drafts(people):
    made = thread(people.lena)
    post(made, people.lena)
    keep(people.wanda, "workinggroups.post", str(made.pk), {"text": ["Half a thought"], "language": ["en"]})
    browser = browser_of(people.lena)
    browser.post(reverse("access:see_as"), {"person": people.wanda.email, "why": "She cannot find her post"})

    shown = browser.get(f"/en/groups/threads/{made.pk}/")

    assert b"You see the platform as Wanda does" in shown.content
    assert (shown.status_code, b"Half a thought" in shown.content) == (200, False)
    assert Reading.objects.filter(person=people.wanda).count() == 0
