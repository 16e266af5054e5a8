from hashlib import sha256

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag
from django.utils.translation import get_language, gettext as _, override
from django.views.decorators.http import require_POST

from platform_core.ground.texts.codes import CODES, interface_code
from platform_core.ground.ui.problems import show_problem

from .. import entries, ical
from ..forms.feeds import FeedForm
from ..forms.filters import CalendarFilter
from ..selectors.events import proposals
from ..selectors.feeds import feed_behind, feed_of, feeds_of
from ..services import feeds as services
from .reading import answered, name_of

GUEST = AnonymousUser()


def feed(request):
    """What a guest may see of the calendar, with any of its filters, as a subscription; `lang` chooses the language."""
    code = request.GET.get("lang", "")
    with override(interface_code(code) if code in CODES else get_language()):
        question = CalendarFilter(request.GET).question()
        return served(request, name_of(question), entries.for_feed(GUEST, question), public=True)


def personal(request, secret):
    """A person's own subscription: what she may see at this moment, and nothing once she has closed it."""
    found = feed_behind(secret)
    services.note_use(found)
    with override(found.person.language):
        question = CalendarFilter(QueryDict(found.filters), user=found.person).question()
        return served(request, found.name, entries.for_feed(found.person, question), public=False)


def served(request, name: str, rows: list, *, public: bool) -> HttpResponse:
    """Told again only when something has changed."""
    response = answered(request, name, rows)
    response["ETag"] = quote_etag(sha256(response.content).hexdigest()[:32])
    changed = max((ical.stamp(entry) for entry in rows), default=None)
    if changed:
        response["Last-Modified"] = http_date(changed.timestamp())
    if public:
        patch_cache_control(response, public=True, max_age=300)
    else:
        patch_cache_control(response, private=True, no_cache=True)
    return get_conditional_response(request, etag=response["ETag"], response=response)


@login_required
def mine(request, form=None, made=None, secret=""):
    """What a person has proposed, and the feeds she has made."""
    form = form or FeedForm(user=request.user, initial={"mine": True} | request.GET.dict())
    context = {
        "proposals": proposals(request.user)[:50],
        "feeds": [(one, told_filters(request.user, one)) for one in feeds_of(request.user)],
        "form": form,
        "made": made,
        "address": settings.SITE_URL + reverse("feed_personal", args=[secret]) if secret else "",
    }
    return render(request, "events/mine.html", context, status=422 if form.errors else 200)


def told_filters(person, feed) -> list[str]:
    """Filters in words."""
    form = CalendarFilter(QueryDict(feed.filters), user=person)
    form.full_clean()
    found = []
    for name, value in form.cleaned_data.items():
        if value:
            choices = {str(code): words for code, words in getattr(form.fields[name], "choices", [])}
            words = form.fields[name].label if value is True else choices.get(str(value), value)
            found.append(str(words))
    return found


@login_required
@require_POST
def make(request):
    """The address is shown on this one answer and nowhere else."""
    form = FeedForm(request.POST, user=request.user)
    if not form.is_valid():
        return mine(request, form=form)
    try:
        made, secret = services.make_feed(form.cleaned_data["name"], form.question().query, by=request.user)
    except ValidationError as problem:
        show_problem(problem, form)
        return mine(request, form=form)
    response = mine(request, made=made, secret=secret)
    patch_cache_control(response, no_store=True)
    return response


@login_required
@require_POST
def close(request, pk):
    services.close_feed(feed_of(request.user, pk), by=request.user)
    messages.success(request, _("The feed is closed. Programs that read it find nothing any more."))
    return redirect("events:mine")
