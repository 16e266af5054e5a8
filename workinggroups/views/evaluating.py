from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.exchange.assessment.forms import AppointForm
from platform_core.ground.texts.codes import CODES, interface_code
from platform_core.ground.ui.languages import native_name
from platform_core.identity.access.selectors import require
from platform_core.materials.jobs.selectors import latest

from ..forms.calls import ConcludeForm, LetterForm
from ..forms.expressions import ShortlistForm
from ..models import Call, LetterText, SetUp
from ..selectors import calls as selectors, expressions, ranking
from ..services import letters, shortlist
from .asking import asked, done

DEEDS = ("evaluate_call", "conclude_call")
PER_PAGE = 50


def evaluated(request, pk: int) -> Call:
    """A call whose expressions the reader evaluates; nothing of them before the end."""
    found = selectors.call_for(request.user, pk)
    if found.is_sealed:
        raise Http404
    if not any(request.user.has_perm(f"workinggroups.{name}", found) for name in DEEDS):
        require(request.user, "workinggroups.check_expression", found)
    return found


def address(found: Call, name: str) -> str:
    return reverse(f"workinggroups:{name}", args=[found.pk])


@login_required
def evaluation(request, pk):
    """All that has come in: its eligibility, then its scores and its place."""
    found = evaluated(request, pk)
    rows = expressions.of_call(request.user, found)
    set_up = SetUp.objects.filter(call=found).select_related("document").first()
    context = {
        "call": found,
        "group": found.group,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "places": Paginator(ranking.ranking(found), PER_PAGE).get_page(request.GET.get("page")),
        "open": rows.filter(state__in=("submitted", "completion")).count(),
        "begun": found.evaluators.exists(),
        "rights": {
            name: request.user.has_perm(f"workinggroups.{name}", found) for name in ("evaluate_call", "conclude_call")
        },
        "set_up": set_up,
        "job": latest("workinggroups.set_up_document", call=found.pk) if set_up is None else None,
    }
    return render(request, "workinggroups/evaluation.html", context)


@login_required
def begin(request, pk):
    found = evaluated(request, pk)
    require(request.user, "workinggroups.evaluate_call", found)
    form = AppointForm(request.POST or None, people=selectors.can_score(found).exclude(pk=request.user.pk))

    def perform(form) -> None:
        people = list(form.cleaned_data["evaluators"])
        shortlist.begin(found, people, by=request.user, due_on=form.cleaned_data["due_on"])

    return asked(
        request,
        form,
        perform,
        title=_("Who scores the expressions of interest?"),
        lead=_("Each scores alone by the published criteria. Nobody is given what her own organisation has sent."),
        action=_("Ask them"),
        told=_("The evaluators are asked."),
        back=address(found, "evaluation"),
        topic=found.group_id,
    )


@login_required
@require_POST
def settle(request, pk):
    found = evaluated(request, pk)
    return done(
        request,
        lambda: shortlist.settle(found, by=request.user),
        _("The ranking is settled. Now say who is short-listed."),
        address(found, "evaluation"),
    )


@login_required
def short_list(request, pk):
    """Who gets a seat, who stands on the reserve list, who neither; with what the group would then have or lack."""
    found = evaluated(request, pk)
    require(request.user, "workinggroups.conclude_call", found)
    rows = found.expressions.filter(state="eligible").select_related("organisation").prefetch_related("candidates")
    rows = list(rows.order_by("rank", "organisation__sort_name"))
    form = ShortlistForm(request.POST or None, expressions=rows)

    def perform(form) -> None:
        seats, reasons = form.decisions()
        shortlist.decide(found, by=request.user, seats=seats, reasons=reasons)

    return asked(
        request,
        form,
        perform,
        title=_("Short-list"),
        action=_("Keep the short-list"),
        told=_("Kept. Nobody is told before the call is concluded."),
        back=address(found, "shortlist"),
        topic=found.group_id,
        template="workinggroups/shortlist.html",
        call=found,
        group=found.group,
        rows=[(row, form.fields_of(row)) for row in rows],
        requirements=shortlist.proposal(found),
        is_proposal=True,
        hindrances=shortlist.hindrances(found),
    )


@login_required
def letter_list(request, pk):
    """What each organisation would be told now, filled in."""
    found = evaluated(request, pk)
    require(request.user, "workinggroups.conclude_call", found)
    rows = found.expressions.filter(state__in=("eligible", "ineligible")).select_related(
        "organisation", "call__group__topic"
    )
    previews = []
    for one in rows.prefetch_related("candidates").order_by("rank", "organisation__sort_name"):
        outcome = shortlist.outcome_of(one) if one.state == "eligible" else "decline"
        previews.append((one, LetterText.Outcome(outcome).label, *letters.filled(one, outcome)))
    languages = [(code, native_name(interface_code(code))) for code in CODES]
    context = {"call": found, "group": found.group, "previews": previews, "languages": languages}
    return render(request, "workinggroups/letters.html", context | {"outcomes": LetterText.Outcome.choices})


@login_required
def letter_text(request, pk, outcome, language):
    """Other words for the letters with one outcome, in one language."""
    found = evaluated(request, pk)
    require(request.user, "workinggroups.conclude_call", found)
    if outcome not in LetterText.Outcome.values or language not in CODES:
        raise Http404
    subject, text = letters.wording(found, outcome, language)
    form = LetterForm(request.POST or None, initial={"subject": subject, "text": text})
    told = {"outcome": LetterText.Outcome(outcome).label, "language": native_name(interface_code(language))}
    return asked(
        request,
        form,
        lambda form: letters.reword(found, outcome, by=request.user, language=language, **form.cleaned_data),
        title=_("Letters: %(outcome)s, %(language)s") % told,
        action=_("Keep these words"),
        back=address(found, "letters"),
        topic=found.group_id,
    )


@login_required
def conclude(request, pk):
    found = evaluated(request, pk)
    if found.state == Call.State.CONCLUDED:
        return redirect("workinggroups:evaluation", pk)
    require(request.user, "workinggroups.conclude_call", found)
    requirements = shortlist.proposal(found)
    return asked(
        request,
        ConcludeForm(request.POST or None, initial={"reason": found.reason}),
        lambda form: leave(shortlist.conclude(found, by=request.user, **form.cleaned_data)),
        title=_("Conclude the call"),
        lead=_("Letters go out, seats are offered, and the set-up document is written. This cannot be taken back."),
        action=_("Conclude"),
        told=_("The call is concluded. The letters are on their way; the set-up document is being written."),
        back=address(found, "evaluation"),
        topic=found.group_id,
        requirements=requirements,
        is_proposal=True,
        hindrances=shortlist.hindrances(found),
    )


def leave(_made: object) -> None:
    """Back to the evaluation, not to the call."""
