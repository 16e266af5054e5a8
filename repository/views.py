from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from platform_core.ground.texts.codes import active_code, interface_code
from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.ui.languages import native_name
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.access.selectors import audience_words, require
from platform_core.materials.files.serving import serve
from platform_core.materials.languages.selectors import language_states
from platform_core.programme.search.listing import listing

from . import oai as harvesting, selectors, services
from .exports import citation
from .forms import DepositForm, WithdrawForm
from .presentation import facts, language_rows


@cached_for_guests
def records(request):
    """The repository: words, facets with counts, the newest first when no words are asked."""
    return render(request, "repository/records.html", listing(request, selectors.LABEL))


@cached_for_guests
def record(request, code):
    found = selectors.record_for(request.user, code)
    address = request.build_absolute_uri(found.get_absolute_url())
    states = language_states(found)
    context = {
        "record": found,
        "kind": selectors.kind_name(found),
        "topic": next(iter(found.topics.all()), None),
        "facts": facts(found),
        "files": [(attached, native_name(interface_code(attached.language))) for attached in found.files.all()],
        "citation": citation.text(found, address, timezone.localdate()),
        "formats": sorted(citation.FORMATS),
        "languages": language_rows(found, states),
        "stale": any(state.code == active_code() and state.state == "stale" for state in states),
        "about": selectors.about(request.user, found),
        "audience": "" if found.state == "published" else audience_words(found),
        "can_publish": request.user.has_perm("repository.publish_record", found),
        "can_withdraw": request.user.has_perm("repository.withdraw_record", found),
    }
    return render(request, "repository/record.html", context)


def download(request, code, pk, name=""):
    attached = selectors.file_for(request.user, code, pk)
    return serve(request, attached.file, attached.name)


@csrf_exempt
def oai(request):
    return HttpResponse(harvesting.answer(request), content_type="text/xml; charset=utf-8")


def cite(request, code, style):
    if style not in citation.FORMATS:
        raise Http404
    found, (write, kind) = selectors.record_for(request.user, code), citation.FORMATS[style]
    address = request.build_absolute_uri(found.get_absolute_url())
    response = HttpResponse(write(found, address), content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{found.code}.{style}")
    return response


@login_required
@permission_required("repository.deposit_record", raise_exception=True)
def deposit(request):
    form = DepositForm(request.POST or None, request.FILES or None, initial=defaults())
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            made = services.deposit(by=request.user, **form.fields_of_record())
            if file := form.cleaned_data["file"]:
                services.attach(made, file, file.name, form.cleaned_data["language"], by=request.user)
        messages.success(request, _("Your draft is kept. It is shown to you and the editors until it is published."))
        return redirect(made)
    return render(request, "repository/deposit.html", {"form": form}, status=400 if form.errors else 200)


def defaults() -> dict:
    return {
        "language": active_code(),
        "year": timezone.localdate().year,
        "kind": vocabulary.terms("record_kind")[0].code,
    }


@login_required
@permission_required("repository.deposit_record", raise_exception=True)
def drafts(request):
    page = Paginator(selectors.drafts_of(request.user), 25).get_page(request.GET.get("page"))
    rows = [(draft, selectors.kind_name(draft)) for draft in page]
    return render(request, "repository/drafts.html", {"page": page, "rows": rows})


@login_required
@require_POST
def publish(request, code):
    found = services.publish(selectors.record_for(request.user, code), by=request.user)
    messages.success(request, _("“%(title)s” is published.") % {"title": found})
    return redirect(found)


@login_required
def withdraw(request, code):
    found = selectors.record_for(request.user, code)
    require(request.user, "repository.withdraw_record", found)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.withdraw(found, by=request.user, why=form.cleaned_data["why"])
        messages.success(request, _("“%(title)s” is withdrawn; only editors see it now.") % {"title": found})
        return redirect("repository:drafts")
    return render(
        request, "repository/withdraw.html", {"record": found, "form": form}, status=400 if form.errors else 200
    )
