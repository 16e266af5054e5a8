"""What the pages of working groups are measured against: bare views for whoever is signed in, of the rows a page shows."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404
from django.urls import path

from benchmarks.floors import page
from platform_core.exchange.discussions.models import Post, Thread
from platform_core.exchange.discussions.selectors.threads import PER_PAGE as POSTS
from platform_core.identity.access.models import RoleAssignment
from workinggroups.models import Document, Meeting, Participant, Task, WikiPage, WikiRevision, WorkingGroup
from workinggroups.views import documents, forum, meetings, tasks, wiki

HOME = "<p>{{ group.summary }}</p><ul>{% for row in rows %}<li>{{ row.role }} {{ row.person }}{% endfor %}</ul>"
MINE = """<ul>{% for row in invited %}<li>{{ row.meeting }} {{ row.meeting.starts }} {{ row.answer }}{% endfor %}</ul>
<ul>{% for row in rows %}<li><a href="/en/groups/tasks/{{ row.pk }}/">{{ row }}</a> {{ row.due_on }} {{ row.state }}{% endfor %}</ul>"""
LIST = """<p>{{ total }}</p><ul>{% for row in rows %}<li><a href="/en/groups/{{ row.pk }}/">{{ row.title }}</a> {{ row.state }}
{{ row.language }} <time>{{ row.WHEN }}</time> {{ row.WHO }}{% endfor %}</ul>"""
THREAD = """<p>{{ total }}</p>{% for row in rows %}<article><h2>{{ row.author }}</h2><time>{{ row.written_at }}</time>
<div>{{ row.text|linebreaks }}</div></article>{% endfor %}"""
WIKI = "<div>{{ page.text|linebreaks }}</div><ul>{% for row in rows %}<li><a href='/en/{{ row.pk }}/'>{{ row }}</a>{% endfor %}</ul>"
HISTORY = """<p>{{ total }}</p><table>{% for row in rows %}<tr><td><a href="/en/{{ row.number }}/">{{ row.number }}</a><td>{{ row.made_at }}
<td>{{ row.author }}<td>{{ row.note }}{% endfor %}</table>"""


def listed(body: str, title: str, rows, number: int):
    """A list in two queries: how many there are, and the first page of them."""
    return page(body, title=title, total=rows.count(), rows=rows[:number])


def told(when: str, who: str) -> str:
    return LIST.replace("WHEN", when).replace("WHO", who)


@login_required
def group(request, number):
    found = WorkingGroup.objects.select_related("topic").get(pk=number)
    seats = RoleAssignment.objects.filter(scope=found.scope, ends=None).select_related("person")
    return page(HOME, title=found.topic.name, group=found, rows=seats)


@login_required
def mine(request):
    own = Task.objects.filter(owner=request.user, state__in=("open", "in_progress"))
    invited = Participant.objects.filter(person=request.user).select_related("meeting").order_by("-meeting__starts")
    return page(MINE, title="Mine", rows=own[:6], invited=invited[:6])


@login_required
def folder(request, number):
    rows = Document.objects.filter(folder=number, trashed_on=None).select_related("locked_by")
    return listed(told("changed_at", "locked_by"), "Papers", rows, documents.PER_PAGE)


@login_required
def threads(request, number):
    rows = Thread.objects.filter(forum=f"group:{number}").select_related("category", "author")
    return listed(told("last_at", "author"), "Forum", rows, forum.PER_PAGE)


@login_required
def thread(request, number):
    rows = Post.objects.filter(thread=number).select_related("author")
    return listed(THREAD, "Thread", rows, POSTS)


@login_required
def wiki_page(request, number):
    found = get_object_or_404(WikiPage, pk=number)
    rows = WikiPage.objects.filter(group=found.group_id).defer("text")
    return page(WIKI, title=found.title, page=found, rows=rows)


@login_required
def history(request, number):
    rows = WikiRevision.objects.filter(page=number).select_related("author").defer("text")
    return listed(HISTORY, "History", rows, wiki.PER_PAGE)


@login_required
def task_list(request, number):
    rows = Task.objects.filter(group=number).select_related("owner", "organisation", "output")
    return listed(told("due_on", "owner"), "Tasks", rows, tasks.PER_PAGE)


@login_required
def meeting_list(request, number):
    rows = Meeting.objects.filter(group=number).order_by("starts")
    return listed(told("starts", "place"), "Meetings", rows, meetings.PER_PAGE)


urlpatterns = [
    path("mine/", mine),
    *(
        path(f"{view.__name__}/<int:number>/", view)
        for view in (group, folder, threads, thread, wiki_page, history, task_list, meeting_list)
    ),
]
