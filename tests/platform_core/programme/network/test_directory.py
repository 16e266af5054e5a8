"""The directory: what is told, found, counted, confirmed and gone stale."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from platform_core.exchange.messaging.models import Notice
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.people.members.models import Affiliation, Membership, Organisation, Stance
from platform_core.programme.network.models import ClusterProfile, Inquiry
from platform_core.programme.network.selectors import directory
from platform_core.programme.network.services import profiles
from tests.factories.network import profile
from tests.people import add_organisation, browser_of
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def old(held: ClusterProfile, days: int) -> ClusterProfile:
    ClusterProfile.objects.filter(pk=held.pk).update(confirmed_on=timezone.localdate() - timedelta(days=days))
    return ClusterProfile.objects.get(pk=held.pk)


def looks_after(person) -> None:
    Affiliation.objects.filter(person=person).update(is_admin=True)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("country=EL", ["Organisation greek"]),
        ("kind=cluster_organisation", ["Organisation greek"]),
        ("sector=agrofood", ["Organisation austrian", "Organisation greek"]),
        ("sector=agrofood&technology=robotics", ["Organisation greek"]),
        ("topic=4", ["Organisation austrian"]),
        ("words=gree", ["Organisation greek"]),
        ("tier=full", []),
        ("region=EL30", []),
        ("sector=nonsense", ["Organisation austrian", "Organisation greek", "Organisation plain"]),
    ],
)
def test_filters(client, query, expected):
    add_organisation("greek", country="EL", kind="cluster_organisation")
    austrian = add_organisation("austrian")
    add_organisation("plain")
    profile("greek", technology=("robotics",))
    profile("austrian")
    Stance.objects.create(organisation=austrian, topic_id=4, side="shares")

    rows = client.get(f"/en/directory/?{query}").context["rows"]

    assert [str(row["organisation"].name) for row in rows] == expected


def test_the_map_counts_what_is_filtered(client):
    for code, kind in (("one", "enterprise"), ("two", "cluster_organisation")):
        add_organisation(code, country="EL", kind=kind)
    Organisation.objects.update(region=vocabulary.region("EL30"))

    def counted(query: str) -> int:
        tiles = client.get(f"/en/directory/{query}").context["tiles"]
        return next(tile["value"] for tile in tiles if tile["code"] == "EL30")

    assert (counted(""), counted("?kind=enterprise")) == (2, 1)


def test_the_directory_costs_the_same_at_1_and_3_rows(client):
    counts = []
    for more in (1, 2):
        for _place in range(more):
            code = f"org{Organisation.objects.count()}"
            add_organisation(code, country="EL")
            profile(code, technology=("robotics",))
        client.get("/en/directory/")
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/en/directory/").status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_criteria_say_what_is_met(db):
    add_organisation("cluster")
    bare = profile("cluster")
    assert [one.met for one in directory.criteria(bare)] == [False, False, False, False, True]

    Organisation.objects.update(website="https://example.org/")
    full = profile_changed(firms=14, research=1, staff="0.5")
    assert [one.met for one in directory.criteria(full)] == [True] * 5
    assert directory.criteria(old(full, 366))[-1].met is False


def profile_changed(**fields) -> ClusterProfile:
    held = ClusterProfile.objects.get()
    for name, value in fields.items():
        setattr(held, name, value)
    held.save()
    return ClusterProfile.objects.get()


@pytest.mark.parametrize(("days", "stale"), [(0, False), (364, False), (367, True)])
def test_a_profile_is_stale_after_a_year(client, days, stale):
    """A day to spare: the reader's day may not be the server's."""
    add_organisation("cluster")
    old(profile("cluster"), days)

    (row,) = client.get("/en/directory/").context["rows"]

    assert row["is_stale"] is stale


def test_those_who_look_after_it_are_asked_once_a_year(people):
    looks_after(people.marko)
    old(profile("org-marko"), 366)

    assert [profiles.ask_to_confirm(), profiles.ask_to_confirm()] == [1, 0]
    settle()
    told = Notice.objects.filter(recipient=people.marko, channel="site", kind="network.profile_stale")
    assert list(told.values_list("subject", flat=True)) == ["Still correct? Organisation org-marko"]
    browser_of(people.marko).post("/en/directory/org-marko/confirm/")
    held = ClusterProfile.objects.get()
    assert (held.is_stale(), profiles.ask_to_confirm()) == (False, 0)


def test_a_year_later_they_are_asked_again(people):
    looks_after(people.marko)
    old(profile("org-marko"), 800)
    profiles.ask_to_confirm()
    Inquiry.objects.update(asked_on=timezone.localdate() - timedelta(days=365))

    assert [profiles.ask_to_confirm(), profiles.ask_to_confirm()] == [1, 0]


def test_members_without_a_profile_are_asked_to_make_one(people):
    Membership.objects.update(begins=timezone.localdate() - timedelta(days=60))
    Membership.objects.filter(organisation__code="org-ana").update(begins=timezone.localdate() - timedelta(days=3))
    Affiliation.objects.update(is_contact=False, is_admin=False)
    Affiliation.objects.filter(person__in=(people.lena, people.marko, people.ana)).update(is_contact=True)
    profile("org-lena")

    profiles.ask_to_confirm()
    profiles.ask_to_confirm()
    settle()

    told = Notice.objects.filter(channel="site", kind="network.profile_stale")
    subject = "What does Organisation org-marko work on?"  # its contact is told, and the lead partner, who can make one
    assert sorted(told.values_list("recipient", "subject")) == sorted(
        [(people.marko.pk, subject), (people.lena.pk, subject)]
    )


FORM = {"sector": ["agrofood", "ict"], "services": "Shared laboratory", "firms": "14", "label": "gold"}


def test_a_profile_is_told_in_the_language_of_the_page(people):
    looks_after(people.marko)
    browser = browser_of(people.marko)
    browser.post("/en/directory/org-marko/profile/", FORM)
    answer = browser.post("/el/directory/org-marko/profile/", {**FORM, "services": "Κοινό εργαστήριο", "firms": "15"})

    held = ClusterProfile.objects.get()
    assert answer.status_code == 302
    assert dict(held.services) == {"en": "Shared laboratory", "el": "Κοινό εργαστήριο"}
    assert (held.firms, held.label, sorted(held.terms.values_list("code", flat=True))) == (
        15,
        "gold",
        ["agrofood", "ict"],
    )


@pytest.mark.parametrize(
    "wrong", [{"firms": "-1"}, {"firms": "many"}, {"label": "platinum"}, {"sector": ["nonsense"]}, {"founded": "3000"}]
)
def test_a_wrong_profile_is_asked_again(people, wrong):
    looks_after(people.marko)

    answer = browser_of(people.marko).post("/en/directory/org-marko/profile/", {**FORM, **wrong})

    assert (answer.status_code, ClusterProfile.objects.count()) == (422, 0)


def test_who_changes_a_profile(people):
    looks_after(people.marko)
    held = profile("org-marko")

    may = {name for name, person in people.each() if person.has_perm("network.change_profile", held)}

    assert may == {"lena", "marko"}
    with pytest.raises(PermissionDenied):
        profiles.confirm(held, by=people.ana)
    assert browser_of(people.ana).get("/en/directory/org-marko/profile/").status_code == 403


def test_a_label_that_has_run_out_is_not_shown(client):
    add_organisation("cluster")
    profile("cluster", label="gold", label_until=timezone.localdate() - timedelta(days=1))

    assert b"Gold label" not in client.get("/en/directory/").content


def test_the_table_is_guarded(client):
    add_organisation("cluster")
    Organisation.objects.update(website="=1+1")

    lines = b"".join(client.get("/en/directory/?csv").streaming_content).decode().splitlines()

    assert lines[1].endswith("'=1+1")
