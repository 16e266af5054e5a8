from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt

from platform_core.exchange.assessment.selectors import assessments_of
from platform_core.ground.texts.codes import active_code, interface_code
from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.ui.languages import native_name
from platform_core.ground.ui.panels import panels_for
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import audience_words
from platform_core.materials.languages.selectors import language_states
from platform_core.materials.trails.selectors import seen_of, trails_of
from platform_core.programme.search import relating
from platform_core.programme.search.listing import listing, marked

from .. import file_requests, oai as harvesting, quality, reading_lists as shelves, selectors, validation, versions
from ..adoptions import adoptions_of
from ..exports import citation, dcat, machine
from ..exports.relations import between_records
from ..kinds import ADOPTED
from ..presentation import details, facts, language_rows
from . import using


@cached_for_guests
def records(request):
    """The repository: words, facets with counts, the newest first when no words are asked."""
    found = listing(request, selectors.LABEL)
    return marked(render(request, "repository/records.html", found), found)


@cached_for_guests
def record(request, code):
    try:
        found = selectors.record_for(request.user, code)
    except Http404:
        return tombstone(request, code)
    address = request.build_absolute_uri(found.get_absolute_url())
    trails = trails_of(found)
    related = seen_of(request.user, found, trails)
    states = language_states(found)
    context = {
        "record": found,
        "kind": selectors.kind_name(found),
        "topic": next(iter(found.topics.all()), None),
        "facts": facts(found),
        "details": details(found, request.user),
        "clusters": selectors.clusters_of(found),
        "concepts": found.concepts.all(),
        "files": [(attached, native_name(interface_code(attached.language))) for attached in found.files.all()],
        **access_to_files(request.user, found),
        **deeds(request.user, found),
        "shelves": shelves.reading_lists(request.user) if request.user.is_authenticated else None,
        "hints": hints_for(request.user, found),
        "citation": citation.apa(found, found.cited_as(address)),
        "chicago": citation.chicago(found, found.cited_as(address), platform_day()),
        "formats": citation.NAMES.items(),
        "languages": language_rows(found, states),
        "stale": any(state.code == active_code() and state.state == "stale" for state in states),
        **validation_of(request.user, found),
        "about": selectors.about(request.user, found),
        "adoptions": list(adoptions_of(found)) if found.adopted else [],
        "relations": related,
        "has_trail": bool(trails or found.adopted or found.about_thing),
        "panels": panels_for("record.main", request, record=found),
        "audience": "" if found.state == "published" else audience_words(found),
    }
    response = render(
        request,
        "repository/record.html",
        context | {"machine": machine.head(found, address, between_records(related, address))},
    )
    response["Link"] = machine.signposts(found, address, request)
    return using.used(response, found)


RIGHTS = {
    "can_publish": "publish_record",
    "can_change": "change_draft",
    "can_revise": "revise_record",
    "can_propose": "propose_change",
    "can_withdraw": "withdraw_record",
    "can_relate": "relate_record",
    "can_adopt": "adopt_record",
    "can_ask": "ask_validation",
    "can_comment": "comment_record",
    "can_translate": "translate_record",
}


@cached_for_guests
def related(request, code):
    """What else is about the same, with the reason; as a part of the record's page or as a page of its own."""
    found = selectors.record_for(request.user, code)
    rows = relating.related(request.user, selectors.LABEL, found.pk)
    template = "repository/related_rows.html" if "part" in request.GET else "repository/related.html"
    return render(request, template, {"record": found, "rows": rows})


def deeds(reader, found) -> dict[str, bool]:
    """What the reader may do with a record; guests may do nothing."""
    if reader.is_anonymous:
        return dict.fromkeys(RIGHTS, False)
    may = {name: reader.has_perm(f"repository.{right}", found) for name, right in RIGHTS.items()}
    asks = may["can_ask"] and validation.can_be_asked(found)
    return may | {"can_adopt": may["can_adopt"] and found.kind in ADOPTED, "can_ask": asks}


def access_to_files(reader, found) -> dict:
    sees = selectors.sees_files(reader, found)
    return {
        "sees_files": sees,
        "embargoed": selectors.is_embargoed(found),
        "waits_for_files": not sees and reader.is_authenticated and file_requests.waiting(found, reader),
    }


def hints_for(reader, found) -> list[quality.Hint]:
    """What a draft lacks, and for whoever may revise it what has broken since."""
    if found.state == "draft":
        return quality.hints(found) + quality.links_asked(found)
    if reader.is_authenticated and reader.has_perm("repository.revise_record", found):
        return quality.broken_links(found) + quality.links_asked(found)
    return []


def validation_of(reader, found) -> dict:
    """What was found of which version, and where scores and reasons stand; nothing where nobody asked."""
    if not found.validated_on and not found.validation_asked:
        return {}
    return {
        "validated": validation.is_current(found),
        "lapsed": validation.is_lapsed(found),
        "assessment": assessments_of(reader, selectors.LABEL, found.pk).first(),
    }


def tombstone(request, code):
    """Where a withdrawn record was: its title, the day and the reason."""
    gone = selectors.withdrawn(request.user, code)
    return render(request, "repository/tombstone.html", {"record": gone}, status=410)


def versions_of(request, code):
    """Every published state, the newest first, and what changed from one to another."""
    try:
        found = selectors.record_for(request.user, code)
    except Http404:
        return tombstone(request, code)
    kept = list(found.versions.all())
    pair = chosen(kept, request.GET.get("from", ""), request.GET.get("to", ""))
    changes = versions.compared(*pair) if pair else []
    may_read = pair and all(selectors.files_of_version(request.user, one) == one.content["files"] for one in pair)
    texts = versions.file_texts(*pair) if may_read else []
    context = {"record": found, "versions": kept, "pair": pair, "changes": changes, "file_texts": texts}
    return render(request, "repository/versions.html", context)


def chosen(kept, older: str, newer: str):
    """The two versions asked for, the last two when none are; None while there is only one."""
    by_number = {str(version.number): version for version in kept}
    if len(kept) < 2:
        return None
    pair = [by_number.get(older, kept[1]), by_number.get(newer, kept[0])]
    return sorted(pair, key=lambda version: version.number)


def version(request, code, number):
    """The permanent address of one published state; of what is withdrawn it tells the reason."""
    try:
        kept = selectors.version_for(request.user, code, number)
    except Http404:
        return tombstone(request, code)
    places = enumerate(kept.content["files"], start=1)
    shown = selectors.files_of_version(request.user, kept)
    files = [(place, file) for place, file in places if file in shown]
    context = {
        "record": kept.record,
        "version": kept,
        "lines": versions.lines(kept.content).items(),
        "files": [(place, file, native_name(interface_code(file["language"]))) for place, file in files],
    }
    return render(request, "repository/version.html", context)


@csrf_exempt
def oai(request):
    return HttpResponse(harvesting.answer(request), content_type="text/xml; charset=utf-8")


@cached_for_guests
def catalogue(request, ending="ttl"):
    """A page of the whole catalogue in DCAT-AP."""
    if ending not in dcat.FORMATS:
        raise Http404
    asked = request.GET.get("page", "")
    graph, _pages = dcat.page_of(request, int(asked) if asked.isdecimal() and len(asked) < 7 else 1)
    return HttpResponse(dcat.serialised(graph, ending), content_type=f"{dcat.FORMATS[ending][1]}; charset=utf-8")


def cite(request, code, style):
    if style not in citation.FORMATS:
        raise Http404
    found, (write, kind) = selectors.record_for(request.user, code), citation.FORMATS[style]
    address = request.build_absolute_uri(found.get_absolute_url())
    response = HttpResponse(write(found, found.cited_as(address)), content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{found.code}.{style}")
    return response
