from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.exchange.discussions.forms import HideForm
from platform_core.exchange.discussions.models import Comment
from platform_core.ground.reports.tables import asked
from platform_core.identity.access.selectors import require

from ..forms.comments import CommentForm
from ..selectors import comments as selectors, documents
from ..services import comments as services


def to_discuss(request, pk):
    """A document the reader may comment on, and the version she reads."""
    found = documents.document_for(request.user, pk)
    require(request.user, "workinggroups.comment_document", found)
    return found, documents.shown_version(request.user, found)


@login_required
def comments(request, pk):
    """What was said of a document, in its order, and a form to say more; as a table for who asks for one."""
    found, version = to_discuss(request, pk)
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
        return export(f"comments-{found.pk}", head, selectors.table(found))
    places = {"last": selectors.places(version), "is_page": found.is_page, "in_parts": selectors.in_parts(version)}
    form = CommentForm(request.POST or None, **places)
    if request.method == "POST" and form.is_valid():
        said = services.say(found, by=request.user, version=version, **form.cleaned_data)
        return redirect(f"{request.path}#comment-{said.pk}")
    only_open = "open" in request.GET
    context = {
        "document": found,
        "version": version,
        "places": selectors.by_place(found, only_open=only_open),
        "only_open": only_open,
        "form": form,
        "may_settle": request.user.has_perm("workinggroups.settle_comment", found),
    }
    return render(request, "workinggroups/comments.html", context, status=400 if form.errors else 200)


def comment_of(found, comment: int) -> Comment:
    return get_object_or_404(selectors.comments(found), pk=comment)


@login_required
@require_POST
def answer(request, pk, comment):
    found, version = to_discuss(request, pk)
    said = comment_of(found, comment)
    if text := request.POST.get("text", "").replace("\0", "").strip()[:10_000]:
        services.say(found, text, by=request.user, version=version, answers_to=said)
    else:
        messages.error(request, _("Please write something."))
    return redirect(f"{address(found)}#comment-{said.pk}")


@login_required
@require_POST
def settle(request, pk, comment):
    """Settled, or open again: whichever it is not."""
    found, _version = to_discuss(request, pk)
    said = comment_of(found, comment)
    services.settle(found, said, by=request.user, settled="settled" in request.POST)
    return redirect(f"{address(found)}#comment-{said.pk}")


@login_required
def hide(request, pk, comment):
    found, _version = to_discuss(request, pk)
    require(request.user, "workinggroups.settle_comment", found)
    form = HideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.hide(found, comment_of(found, comment), form.cleaned_data["why"], by=request.user)
        return redirect(address(found))
    context = {"document": found, "form": form, "comment": comment_of(found, comment)}
    return render(request, "workinggroups/comment_hide.html", context, status=400 if form.errors else 200)


def address(document) -> str:
    return f"{document.get_absolute_url()}comments/"
