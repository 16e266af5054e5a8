"""The editor: sections and questions of a draft. Every deed is a form of its own, so nothing needs a script."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from platform_core.ground.ui.problems import show_problem
from platform_core.materials.files.serving import serve_picture

from .. import drafting, selectors as public
from ..forms.questions import AudiencesForm, DeleteForm, MoveForm, QuestionForm, SectionForm
from ..models import DraftState
from ..questions import TYPES
from ..questions.kinds import names
from ..selectors import approvals, drafting as selectors
from ..services import drafting as services
from ..services.illustrations import illustrate

Deed = DraftState.Deed


def told(request, problem: ValidationError) -> None:
    messages.error(request, " ".join(problem.messages))


@never_cache
@login_required
def questions(request, code):
    """All sections and questions with what is wrong with them; the published ones where there is no draft."""
    found = selectors.read_for(request.user, code)
    draft = selectors.draft(found)
    version = draft or selectors.newest(found)
    sections, problems = selectors.outline(version)
    context = {
        "consultation": found,
        "version": version,
        "is_draft": draft is not None,
        "may_edit": draft is not None and request.user.has_perm("consultations.edit", found),
        "may_begin": draft is None and request.user.has_perm("consultations.edit", found),
        "sections": sections,
        "problems": problems,
        "wrong": sum(len(row.problems) for section in sections for row in (section, *section.rows)) + len(problems),
        "number": sum(len(section.rows) for section in sections),
        "standing": approvals.standing(version) if draft else "",
        "last": version.states.defer("structure").first(),
        "lacking": selectors.texts_lacking(version),
        "audiences": names(version.structure, "audiences"),
    }
    return render(request, "consultations/questions.html", context)


def page(request, found, form, title, *, back="", **more):
    context = {"consultation": found, "form": form, "title": title, **more}
    return render(request, "consultations/edit.html", context, status=400 if form.errors else 200)


def done(request, form, deed, *args, **kwargs) -> bool:
    try:
        deed(*args, by=request.user, **kwargs)
    except ValidationError as problem:
        show_problem(problem, form)
        return False
    return True


def to(found, code=""):
    return redirect(f"{found.questions_address}{f'#{code}' if code else ''}")


@never_cache
@login_required
def add_section(request, code):
    found = selectors.edited_for(request.user, code)
    version = selectors.draft_or_404(found)
    taken = {"add", *(section["code"] for section in version.structure["sections"])}
    form = section_form(request, version, {}, taken, is_fixed=False, stamp=version.sha256)
    if request.method == "POST" and form.is_valid():
        made = form.built()
        change = drafting.add_section(made)
        if done(request, form, services.edit, found, Deed.SECTION_ADDED, change, place=made["code"]):
            return to(found, f"s-{made['code']}")
    return page(request, found, form, _("Add a section"))


def section_form(request, version, part, taken, *, is_fixed, stamp=""):
    choices = list(names(version.structure, "audiences").items())
    given = request.POST if request.method == "POST" else None
    return SectionForm(given, part=part, taken=taken, is_fixed=is_fixed, audiences=choices, stamp=stamp)


def section_of(version, code: str) -> dict:
    found = drafting.find_section(version.structure, code)
    if found is None:
        raise Http404
    return found


def question_of(version, code: str) -> dict:
    found = drafting.find_question(version.structure, code)
    if found is None:
        raise Http404
    return found


@never_cache
@login_required
def section(request, code, section):
    """Change a section."""
    found = selectors.edited_for(request.user, code)
    version = selectors.draft_or_404(found)
    part = section_of(version, section)
    taken = {"add", *(one["code"] for one in version.structure["sections"])}
    form = section_form(request, version, part, taken, is_fixed=section in selectors.fixed_sections(found))
    if request.method == "POST" and form.is_valid():
        made = form.built()
        change = drafting.replace_part(section, made, part, is_section=True)
        if done(request, form, services.edit, found, Deed.SECTION_CHANGED, change, place=made["code"]):
            return to(found, f"s-{made['code']}")
    return page(request, found, form, _("Change a section"), part=part, condition=("sections", section))


@never_cache
@login_required
def add_question(request, code, section):
    """First its type, then its fields."""
    found = selectors.edited_for(request.user, code)
    version = selectors.draft_or_404(found)
    home = section_of(version, section)
    kind = request.GET.get("type", "")
    if kind not in TYPES:
        context = {
            "consultation": found,
            "section": home,
            "types": TYPES.values(),
            "after": request.GET.get("after", ""),
        }
        return render(request, "consultations/types.html", context)
    form = question_form(request, found, {"type": kind}, version, stamp=version.sha256)
    if request.method == "POST" and form.is_valid():
        made = built(request, found, form)
        change = drafting.add_question(made, section, request.GET.get("after", ""))
        if done(request, form, services.edit, found, Deed.QUESTION_ADDED, change, place=made["code"]):
            return to(found, f"q-{made['code']}")
    return page(request, found, form, _("Add a question: %(type)s") % {"type": TYPES[kind].name})


def question_form(request, found, part, version, stamp=""):
    is_fixed = bool(part.get("code")) and part["code"] in selectors.fixed_codes(found)
    taken, posted = drafting.codes_used(version.structure), request.method == "POST"
    given = {"data": request.POST, "files": request.FILES} if posted else {}
    return QuestionForm(part=part, taken=taken, is_fixed=is_fixed, stamp=stamp, **given)


def built(request, found, form) -> dict:
    made = form.built()
    if picture := form.cleaned_data.get("picture"):
        made["image"] = illustrate(found, picture, by=request.user)
    return made


@never_cache
@login_required
def question(request, code, question):
    """Change a question."""
    found = selectors.edited_for(request.user, code)
    version = selectors.draft_or_404(found)
    part = question_of(version, question)
    form = question_form(request, found, part, version)
    if request.method == "POST" and form.is_valid():
        made = built(request, found, form)
        change = drafting.replace_part(question, made, part, is_section=False)
        if done(request, form, services.edit, found, Deed.QUESTION_CHANGED, change, place=made["code"]):
            return to(found, f"q-{made['code']}")
    title = _("Change a question: %(type)s") % {"type": TYPES[part["type"]].name}
    return page(request, found, form, title, part=part, condition=("questions", question))


@login_required
@require_POST
def arrange(request, code):
    """Up, down, or a copy: one button per section and question in one form, named by what it does."""
    found = selectors.edited_for(request.user, code)
    version = selectors.draft_or_404(found)
    deed, change, place = arrangement(request.POST, version)
    try:
        services.edit(found, deed, change, by=request.user, place=place, seen=request.POST.get("seen", ""))
    except ValidationError as problem:
        told(request, problem)
    return to(found, f"{'s' if 'section' in ' '.join(request.POST) else 'q'}-{place}")


def arrangement(typed, version):
    """What the pressed button means; a question dragged before another comes as `dragged` and `before`."""
    steps = {"up": -1, "down": 1}
    for name, step in steps.items():
        if name in typed:
            return Deed.MOVED, drafting.step_question(typed[name], step), typed[name]
        if f"section_{name}" in typed:
            return Deed.MOVED, drafting.step_section(typed[f"section_{name}"], step), typed[f"section_{name}"]
    if "copy" in typed:
        new = drafting.suggest(typed["copy"].replace("_", " "), drafting.codes_used(version.structure))
        return Deed.QUESTION_DUPLICATED, drafting.duplicate(typed["copy"], new), new
    if typed.get("dragged") and typed.get("before"):
        return Deed.MOVED, drafting.move_before(typed["dragged"], typed["before"]), typed["dragged"]
    raise Http404


@never_cache
@login_required
def move_question(request, code, question):
    found = selectors.edited_for(request.user, code)
    version = selectors.draft_or_404(found)
    question_of(version, question)
    form = MoveForm(request.POST or None, structure=version.structure, code=question, is_section=False)
    if request.method == "POST" and form.is_valid():
        section, _colon, place = form.cleaned_data["place"].rpartition(":")
        change = drafting.move_question(question, section, int(place))
        if done(request, form, services.edit, found, Deed.MOVED, change, place=question):
            return to(found, f"q-{question}")
    return page(request, found, form, _("Move a question"))


@never_cache
@login_required
def move_section(request, code, section):
    found = selectors.edited_for(request.user, code)
    version = selectors.draft_or_404(found)
    section_of(version, section)
    form = MoveForm(request.POST or None, structure=version.structure, code=section, is_section=True)
    if request.method == "POST" and form.is_valid():
        change = drafting.move_section(section, int(form.cleaned_data["place"]))
        if done(request, form, services.edit, found, Deed.MOVED, change, place=section):
            return to(found, f"s-{section}")
    return page(request, found, form, _("Move a section"))


@never_cache
@login_required
def delete_question(request, code, question):
    """Asks first, and says what depends on it."""
    found = selectors.edited_for(request.user, code)
    version = selectors.draft_or_404(found)
    part = question_of(version, question)
    return delete(request, found, version, part, {question}, drafting.delete_question, Deed.QUESTION_DELETED)


@never_cache
@login_required
def delete_section(request, code, section):
    found = selectors.edited_for(request.user, code)
    version = selectors.draft_or_404(found)
    part = section_of(version, section)
    asked = {one["code"] for one in part["questions"]}
    return delete(request, found, version, part, asked, drafting.delete_section, Deed.SECTION_DELETED)


def delete(request, found, version, part, codes, way, deed):
    depending = drafting.dependents(version.structure, codes)
    depending = [one for one in depending if one is not part]
    form = DeleteForm(request.POST or None, initial={"seen": version.sha256})
    if not depending:
        del form.fields["with_conditions"]
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        change = way(part["code"], with_conditions=typed.get("with_conditions", False))
        if done(
            request, form, services.edit, found, deed, change, place=part["code"], seen=typed["seen"] or version.sha256
        ):
            messages.success(request, _("Deleted. “Take back” brings it back."))
            return to(found)
    context = {"consultation": found, "form": form, "part": part, "codes": codes, "depending": depending}
    return render(request, "consultations/delete.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
def audiences(request, code):
    found = selectors.edited_for(request.user, code)
    version = selectors.draft_or_404(found)
    form = AudiencesForm(
        request.POST if request.method == "POST" else None, held=version.structure.get("audiences") or []
    )
    if request.method == "POST" and form.is_valid():
        change = drafting.set_audiences(form.cleaned_data["audiences"])
        if done(request, form, services.edit, found, Deed.AUDIENCES, change):
            return to(found)
    return page(request, found, form, _("Audiences"))


@login_required
def image(request, code, sha256):
    """A picture of a draft, for those who may read it."""
    return serve_picture(request, public.illustration(selectors.read_for(request.user, code), sha256))


@login_required
@require_POST
def undo(request, code):
    found = selectors.edited_for(request.user, code)
    try:
        services.undo(found, by=request.user, seen=request.POST.get("seen", ""))
    except ValidationError as problem:
        told(request, problem)
    else:
        messages.success(request, _("The last change is taken back."))
    return to(found)


@never_cache
@login_required
def states(request, code):
    """Every state of the draft that is kept; one of them is brought back by its button."""
    found = selectors.edited_for(request.user, code)
    version = selectors.draft_or_404(found)
    if request.method == "POST":
        pk = request.POST.get("state", "")
        state = selectors.state_for(version, int(pk) if pk.isdecimal() and len(pk) < 18 else 0)
        try:
            services.restore(found, state, by=request.user, seen=request.POST.get("seen", ""))
        except ValidationError as problem:
            told(request, problem)
            return redirect("consultations:states", code)
        messages.success(request, _("That state is back. The one before it is kept, too."))
        return to(found)
    context = {"consultation": found, "version": version, "states": selectors.states(version)}
    return render(request, "consultations/states.html", context)
