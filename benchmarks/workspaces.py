"""Workspaces of working groups, written in bulk as their services would write them one by one (without the log of events)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise, product

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.forms import model_to_dict
from django.utils import timezone

from benchmarks.texts import Writer
from platform_core.exchange.discussions.models import Post, PostVersion, Reading, Thread
from platform_core.exchange.discussions.selectors import threads as found_threads
from platform_core.exchange.discussions.services import threads
from platform_core.exchange.messaging.models import Following
from platform_core.ground.registry.catalogue import label_of
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.models import Audience
from platform_core.identity.access.selectors import audience_of
from platform_core.identity.accounts.models import User
from platform_core.materials.files import services as files
from workinggroups.models import (
    Document,
    DocumentVersion,
    Folder,
    Meeting,
    Participant,
    Task,
    WikiPage,
    WikiRevision,
    WorkingGroup as Group,
)
from workinggroups.selectors import (
    documents as found_documents,
    meetings as found_meetings,
    tasks as found_tasks,
    wiki as found_pages,
)
from workinggroups.services import documents, meetings, tasks, wiki

BATCH = 2000
HELD = [
    ("draft", "group"),
    ("approved", "members"),
    ("draft", "restricted"),
    ("approved", "public"),
    ("superseded", "group"),
]
DAY = timedelta(days=1)
SAMPLE = 25


@dataclass(frozen=True)
class Size:
    documents: int
    threads: int
    posts: int
    longest: int
    revisions: int
    tasks: int
    meetings: int


SMALL = Size(15, 12, 120, 40, 15, 20, 20)
LARGE = Size(5000, 400, 20_000, 2000, 500, 5000, 500)


@dataclass
class Workspace:
    """A group whose first person leads it, and what is asked for in it."""

    group: Group
    people: list[User]
    size: Size
    folder: Folder
    thread: Thread
    page: WikiPage


def fill(group: Group, people: list[User], size: Size) -> Workspace:
    writer = Writer(size.posts)
    folder = add_documents(group, people, size.documents, writer)
    thread = add_threads(group, people, size, writer)
    page = add_pages(group, people, size.revisions, writer)
    add_tasks(group, people, size.tasks, writer)
    add_meetings(group, people, size.meetings, writer)
    return Workspace(group, people, size, folder, thread, page)


def keep(rows: Iterable[Model]) -> list:
    kept = list(rows)
    return type(kept[0]).objects.bulk_create(kept, batch_size=BATCH) if kept else kept


def show(rows: list, perform: Callable, shape: Callable) -> None:
    """The service says who sees the first of each shape, and the same see the others of it."""
    known: dict[object, list[str]] = {}
    further = []
    for row in rows:
        if shape(row) in known:
            further += [(row.pk, key) for key in known[shape(row)]]
        else:
            perform(row)
            known[shape(row)] = audience_of(row)
    keep(Audience(thing=label_of(rows[0]), object_id=pk, key=key) for pk, key in further)


def add_documents(group: Group, people: list[User], number: int, writer: Writer) -> Folder:
    """Pages and files by turns, a third with a second version, a seventh locked, all in one folder."""
    folder, now = documents.add_folder(group, "Papers", by=people[0]), timezone.now()
    stored = [
        files.keep(SimpleUploadedFile(f"paper-{n}.txt", writer.text(300).encode()), f"paper-{n}.txt") for n in range(20)
    ]
    rows, versions = [], []
    for place in range(number):
        state, marking = HELD[place % len(HELD)]
        author, file = people[place % len(people)], stored[place % 20] if place % 2 else None
        row = Document(
            group=group,
            folder=folder,
            title=writer.text(6),
            language="en",
            state=state,
            marking=marking,
            made_by=author,
            is_page=file is None,
            changed_at=now - place * timedelta(minutes=7),
        )
        if place % 7 == 0 and state == "draft":
            row.locked_by, row.locked_until = people[-1], now + documents.LOCK
        for minor in range(1 + (place % 3 == 0)):
            text = "" if file else writer.text(200)
            fingerprint = documents.fingerprint_of(row, file, text)
            told = {"title": row.title, "language": "en", "file": file, "text": text, "note": writer.text(4)}
            name = f"paper-{place}.txt" if file else ""
            versions.append(
                DocumentVersion(
                    document=row, major=1, minor=minor, name=name, author=author, fingerprint=fingerprint, **told
                )
            )
        row.approved = "" if state == "draft" else fingerprint
        rows.append(row)
    keep(rows)
    keep(versions)
    show(rows, documents.show, lambda row: (row.state, row.marking, row.made_by_id))
    return folder


def add_threads(group: Group, people: list[User], size: Size, writer: Writer) -> Thread:
    """The first is the longest and the latest; the leader has read a half of them."""
    forum, now = group.scope, timezone.now()
    names = ("Funding", "Methods", "Travel", "Anything else")
    parts = [threads.keep_category(None, by=people[0], forum=forum, name=name) for name in names]
    rows = keep(
        Thread(
            forum=forum,
            category=parts[place % 4],
            title=writer.text(6),
            language="en",
            author=people[place % len(people)],
            openness=("group", "group", "members", "public")[place % 4],
            state="locked" if place % 10 == 9 else "open",
            is_pinned=place < 2,
            started_at=now - 400 * DAY,
            last_at=now - place * timedelta(hours=1),
        )
        for place in range(size.threads)
    )
    lengths = [size.longest] + [(size.posts - size.longest) // (size.threads - 1)] * (size.threads - 1)
    posts = keep(
        Post(
            thread=row,
            author=people[(place + number) % len(people)],
            language="en",
            text=post_text(writer),
            written_at=row.last_at - (length - 1 - number) * timedelta(minutes=3),
        )
        for place, (row, length) in enumerate(zip(rows, lengths, strict=True))
        for number in range(length)
    )
    keep(
        PostVersion(post=one, number=1, author=one.author, language="en", text=one.text, made_at=one.written_at)
        for one in posts
    )
    follow(rows, posts, people[0])
    show(rows, threads.show, lambda row: row.openness)
    return rows[0]


def post_text(writer: Writer) -> str:
    return f"{writer.text(30)}\n\n- {writer.text(6)}\n- **{writer.text(5)}**\n\n{writer.text(25)}"


def follow(rows: list[Thread], posts: list[Post], leader: User) -> None:
    """What becomes of a thread when posts are written: it counts them, and its authors follow and have read it."""
    own: dict[int, dict[int, Post]] = {row.pk: {} for row in rows}
    for post in posts:
        own[post.thread_id][post.pk] = post
    followed = set()
    for place, row in enumerate(rows):
        row.posts_count, row.last_post = len(own[row.pk]), max(own[row.pk])
        authors = {post.author_id: pk for pk, post in own[row.pk].items()}
        followed |= {(row.pk, author) for author in authors}
        authors[leader.pk] = row.last_post if place % 2 else 0
        keep(Reading(thread=row, person_id=author, post=pk) for author, pk in authors.items() if pk)
    Thread.objects.bulk_update(rows, ["posts_count", "last_post"], batch_size=BATCH)
    label = label_of(Thread)
    keep(Following(person_id=author, thing=label, object_id=pk, is_followed=True) for pk, author in sorted(followed))


def add_pages(group: Group, people: list[User], revisions: int, writer: Writer) -> WikiPage:
    """A page with a long history; twelve others lead to it, four of them stand below it."""
    titles = [f"Method {place}" for place in range(12)]
    links = " ".join(f"[[{title}]]" for title in titles[:6])
    texts = [
        f"# First\n\n{writer.text(400)}\n\n## Second\n\n{writer.text(400)} {links}\n\n{n} changes." for n in range(2)
    ]
    page = wiki.create(group, "Handbook", texts[0], by=people[0])
    for place, title in enumerate(titles):
        parent = page if place < 4 else None
        wiki.create(group, title, f"{writer.text(80)} [[Handbook]]", by=people[place % len(people)], parent=parent)
    keep(
        WikiRevision(
            page=page,
            number=number,
            title=page.title,
            text=f"{texts[1]} {number}",
            note=writer.text(5),
            author=people[number % len(people)],
        )
        for number in range(2, revisions)
    )
    WikiPage.objects.filter(pk=page.pk).update(number=revisions - 1, text=f"{texts[1]} {revisions - 1}")
    wiki.change(page, texts[1], revisions - 1, by=people[0], note="The last one")
    return WikiPage.objects.get(pk=page.pk)


def add_tasks(group: Group, people: list[User], number: int, writer: Writer) -> None:
    """Half are over, a fifth wait for the one before them, a third are an organisation's."""
    acts = [person.affiliations.get().organisation for person in people]
    outputs = [group.outputs.create(code=f"{group.pk}.{n}", name=writer.text(4)) for n in range(3)]
    today, states = platform_day(), ["open", "done", "in_progress", "dropped"]
    rows = keep(
        Task(
            group=group,
            title=writer.text(7),
            text=writer.text(60),
            language="en",
            state=(state := states[place % 4]),
            owner=people[place % len(people)] if place % 6 else None,
            organisation=acts[place % len(people)] if place % 3 == 0 else None,
            due_on=today + (place % 200 - 50) * DAY if place % 9 else None,
            done_on=today if state == "done" else None,
            output=outputs[place % 3] if place % 2 else None,
            made_by=people[place % 5],
            changed_at=timezone.now(),
        )
        for place in range(number)
    )
    between = Task.waits_for.through
    keep(
        between(from_task_id=later.pk, to_task_id=earlier.pk)
        for place, (earlier, later) in enumerate(pairwise(rows))
        if place % 5 == 0
    )
    show(rows, tasks.show, lambda row: (row.owner_id, row.organisation_id, row.made_by_id))


def add_meetings(group: Group, people: list[User], number: int, writer: Writer) -> None:
    """Half are over; everybody who sits in the group is invited, and two thirds come."""
    now = timezone.now().replace(microsecond=0)
    days = [place // 2 + 1 if place % 2 else -place // 2 - 1 for place in range(number)]
    rows = keep(
        Meeting(
            group=group,
            title=writer.text(5),
            text=writer.text(50),
            language="en",
            starts=now + day * DAY,
            ends=now + day * DAY + timedelta(hours=1),
            time_zone="Europe/Vienna",
            state="called" if place % 5 else "prepared",
            marking=("group", "members", "public")[place % 3],
            made_by=people[0],
            reminded=True,
        )
        for place, day in enumerate(days)
    )
    sit = found_meetings.sitting(group)
    keep(
        Participant(meeting=row, person_id=pk, answer=("yes", "no", "yes")[(place + pk) % 3], answered_at=now)
        for row, (place, pk) in product(rows, enumerate(sit))
    )
    show(rows, meetings.show, lambda row: (row.state, row.marking))


class DifferentError(AssertionError):
    """What was written in bulk is not what the services would have written."""


def check(place: Workspace) -> int:
    """What the leader finds is all that was written, and some of it, looked at again by the services, stays as it is."""
    leader, group, size = place.people[0], place.group, place.size
    counted = {
        "documents": found_documents.in_folder(leader, group, place.folder).count(),
        "threads": found_threads.in_forum(leader, group.scope).count(),
        "longest": found_threads.posts(place.thread).count(),
        "revisions": found_pages.revisions(place.page).count(),
        "tasks": found_tasks.of_group(leader, group).count(),
        "meetings": sum(found_meetings.of_group(leader, group, past=past).count() for past in (True, False)),
    }
    if wrong := {name: number for name, number in counted.items() if number != getattr(size, name)}:
        raise DifferentError(wrong)
    kinds = ((Document, documents.show), (Task, tasks.show), (Meeting, meetings.show), (Thread, threads.recount))
    kinds += ((Thread, threads.show),)
    return sum(look_again(row, perform) for model, perform in kinds for row in model.objects.order_by("-pk")[:SAMPLE])


def look_again(row: Model, perform: Callable) -> int:
    before, seen = model_to_dict(row), audience_of(row)
    perform(row)
    row.refresh_from_db()
    if (before, seen) != (model_to_dict(row), audience_of(row)):
        raise DifferentError(f"{label_of(row)} {row.pk}")
    if isinstance(row, Document):
        last = found_documents.last_version(row)
        if last.fingerprint != documents.fingerprint_of(row, last.file, last.text):
            raise DifferentError(f"version of {row.pk}")
    return 1
