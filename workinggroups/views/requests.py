from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST

from platform_core.ground.reports.tables import asked as asked_table
from platform_core.ground.texts.codes import active_code
from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import require
from platform_core.materials.files.serving import serve
from platform_core.materials.trails.selectors import around

from ..forms.requests import MatrixFilter, OrganisationFilter, RequestForm, first_due_day, question_forms
from ..forms.tasks import numbers_of
from ..models import Asked, InformationRequest
from ..selectors import requests as selectors
from ..services import requests as services
from .documents import workspace

PER_PAGE = 50
ASK = "workinggroups.ask_information"
State = InformationRequest.State


def led(request, pk: int) -> InformationRequest:
    """A request whose group the reader leads."""
    found = selectors.request_for(request.user, pk)
    require(request.user, ASK, found)
    return found


@login_required
def requests(request, number):
    """What a group has asked organisations, the newest first."""
    group = workspace(request, number)
    page = Paginator(selectors.requests(request.user, group), PER_PAGE).get_page(request.GET.get("page"))
    context = {"group": group, "page": page, "may_ask": request.user.has_perm(ASK, group)}
    return render(request, "workinggroups/requests.html", context)


@login_required
def add(request, number):
    group = workspace(request, number)
    require(request.user, ASK, group)
    begun = {"language": active_code(), "due_on": first_due_day()}
    form = RequestForm(request.POST or None, request.FILES or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.draw_up(group, by=request.user, **form.fields_of_request())
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            return redirect(
                "workinggroups:request_organisations" if made.record_kind else "workinggroups:questions", made.pk
            )
    context = {"group": group, "form": form}
    return render(request, "workinggroups/request_form.html", context, status=400 if form.errors else 200)


@login_required
def change(request, pk):
    found = led(request, pk)
    form = RequestForm(request.POST or None, request.FILES or None, request=found)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(services.change(found, by=request.user, **form.fields_of_request()))
        except ValidationError as problem:
            show_problem(problem, form)
    context = {"group": found.group, "asking": found, "form": form}
    return render(request, "workinggroups/request_form.html", context, status=400 if form.errors else 200)


@login_required
def questions(request, pk):
    """The questions of a request, as many rows as there are and three more."""
    found = led(request, pk)
    forms, unchanged = question_forms(request.POST or None, found)
    if request.method == "POST" and forms.is_valid() and unchanged.is_valid():
        try:
            services.set_questions(found, forms.rows(), by=request.user)
        except ValidationError as problem:
            show_problem(problem, unchanged)
        else:
            again = "more" in request.POST
            return redirect("workinggroups:questions", pk) if again else redirect(found)
    context = {"group": found.group, "asking": found, "forms": forms, "unchanged": unchanged}
    return render(
        request, "workinggroups/request_questions.html", context, status=400 if request.method == "POST" else 200
    )


@login_required
def organisations(request, pk):
    """Whom to ask: all that answer to the filters, or those ticked; and whom not to."""
    found = led(request, pk)
    form = OrganisationFilter(request.GET)
    rows = selectors.to_choose(request.user, found, **form.chosen())
    if request.method == "POST":
        return chosen(request, found, rows)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "group": found.group,
        "asking": found,
        "form": form,
        "page": page,
        "query": urlencode(form.chosen()),
        "chosen": selectors.everyone(found).filter(state=Asked.State.CHOSEN),
        "people": selectors.people_numbers([one.pk for one in page]),
    }
    return render(request, "workinggroups/request_organisations.html", context)


def chosen(request, found: InformationRequest, rows):
    ticked = numbers_of(request.POST.getlist("organisation"))
    try:
        if "drop" in request.POST:
            services.let_go(found, numbers_of(request.POST.getlist("drop")), by=request.user)
        else:
            wanted = rows if "everyone" in request.POST else rows.filter(pk__in=ticked)
            number = services.choose(found, list(wanted), by=request.user)
            words = ngettext("%(n)s organisation was chosen.", "%(n)s organisations were chosen.", number)
            messages.success(request, words % {"n": number})
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect(request.get_full_path())


@login_required
def send(request, pk):
    """Who gets it, and how many people that are, before it is sent."""
    found = led(request, pk)
    if request.method == "POST":
        try:
            number = services.send(found, by=request.user)
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
            return redirect("workinggroups:send_request", pk)
        words = ngettext("%(n)s organisation was asked.", "%(n)s organisations were asked.", number) % {"n": number}
        messages.success(request, words)
        return redirect(found)
    rows = list(selectors.everyone(found).filter(state=Asked.State.CHOSEN))
    people = selectors.people_numbers([one.organisation_id for one in rows])
    context = {
        "group": found.group,
        "asking": found,
        "reached": [(one, people[one.organisation_id]) for one in rows if one.organisation_id in people],
        "told": [("", selectors.people_of(people))],
        "unreached": [one for one in rows if one.organisation_id not in people],
        "questions": selectors.questions(found),
    }
    return render(request, "workinggroups/request_send.html", context)


@login_required
def request(request, pk):
    """How far it is, who stands where, and the answers side by side."""
    found = selectors.request_for(request.user, pk)
    require(request.user, "workinggroups.read_answers", found)
    rows, asked = selectors.everyone(found), list(selectors.questions(found))
    if status := request.GET.get("status"):
        pks = [one.pk for one in rows if one.status == status]
        rows = rows.filter(pk__in=pks)
    if table := asked_table(request):
        return table(f"request-{pk}", selectors.table_head(asked), selectors.table(rows, asked))
    page = Paginator(selectors.with_answers(rows), PER_PAGE).get_page(request.GET.get("page"))
    for one in page:
        one.request = found
    counts = selectors.by_status(found)
    context = {
        "group": found.group,
        "asking": found,
        "questions": asked,
        "page": page,
        "rows": [(one, selectors.standing_of(one), selectors.shown_texts(one, asked)) for one in page],
        "readable": selectors.readable_records(request.user, page) if found.record_kind else set(),
        "counts": counts,
        "status": status or "",
        "query": urlencode({"status": status}) if status else "",
        "over": sum(number for code, _words, number in counts if code in ("given", "late", "declined")),
        "number": sum(number for code, _words, number in counts if code not in ("chosen", "withdrawn")),
        "may_ask": request.user.has_perm(ASK, found),
        "relations": around(request.user, found),
        "answered_by_form": not found.record_kind,
    }
    return render(request, "workinggroups/request.html", context)


DEEDS = {"close": services.close, "destroy": services.destroy}


@login_required
@require_POST
def deed(request, pk, name):
    found = led(request, pk)
    try:
        DEEDS[name](found, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect(found)
    if name == "destroy":
        return redirect("workinggroups:requests", found.group_id)
    messages.success(request, _("It is closed. Nobody has to answer any more."))
    return redirect(found)


@login_required
def request_file(request, pk, name):
    """The file that goes with a request, for the group and for those asked."""
    found = selectors.with_file_for(request.user, pk)
    return serve(request, found.file, found.file_name)


@login_required
def matrix(request, number):
    """Organisation × request: given, late, missing, with the days it took."""
    group = workspace(request, number)
    form, columns = MatrixFilter(request.GET), selectors.sent_requests(request.user, group)
    rows = selectors.asked_organisations(group, columns, **form.chosen())
    if table := asked_table(request):
        head = [_("Organisation"), _("Country"), *(one.title for one in columns), _("Median of days")]
        return table(f"matrix-{number}", head, selectors.matrix_lines(selectors.matrix(list(rows), columns)))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "group": group,
        "form": form,
        "columns": columns,
        "page": page,
        "rows": selectors.matrix(list(page), columns),
        "query": urlencode(form.chosen()),
    }
    return render(request, "workinggroups/matrix.html", context)
