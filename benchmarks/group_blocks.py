"""Floors of pages that show several kinds of rows: bare views that read the rows of every block, one plain query for each kind."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone

from benchmarks.floors import page
from benchmarks.group_floors import HOME, MINE, THREAD, WIKI
from consultations.models import Consultation
from platform_core.exchange.cases.models import Case
from platform_core.exchange.discussions.models import Post, PostFile, PostTranslation, Reading, Thread
from platform_core.exchange.discussions.selectors.threads import PER_PAGE as POSTS
from platform_core.exchange.messaging.models import Following, Notice
from platform_core.identity.access.models import RoleAssignment
from platform_core.identity.accounts.models import User
from platform_core.materials.trails.models import LinkUse, Trail
from platform_core.people.members.models import Affiliation
from platform_core.programme.events.models import CalendarEvent
from workinggroups.models import Meeting, Participant, Task, WikiFile, WikiLink, WikiPage, WorkingGroup

LISTS = "{% for rows in lists %}<ul>{% for row in rows %}<li><a href='/en/{{ row.pk }}/'>{{ row }}</a>{% endfor %}</ul>{% endfor %}"
WISH = "<p>{{ wish.is_followed }} {{ wish.is_muted }}</p>"
NEXT = 4
SHOWN = 6


def wish(request, label: str, pk: int) -> Following | None:
    return Following.objects.filter(person=request.user, thing=label, object_id=pk).first()


@login_required
def group(request, number):
    """With the organisations of its members, what comes up, open consultations and what its reader follows."""
    found, now = WorkingGroup.objects.select_related("topic").get(pk=number), timezone.now()
    seats = list(RoleAssignment.objects.filter(scope=found.scope, ends=None).select_related("person"))
    people = [seat.person_id for seat in seats]
    lists = [
        Affiliation.objects.filter(person__in=people, ends=None).select_related("organisation"),
        Consultation.objects.filter(topic=number, closes_at__gte=now)[:NEXT],
        CalendarEvent.objects.filter(topics=number, ends__gte=now).order_by("starts")[:NEXT],
        Meeting.objects.filter(group=number, ends__gte=now).order_by("starts")[:NEXT],
        Task.objects.filter(group=number, due_on__gte=now.date()).order_by("due_on")[:NEXT],
    ]
    told = wish(request, "workinggroups.workinggroup", number)
    return page(HOME + LISTS + WISH, title=found.topic.name, group=found, rows=seats, lists=lists, wish=told)


@login_required
def mine(request):
    """With what waits for an answer, news and the groups."""
    own = Task.objects.filter(owner=request.user, state__in=("open", "in_progress"))
    invited = Participant.objects.filter(person=request.user).select_related("meeting").order_by("-meeting__starts")
    lists = [
        Case.objects.filter(assignee=request.user, state="open")[:SHOWN],
        Notice.objects.filter(recipient=request.user, channel="site", read_at=None)[:SHOWN],
        WorkingGroup.objects.select_related("topic"),
    ]
    return page(MINE + LISTS, title="Mine", rows=own[:SHOWN], invited=invited[:SHOWN], lists=lists)


@login_required
def thread(request, number):
    """With its group, files, translations, how far it is read, whom a post can call."""
    found = Thread.objects.select_related("category").get(pk=number)
    scope, posts = found.forum, Post.objects.filter(thread=number).select_related("author")
    total, rows = posts.count(), list(posts[:POSTS])
    lists = [
        WorkingGroup.objects.filter(pk=int(scope.partition(":")[2])).select_related("topic"),
        Reading.objects.filter(thread=number, person=request.user),
        PostFile.objects.filter(post__in=rows).select_related("file"),
        PostTranslation.objects.filter(post__in=rows).select_related("author"),
        User.objects.filter(roles__scope=scope, roles__ends=None).order_by("name"),
    ]
    told = wish(request, "discussions.thread", number)
    return page(THREAD + LISTS + WISH, title=found.title, total=total, rows=rows, lists=lists, wish=told)


@login_required
def wiki_page(request, number):
    """With its files, pages that lead to it, addresses outside, relations."""
    found = get_object_or_404(WikiPage.objects.select_related("group__topic"), pk=number)
    lists = [
        WikiFile.objects.filter(page=number).select_related("file"),
        WikiLink.objects.filter(key=found.slug, page__group=found.group_id).select_related("page"),
        LinkUse.objects.filter(thing="workinggroups.wikipage", object_id=number).select_related("address"),
        Trail.objects.filter(thing="workinggroups.wikipage", object_id=number),
    ]
    rows, told = (
        WikiPage.objects.filter(group=found.group_id).defer("text"),
        wish(request, "workinggroups.wikipage", number),
    )
    return page(WIKI + LISTS + WISH, title=found.title, page=found, rows=rows, lists=lists, wish=told)


urlpatterns = [
    path("mine/", mine),
    *(path(f"{view.__name__}/<int:number>/", view) for view in (group, thread, wiki_page)),
]
