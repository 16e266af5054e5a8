from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.exchange.discussions.selectors import conversation
from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import require

from .. import selectors, services
from ..counting import POSITIONS
from ..forms import (
    AVAILABILITY_WORDS,
    POSITION_WORDS,
    AskOpinionForm,
    ClosingForm,
    DecisionForm,
    SayForm,
    initial_of,
)
from ..models import Majority


@cached_for_guests
def decision(request, pk, say=None):
    found = selectors.decision_for(request.user, pk)
    may = {right: request.user.has_perm(f"governance.{right}", found) for right in RIGHTS_SHOWN}
    member = request.user.has_perm("governance.discuss") or found.state != found.State.DECIDED
    context = {
        "decision": found,
        "may": may,
        "majority": Majority(found.majority or found.body.majority).label,
        "quorum": found.quorum if found.opened_at else found.body.quorum,
        "voted": len(selectors.voted(found)),
        "eligible": len(found.eligible),
        "documents": selectors.documents(found),
        "own": [(one, selectors.vote_of(found, one)) for one in selectors.votes_for(request.user, found)],
        "done": selectors.voted(found),
        "proxies": selectors.own_proxies(request.user, found) if found.state == found.State.OPEN else [],
        "outcome": outcome(found),
        "origin": selectors.origin_of(request.user, found),
        "votes": [(vote, words_of(found, vote.choice)) for vote in selectors.public_votes(found)],
        "receipts": told_receipts(found),
        "comments": conversation(found, internal=False) if member else [],
        "say": say or SayForm(),
    }
    return render(request, "governance/decision.html", context, status=400 if say is not None else 200)


RIGHTS_SHOWN = ("change_decision", "open_ballot", "extend_ballot", "discuss")


def words_of(found, choice) -> str:
    """A vote in words."""
    names = {option["code"]: option["text"] for option in found.options}
    if isinstance(choice, dict):
        given = {code: AVAILABILITY_WORDS.get(answer, answer) for code, answer in choice.items()}
        return "; ".join(f"{names.get(code, code)}: {answer}" for code, answer in given.items())
    if isinstance(choice, list):
        return " › ".join(names.get(code, code) for code in choice)
    return str(POSITION_WORDS.get(choice) or names.get(choice, choice))


def told_receipts(found) -> list[tuple[str, str]]:
    """Every receipt with its vote, once a secret ballot is closed; in an open one each vote is named anyway."""
    if not found.is_secret or found.result is None:
        return []
    return [(receipt, words_of(found, choice)) for receipt, choice in selectors.receipts(found)]


def outcome(found) -> dict | None:
    """The frozen result in words and rows."""
    if found.result is None:
        return None
    result = found.result
    names = {option["code"]: option["text"] for option in found.options} | POSITION_WORDS
    counts = [(names.get(code, code), number) for code, number in result["counts"].items()]
    if found.kind == found.Kind.DATES:
        counts = [
            (name, ", ".join(f"{AVAILABILITY_WORDS[a]}: {n}" for a, n in found.items())) for name, found in counts
        ]
    rounds = [[(names[code], number) for code, number in one.items()] for one in result["rounds"]]
    return result | {
        "rows": counts,
        "told_rounds": rounds if len(rounds) > 1 else [],
        "winner": ", ".join(names[code] for code in result["winners"]),
        "is_tie": len(result["winners"]) > 1,
        "blocked": bool(result["counts"].get(POSITIONS[-1])) if found.kind == found.Kind.PROPOSAL else False,
    }


@login_required
def propose(request):
    """`?body=wg-4` begins with the committee it is for."""
    bodies = selectors.open_to_proposals(request.user)
    if not bodies:
        raise PermissionDenied
    initial = {"kind": "proposal", "body": request.GET.get("body")}
    form = DecisionForm(request.POST or None, initial=initial, bodies=bodies)
    if request.method == "POST" and form.is_valid():
        made = tried(form, lambda: services.propose(by=request.user, **form.decision()))
        if made:
            messages.success(request, _("The draft is kept. Open the discussion or the vote when it is ready."))
            return redirect(made)
    return render(request, "governance/edit.html", {"form": form}, status=400 if form.errors else 200)


@login_required
def change(request, pk):
    found = selectors.decision_for(request.user, pk)
    require(request.user, "governance.change_decision", found)
    form = DecisionForm(
        request.POST or None, initial=initial_of(found), bodies=selectors.open_to_proposals(request.user)
    )
    sent = request.method == "POST" and form.is_valid()
    if sent and tried(form, lambda: services.change(found, by=request.user, **form.decision())):
        messages.success(request, _("The draft is changed."))
        return redirect(found)
    return render(
        request, "governance/edit.html", {"form": form, "decision": found}, status=400 if form.errors else 200
    )


def tried(form, deed):
    """What a deed gives, or None after putting what is wrong beside the fields."""
    try:
        return deed()
    except ValidationError as problem:
        show_problem(problem, form, names={"closes_at": "day"})
    return None


@login_required
@require_POST
def discuss(request, pk):
    found = selectors.decision_for(request.user, pk)
    services.begin_discussion(found, by=request.user)
    messages.success(request, _("Members can now read and discuss it."))
    return redirect(found)


@login_required
def withdraw(request, pk):
    found = selectors.decision_for(request.user, pk)
    require(request.user, "governance.change_decision", found)
    if request.method == "POST":
        services.withdraw(found, by=request.user)
        messages.success(request, _("The proposal is withdrawn."))
        return redirect("governance:running")
    return render(request, "governance/withdraw.html", {"decision": found})


@login_required
@require_POST
def say(request, pk):
    found = selectors.decision_for(request.user, pk)
    form = SayForm(request.POST)
    if not form.is_valid():
        return decision(request, pk, say=form)
    services.say(found, form.cleaned_data["text"], by=request.user)
    return redirect(f"{found.get_absolute_url()}#discussion")


def closing(request, pk, right: str, deed, template: str, told: str):
    found = selectors.decision_for(request.user, pk)
    require(request.user, right, found)
    form = ClosingForm(request.POST or None)
    sent = request.method == "POST" and form.is_valid()
    if sent and tried(form, lambda: deed(found, by=request.user, closes_at=form.closes_at(found.body))):
        messages.success(request, told)
        return redirect(found)
    context = {"form": form, "decision": found, "eligible": len(selectors.eligible_organisations(found.body))}
    return render(request, template, context, status=400 if form.errors else 200)


@login_required
def open_ballot(request, pk):
    told = _("The vote is open. Everybody who can vote is told.")
    return closing(request, pk, "governance.open_ballot", services.open_ballot, "governance/open.html", told)


@login_required
def extend(request, pk):
    told = _("The vote is extended. Everybody who can vote is told.")
    return closing(request, pk, "governance.extend_ballot", services.extend, "governance/extend.html", told)


@login_required
@permission_required("governance.ask_opinion", raise_exception=True)
def ask_opinion(request):
    form = AskOpinionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.ask_opinion(by=request.user, **form.cleaned_data)
        messages.success(request, _("The committee is asked. You find the answer under Cases."))
        return redirect("governance:committees")
    return render(request, "governance/ask_opinion.html", {"form": form}, status=400 if form.errors else 200)
