from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode

from platform_core.ground.texts.comparison import Piece, pieces
from platform_core.ground.texts.wikitext import Place, page_key, pages_in
from platform_core.identity.access.selectors import visible
from platform_core.materials.trails.links import GONE, MISSES
from platform_core.materials.trails.models import LinkUse

from ..models import WikiFile, WikiLink, WikiName, WikiPage, WikiRevision, WorkingGroup

LABEL = "workinggroups.wikipage"
MOST = 2_000
LOST_ADDRESS = Q(address__status__in=GONE) | Q(address__misses__gte=MISSES)


@dataclass
class Node:
    """A page with those below it that the reader sees."""

    page: WikiPage
    below: list["Node"] = field(default_factory=list)


def pages(user) -> QuerySet[WikiPage]:
    return visible(WikiPage.objects.all(), user)


def pages_of(user, group: WorkingGroup) -> QuerySet[WikiPage]:
    """Without their texts, which lists do not show."""
    return pages(user).filter(group=group, trashed_on=None).defer("text")


def trashed(user, group: WorkingGroup) -> QuerySet[WikiPage]:
    return pages(user).filter(group=group, trashed_on__isnull=False).defer("text")


def page_for(user, pk: int) -> WikiPage:
    return get_object_or_404(pages(user).select_related("group__topic", "parent"), pk=pk)


def page_named(user, number: int, slug: str) -> WikiPage:
    """The page of that name, or the one that had it before."""
    rows = pages(user).select_related("group__topic", "parent").filter(group=number)
    found = rows.filter(slug=slug).first() or rows.filter(names__slug=slug).first()
    if found is None:
        raise Http404
    return found


def tree(user, group: WorkingGroup) -> list[Node]:
    """All pages a person sees, those whose parent she does not see at the top."""
    rows = list(pages_of(user, group)[:MOST])
    nodes = {page.pk: Node(page) for page in rows}
    top = []
    for page in rows:
        above = nodes.get(page.parent_id)
        (above.below if above else top).append(nodes[page.pk])
    return top


def way_to(user, page: WikiPage) -> list[WikiPage]:
    """The pages above this one that the reader sees."""
    found: list[WikiPage] = []
    above = page.parent_id
    while above is not None and len(found) < 30 and above not in {one.pk for one in found}:
        parent = pages(user).filter(pk=above, trashed_on=None).defer("text").first()
        if parent is None:
            break
        found.append(parent)
        above = parent.parent_id
    return found[::-1]


def below(page: WikiPage) -> set[int]:
    """All pages under this one, whoever sees them."""
    children: dict[int | None, list[int]] = defaultdict(list)
    for pk, parent in WikiPage.objects.filter(group=page.group_id).values_list("pk", "parent"):
        children[parent].append(pk)
    found, waiting = set(), [page.pk]
    while waiting:
        new = [pk for pk in children[waiting.pop()] if pk not in found]
        found.update(new)
        waiting += new
    return found


def named(user, group: int, keys: Iterable[str]) -> dict[str, WikiPage]:
    """The pages a person sees by the keys they are linked by: the page of that address, of that title, or that had it."""
    wanted = set(keys)
    rows = pages(user).filter(group=group, trashed_on=None).defer("text")
    found: dict[str, WikiPage] = {}
    for name in WikiName.objects.filter(group=group, slug__in=wanted, page__in=rows).select_related("page"):
        found[name.slug] = name.page
    for page in rows.filter(Q(slug__in=wanted) | Q(key__in=wanted)).order_by("-pk"):
        found |= {key: page for key in (page.key, page.slug) if key in wanted}
    return found


def places(user, page: WikiPage, text: str) -> dict[str, Place]:
    """Where the names in double brackets lead this reader; what is not there leads those to a form who may add pages."""
    names = {page_key(name): name for name in pages_in(text)}
    found = {key: Place(target.get_absolute_url()) for key, target in named(user, page.group_id, names).items()}
    if user.has_perm("workinggroups.add_wiki_page", page.group):
        new = reverse("workinggroups:wiki_new", args=[page.group_id])
        for key in names.keys() - found.keys():
            query = urlencode({"title": names[key], "parent": page.pk})
            found[key] = Place(f"{new}?{query}", is_missing=True)
    return found


def leading_to(user, page: WikiPage) -> QuerySet[WikiPage]:
    """Pages the reader sees that link to this one."""
    keys = {page.slug, page.key, *page.names.values_list("slug", flat=True)}
    links = WikiLink.objects.filter(key__in=keys, page__group=page.group_id)
    return pages(user).filter(pk__in=links.values("page"), trashed_on=None).exclude(pk=page.pk).defer("text")


def missing(user, group: WorkingGroup) -> list[tuple[str, list[WikiPage]]]:
    """Names that lead to no page, with the pages that use them."""
    links = WikiLink.objects.filter(page__in=pages_of(user, group)).select_related("page").order_by("key", "page")
    rows = list(links[:MOST])
    there = named(user, group.pk, {row.key for row in rows})
    found: dict[str, list[WikiPage]] = {}
    for row in rows:
        if row.key not in there:
            found.setdefault(row.words, []).append(row.page)
    return list(found.items())


def lost(user, group: WorkingGroup) -> list[tuple[str, list[WikiPage]]]:
    """Addresses outside that lead nowhere, with the pages that use them."""
    rows = LinkUse.objects.filter(LOST_ADDRESS, thing=LABEL, object_id__in=pages_of(user, group).values("pk"))
    uses = list(rows.select_related("address").order_by("address__address", "pk")[:MOST])
    seen = pages_of(user, group).in_bulk({use.object_id for use in uses})
    found: dict[str, list[WikiPage]] = {}
    for use in uses:
        found.setdefault(use.address.address, []).append(seen[use.object_id])
    return list(found.items())


def revisions(page: WikiPage) -> QuerySet[WikiRevision]:
    """The newest first, without their texts."""
    return page.revisions.select_related("author").defer("text")


def revision_for(page: WikiPage, number: int) -> WikiRevision:
    return get_object_or_404(page.revisions.select_related("author"), number=number)


def compared(older: WikiRevision, newer: WikiRevision) -> list[tuple[bool, list[Piece]]]:
    """What differs: the title, then the text; the first value says which it is."""
    pairs = ((True, older.title, newer.title), (False, older.text, newer.text))
    return [(is_title, pieces(before, after)) for is_title, before, after in pairs if before != after]


def works_on(user, page: WikiPage) -> bool:
    return user.is_authenticated and user.has_perm("workinggroups.change_wiki_page", page)


def files(page: WikiPage) -> QuerySet[WikiFile]:
    return page.files.select_related("file")


def file_for(page: WikiPage, name: str) -> WikiFile:
    return get_object_or_404(files(page), name=name.replace("\0", ""))
