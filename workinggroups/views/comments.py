"""What is said of documents and wiki pages, beside the passages and pages it is about."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.exchange.discussions.forms import HideForm
from platform_core.exchange.discussions.models import Comment
from platform_core.ground.registry.catalogue import label_of
from platform_core.ground.reports.tables import asked
from platform_core.ground.texts.passages import Passage
from platform_core.identity.access.selectors import require

from ..forms.comments import CommentForm
from ..models import WikiPage
from ..permissions.comments import COMMENT, SETTLE
from ..selectors import comments as selectors
from ..selectors.comments import Reading
from ..services import comments as services

READ = {"document": selectors.document_read, "wiki": selectors.page_read}


def to_discuss(request, kind: str, pk: int, version: str = "") -> Reading:
    """Something the reader may comment on, in the version she reads."""
    found = READ[kind](request.user, pk, version)
    require(request.user, COMMENT[label_of(found.thing)], found.thing)
    return found


@login_required
def comments(request, kind, pk):
    """What was said, in the order of the text, and a form to say more; as a table for who asks for one."""
    version = (request.POST if request.method == "POST" else request.GET).get("version", "")[:40]
    read = to_discuss(request, kind, pk, version)
    if export := asked(request):
        head = [
            _("Number"),
            _("Version"),
            _("Place"),
            _("Who"),
            _("Organisation"),
            _("Comment"),
            _("Answers"),
            _("Settled on"),
        ]
        return export(f"comments-{pk}", head, selectors.table(read.thing))
    on = request.GET.get("on", "")
    form = CommentForm(request.POST or None, reading=read, initial={"anchor": on})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data | {"version": read.version}
        return redirect(place_of(services.say(read.thing, by=request.user, **typed), to_discuss(request, kind, pk)))
    now = to_discuss(request, kind, pk)
    only_open = "open" in request.GET
    chosen = int(on) if on.isdecimal() and len(on) < 10 else 0
    context = {
        **frame(now, request.user),
        "version": read.version,
        "discussed": (said := selectors.said_of(now, only_open=only_open)),
        "places": [(place, passage_address(now, place.passage)) for place in said.spoken],
        "only_open": only_open,
        "form": form,
        "on": chosen,
        "quote": selectors.excerpt(read.words(chosen)) if chosen else "",
    }
    return render(request, "workinggroups/comments.html", context, status=400 if form.errors else 200)


def frame(reading: Reading, user) -> dict:
    """What the pages and blocks of comments know."""
    thing = reading.thing
    return {
        "reading": reading,
        "thing": thing,
        "is_wiki": isinstance(thing, WikiPage),
        "text_address": text_address(reading),
        "may_settle": user.has_perm(SETTLE[label_of(thing)], thing),
    }


def text_address(reading: Reading) -> str:
    """Where the passages stand, or the pages of the file."""
    if reading.file is None:
        return reading.thing.get_absolute_url()
    major, minor = reading.version.split(".")
    return reverse("workinggroups:pages", args=[reading.thing.pk, major, minor])


def place_of(comment: Comment, now: Reading) -> str:
    """Back to what it is about, as it stands now; to the comment itself, where that is gone or all of it."""
    passage = selectors.said_of(now).place_of(comment) if comment.anchor else None
    if passage is None:
        return f"{now.address}#comment-{comment.pk}"
    return passage_address(now, passage)


def passage_address(reading: Reading, passage: Passage) -> str:
    return f"{text_address(reading)}{page_query(reading, passage.number)}#{passage.key}"


def page_query(reading: Reading, number: int) -> str:
    """A page beside its picture where it has one, otherwise by its text."""
    if reading.file is None:
        return ""
    drawn = not reading.in_parts and number <= reading.file.drawn
    return f"?page={number}" if drawn else f"?text&page={number}"


def comment_of(thing, comment: int) -> Comment:
    return get_object_or_404(selectors.comments(thing), pk=comment)


@login_required
@require_POST
def answer(request, kind, pk, comment):
    read = to_discuss(request, kind, pk)
    said = comment_of(read.thing, comment)
    if text := request.POST.get("text", "").replace("\0", "").strip()[:10_000]:
        services.say(read.thing, text, by=request.user, version=read.version, answers_to=said)
    else:
        messages.error(request, _("Please write something."))
    return redirect(f"{read.address}#comment-{said.pk}")


@login_required
@require_POST
def settle(request, kind, pk, comment):
    """Settled, or open again: whichever it is not."""
    read = to_discuss(request, kind, pk)
    said = comment_of(read.thing, comment)
    services.settle(read.thing, said, by=request.user, settled="settled" in request.POST)
    return redirect(f"{read.address}#comment-{said.pk}")


@login_required
def hide(request, kind, pk, comment):
    read = to_discuss(request, kind, pk)
    require(request.user, SETTLE[label_of(read.thing)], read.thing)
    said = comment_of(read.thing, comment)
    form = HideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.hide(read.thing, said, form.cleaned_data["why"], by=request.user)
        return redirect(read.address)
    context = {**frame(read, request.user), "form": form, "comment": said}
    return render(request, "workinggroups/comment_hide.html", context, status=400 if form.errors else 200)
