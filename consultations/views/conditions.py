"""When a section or question is shown, or a question required: conditions put together from choices."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from .. import drafting, trees
from ..conditions import StructureError, parts_of
from ..forms.conditions import AUDIENCE, LANGUAGE, LeafForm, SetForm, SubjectForm
from ..models import DraftState
from ..questions.kinds import names
from ..selectors import drafting as selectors
from ..services import drafting as services
from .editor import done, question_of, section_of

NEW = "new"


@never_cache
@login_required
def section(request, code, section):
    found = selectors.edited_for(request.user, code)
    version = selectors.draft_or_404(found)
    return condition(request, found, version, section_of(version, section), "show", is_section=True)


@never_cache
@login_required
def question(request, code, question, word):
    found = selectors.edited_for(request.user, code)
    version = selectors.draft_or_404(found)
    return condition(request, found, version, question_of(version, question), word, is_section=False)


def condition(request, found, version, part, word, *, is_section):
    """The condition as it is, and what can be added to it."""
    if "deed" in request.POST:
        return change(request, found, version, part, word, is_section=is_section)
    structure = version.structure
    earlier = selectors.earlier(structure, part["code"], is_section=is_section)
    choose = SubjectForm(request.GET if "subject" in request.GET else None, earlier=earlier, structure=structure)
    form = None
    if choose.is_bound and choose.is_valid():
        form = leaf_form(request, choose.cleaned_data["subject"], part.get(word), earlier, structure)
    if form is not None and request.method == "POST" and form.is_valid():
        tree = with_leaf(part.get(word), form)
        keep = drafting.set_condition(part["code"], word, tree, is_section=is_section)
        if done(
            request,
            form,
            services.edit,
            found,
            DraftState.Deed.CONDITION,
            keep,
            place=part["code"],
            seen=request.POST.get("seen", ""),
        ):
            return redirect(request.path)
    known, audiences = selectors.by_code(structure), names(structure, "audiences")
    context = {
        "consultation": found,
        "version": version,
        "part": part,
        "word": word,
        "is_section": is_section,
        "choose": choose,
        "form": form,
        "join": parts_of(trees.joined(part.get(word)))[0],
        "rows": trees.outline(part.get(word), known, audiences),
        "whole": trees.in_words(part.get(word), known, audiences),
        "problems": dict_of(selectors.problems(version)).get(part["code"], []),
    }
    return render(request, "consultations/condition.html", context, status=400 if form and form.errors else 200)


def dict_of(problems: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, problem in problems:
        found.setdefault(code, []).append(problem)
    return found


def leaf_form(request, subject, tree, earlier, structure):
    question = None if subject in (LANGUAGE, AUDIENCE) else named(subject, earlier)
    given = request.POST if request.method == "POST" else None
    return LeafForm(given, subject=subject, question=question, structure=structure, groups=groups(tree))


def named(subject, earlier):
    code = subject.partition(".")[0]
    return next(question for question in earlier if question["code"] == code)


def groups(tree) -> list[tuple[str, str]]:
    """Where a further condition can stand: beside the others, in a group that is there, in a new group."""
    found = [("", _("beside the others"))]
    for number, part in enumerate(parts_of(trees.joined(tree))[1]):
        operator, _operand = parts_of(trees.inner(part)[1])
        if operator in ("all", "any"):
            found.append((str(number), _("in the group at number %(n)s") % {"n": number + 1}))
    return [*found, (NEW, _("in a new group"))] if tree else found


def with_leaf(tree, form):
    group = form.cleaned_data["group"]
    return trees.added(tree, form.leaf(), "" if group == NEW else group, is_new_group=group == NEW)


def change(request, found, version, part, word, *, is_section):
    """Remove a part, turn it round, join differently, or do without the condition."""
    form = SetForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        tree = changed(part.get(word), form.cleaned_data["deed"], form.cleaned_data["path"])
        keep = drafting.set_condition(part["code"], word, tree, is_section=is_section)
        seen = form.cleaned_data["seen"]
        services.edit(found, DraftState.Deed.CONDITION, keep, by=request.user, place=part["code"], seen=seen)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    except (IndexError, ValueError, StructureError):
        messages.error(request, _("That part of the condition is not there any more."))
    return redirect(request.path)


def changed(tree, deed, path):
    if deed == "clear" or tree is None:
        return None
    if deed == "remove":
        return trees.removed(tree, path)
    if deed == "turn":
        return trees.turned(tree, path)
    return trees.joined_by(tree, path, deed)
