from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from platform_core.ground.ui.problems import show_problem
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import require

from ..forms.documents import PublishForm, ReviewForm
from ..selectors import documents as selectors, publication as told
from ..services import publication, reviews


@login_required
def ask(request, pk):
    """Ask people of the group to review the last version."""
    found = selectors.document_for(request.user, pk)
    require(request.user, "workinggroups.ask_review", found)
    form = ReviewForm(request.POST or None, people=selectors.can_review(found.group, request.user))
    if request.method == "POST" and form.is_valid():
        try:
            reviews.ask(found, form.cleaned_data["people"], by=request.user, due_on=form.cleaned_data["due_on"])
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("They are asked. Any change of the document ends this review."))
            return redirect(found)
    context = {"document": found, "form": form, "version": selectors.versions(found).first()}
    return render(request, "workinggroups/review_ask.html", context, status=400 if form.errors else 200)


@login_required
def publish(request, pk):
    """The approved version becomes a record of the repository."""
    found = selectors.document_for(request.user, pk)
    require(request.user, "workinggroups.publish_document", found)
    initial = {"summary": found.description, "year": platform_day().year, "kind": "deliverable"}
    if found.record:
        initial |= {"summary": found.record.summary.get(found.language, ""), "year": found.record.year}
    choices, lacking = told.kinds(found)
    known = {"document": found, "choices": choices, "writers": told.writers(found)}
    form = PublishForm(request.POST or None, initial=initial, **known)
    if request.method == "POST" and form.is_valid():
        try:
            record = publication.publish(found, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            words = _("It is published. Everybody can find it now.")
            messages.success(request, _("It is published for members.") if record.for_members else words)
            return redirect(record)
    version = selectors.versions(found).first()
    context = {"document": found, "form": form, "version": version, "lacking": [] if found.record else lacking}
    return render(request, "workinggroups/publish.html", context, status=400 if form.errors else 200)
