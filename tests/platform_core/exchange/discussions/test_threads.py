"""Threads and posts: what is kept, who may, what becomes of them."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from platform_core.exchange.discussions.models import Post, Reading, Thread
from platform_core.exchange.discussions.selectors import threads as selectors
from platform_core.exchange.discussions.services import posts, threads as services
from platform_core.exchange.messaging.models import Notice
from platform_core.exchange.messaging.selectors.following import is_following
from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import audience_of
from platform_core.people.privacy.services import erase
from tests.factories.forum import FORUM, category, first, post, thread
from tests.people import add_person
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def told(kind: str) -> list[tuple[str, str]]:
    rows = Notice.objects.filter(kind=f"discussions.{kind}", channel="site").order_by("recipient__name")
    return list(rows.values_list("recipient__name", "text"))


def seeing(people, made: Thread) -> set[str]:
    return {name for name, person in people.each() if selectors.threads(person).filter(pk=made.pk).exists()}


def test_a_thread_begins_with_its_first_post(people):
    made = thread(people.wanda, category=category(people.wanda))

    assert (made.posts.count(), first(made).text, made.author) == (1, "Who has tried them?", people.wanda)
    made.refresh_from_db()
    assert (made.posts_count, made.last_post) == (1, first(made).pk)


def test_sent_twice_nothing_is_there_twice(people):
    made = [thread(people.wanda), thread(people.wanda)]
    said = [post(made[0], people.lena), post(made[0], people.lena)]

    assert (made[0], said[0]) == (made[1], said[1])
    assert (Thread.objects.count(), Post.objects.count()) == (1, 2)


def test_who_sees_and_who_writes(people):
    made = thread(people.wanda)
    inside, members = {"lena", "wanda"}, {"lena", "wanda", "marko", "ana"}

    def writing() -> set[str]:
        made.refresh_from_db()
        return {name for name, person in people.each() if posts.may_write(person, made)}

    found = []
    for openness in ("group", "members", "public"):
        services.open_to(made, openness, by=people.wanda)
        found.append((seeing(people, made), writing()))

    assert found == [(inside, inside), (members, members), ({name for name, _one in people.each()}, members)]


def test_whoever_is_invited_to_a_thread_writes_in_it_and_sees_no_other(people):
    made, other = thread(people.wanda), thread(people.wanda, "Other")
    access.add_key("discussions.thread", made.pk, "activity:discussions.thread:1")
    people.petra._audience_keys = frozenset({"public", "user", "activity:discussions.thread:1"})

    assert (posts.may_write(people.petra, made), posts.may_write(people.petra, other)) == (True, False)
    assert list(selectors.threads(people.petra)) == [made]
    services.open_to(made, "group", by=people.wanda)
    assert list(selectors.threads(people.petra)) == [made]


def test_locked_threads_take_posts_of_moderators_and_closed_ones_none(people):
    made = thread(people.wanda)
    services.open_to(made, "members", by=people.wanda)
    found = []
    for state in ("open", "locked", "closed"):
        made = services.put(made, by=people.wanda, state=state)
        found.append([posts.may_write(person, made) for person in (people.wanda, people.ana)])

    assert found == [[True, True], [True, False], [False, False]]


@pytest.mark.parametrize("name", ["marko", "ana", "petra", "carl"])
def test_others_do_nothing(people, name):
    made, person = thread(people.wanda), people.named(name)

    for deed in (
        lambda: thread(person),
        lambda: post(made, person),
        lambda: services.put(made, by=person, pinned=True),
        lambda: services.move(made, "group:1", None, by=person),
        lambda: services.open_to(made, "public", by=person),
        lambda: services.mark_answer(made, first(made), by=person),
        lambda: services.split(made, [first(made).pk], "X", by=person),
        lambda: category(person),
        lambda: posts.change(first(made), "X", 1, by=person, language="en"),
        lambda: posts.delete(first(made), by=person),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_every_version_of_a_post_is_kept(people):
    said = first(thread(people.wanda))
    posts.change(said, "Wer kennt sie?", 1, by=people.wanda, language="de")
    said.refresh_from_db()

    assert (said.text, said.language, said.version) == ("Wer kennt sie?", "de", 2)
    rows = said.versions.values_list("number", "text", "language")
    assert list(rows) == [(2, "Wer kennt sie?", "de"), (1, "Who has tried them?", "en")]


def test_a_stale_change_overwrites_nothing(people):
    said = first(thread(people.wanda))
    posts.change(said, "Newer", 1, by=people.wanda, language="en")

    with pytest.raises(ValidationError):
        posts.change(said, "Older", 1, by=people.wanda, language="en")
    assert Post.objects.get().text == "Newer"


def test_a_deleted_post_leaves_a_note_and_none_of_its_words(people):
    made = thread(people.wanda)
    said = post(made, people.lena, "Secret", files=[SimpleUploadedFile("a.txt", b"words")])
    services.mark_answer(made, said, by=people.wanda)
    posts.delete(said, by=people.lena)
    said.refresh_from_db()
    made.refresh_from_db()

    assert (said.text, said.is_shown, said.versions.count(), said.files.count()) == ("", False, 0, 0)
    assert (made.answer, made.posts_count) == (None, 2)


def test_files_are_sniffed_and_nothing_is_half_kept(people):
    made = thread(people.wanda)

    with pytest.raises(ValidationError):
        post(made, people.lena, "Look", files=[SimpleUploadedFile("a.pdf", b"no pdf")])
    assert made.posts.count() == 1


def test_names_that_two_people_have_are_told_apart(people):
    for place in (1, 2):
        access.give_role(add_person(f"twin{place}"), "lead_partner")
    type(people.lena).objects.filter(email__startswith="twin").update(name="Ana Kos")
    type(people.lena).objects.filter(pk=people.lena.pk).update(name="Ana Kos")

    names = selectors.callable_by_name(FORUM)

    assert list(names) == ["Ana Kos (org-lena)", "Ana Kos", "Ana Kos *", "Wanda"]
    assert selectors.called("@Ana Kos (org-lena) and @Wanda", names) == {people.lena.pk, people.wanda.pk}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@Ana", {1}),
        ("@Ana Kos, @Ana?", {1, 2}),
        ("@Ana Kos", {2}),
        ("@Anastasia ana@Ana Ana", set()),
        ("(@Ana)", {1}),
        ("@Ana. @Ćiro", {1, 3}),
    ],
)
def test_whole_names_are_called(text, found):
    assert selectors.called(text, {"Ana": 1, "Ana Kos": 2, "Ćiro": 3}) == found


def test_people_are_called_by_name_or_chosen_and_told_once(people):
    made = thread(people.wanda)
    settle()
    Notice.objects.all().delete()
    post(made, people.wanda, "@Lena, what do you say? @Marko too", told=[people.lena.pk, people.carl.pk])
    settle()

    assert told("called") == [("Lena", "Wanda calls you in “Vouchers”:\n\n@Lena, what do you say? @Marko too")]
    assert told("posted") == []


def test_who_is_called_in_a_change_is_told_and_nobody_again(people):
    made = thread(people.wanda, text="@Lena?")
    posts.change(first(made), "@Lena and @Wanda!", 1, by=people.wanda, language="en")
    settle()

    assert (len(told("called")), told("called_later")) == (1, [])


def test_authors_follow_and_are_told_of_what_follows_with_its_words(people):
    made = thread(people.wanda)
    said = post(made, people.lena)
    settle()

    assert [is_following(person, made) for person in (people.wanda, people.lena)] == [True, True]
    assert told("posted") == [
        ("Wanda", "Lena wrote in “Vouchers”:\n\nWe have.\n\nThe link leads to a form for your answer.")
    ]
    mail = Notice.objects.get(kind="discussions.posted", channel="site")
    assert mail.address == f"/en/groups/posts/{said.pk}/answer/"


def test_nobody_is_told_of_what_she_sees_no_longer(people):
    made = thread(people.wanda)
    services.open_to(made, "members", by=people.wanda)
    post(made, people.marko, "Hello")
    settle()
    services.open_to(made, "group", by=people.wanda)
    Notice.objects.all().delete()
    post(made, people.lena, "Between us")
    settle()

    assert [name for name, _text in told("posted")] == ["Wanda"]


def test_the_answer_is_marked_and_both_are_told(people):
    made = thread(people.wanda)
    said = post(made, people.lena)
    services.mark_answer(made, said, by=people.wanda)
    settle()

    made.refresh_from_db()
    assert (made.answer, [name for name, _text in told("answered")]) == (said, ["Lena", "Wanda"])
    with pytest.raises(PermissionDenied):
        services.mark_answer(made, first(thread(people.wanda, "Other")), by=people.wanda)


def test_a_moved_thread_belongs_to_the_other_forum(people):
    made = thread(people.wanda)
    with pytest.raises(PermissionDenied):
        services.move(made, "group:1", None, by=people.wanda)
    services.move(made, "group:1", category(people.lena, forum="group:1"), by=people.lena)

    assert sorted(audience_of(made)) == ["group:1", "role:lead_partner", "role:wg_leader@group:1"]
    assert list(selectors.in_forum(people.lena, "group:4")) == []


def test_a_category_of_another_forum_is_refused(people):
    made, other = thread(people.wanda), category(people.lena, forum="group:1")

    with pytest.raises(ValidationError):
        services.move(made, FORUM, other, by=people.lena)
    with pytest.raises(ValidationError):
        thread(people.wanda, "Two", category=other)


def test_archived_categories_take_nothing_new(people):
    held = category(people.wanda)
    services.keep_category(held, by=people.wanda, forum=FORUM, name="Old", archived=True)
    held.refresh_from_db()

    with pytest.raises(ValidationError):
        thread(people.wanda, category=held)
    assert (list(selectors.categories(FORUM)), list(selectors.categories(FORUM, archived=True))) == ([], [held])


def test_posts_split_off_keep_their_keys_and_both_threads_lead_to_each_other(people):
    made = thread(people.wanda)
    said = [post(made, people.lena, text) for text in ("A", "B", "C")]
    services.mark_answer(made, said[1], by=people.wanda)
    new = services.split(made, [said[1].pk, said[2].pk], "Another matter", by=people.wanda)
    made.refresh_from_db()

    assert [one.pk for one in new.posts.all()] == [said[1].pk, said[2].pk]
    assert (new.author, new.posts_count, new.last_post) == (people.lena, 2, said[2].pk)
    assert (made.posts_count, made.last_post, made.answer) == (2, said[0].pk, None)
    assert (selectors.came_from(people.lena, new), list(selectors.split_off(people.lena, made))) == (made, [new])
    assert audience_of(new) == audience_of(made)


def test_what_cannot_be_split_is_told(people):
    made = thread(people.wanda)

    for chosen, title in (([], "X"), ([first(made).pk], "X"), ([first(made).pk], " ")):
        with pytest.raises(ValidationError):
            services.split(made, chosen, title, by=people.wanda)


def test_what_is_read_is_read_until_something_new_comes(people):
    made = thread(people.wanda)
    before = selectors.unread_count(people.lena, FORUM)
    services.note_read(made, people.lena, first(made).pk)
    read = selectors.unread_count(people.lena, FORUM)
    said = post(made, people.wanda, "More")
    services.note_read(made, people.lena, 0)

    assert (before, read, selectors.unread_count(people.lena, FORUM)) == (1, 0, 1)
    made.refresh_from_db()
    assert (selectors.first_unread(people.lena, made), selectors.unread_count(people.wanda, FORUM)) == (said, 0)
    services.read_all(selectors.in_forum(people.lena, FORUM), people.lena)
    assert (selectors.unread_count(people.lena, FORUM), Reading.objects.filter(person=people.lena).count()) == (0, 1)


def test_threads_are_filtered(people):
    one = thread(people.wanda, "One", category=category(people.wanda))
    two = thread(people.lena, "Two", language="de")
    said = post(one, people.lena, "Ναι", language="el")
    services.mark_answer(one, said, by=people.wanda)

    def found(**how) -> list[str]:
        return [made.title for made in selectors.in_forum(people.wanda, FORUM, **how)]

    assert [
        found(),
        found(category=one.category_id),
        found(language="el"),
        found(language="de"),
        found(answered="yes"),
        found(answered="no"),
        found(mine=True),
    ] == [["One", "Two"], ["One"], ["One"], ["Two"], ["One"], ["Two"], ["One"]]
    services.put(two, by=people.wanda, pinned=True)
    assert found() == ["Two", "One"]


def test_a_translation_is_stale_once_the_post_changes(people):
    said = first(thread(people.wanda))
    made = posts.translate(said, "de", "Wer hat sie?", by=people.lena)
    posts.change(said, "Who else?", 1, by=people.wanda, language="en")
    said.refresh_from_db()
    with pytest.raises(ValidationError):
        posts.translate(said, "en", "Who?", by=people.lena)

    assert (made.version, said.version) == (1, 2)
    assert posts.translate(said, "de", "Wer noch?", 1, by=people.lena).version == 2


@pytest.mark.parametrize(("base", "version"), [(0, None), (2, None), (1, 1)])
def test_no_translator_overwrites_what_she_has_not_read(people, base, version):
    said = first(thread(people.wanda))
    posts.change(said, "Who else?", 1, by=people.wanda, language="en")
    posts.translate(said, "de", "Wer noch?", by=people.lena)
    with pytest.raises(ValidationError):
        posts.translate(said, "de", "Wer sonst?", base, by=people.wanda, version=version)

    assert said.translations.get().text == "Wer noch?"
    assert posts.translate(said, "de", "Wer sonst?", 1, by=people.wanda, version=2).number == 2


def test_the_same_translation_sent_twice_is_kept_once(people):
    said = first(thread(people.wanda))
    made = posts.translate(said, "de", "Wer hat sie?", by=people.lena)

    assert (posts.translate(said, "de", "Wer hat sie?", by=people.lena), made.number) == (made, 1)


def test_what_somebody_said_stays_without_her_name(people):
    made = thread(people.wanda)
    said = post(made, people.marko if posts.may_write(people.marko, made) else people.lena, "Keep this")
    erase(people.wanda)
    made.refresh_from_db()

    assert (made.author, first(made).author, first(made).text) == (None, None, "Who has tried them?")
    assert list(said.versions.values_list("author__name", flat=True)) == ["Lena"]


def test_a_post_holds_so_many_files_when_it_is_written_and_when_it_is_changed(people, monkeypatch):
    monkeypatch.setattr(posts, "MOST_FILES", 2)
    made = thread(people.wanda)
    files = [SimpleUploadedFile(f"{number}.txt", b"Words %d" % number) for number in range(3)]
    with pytest.raises(ValidationError, match="2 files at most"):
        post(made, people.lena, "Look", files=files)
    said = post(made, people.lena, "Look", files=files[:2])
    with pytest.raises(ValidationError, match="2 files at most"):
        posts.change(said, "Look there", 1, by=people.lena, language="en", files=files[2:])
    taken = said.files.first().pk
    posts.change(said, "Look there", 1, by=people.lena, language="en", files=files[2:], without=[taken])

    assert (said.files.count(), made.posts.count()) == (2, 2)
