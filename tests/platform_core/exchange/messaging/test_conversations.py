import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from platform_core.exchange.messaging import selectors, services
from platform_core.exchange.messaging.models import Conversation, Message, Notice, OutboxMail
from platform_core.identity.accounts.models import User
from platform_core.identity.audit.models import Event
from platform_core.materials.drafts.models import Draft
from platform_core.people.members import services as members
from platform_core.people.members.models import Affiliation, Organisation, Profile
from tests.people import add_person, browser_of, hold_anyway
from tests.settling import settle

pytestmark = pytest.mark.database

NAMES = ["lena", "wanda", "marko", "ana", "petra", "carl"]
ALL = set(NAMES)


def writers_to(people, name: str) -> set[str]:
    person = people.named(name)
    return {other for other in NAMES if selectors.may_write_to(people.named(other), person)}


def seeing(people, conversation) -> set[str]:
    return {name for name, person in people.each() if conversation in selectors.conversations(person)}


def address(conversation) -> str:
    return reverse("messaging:conversation", args=[conversation.pk])


# Who writes to whom


@pytest.mark.parametrize(
    ("who", "writers"),
    [
        ("members", {"lena", "wanda", "ana"}),
        ("groups", {"wanda"}),
        ("nobody", set()),
    ],
)
def test_a_person_says_who_may_write_to_her(people, who, writers):
    hold_anyway(people.marko, "wg_representative", "group:4")
    services.open_to(people.marko, who)

    assert writers_to(people, "marko") == writers


def test_people_without_membership_write_to_the_lead_partner_and_to_whom_they_share_a_group_with(people):
    hold_anyway(people.petra, "wg_expert", "group:4")

    found = {name for name in NAMES if selectors.may_write_to(people.petra, people.named(name))}

    assert found == {"lena", "wanda"}
    assert selectors.may_write_to(people.carl, people.petra) is False


def test_who_was_written_to_may_write_back_anew(people, talk):
    services.open_to(people.ana, "nobody")

    assert writers_to(people, "ana") == {"marko"}


@pytest.mark.parametrize("blocker", ["ana", "marko"])
def test_a_block_holds_both_ways(people, talk, blocker):
    pair = {"ana", "marko"}
    services.block(people.named(blocker), people.named((pair - {blocker}).pop()))

    assert selectors.may_write_to(people.ana, people.marko) is False
    assert selectors.may_write_to(people.marko, people.ana) is False


def test_a_refused_message_leaves_nothing_behind(people):
    services.open_to(people.marko, "nobody")

    with pytest.raises(ValidationError):
        services.begin(by=people.ana, people=[people.marko], subject="Vouchers", text="Who checks?")

    assert (Conversation.objects.count(), Message.objects.count()) == (0, 0)


def test_names_that_are_not_shown_cannot_be_tried_out(people):
    hold_anyway(people.petra, "wg_expert", "group:4")
    Profile.objects.update_or_create(person=people.marko, defaults={"shown": {"name": "members"}})
    tried = {}
    for name in ("ana", "petra", "carl", "guest"):
        page = browser_of(people.named(name))
        answers = [page.get(reverse("messaging:write_person", args=[people.named(to).pk])) for to in ("marko", "wanda")]
        tried[name] = [answer.status_code for answer in answers]

    assert tried == {"ana": [200, 404], "petra": [404, 200], "carl": [404, 404], "guest": [302, 302]}


# Reading and answering


def test_a_conversation_is_seen_by_those_who_take_part(people, talk):
    statuses = {name: browser_of(person).get(address(talk)).status_code for name, person in people.each()}

    assert seeing(people, talk) == {"ana", "marko"}
    assert statuses == {**dict.fromkeys(ALL, 404), "ana": 200, "marko": 200, "guest": 302}


def test_only_those_who_take_part_answer(people, talk):
    services.answer(talk, "The cluster does.", by=people.marko)

    for name in ("lena", "petra", "guest"):
        with pytest.raises(PermissionDenied):
            services.answer(talk, "I do.", by=people.named(name))
    assert list(talk.messages.values_list("author__name", flat=True)) == ["Ana", "Marko"]


def test_a_message_comes_by_mail_with_its_text_and_is_nobody_else_s_in_the_outbox(people, talk):
    settle()

    told = Notice.objects.filter(kind="messaging.written").values_list("recipient__name", "subject", "text")
    assert set(told) == {("Marko", "Ana: Vouchers", "Who **checks** them?")}
    sent = OutboxMail.objects.get(recipient="marko@example.org", subject="Ana: Vouchers")
    assert (sent.text.count("Who **checks** them?"), sent.is_private) == (1, True)
    assert [selectors.outbox(person).filter(pk=sent.pk).exists() for person in (people.lena, people.marko)] == [
        False,
        True,
    ]


def test_no_word_of_it_is_in_the_event_log(people, talk):
    events = Event.objects.filter(verb__startswith="messaging.")

    assert [event.payload for event in events] == [{"message": talk.messages.get().pk}]


def test_who_has_blocked_the_writer_is_told_nothing(people, talk):
    services.block(people.ana, people.marko)

    with pytest.raises(ValidationError):
        services.answer(talk, "Listen!", by=people.marko)
    assert selectors.others_in(talk, people.marko.pk) == []


def test_what_is_new_is_new_until_it_is_read(people, talk):
    assert [selectors.unread_conversations(person) for person in (people.ana, people.marko)] == [0, 1]
    settle()

    browser_of(people.marko).get(address(talk))

    assert selectors.unread_conversations(people.marko) == 0
    assert Notice.objects.filter(recipient=people.marko, kind="messaging.written", read_at=None).count() == 0
    services.answer(talk, "The cluster does.", by=people.marko)
    assert [selectors.unread_conversations(person) for person in (people.ana, people.marko)] == [1, 0]


def test_messages_are_shown_as_safe_markdown(people, talk):
    services.answer(talk, "<script>alert(1)</script> [x](javascript:alert(1))", by=people.marko)

    page = browser_of(people.ana).get(address(talk)).content.decode()

    assert (page.count("<strong>checks</strong>"), page.count("<script>alert"), page.count('href="javascript:')) == (
        1,
        0,
        0,
    )


# The mailbox of an organisation


@pytest.fixture
def box(people) -> Conversation:
    """Carl, who is in no member organisation, wrote to Marko's, for which Jan acts too."""
    settle()
    organisation = Organisation.objects.get(code="org-marko")
    members.affiliate(add_person("jan"), organisation)
    return services.begin(by=people.carl, organisation=organisation, subject="Ask", text="May we visit?")


def test_whoever_acts_for_the_organisation_reads_and_answers_in_its_name(people, box):
    jan = User.objects.get(name="Jan")
    services.answer(box, "Gladly.", by=jan)
    settle()

    page = browser_of(people.carl).get(address(box)).content.decode()
    assert page.count("<strong>Jan</strong>, for Organisation org-marko") == 1
    told = Notice.objects.filter(kind="messaging.written", channel="site").values_list("recipient__name", "subject")
    assert sorted(told) == [
        ("Carl", "Jan, Organisation org-marko: Ask"),
        ("Jan", "Carl: Ask"),
        ("Marko", "Carl: Ask"),
        ("Marko", "Jan, Organisation org-marko: Ask"),
    ]


def test_who_acts_for_it_no_longer_reads_it_no_longer(people, box):
    assert seeing(people, box) == {"carl", "marko"}
    Affiliation.objects.filter(person=people.marko).update(ends=timezone.localdate() - timedelta(days=1))
    people.marko.__dict__.pop("_audience_keys")

    assert seeing(people, box) == {"carl"}
    assert selectors.others_in(box, people.carl.pk) == [User.objects.get(name="Jan").pk]


def test_an_organisation_nobody_acts_for_takes_no_messages(people):
    empty = members.add_organisation(
        code="empty", name={"en": "Empty"}, kind="regional_authority", country_id="AT", is_public_body=True
    )

    with pytest.raises(ValidationError, match="Nobody reads"):
        services.begin(by=people.ana, organisation=empty, subject="Ask", text="Hello?")


def test_the_mailbox_can_be_looked_at_alone(people, box, talk):
    assert list(selectors.conversations(people.marko)) == [talk, box] or list(
        selectors.conversations(people.marko)
    ) == [box, talk]
    assert list(selectors.conversations(people.marko, box="org-marko")) == [box]


# Searching, limits, double clicks, drafts


@pytest.mark.parametrize(
    ("words", "found"),
    [("CHECKS", 1), ("καιρος", 1), ("timisoara", 1), ("vouchers", 1), ("checks nothing", 0), ("", 1)],
)
def test_own_messages_are_found_without_accents(people, talk, words, found):
    services.answer(talk, "Ο καιρός στην Timișoara", by=people.marko)

    assert selectors.conversations(people.ana, words=words).count() == found
    assert selectors.conversations(people.lena, words=words).count() == 0


def test_a_double_click_sends_once(people, talk):
    key = str(uuid.uuid4())
    browser = browser_of(people.ana)
    for _click in range(2):
        assert browser.post(address(talk), {"text": "Once.", "key": key}).status_code == 302
    for _click in range(2):
        services.begin(by=people.ana, people=[people.lena], subject="Once", text="Once.", key=key[::-1])

    assert (talk.messages.filter(text="Once.").count(), Conversation.objects.count()) == (1, 2)


def test_too_many_messages_are_refused_and_what_was_typed_stays(people, talk, settings):
    settings.MESSAGES_PER_HOUR = 1

    response = browser_of(people.ana).post(address(talk), {"text": "One more."})

    assert (response.status_code, response.content.decode().count("One more.</textarea>")) == (400, 1)
    Message.objects.update(said_at=timezone.now() - timedelta(hours=2))
    services.answer(talk, "One more.", by=people.ana)


@pytest.mark.parametrize("text", ["", "   ", "x" * 10_001, "\0"])
def test_a_text_that_cannot_be_sent_is_told_at_its_field(people, talk, text):
    response = browser_of(people.ana).post(address(talk), {"text": text})

    assert (response.status_code, list(response.context["form"].errors)) == (400, ["text"])
    assert talk.messages.count() == 1


def test_what_is_typed_is_kept_and_goes_away_when_sent(people, talk):
    browser = browser_of(people.ana)
    browser.post(address(talk), {"text": "Half a sent", "keep_draft": "1"})

    assert browser.get(address(talk)).content.decode().count("Half a sent</textarea>") == 1
    browser.post(address(talk), {"text": "Half a sentence."})
    assert Draft.objects.filter(person=people.ana).count() == 0


def test_a_message_is_begun_on_the_page_of_a_person(people):
    Profile.objects.update_or_create(person=people.marko, defaults={"shown": {"name": "members"}})
    browser = browser_of(people.ana)
    write = reverse("messaging:write_person", args=[people.marko.pk])

    assert browser.get(reverse("members:profile", args=[people.marko.pk])).content.decode().count(write) == 1
    assert browser.post(write, {"subject": "", "text": "Who?"}).status_code == 400
    response = browser.post(write, {"subject": "Vouchers", "text": "Who?"})
    assert (response.status_code, response.url) == (302, address(Conversation.objects.get()))


def test_a_message_is_begun_on_the_page_of_an_organisation(people):
    write = reverse("messaging:write_organisation", args=["org-marko"])
    page = reverse("members:organisation", args=["org-marko"])

    assert browser_of(people.carl).get(page).content.decode().count(write) == 1
    assert browser_of(people.guest).get(page).content.decode().count(write) == 0
    browser_of(people.carl).post(write, {"subject": "Ask", "text": "May we visit?"})
    assert Conversation.objects.get().organisation.code == "org-marko"


def test_the_list_costs_the_same_at_one_and_three_rows(people, talk):
    browser, costs = browser_of(people.ana), []
    for more in ([], ["lena", "wanda"]):
        for name in more:
            services.begin(by=people.ana, people=[people.named(name)], subject="More", text="More.")
        browser.get(reverse("messaging:conversations"))
        with CaptureQueriesContext(connection) as found:
            page = browser.get(reverse("messaging:conversations"))
        costs.append(len(found))

    assert (len(page.context["rows"]), costs[0]) == (3, costs[1])
