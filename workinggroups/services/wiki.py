from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.ground.texts.merging import merge
from platform_core.ground.texts.wikitext import images_in, page_key, pages_in
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.keys import MEMBERS, PUBLIC
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.files import services as keeping
from platform_core.materials.trails import links as outward
from platform_core.people.members import invitations

from ..models import WikiFile, WikiLink, WikiName, WikiPage, WikiRevision, WorkingGroup
from ..selectors import wiki as selectors

LONGEST = 190_000
TRASH = timedelta(days=90)
TAKEN = {"new", "trash", "links", "changes", "export"}
OPEN = {WikiPage.Marking.PUBLIC: {PUBLIC}, WikiPage.Marking.MEMBERS: {MEMBERS}}


class ConflictError(ValidationError):
    """Two people changed the same lines; `text` holds both, with marks, and `number` is the revision to go on from."""

    def __init__(self, text: str, number: int) -> None:
        told = _(
            "Somebody has changed the same lines in revision %(number)s. Both stand below, between marks; choose and send."
        )
        super().__init__({"text": told % {"number": number}})
        self.text, self.number = text, number


@transaction.atomic
def create(
    group: WorkingGroup,
    title: str,
    text: str,
    *,
    by,
    parent: WikiPage | None = None,
    language: str = "en",
    note: str = "",
) -> WikiPage:
    """A new page with its first revision, seen by the group."""
    require(by, "workinggroups.add_wiki_page", group)
    if parent is not None and parent.group_id != group.pk:
        raise PermissionDenied
    WorkingGroup.objects.select_for_update().get(pk=group.pk)  # two pages of one title wait for each other
    title, text = checked(title, text)
    page = WikiPage.objects.create(
        group=group,
        parent=parent,
        title=title,
        key=page_key(title),
        slug=free_slug(group, title),
        language=language,
        made_by=by,
        changed_at=timezone.now(),
    )
    keep_revision(page, title, text, by=by, note=note)
    show(page)
    audit.record("workinggroups.wiki_page_added", page, by=by)
    return page


def checked(title: str, text: str) -> tuple[str, str]:
    """Title and text as they are kept, or ValidationError; a picture needs words for those who do not see it."""
    title, text = " ".join(title.split()), text.replace("\r\n", "\n")
    if not title or len(title) > WikiPage._meta.get_field("title").max_length:
        raise ValidationError({"title": _("Please give a title of at most 200 characters.")})
    if len(text) > LONGEST:
        raise ValidationError({"text": _("This page is longer than can be kept; make several of it.")})
    if mute := [name for name, words in images_in(text) if not words]:
        told = _("Please say what the picture “%(name)s” shows: ![what it shows](%(name)s).")
        raise ValidationError({"text": [told % {"name": name} for name in mute]})
    return title, text


def free_slug(group: WorkingGroup, title: str, own: WikiPage | None = None) -> str:
    """The title in Latin letters; with a number where another page has or had it."""
    wanted, count = page_key(title), 1
    while True:
        slug = wanted if count == 1 else f"{wanted}-{count}"
        others = WikiPage.objects.filter(group=group, slug=slug).exclude(pk=own.pk if own else None)
        former = WikiName.objects.filter(group=group, slug=slug).exclude(page=own)
        if slug not in TAKEN and not others.exists() and not former.exists():
            return slug
        count += 1


def held(page: WikiPage) -> WikiPage:
    """The page under lock, so that of two changes at once the second sees the first."""
    return WikiPage.objects.select_for_update().get(pk=page.pk)


@transaction.atomic
def change(
    page: WikiPage, text: str, base_revision: int, *, by, title: str | None = None, note: str = ""
) -> WikiRevision:
    """The next revision, made from the one of that number. What others kept since is joined with it line by line; where
    both changed the same lines, ConflictError holds both. What stayed as it was makes no revision: the last one is given.
    """
    page = held(page)
    require(by, "workinggroups.change_wiki_page", page)
    if page.trashed_on:
        raise ValidationError(_("It lies in the trash. Take it out before you change it."))
    title, text = checked(page.title if title is None else title, text)
    before = page.revisions.filter(number=base_revision).first()
    if before is None:
        raise ValidationError(_("There is no such revision."))
    if page.number != base_revision:
        text = joined(page, before, text)
        title = page.title if title == before.title else title  # what was left as it was undoes no other's change
    if (title, text) == (page.title, page.text):
        return page.revisions.first()
    rename(page, title)
    made = keep_revision(page, title, text, by=by, note=note)
    show(page)
    audit.record("workinggroups.wiki_page_changed", page, by=by, revision=made.number)
    return made


def joined(page: WikiPage, before: WikiRevision, text: str) -> str:
    last = page.revisions.select_related("author").first()
    found = merge(before.text, text, page.text, my_name=_("Yours"), their_name=str(last.author or last.number))
    if found.conflicts:
        raise ConflictError(found.text, page.number)
    return found.text


def rename(page: WikiPage, title: str) -> None:
    """The address follows the title, and the address it had still leads to it."""
    if page_key(title) == page.key:
        return
    old, page.key = page.slug, page_key(title)
    page.slug = free_slug(page.group, title, own=page)
    WikiName.objects.filter(group=page.group_id, slug=page.slug, page=page).delete()
    if old != page.slug:
        WikiName.objects.get_or_create(group=page.group, slug=old, page=page)


def keep_revision(page: WikiPage, title: str, text: str, *, by, note: str) -> WikiRevision:
    page.title, page.text, page.number, page.changed_at = title, text, page.number + 1, timezone.now()
    page.save()
    note_links(page)
    return page.revisions.create(number=page.number, title=title, text=text, note=note, author=by)


def note_links(page: WikiPage) -> None:
    """To other pages, and to addresses outside, which are asked from time to time whether they still answer."""
    names = {page_key(name): name for name in reversed(pages_in(page.text))}
    page.links.exclude(key__in=names).delete()
    there = set(page.links.values_list("key", flat=True))
    WikiLink.objects.bulk_create(
        WikiLink(page=page, key=key, words=words) for key, words in names.items() if key not in there
    )
    outward.heed(page, outward.addresses_in(page.text))


@transaction.atomic
def restore(revision: WikiRevision, *, by, base_revision: int) -> WikiRevision:
    """What an earlier revision said becomes the next one; refused when there is a newer one than the reader saw."""
    page = held(revision.page)
    if page.number != base_revision:
        raise ValidationError(_("There is a newer revision meanwhile: %(number)s.") % {"number": page.number})
    note = _("As in revision %(number)s") % {"number": revision.number}
    return change(page, revision.text, base_revision, by=by, title=revision.title, note=note)


@transaction.atomic
def move(page: WikiPage, parent: WikiPage | None, *, by) -> WikiPage:
    """Under another page, or to the top."""
    page = held(page)
    require(by, "workinggroups.change_wiki_page", page)
    if parent is not None and parent.group_id != page.group_id:
        raise PermissionDenied
    if parent is not None and parent.pk in {page.pk, *selectors.below(page)}:
        raise ValidationError({"parent": _("A page cannot stand below itself.")})
    page.parent = parent
    page.save(update_fields=["parent"])
    audit.record("workinggroups.wiki_page_moved", page, by=by)
    return page


@transaction.atomic
def mark(page: WikiPage, marking: str, *, by) -> WikiPage:
    page = held(page)
    require(by, "workinggroups.mark_wiki_page", page)
    page.marking = WikiPage.Marking(marking)
    page.save(update_fields=["marking"])
    show(page)
    audit.record("workinggroups.wiki_page_marked", page, by=by, marking=str(page.marking))
    return page


@transaction.atomic
def trash(page: WikiPage, *, by) -> WikiPage:
    return put(page, platform_day(), by=by, verb="workinggroups.wiki_page_trashed")


@transaction.atomic
def take_back(page: WikiPage, *, by) -> WikiPage:
    return put(page, None, by=by, verb="workinggroups.wiki_page_taken_back")


def put(page: WikiPage, day, *, by, verb: str) -> WikiPage:
    page = held(page)
    require(by, "workinggroups.trash_wiki_page", page)
    page.trashed_on = day
    page.save(update_fields=["trashed_on"])
    show(page)
    audit.record(verb, page, by=by)
    return page


def empty_trash() -> int:
    old = WikiPage.objects.filter(trashed_on__lt=platform_day() - TRASH)
    return sum(destroy(page) for page in old)


@transaction.atomic
def destroy(page: WikiPage) -> int:
    audit.record("workinggroups.wiki_page_destroyed", page)
    access.drop_audience(page)
    outward.heed(page, ())
    page.delete()
    return 1


def show(page: WikiPage) -> None:
    """In the trash it is for the group alone."""
    keys = {page.scope, f"role:wg_leader@{page.scope}", "role:lead_partner"}
    if page.trashed_on:
        access.set_audience(page, keys, invited=False)
    else:
        access.set_audience(page, keys | OPEN.get(page.marking, set()))
        invitations.reopen(page)


@transaction.atomic
def attach(page: WikiPage, file, *, by) -> WikiFile:
    """A picture or another file, which the text calls by its name; of a name that is there the new one takes the place."""
    page = held(page)
    require(by, "workinggroups.change_wiki_page", page)
    stored = keeping.keep(file, file.name, by=by)
    name = page_file_name(file.name)
    made, _new = WikiFile.objects.update_or_create(page=page, name=name, defaults={"file": stored, "brought_by": by})
    audit.record("workinggroups.wiki_file_added", page, by=by, file=made.pk)
    return made


def page_file_name(name: str) -> str:
    """Without spaces and brackets, which would end its name in a text."""
    stem, dot, ending = name.rpartition(".")
    return f"{page_key(stem) if stem else page_key(ending)}{dot if stem else ''}{ending.lower() if stem else ''}"[:120]


@transaction.atomic
def detach(file: WikiFile, *, by) -> None:
    page = held(file.page)
    require(by, "workinggroups.change_wiki_page", page)
    audit.record("workinggroups.wiki_file_removed", page, by=by, file=file.pk)
    file.delete()
