from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from platform_core.ground.ui.problems import show_problem
from platform_core.materials.drafts import selectors as drafts, services as keeping
from platform_core.materials.drafts.views import kept
from platform_core.people.members.selectors import organisation_for

from .. import selectors, services
from ..forms.conversations import AnswerForm, ConversationFilter, WriteForm
from ..selectors.conversations import acts_for, last_messages, messages_of, own_boxes, participants_of

KIND = "messaging.message"


@login_required
def conversations(request):
    form = ConversationFilter(request.GET, boxes=own_boxes(request.user))
    asked = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    page = Paginator(selectors.conversations(request.user, **asked), 25).get_page(request.GET.get("page"))
    people, last = participants_of(list(page)), last_messages(list(page))
    rows = [(one, others(people.get(one.pk, []), request.user), last.get(one.pk)) for one in page]
    context = {"page": page, "rows": rows, "form": form, "asked": asked, "query": urlencode(asked)}
    return render(request, "messaging/conversations.html", context)


def others(people, reader) -> list[str]:
    """Names; who has left the platform has none any more."""
    return [str(person) if person else _("Somebody who left") for person in people if person != reader]


@login_required
def write_person(request, pk):
    found = selectors.addressee_for(request.user, pk)
    if not selectors.may_write_to(request.user, found):
        messages.error(request, _("You cannot write to this person."))
        return redirect("messaging:conversations")
    return write(request, f"person-{pk}", name=str(found), people=[found])


@login_required
def write_organisation(request, code):
    found = organisation_for(request.user, code)
    return write(request, f"organisation-{found.pk}", name=str(found), organisation=found)


def write(request, key, name, **addressees):
    draft = drafts.draft_of(request.user, KIND, key)
    if "keep_draft" in request.POST:
        return kept(request, KIND, key)
    form = WriteForm(request.POST or None, initial=drafts.initial_of(draft, WriteForm))
    if request.method == "POST" and form.is_valid():
        try:
            begun = services.begin(by=request.user, **addressees, **form.message())
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            keeping.discard(request.user, KIND, key)
            messages.success(request, _("Your message is sent."))
            return redirect(begun)
    context = {"form": form, "draft": draft, "kind": KIND, "key": key, "name": name, **addressees}
    return render(request, "messaging/write.html", context, status=400 if form.errors else 200)


@login_required
def conversation(request, pk):
    """What was said, the newest last, and the form to answer."""
    found = selectors.conversation_for(request.user, pk)
    draft = drafts.draft_of(request.user, KIND, str(pk))
    if "keep_draft" in request.POST:
        return kept(request, KIND, str(pk))
    form = AnswerForm(request.POST or None, initial=drafts.initial_of(draft, AnswerForm))
    if request.method == "POST" and form.is_valid():
        try:
            services.answer(found, by=request.user, **form.message())
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            keeping.discard(request.user, KIND, str(pk))
            return redirect(found)
    return shown(request, found, form, draft)


def shown(request, found, form, draft):
    page = Paginator(messages_of(found), 50).get_page(request.GET.get("page"))
    if page.object_list:
        services.note_read(found, request.user, page[0].pk)
    people = participants_of([found]).get(found.pk, [])
    context = {
        "conversation": found,
        "page": page,
        "said": list(page)[::-1],
        "people": [person for person in people if person and person != request.user],
        "names": others(people, request.user),
        "acts_for": found.organisation if acts_for(request.user, found) else None,
        "blocked": {block.blocked_id for block in selectors.blocks_of(request.user)},
        "form": form,
        "draft": draft,
        "kind": KIND,
    }
    return render(request, "messaging/conversation.html", context, status=400 if form.errors else 200)
