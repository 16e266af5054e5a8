from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.exchange.discussions.selectors import conversation
from platform_core.ground.registry.catalogue import thing_kind
from platform_core.ground.ui.problems import show_problem
from platform_core.identity.audit import selectors as audit

from . import selectors, services
from .forms import AnswerForm, AssignForm, CaseFilter, SayForm

SIDES = ("answer", "asked")


@login_required
def inbox(request, side="answer"):
    """What waits for the reader's answer, or what she asked for, the most urgent first."""
    form = CaseFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {"state": "open"}
    page = Paginator(selectors.cases(request.user, mine=side, **chosen), 25).get_page(request.GET.get("page"))
    titles, kinds = selectors.titles(list(page)), dict(selectors.kind_choices())
    context = {
        "page": page,
        "rows": [(case, titles[case.pk], kinds.get(case.kind, case.kind), selectors.outcome(case)) for case in page],
        "form": form,
        "side": side,
        "query": urlencode({name: value for name, value in chosen.items() if value and value != "open"}),
        "numbers": {one: selectors.cases(request.user, mine=one).count() for one in SIDES},
    }
    return render(request, "cases/inbox.html", context)


@login_required
def case(request, pk, say=None):
    found = selectors.case_for(request.user, pk)
    thing, kind, handles = selectors.subject(found), selectors.kind_of(found), is_handler(request.user, found)
    about = thing_kind(found.thing)
    context = {
        "case": found,
        "title": selectors.titles([found])[found.pk],
        "kind": kind,
        "outcome": selectors.outcome(found),
        "facts": kind.facts(thing) if thing else [],
        "about": about.address(thing) if about and thing and about.visible(request.user).filter(pk=thing.pk) else "",
        "comments": conversation(found, internal=handles),
        "answers": selectors.answers_for(request.user, found),
        "say": say or SayForm(handles=handles),
        "assign": AssignForm(case=found) if request.user.has_perm("cases.handle_case", found) else None,
        "can_withdraw": request.user.has_perm("cases.withdraw_case", found),
        "events": events_of(found),
    }
    return render(request, "cases/case.html", context, status=400 if say is not None else 200)


def is_handler(user, found) -> bool:
    return user.has_perm("cases.read_notes", found)


def events_of(found) -> list[tuple]:
    names = audit.verb_names()
    return [(event, names.get(event.verb, event.verb)) for event in audit.history_of("cases.case", found.pk)[:50]]


@login_required
@require_POST
def say(request, pk):
    found = selectors.case_for(request.user, pk)
    form = SayForm(request.POST, handles=is_handler(request.user, found))
    if not form.is_valid():
        return case(request, pk, say=form)
    services.say(found, by=request.user, **form.said())
    return redirect(f"{found.get_absolute_url()}#conversation")


@login_required
def answer(request, pk, code):
    """One of the answers: what it needs, the reasons, and what will happen."""
    found = selectors.case_for(request.user, pk)
    given = selectors.answer_named(request.user, found, code)
    if given is None:
        if not found.is_open:
            messages.warning(
                request, _("This case is closed already: %(state)s.") % {"state": selectors.outcome(found)}
            )
            return redirect(found)
        raise Http404
    thing = selectors.subject(found)
    reader = {"by": request.user} if given.for_reader else {}
    extra = import_string(given.form)(request.POST or None, thing=thing, **reader) if given.form else None
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (extra is None or extra.is_valid()):
        try:
            fields = extra.cleaned_data if extra else {}
            services.answer(found, code, by=request.user, reason=form.cleaned_data["reason"], **fields)
        except ValidationError as problem:
            show_problem(problem, *([extra] if extra else []), form)
        else:
            messages.success(request, _("Answered: %(outcome)s. Whoever asked is told.") % {"outcome": given.outcome})
            return redirect(found)
    context = {"case": found, "answer": given, "form": form, "extra": extra, "title": selectors.titles([found])[pk]}
    return render(request, "cases/answer.html", context, status=400 if form.errors or (extra and extra.errors) else 200)


@login_required
@require_POST
def assign(request, pk):
    found = selectors.case_for(request.user, pk)
    form = AssignForm(request.POST, case=found)
    if form.is_valid():
        try:
            services.assign(found, form.cleaned_data["assignee"], by=request.user)
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
        else:
            messages.success(request, _("The case was given on."))
    else:
        messages.error(request, _("Only those who can answer this case can take it."))
    return redirect(found)


@login_required
def withdraw(request, pk):
    found = selectors.case_for(request.user, pk)
    if request.method == "POST":
        try:
            services.withdraw(found, by=request.user)
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
        else:
            messages.success(request, _("The case is withdrawn."))
        return redirect(found)
    return render(request, "cases/withdraw.html", {"case": found, "title": selectors.titles([found])[pk]})


@login_required
@permission_required("cases.view_figures", raise_exception=True)
def turn_round(request):
    return render(request, "cases/turn_round.html", {"figures": selectors.turn_round(request.user)})
