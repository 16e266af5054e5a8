from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import keys_of, require
from platform_core.materials.drafts import selectors as drafts, services as keeping
from platform_core.materials.drafts.views import kept
from platform_core.materials.files.serving import serve

from ..forms.expressions import CompletionForm, ExpressionForm, JudgeForm
from ..models import Call, Candidate, Expression
from ..selectors import calls, expressions as selectors, ranking
from ..services import candidates as naming, expressions as services
from .asking import asked, done

KIND = "workinggroups.expression"


@login_required
def answer(request, pk, code):
    """The form of a call for one organisation, kept as it is typed; what was sent before can be replaced until the end."""
    found = calls.call_for(request.user, pk)
    organisation = calls.own_organisation(found, request.user, code)
    key = f"{found.pk}-{organisation.pk}"
    if "keep_draft" in request.POST:
        return kept(request, KIND, key)
    held = found.expressions.exclude(state=Expression.State.WITHDRAWN).filter(organisation=organisation).first()
    if request.method == "GET" and not (found.takes_answers or is_completing(held)):
        return redirect(held or found)
    draft = drafts.draft_of(request.user, KIND, key)
    make = partial(ExpressionForm, call=found, held=held)
    form = make(request.POST or None, request.FILES or None, initial=drafts.initial_of(draft, make) if draft else None)
    if request.method == "POST" and form.is_valid() and (sent := submitted(request, form, organisation, held, key)):
        return redirect(sent)
    context = {"call": found, "organisation": organisation, "form": form, "draft": draft, "kind": KIND, "key": key}
    context |= {"held": held, "group": found.group}
    return render(request, "workinggroups/answer.html", context, status=400 if form.errors else 200)


def is_completing(held: Expression | None) -> bool:
    return held is not None and held.state == Expression.State.COMPLETION


def submitted(request, form, organisation, held, key) -> Expression | None:
    """What was sent; when it was too late or a colleague was faster, what was typed is kept."""
    told = {"answers": form.answers(), "people": form.people(), "edition": form.cleaned_data["edition"] or 0}
    try:
        sent = services.submit(form.call, organisation, by=request.user, **told)
    except ValidationError as problem:
        if isinstance(problem, services.LateError):
            keep_typed(request, key)
        if isinstance(problem, services.OvertakenError) and held is not None:
            form.data = form.data.copy()
            form.data["edition"] = str(held.edition)
        show_problem(problem, form)
        return None
    keeping.discard(request.user, KIND, key)
    messages.success(request, _("It is sent. The receipt below proves what you sent and when."))
    return sent


def keep_typed(request, key: str) -> None:
    version = keeping.version_of(request.POST.get("draft_version", ""))
    try:
        keeping.keep(request.user, KIND, key, dict(request.POST.lists()), version)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))


@login_required
def expression(request, pk):
    """One expression with its receipt, for its organisation, and after the end for those who evaluate it."""
    found = selectors.expression_for(request.user, pk)
    may_change = request.user.has_perm("workinggroups.change_expression", found)
    checks = request.user.has_perm("workinggroups.check_expression", found)
    judged = (
        ranking.assessments(found.call).get(found.pk) if checks or found.call.state == Call.State.CONCLUDED else None
    )
    context = {
        "expression": found,
        "call": found.call,
        "group": found.call.group,
        "answers": selectors.answers(found),
        "candidates": selectors.candidates(found),
        "checks": selectors.checks(found),
        "is_own": f"org:{found.organisation_id}" in keys_of(request.user),
        "may_replace": may_change and (found.call.takes_answers or is_completing(found)),
        "may_judge": checks and found.call.state == Call.State.CLOSED and judged is None,
        "may_move": checks and found.call.state == Call.State.CONCLUDED,
        "assessment": judged,
        "letter": getattr(found, "letter", None),
    }
    return render(request, "workinggroups/expression.html", context)


@login_required
@require_POST
def withdraw(request, pk):
    found = selectors.expression_for(request.user, pk)
    return done(
        request,
        lambda: services.withdraw(found, by=request.user),
        _("It is withdrawn; what was said of people is gone. You can answer anew until the end."),
        found.call,
    )


@login_required
def file(request, pk, kind, part):
    found = selectors.expression_for(request.user, pk)
    stored, name = selectors.file_for(request.user, found, kind, part)
    return serve(request, stored, name)


@login_required
def letter(request, pk):
    """The PDF of the letter about an expression."""
    found = selectors.expression_for(request.user, pk)
    sent = getattr(found, "letter", None)
    if sent is None or sent.file is None:
        return redirect(found)
    name = _("Letter")
    return serve(request, sent.file, f"{name}-{found.pk}.pdf")


@login_required
def judge(request, pk):
    """Whether an expression is eligible."""
    found = selectors.expression_for(request.user, pk)
    require(request.user, "workinggroups.check_expression", found)
    form = JudgeForm(request.POST or None, expression=found)

    def perform(form) -> None:
        services.judge(found, by=request.user, findings=form.findings(), reason=form.cleaned_data["reason"])

    return asked(
        request,
        form,
        perform,
        title=_("Is it eligible? %(name)s") % {"name": found.organisation},
        action=_("Keep the finding"),
        told=_("Kept. The organisation is told."),
        back=found,
        topic=found.call.group_id,
        checks=selectors.checks(found),
    )


@login_required
def completion(request, pk):
    found = selectors.expression_for(request.user, pk)
    require(request.user, "workinggroups.check_expression", found)
    return asked(
        request,
        CompletionForm(request.POST or None),
        lambda form: services.ask_completion(found, by=request.user, **form.cleaned_data),
        title=_("Ask for completion: %(name)s") % {"name": found.organisation},
        action=_("Ask the organisation"),
        told=_("The organisation is asked."),
        back=found,
        topic=found.call.group_id,
    )


@login_required
@require_POST
def move_up(request, pk, candidate):
    """Somebody of the reserve list gets the seat that another has refused."""
    found = selectors.expression_for(request.user, pk)
    person = found.candidates.filter(pk=candidate).select_related("expression__call").first()
    if person is None:
        return redirect(found)
    return done(request, lambda: naming.move_up(person, by=request.user), _("The seat is offered to her."), found)


DEEDS = {
    "agree": (partial(naming.answer, agrees=True), True),
    "decline": (partial(naming.answer, agrees=False), True),
    "take": (naming.take_seat, False),
    "refuse": (naming.refuse_seat, False),
}


def act(request, candidate: Candidate, back: str, **by):
    """What the person named decides about herself."""
    perform, with_link = DEEDS.get(request.POST.get("deed", ""), (None, False))
    if perform is None or ("link" in by and not with_link):
        return redirect(back)
    declined = request.POST["deed"] == "decline"
    told = _("What was said of you is gone.") if declined else _("Thank you. Your answer is kept.")
    return done(request, lambda: perform(candidate, **by), told, "/" if declined else back)


@login_required
def candidate(request, pk):
    """What an organisation says of the reader, and whether she agrees; the seat that is offered to her."""
    found = selectors.candidate_for(request.user, pk)
    if request.method == "POST":
        return act(request, found, request.path, by=request.user)
    return render(request, "workinggroups/candidate.html", context_of(found))


def context_of(found: Candidate) -> dict:
    call = found.expression.call
    rows = found.competences.select_related("concept")
    return {"candidate": found, "call": call, "group": call.group, "expression": found.expression, "competences": rows}


@never_cache
def candidate_link(request, secret):
    """The same for somebody without an account, by the link she was sent; with one she finds it there from then on."""
    link, found = selectors.candidate_behind(secret)
    if request.user.is_authenticated and naming.recognise(found, request.user).person_id == request.user.pk:
        return redirect(found)
    if request.method == "POST":
        return act(request, found, "/", link=link)
    return render(request, "workinggroups/candidate.html", {**context_of(found), "secret": secret})
