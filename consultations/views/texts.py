"""What people wrote: read at the desk, released or refused; and what was released, for everybody."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.texts.codes import active_code
from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.ui.problems import show_problem

from .. import selectors, services, wording
from ..forms.texts import ReleaseForm
from ..selectors import texts as written

PER_PAGE = 25
ASKED = ("language", "words", "state", "group")


@login_required
def overview(request, code):
    """The questions people answered in words, and how many texts of each were read."""
    found = selectors.managed_for(request.user, code)
    context = {"consultation": found, "rows": written.text_counts(request.user, found)}
    return render(request, "consultations/texts.html", context)


@login_required
def listing(request, code, question, failed=None):
    """Texts of one question, 25 at a time; `failed` is a form that was sent for one of them."""
    found = selectors.managed_for(request.user, code)
    version = selectors.current_version(found)
    asked = {name: request.GET.get(name, "") for name in ASKED}
    rows = written.texts(request.user, found, question, **asked)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    sizes = written.group_sizes(version, question, {row.group for row in page if row.group is not None})
    context = {
        "consultation": found,
        "question": written.text_question(version, question),
        "page": page,
        "rows": [(row, form_of(row, failed), sizes.get(row.group, 0)) for row in page],
        "failed": failed[1] if failed else None,
        "asked": asked,
        "languages": written.languages_written(request.user, found, question),
        "may_release": request.user.has_perm("consultations.release_quotes", found),
    }
    return render(request, "consultations/texts_question.html", context, status=400 if failed else 200)


@login_required
def words(request, code, question):
    """Frequent words of one language, and a word in its context."""
    found = selectors.managed_for(request.user, code)
    asked = written.text_question(selectors.current_version(found), question)
    texts, codes = (
        written.words_written(request.user, found, question),
        written.languages_written(request.user, found, question),
    )
    language, word = request.GET.get("language", ""), request.GET.get("word", "").strip()
    context = {
        "consultation": found,
        "question": asked,
        "languages": codes,
        "language": language,
        "word": word,
        "table": wording.languages(texts) if texts else None,
        "frequent": wording.frequent(texts, language) if language in codes else [],
        "places": wording.places(texts, word, language if language in codes else "") if word else None,
    }
    return render(request, "consultations/texts_words.html", context)


def form_of(row, failed) -> ReleaseForm:
    if failed and failed[0] == row.pk:
        return failed[1]
    return ReleaseForm(initial={"text": row.words}, prefix=str(row.pk))


@login_required
@require_POST
def judge(request, code, question, pk):
    """Release the words as they were sent, or refuse the text; the filter of the list stays."""
    found = selectors.managed_for(request.user, code)
    text = written.text_for(request.user, found, question, pk)
    form = ReleaseForm(request.POST, prefix=str(pk))
    try:
        if "refuse" in request.POST:
            services.refuse(found, text, question, by=request.user)
            messages.success(request, _("The text is refused; nobody else reads it."))
        elif form.is_valid():
            services.release(found, text, question, form.cleaned_data["text"], by=request.user)
            messages.success(request, _("The words are released."))
    except ValidationError as problem:
        show_problem(problem, form)
    if form.errors and "refuse" not in request.POST:
        return listing(request, code, question, failed=(pk, form))
    return redirect(f"{request.path.rsplit('/', 2)[0]}/?{request.GET.urlencode()}")


@login_required
def released(request, code):
    """All released words of a consultation, which can be taken back."""
    found = selectors.managed_for(request.user, code)
    page = Paginator(found.quotes.all(), PER_PAGE).get_page(request.GET.get("page"))
    asked = written.text_questions(selectors.current_version(found))
    rows = [(quote, asked.get(quote.question)) for quote in page]
    return render(request, "consultations/quotes_desk.html", {"consultation": found, "page": page, "rows": rows})


@login_required
@require_POST
def take_back(request, code, pk):
    found = selectors.managed_for(request.user, code)
    services.take_back(written.quote_for(request.user, found, pk), by=request.user)
    messages.success(request, _("The words are taken back."))
    return redirect("consultations:quotes_desk", code=code)


@cached_for_guests
def quotes(request, code, question):
    """Everything that was released on one question."""
    found = selectors.consultation_for(request.user, code)
    results = selectors.results_for(request.user, found)
    if results is None or question in results.left_out:
        raise Http404
    rows = written.quotes(found, question, active_code())
    context = {
        "consultation": found,
        "question": written.text_question(results.questionnaire, question),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "consultations/quotes.html", context)
