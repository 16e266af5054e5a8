from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.texts.codes import active_code
from platform_core.identity.access.selectors import require
from platform_core.materials.jobs.selectors import latest

from .. import composition, concept as structure, presets, selectors as groups
from ..forms.setups import BeginConceptForm, JoinAtOnceForm, JoinForm, OpennessForm, SectionForm, TemplateForm
from ..models import PageExport
from ..selectors import documents, setups as selectors
from ..services import groups as group_services, setups as services
from .asking import asked, done


def entered(request, number: int):
    group = groups.group_for(request.user, number)
    require(request.user, "workinggroups.enter_group", group)
    return group


@login_required
def concept(request, number):
    """The concept paper, section by section: what belongs there, how far it is, and what the group lacks."""
    group = entered(request, number)
    document = selectors.concept_paper(request.user, group)
    if document is None:
        return asked(
            request,
            BeginConceptForm(request.POST or None, initial={"language": active_code()}),
            lambda form: leave(services.begin_concept(group, by=request.user, **form.cleaned_data)),
            title=_("Concept paper"),
            lead=_(
                "It sets out why the group exists, what it will do and who belongs to it, as a page of the library."
            ),
            action=_("Begin the concept paper"),
            back=reverse("workinggroups:concept", args=[number]),
            topic=group.pk,
        )
    last = documents.shown_version(request.user, document)
    parts = structure.sections(last.text)
    context = {
        "group": group,
        "document": document,
        "version": last,
        "parts": parts,
        "complete": sum(part.is_complete for part in parts),
        "requirements": composition.requirements(group),
        "may_change": request.user.has_perm("workinggroups.change_document", document),
        "formats": PageExport.Format.choices,
    }
    return render(request, "workinggroups/concept.html", context)


def leave(_made: object) -> None:
    """Back to where the form was."""


@login_required
def section(request, number, code):
    """One section of the concept paper; what others changed elsewhere meanwhile stays."""
    group = entered(request, number)
    document = selectors.concept_paper(request.user, group)
    part = next((one for one in presets.SECTIONS if one.code == code), None)
    if document is None or part is None:
        raise Http404
    require(request.user, "workinggroups.change_document", document)
    last = documents.last_version(document)
    held = next(one for one in structure.sections(last.text) if one.section == part)
    form = SectionForm(request.POST or None, initial={"base": last.number, "text": held.body})

    def perform(form) -> None:
        typed = form.cleaned_data
        services.write_section(document, code, typed["text"], by=request.user, base=typed["base"])

    return asked(
        request,
        form,
        perform,
        title=held.heading,
        lead=part.guidance,
        action=_("Keep"),
        told=_("Kept as a new version."),
        back=reverse("workinggroups:concept", args=[number]),
        topic=group.pk,
        requirements=composition.requirements(group) if part.shows else [],
    )


@login_required
@require_POST
def ask_export(request, pk, major, minor, form):
    """A page as PDF or DOCX; made once for each version."""
    version = documents.version_for(request.user, pk, major, minor)
    if version.file_id is not None or form not in PageExport.Format.values:
        raise Http404
    services.ask_export(version, form, by=request.user)
    return redirect("workinggroups:export", pk, major, minor, form)


@login_required
def export(request, pk, major, minor, form):
    """How far the file is, and the file once it is there."""
    version = documents.version_for(request.user, pk, major, minor)
    found = get_object_or_404(PageExport, version=version, format=form)
    context = {"export": found, "version": version, "document": version.document, "name": services.file_name(found)}
    context["job"] = None if found.file else latest("workinggroups.export", export=found.pk)
    return render(request, "workinggroups/export.html", context)


@login_required
def export_file(request, pk, major, minor, form):
    version = documents.version_for(request.user, pk, major, minor)
    found = get_object_or_404(PageExport, version=version, format=form)
    if not found.file:
        raise Http404
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=services.file_name(found))


@login_required
def members(request, number):
    """Who sits in the group and until when, who takes part, who was invited to one activity, and what is lacking."""
    group = groups.group_for(request.user, number)
    context = {
        "group": group,
        "seats": selectors.seats_in_full(request.user, group),
        "participants": selectors.participants(request.user, group),
        "invited": selectors.invited(request.user, group),
        "requests": selectors.open_requests(request.user, group),
        "requirements": composition.requirements(group) if request.user.has_perm("members.view_contacts") else [],
        "may_enter": request.user.has_perm("workinggroups.enter_group", group),
        "may_join": selectors.may_join(request.user, group),
        "is_participant": selectors.is_participant(request.user, group),
        "may_set_up": request.user.has_perm("workinggroups.set_up_group", group),
    }
    return render(request, "workinggroups/members.html", context)


@login_required
def join(request, number):
    group = groups.group_for(request.user, number)
    require(request.user, "workinggroups.join_group", group)
    is_open = group.joining == group.Joining.OPEN
    form = (JoinAtOnceForm if is_open else JoinForm)(request.POST if request.method == "POST" else None)
    back = reverse("workinggroups:members", args=[number])
    return asked(
        request,
        form,
        lambda form: leave(group_services.join(group, by=request.user, **form.cleaned_data)),
        title=_("Take part in working group %(number)s") % {"number": number},
        lead=group.get_participation_display(),
        action=_("Take part") if is_open else _("Ask to take part"),
        told=_("You take part from now on.")
        if is_open
        else _("The leader is asked. You find your request under Cases."),
        back=back,
        topic=group.pk,
    )


@login_required
@require_POST
def quit_group(request, number):
    group = groups.group_for(request.user, number)
    back = reverse("pages:topics")
    return done(request, lambda: group_services.leave(group, by=request.user), _("You take part no longer."), back)


@login_required
def openness(request, number):
    """Who finds the group, who joins it, and what joining means."""
    group = groups.group_for(request.user, number)
    require(request.user, "workinggroups.set_up_group", group)
    held = {name: getattr(group, name) for name in ("visibility", "joining", "participation")}
    return asked(
        request,
        OpennessForm(request.POST or None, initial=held),
        lambda form: leave(group_services.open_up(group, by=request.user, **form.cleaned_data)),
        title=_("How open the group is"),
        action=_("Keep"),
        told=_("Kept. It holds from now on."),
        back=reverse("workinggroups:members", args=[number]),
        topic=group.pk,
        lead=_("What everybody may see already stays where it is; links to it go on working."),
    )


@login_required
def template(request, number):
    """Folders, pages and openness from a template; what is there already stays."""
    group = groups.group_for(request.user, number)
    require(request.user, "workinggroups.set_up_group", group)
    return asked(
        request,
        TemplateForm(request.POST or None),
        lambda form: leave(group_services.apply_template(group, form.cleaned_data["template"], by=request.user)),
        title=_("Furnish the group from a template"),
        action=_("Furnish it"),
        told=_("The group is furnished."),
        back=reverse("workinggroups:members", args=[number]),
        topic=group.pk,
        templates=presets.TEMPLATES,
    )
