"""Learning mechanisms: written by a group on evidence, frozen, approved by somebody else, published, written anew."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from pilots import contents
from pilots.declarations.mechanisms import counted
from pilots.models import Mechanism, MechanismVersion
from pilots.selectors import mechanisms as selectors
from pilots.services import mechanisms as services
from platform_core.exchange.messaging.models import Notice
from platform_core.identity.access.selectors import audience_of
from platform_core.materials.languages.fields import keep_fields
from platform_core.materials.trails import services as trails
from platform_core.programme.search.models import SearchEntry
from repository import services as repository
from repository.models import Record
from tests.consultations.views.pages import queries
from tests.factories.mechanisms import TERMS, approved, mechanism, published, texts
from tests.factories.repository import record
from tests.factories.workinggroups import group
from tests.people import browser_of, hold_anyway
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def fresh(found: Mechanism) -> Mechanism:
    return Mechanism.objects.get(pk=found.pk)


def states(found: Mechanism) -> list[str]:
    return [version.state for version in found.versions.order_by("number")]


@pytest.mark.parametrize(
    ("name", "may"), [("lena", True), ("wanda", True), ("marko", False), ("ana", False), ("petra", False)]
)
def test_who_begins_and_writes(people, name, may):
    person, held = people.named(name), mechanism(people.wanda)
    deeds = (
        lambda: services.begin(group(4), by=person, **texts()),
        lambda: services.change(held, by=person, terms=TERMS, **texts("Anew")),
        lambda: services.link(held, record("Another"), by=person),
    )
    for deed in deeds:
        if may:
            deed()
        else:
            with pytest.raises(PermissionDenied):
                deed()

    assert Mechanism.objects.count() == 1 + may


@pytest.mark.parametrize(
    ("name", "may"), [("lena", True), ("wanda", False), ("marko", False), ("ana", False), ("carl", False)]
)
def test_who_approves_what_the_leader_submitted(people, name, may):
    hold_anyway(people.ana, "wg_leader", "group:4")
    held = mechanism(people.wanda)
    version = services.submit(held, by=people.wanda)
    try:
        services.approve(held, version.sha256, by=people.named(name))
    except (PermissionDenied, ValidationError):
        assert not may

    assert fresh(held).state == ("approved" if may else "review")


def test_numbers_count_within_a_group_and_a_double_click_makes_one(people):
    first = services.begin(group(4), by=people.wanda, key="one", **texts())
    again = services.begin(group(4), by=people.wanda, key="one", **texts())
    other = services.begin(group(4), by=people.wanda, key="two", **texts())
    elsewhere = services.begin(group(5), by=people.lena, key="one", **texts())

    assert [made.code for made in (first, again, other, elsewhere)] == ["4.1", "4.1", "4.2", "5.1"]


def test_what_is_lacking_is_said_before_it_is_submitted(people):
    made = services.begin(group(4), by=people.wanda, title={"en": "Bare"})

    with pytest.raises(ValidationError) as refused:
        services.submit(made, by=people.wanda)

    assert refused.value.messages == [
        "Not written yet: In short, Problem, How it works, Actors and levels, Steps, Resources, Risks, "
        "Indicators of success.",
        "Please choose at least one level.",
        "Please choose at least one stage of the policy cycle.",
        "Nothing is named that it is based on.",
    ]


def test_a_version_is_frozen_with_its_hash(people):
    held = mechanism(people.wanda)
    version = services.submit(held, by=people.wanda, note="First")
    services.change(held, by=people.wanda, terms=TERMS, **texts("Something else"))

    version.refresh_from_db()
    assert (version.content["texts"]["title"], contents.digest(version.content)) == (
        {"en": "Framework agreements"},
        version.sha256,
    )


@pytest.mark.parametrize("deed", ["change", "link", "unlink"])
def test_any_edit_makes_an_approval_void(people, deed):
    held = mechanism(people.wanda)
    approved(held, people.wanda, people.lena)
    if deed == "change":
        services.change(held, by=people.wanda, terms=TERMS, **texts("Anew"))
    elif deed == "link":
        services.link(held, record("Another"), by=people.wanda)
    else:
        services.unlink(held, contents.drawn(held)[0].pk, by=people.wanda)

    assert (fresh(held).state, states(held)) == ("draft", ["void"])
    with pytest.raises(PermissionDenied):
        services.publish(held, by=people.lena)


def test_evidence_cannot_be_drawn_past_an_approval(people):
    held = mechanism(people.wanda)
    approved(held, people.wanda, people.lena)

    with pytest.raises(PermissionDenied):
        trails.draw(contents.BASED_ON, fresh(held), record("By the side door"), by=people.wanda)


def test_what_was_changed_since_it_was_read_is_not_approved(people):
    held = mechanism(people.wanda)
    read = services.submit(held, by=people.wanda)
    services.change(held, by=people.wanda, terms=TERMS, **texts("Anew"))
    services.submit(held, by=people.wanda)

    with pytest.raises(ValidationError, match="changed since you opened"):
        services.approve(held, read.sha256, by=people.lena)


def test_returned_with_remarks_and_submitted_again(people):
    held = mechanism(people.wanda)
    version = services.submit(held, by=people.wanda)
    with pytest.raises(ValidationError, match="what is to be changed"):
        services.send_back(held, version.sha256, by=people.lena, remarks=" ")
    services.send_back(held, version.sha256, by=people.lena, remarks="Say who pays.")
    services.submit(held, by=people.wanda)

    assert states(held) == ["returned", "review"]


def test_everybody_reads_the_published_version_while_the_next_is_written(people):
    held = published(people.wanda, people.lena)
    services.change(held, by=people.wanda, terms=TERMS, **texts("Secret plans"))

    page = browser_of(people.guest).get(held.get_absolute_url()).content.decode()
    assert ("Framework agreements" in page, "Secret plans" in page) == (True, False)
    assert str(fresh(held)) == "Framework agreements"

    approved(held, people.wanda, people.lena)
    services.publish(held, by=people.lena)
    assert (states(held), str(fresh(held))) == (["superseded", "published"], "Secret plans")


def test_nothing_is_submitted_that_reads_as_what_is_published(people):
    held = published(people.wanda, people.lena)
    services.change(held, by=people.wanda, terms=TERMS, **texts("Framework agreements"))

    with pytest.raises(ValidationError, match="Nothing has changed since version 1"):
        services.submit(held, by=people.wanda)


def test_drafts_are_the_groups_and_published_ones_everybodys(people):
    held = mechanism(people.wanda)
    cast = (people.wanda, people.lena, people.marko, people.guest)
    before = [selectors.mechanisms(person).count() for person in cast]
    published(people.wanda, people.lena, "Another")

    assert (before, [selectors.mechanisms(person).count() for person in cast]) == ([1, 1, 0, 0], [2, 2, 1, 1])
    assert set(audience_of(held)) == {"role:lead_partner", "role:reviewer", "role:translator", "group:4"}


def test_translations_made_later_are_shown_as_long_as_their_source_stands(people):
    held = published(people.wanda, people.lena)
    keep_fields(fresh(held), "de", {"problem": "Worte zum Problem.", "title": "Rahmenverträge"}, by=people.lena)
    translated, headline = contents.text_of(fresh(held), fresh(held).published, "problem"), fresh(held).headline
    services.change(fresh(held), by=people.wanda, terms=TERMS, **texts(problem="Other words."))

    later = contents.text_of(fresh(held), fresh(held).published, "problem")
    assert (translated["de"], dict(later)) == ("Worte zum Problem.", {"en": "Words on problem."})
    assert dict(headline) == {"en": "Framework agreements", "de": "Rahmenverträge"}


def test_withdrawn_evidence_is_said_to_be_gone_and_its_title_is_not_told(people):
    held = published(people.wanda, people.lena)
    source = contents.drawn(held)[0]
    before = selectors.evidence(people.guest, held.published.content["evidence"])
    repository.withdraw(Record.objects.get(pk=source.other_id), by=people.lena, why="An error")

    (after,) = selectors.evidence(people.guest, held.published.content["evidence"])
    assert [str(row.title) for row in before] == ["Evidence of Framework agreements"]
    assert (after.title, after.address, after.note) == ("", "", "What came of it")


def test_two_versions_are_compared_field_by_field(people):
    held = published(people.wanda, people.lena)
    services.change(held, by=people.wanda, terms={**TERMS, "level": ["national"]}, **texts(risks="None."))
    second = approved(held, people.wanda, people.lena)

    changes = selectors.compared(people.wanda, held.published, second)
    assert [change.name for change in changes] == ["Risks (English)", "Levels"]


def test_lists_by_topic_stage_and_level_read_the_published_version(people):
    held = published(people.wanda, people.lena)
    services.change(held, by=people.wanda, terms={"level": ["eu"], "cycle_stage": ["implementation"]}, **texts())

    asked = [{"topic": "4"}, {"topic": "5"}, {"level": "regional"}, {"level": "eu"}, {"cycle_stage": "preparation"}]
    assert [selectors.published(people.guest, **one).count() for one in asked] == [1, 0, 1, 0, 1]


def test_the_seven_say_what_is_missing(people):
    published(people.wanda, people.lena)
    mechanism(people.lena, "Skills", 6)
    before = selectors.seven(people.lena)
    published(people.lena, people.wanda, "One table", 4, is_cross_department=True)

    after = selectors.seven(people.guest)
    assert [len(place.published) for place in before] == [0, 0, 0, 1, 0, 0, 0]
    assert [place.under_way for place in before] == [0, 0, 0, 0, 0, 1, 0]
    assert ([len(place.published) for place in after], selectors.exist(after)) == ([0, 0, 0, 1, 0, 0, 1], 2)


def test_each_mechanism_counts_once_from_its_first_publication(people):
    held = published(people.wanda, people.lena)
    mechanism(people.wanda, "Draft")
    services.change(held, by=people.wanda, terms=TERMS, **texts("Second"))
    approved(held, people.wanda, people.lena)
    services.publish(held, by=people.lena)

    first = held.versions.get(number=1)
    assert [(row.pk, row.key, row.day, row.topic) for row in counted()] == [
        (held.pk, f"mechanism:{held.pk}", first.published_on, 4)
    ]


def test_published_ones_are_found(people):
    held = mechanism(people.wanda)
    settle()
    before = SearchEntry.objects.filter(thing=selectors.LABEL).count()
    approved(held, people.wanda, people.lena)
    services.publish(held, by=people.lena)
    settle()

    assert (before, SearchEntry.objects.filter(thing=selectors.LABEL).count()) == (0, 1)


def test_who_can_approve_is_told_once(people):
    held = mechanism(people.wanda)
    settle()
    services.submit(held, by=people.wanda)
    settle()

    told = Notice.objects.filter(kind="pilots.mechanism_submitted").values_list("channel", "recipient__name")
    assert sorted(told) == [("mail", "Lena"), ("site", "Lena")]


def test_only_what_was_never_submitted_is_deleted(people):
    bare, held = mechanism(people.wanda), mechanism(people.wanda, "Submitted")
    version = services.submit(held, by=people.wanda)
    services.send_back(held, version.sha256, by=people.lena, remarks="Later.")
    services.delete(bare, by=people.wanda)

    with pytest.raises(ValidationError, match="never deleted"):
        services.delete(held, by=people.wanda)
    assert list(Mechanism.objects.all()) == [held]


def test_a_comment_sent_twice_is_kept_once(people):
    held = mechanism(people.wanda)
    for _click in range(2):
        services.comment(held, "Who pays?", by=people.lena)

    assert [row.text for row in selectors.comments(held)] == ["Who pays?"]
    with pytest.raises(PermissionDenied):
        services.comment(held, "Let me in.", by=people.marko)


def typed(**given) -> dict:
    words = {name: f"Words on {name}." for name in contents.TEXTS}
    return {**words, "title": "One desk", "level": ["regional"], "cycle_stage": ["implementation"], **given}


def test_from_the_first_words_to_the_public_page(people):
    wanda, lena, evidence = browser_of(people.wanda), browser_of(people.lena), record("What vouchers did")
    wanda.post(reverse("pilots:begin_mechanism", args=[4]), typed())
    made = Mechanism.objects.get()
    work = reverse("pilots:mechanism_work", args=[made.pk])
    wanda.post(f"{work}evidence/", {"address": evidence.get_absolute_url(), "note": "Fewer papers"})
    wanda.post(f"{work}submit/", {"note": "First version"})
    version = MechanismVersion.objects.get()
    answer = {"approve": "1", "remarks": "Good.", "sha256": version.sha256}
    refused = wanda.post(f"{work}answer/", answer)
    lena.post(f"{work}answer/", answer)
    response = lena.post(f"{work}publish/", follow=True)

    assert (refused.status_code, response.redirect_chain) == (400, [(made.get_absolute_url(), 302)])
    guest = browser_of(people.guest)
    page = guest.get(made.get_absolute_url())
    assert [row.address for row in page.context["evidence"]] == [evidence.get_absolute_url()]
    names = ("pilots:index", "pilots:mechanisms", "pilots:seven")
    assert [guest.get(reverse(name)).status_code for name in names] == [200, 200, 200]
    assert guest.get(version.get_absolute_url()).status_code == 200


def test_refused_forms_keep_what_was_typed(people):
    held, wanda = mechanism(people.wanda), browser_of(people.wanda)
    work = reverse("pilots:mechanism_work", args=[held.pk])
    empty = wanda.post(f"{work}change/", typed(title=""))
    stale = wanda.post(f"{work}change/", typed(seen="0" * 64, risks="Mine."))
    nowhere = wanda.post(f"{work}evidence/", {"address": "/en/nowhere/", "note": "Typed"})
    twice = wanda.post(f"{work}evidence/", {"address": record("Evidence").get_absolute_url()})
    again = wanda.post(f"{work}evidence/", {"address": "/en/repository/evidence/"})

    assert [one.status_code for one in (empty, stale, nowhere, twice, again)] == [400, 400, 400, 302, 400]
    assert stale.context["form"]["risks"].value() == "Mine."
    assert nowhere.context["evidence_form"]["note"].value() == "Typed"
    assert str(fresh(held).title) == "Framework agreements"


@pytest.mark.parametrize(("name", "status"), [("wanda", 200), ("lena", 200), ("marko", 404), ("carl", 404)])
def test_strangers_do_not_find_a_draft(people, name, status):
    held, browser = mechanism(people.wanda), browser_of(people.named(name))
    version = services.submit(held, by=people.wanda)
    work = reverse("pilots:mechanism_work", args=[held.pk])

    addresses = (held.get_absolute_url(), version.get_absolute_url(), work, f"{work}change/")
    assert [browser.get(one).status_code for one in addresses] == [status] * 4


def test_the_desk_of_a_published_one_is_the_groups(people):
    held = published(people.wanda, people.lena)
    services.change(held, by=people.wanda, terms=TERMS, **texts("Next"))
    draft = services.submit(held, by=people.wanda)

    addresses = (reverse("pilots:mechanism_work", args=[held.pk]), draft.get_absolute_url())
    assert [browser_of(people.marko).get(one).status_code for one in addresses] == [403, 404]


@pytest.mark.parametrize("name", ["pilots:mechanisms", "pilots:seven", "pilots:index"])
def test_as_many_queries_for_three_as_for_one(people, name):
    published(people.wanda, people.lena)
    wanda = browser_of(people.wanda)
    queries(wanda, reverse(name))  # what the process keeps is read once
    one = queries(wanda, reverse(name))
    for title in ("Second", "Third"):
        published(people.wanda, people.lena, title)

    assert queries(wanda, reverse(name)) == one
