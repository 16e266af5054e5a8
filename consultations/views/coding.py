"""Codes for what people wrote: the book, each coder's own texts, what they settle on, and the figures."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.texts.codes import active_code
from platform_core.ground.texts.fields import as_text
from platform_core.ground.ui.problems import show_problem
from platform_core.materials.jobs import selectors as jobs

from .. import selectors, services
from ..forms.coding import CodeForm, GivenForm
from ..models import FIRST, SECOND
from ..selectors import coding, texts as written

PER_PAGE = 25


@login_required
def book(request, code, question, form=None):
    """The code book of a question: its codes, its two coders, how far they agree."""
    found = coding.coded_consultation(request.user, code)
    held = coding.book_of(found, question)
    done, counts = coding.both_done(held), coding.progress(held)
    coders = held.coders.select_related("person") if held.pk else ()
    context = {
        "consultation": found,
        "question": written.text_question(selectors.current_version(found), question),
        "book": held,
        "codes": coding.codes(held),
        "form": form or CodeForm(),
        "total": coding.all_texts(held).count(),
        "coders": [(coder, counts.get(coder.hand, 0)) for coder in coders],
        "own": coding.hand_of(request.user, held),
        "is_free": len(coders) < SECOND,
        "both_done": done,
        "unsettled": coding.unsettled(held) if done else 0,
        "may_publish": request.user.has_perm("consultations.publish_coding", found),
        "job": jobs.latest("consultations.count_codes", book=held.pk) if held.pk else None,
    }
    return render(request, "consultations/code_book.html", context, status=400 if form else 200)


@login_required
@require_POST
def add_code(request, code, question):
    held = coding.book_of(coding.coded_consultation(request.user, code), question)
    form = CodeForm(request.POST)
    if form.is_valid():
        typed, language = form.cleaned_data, active_code()
        name = as_text({language: typed["name"], "_source": language})
        try:
            services.add_code(held, name=name, description=typed["description"], by=request.user)
        except ValidationError as problem:
            show_problem(problem, form)
    if form.errors:
        return book(request, code, question, form)
    return redirect("consultations:code_book", code=code, question=question)


def deed(request, code, question, act):
    """A deed on a book; what is wrong with it is told on the page of the book."""
    held = coding.book_of(coding.coded_consultation(request.user, code), question)
    try:
        act(held)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("consultations:code_book", code=code, question=question)


@login_required
@require_POST
def drop_code(request, code, question, pk):
    return deed(request, code, question, lambda held: services.drop_code(coding.code_for(held, pk), by=request.user))


@login_required
@require_POST
def take_part(request, code, question):
    return deed(request, code, question, lambda held: services.take_part(held, by=request.user))


@login_required
@require_POST
def finish(request, code, question):
    return deed(request, code, question, lambda held: services.finish(own_hand(request, held), by=request.user))


@login_required
@require_POST
def publish(request, code, question):
    return deed(request, code, question, lambda held: services.publish_coding(held, by=request.user))


def own_hand(request, held):
    found = coding.hand_of(request.user, held)
    if found is None:
        raise PermissionDenied
    return found


@login_required
def own_texts(request, code, question):
    """A coder's own texts, 25 at a time; with `left` those without a code alone."""
    found = coding.coded_consultation(request.user, code)
    held = coding.book_of(found, question)
    coder = own_hand(request, held)
    rows = coding.own_texts(coder)
    rows = rows.filter(given=None) if "left" in request.GET else rows
    return give(request, held, rows, "given", lambda given: services.give_codes(coder, given, by=request.user))


@login_required
def settle(request, code, question):
    """Texts to which the two gave different codes."""
    found = coding.coded_consultation(request.user, code)
    held = coding.book_of(found, question)
    rows = coding.disagreements(held)
    return give(request, held, rows, "settled", lambda given: services.settle_codes(held, given, by=request.user))


def give(request, held, rows, name, act):
    page, codes = Paginator(rows, PER_PAGE).get_page(request.GET.get("page")), coding.codes(held)
    form = GivenForm(request.POST or None, texts=page, codes=codes, given=name)
    if form.is_valid():
        try:
            act(form.given)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("The codes are kept."))
            return redirect(request.get_full_path())
    names = {code.pk: code.name for code in codes}
    context = {
        "consultation": held.consultation,
        "question": written.text_question(selectors.current_version(held.consultation), held.question),
        "page": page,
        "form": form,
        "rows": [(row, form[f"t{row.pk}"], told(row, names)) for row in page],
        "settling": name == "settled",
    }
    return render(request, "consultations/code_texts.html", context, status=400 if form.errors else 200)


def told(row, names) -> list:
    """What each of the two gave, where both may be seen."""
    if not hasattr(row, "first"):
        return []
    return [(hand, names.get(code)) for hand, code in ((FIRST, row.first), (SECOND, row.second))]
