"""Files people bring: looked at first, then taken over or given up."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST

from platform_core.ground.ui.problems import show_problem

from ..exports import xlsform
from ..forms.exchange import BroughtForm
from ..imports import READERS, own
from ..models import Incoming
from ..selectors import current_version, exchange as selectors
from ..services import imports

SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def bringing(request, title: str, lead: str, bring, **form_fields):
    """A form for one file; `bring` keeps it or says what is wrong with it."""
    consultation = form_fields.pop("consultation", None)
    typed = (request.POST, request.FILES) if request.method == "POST" else ()
    form = BroughtForm(*typed, **form_fields)
    if form.is_valid():
        try:
            return redirect(bring(form.cleaned_data))
        except ValidationError as problem:
            show_problem(ValidationError({"file": problem.messages}), form)
    context = {"form": form, "title": title, "lead": lead, "consultation": consultation}
    return render(request, "consultations/exchange_bring.html", context, status=422 if form.errors else 200)


@login_required
def new_questionnaire(request):
    return bringing(
        request,
        _("A questionnaire from a file"),
        _("You see what is in it, and what cannot be taken over, before anything is kept."),
        lambda typed: imports.bring_questionnaire(typed["file"], by=request.user, topic=typed["topic"]),
        topics=selectors.topics_for(request.user),
        kinds=list(READERS),
    )


@login_required
def questionnaire(request, code):
    found = selectors.exported_for(request.user, code)
    return bringing(
        request,
        _("The next version of the questions from a file"),
        _("It becomes a version that is not published yet; answers keep the version they were given to."),
        lambda typed: imports.bring_questionnaire(
            typed["file"], by=request.user, topic=found.topic_id, consultation=found
        ),
        kinds=list(READERS),
        consultation=found,
    )


@login_required
def answers(request, code):
    found = selectors.exported_for(request.user, code)
    return bringing(
        request,
        _("Answers from a file"),
        _("A CSV file (UTF-8) with the columns of an export, as codes or as texts, at most 5,000 rows."),
        lambda typed: imports.bring_answers(typed["file"], found, by=request.user),
        kinds=[".csv"],
        consultation=found,
    )


@login_required
def incoming(request, pk):
    """What is in a file somebody brought."""
    found = selectors.incoming_for(request.user, pk)
    if found.kind == Incoming.Kind.QUESTIONNAIRE:
        draft = imports.draft_of(found)
        context = {"draft": draft, "notes": notes(draft), "languages": sorted(draft.languages.items())}
        return render(request, "consultations/exchange_questions.html", seen(found) | context)
    table = imports.table_of(found)
    problems = [[problem.line, problem.column, problem.words] for problem in table.problems[:SHOWN]]
    context = {"table": table, "problems": problems, "more": len(table.problems) - len(problems)}
    return render(request, "consultations/exchange_answers.html", seen(found) | context)


def seen(found: Incoming) -> dict:
    head = [_("Line"), _("Column"), _("Problem")]
    told = [_("Where"), _("What"), _("Why")]
    return {"brought": found, "consultation": found.consultation, "head": head, "told": told}


def notes(draft) -> list[list[str]]:
    return [[note.where or "–", note.what, note.why] for note in draft.notes]


@login_required
@require_POST
def take(request, pk):
    found = selectors.incoming_for(request.user, pk)
    taken = questions_taken if found.kind == Incoming.Kind.QUESTIONNAIRE else answers_taken
    try:
        return taken(request, found)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect(found)


def questions_taken(request, found):
    made = imports.take_questionnaire(found, by=request.user)
    messages.success(request, _("The questionnaire was taken over; nobody but the group sees it yet."))
    return redirect("consultations:manage", code=made.code)


def answers_taken(request, found):
    number = imports.take_answers(found, by=request.user)
    told = ngettext("%(n)s answer was taken over.", "%(n)s answers were taken over.", number)
    messages.success(request, told % {"n": number})
    return redirect("consultations:manage", code=selectors.place_of(found).code)


@login_required
@require_POST
def give_up(request, pk):
    found = selectors.incoming_for(request.user, pk)
    imports.drop(found)
    messages.success(request, _("The file was deleted."))
    return redirect("consultations:desk")


@login_required
def own_file(request, code):
    """The questions as our own JSON."""
    found = selectors.exported_for(request.user, code)
    response = HttpResponse(own.written(current_version(found)), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{found.code}.json"'
    return response


@login_required
def form_file(request, code):
    """The questions as XLSForm, with a sheet of what could not be written."""
    found = selectors.exported_for(request.user, code)
    content = xlsform.written(xlsform.Form(current_version(found)))
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{found.code}.xlsx"'
    return response


addresses = [
    path("incoming/new/", new_questionnaire, name="import_new"),
    path("incoming/<int:pk>/", incoming, name="incoming"),
    path("incoming/<int:pk>/take/", take, name="take_incoming"),
    path("incoming/<int:pk>/give-up/", give_up, name="give_up_incoming"),
    path("<slug:code>/questions.json", own_file, name="questions_file"),
    path("<slug:code>/questions.xlsx", form_file, name="questions_form"),
    path("<slug:code>/import/questions/", questionnaire, name="import_questions"),
    path("<slug:code>/import/answers/", answers, name="import_answers"),
]
