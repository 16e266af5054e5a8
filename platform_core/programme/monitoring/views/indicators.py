"""The programme for everybody: its indicators, and the list that each number is the length of."""

from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _

from platform_core.ground.reports.tables import asked
from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.vocabulary import selectors as vocabulary

from ..forms.indicators import ProgrammeFilter
from ..selectors import evidence, indicators as selectors

PER_PAGE, AT_ONCE = 25, 500
NAMES = ("period", "country", "partner", "topic", "stage")


@cached_for_guests
def programme(request):
    form = ProgrammeFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    lines = selectors.programme(**chosen)
    if table := asked(request):
        return table("programme", programme_head(), (programme_cells(line) for line in lines))
    context = {
        "form": form,
        "groups": grouped(lines),
        "count": len(lines),
        "query": urlencode({name: value for name, value in chosen.items() if value}),
        "is_demonstration": settings.DEMONSTRATION,
        "may_change": request.user.is_authenticated and request.user.has_perm("monitoring.change_programme"),
    }
    return render(request, "monitoring/programme.html", context)


def grouped(lines):
    found: dict[str, list] = {}
    for line in lines:
        found.setdefault(line.indicator.get_kind_display(), []).append(line)
    return list(found.items())


def programme_head() -> list[str]:
    told = [_("Code"), _("Kind"), _("Indicator"), _("Unit"), _("Baseline"), _("Target"), _("Due by the end of period")]
    return [*told, _("Value"), _("Only self-declared"), _("Partners below their target")]


def programme_cells(line) -> list:
    one = line.indicator
    told = [one.code, one.get_kind_display(), str(one.name), str(one.unit), one.baseline, one.target]
    return [
        *told,
        one.period.code if one.period else "",
        line.value,
        line.declared or "",
        "; ".join(str(owed.organisation) for owed in line.below),
    ]


@cached_for_guests
def indicator(request, code):
    """A number and its list: what of it the reader may see, people counted, and what is not open."""
    found = selectors.indicator_for(code)
    question = evidence.Question(**{name: request.GET.get(name, "").replace("\0", "") for name in NAMES})
    proof = evidence.proof(request.user, found, question)
    if table := asked(request):
        return table(f"evidence-{found.code}", head(), cells(request.user, proof))
    page = Paginator(proof.entries, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "indicator": found,
        "line": selectors.line(found),
        "proof": proof,
        "page": page,
        "entries": told(request.user, page),
        "people": [(choice.label, choice.count) for choice in proof.people.countries],
        "facets": facets(found, proof.question),
        "query": urlencode(proof.question.asked),
        "is_demonstration": settings.DEMONSTRATION,
        "refused": question.asked != proof.question.asked,
    }
    return render(request, "monitoring/indicator.html", context)


def facets(indicator, question) -> list[dict]:
    """Each choice beside its count; a second click takes it away again."""
    names = dict(
        zip(NAMES, (_("Period"), _("Country"), _("Partner"), _("Topic"), _("Stage of the policy cycle")), strict=True)
    )
    found = []
    for name, choices in evidence.choices(indicator).items():
        held = question.asked.get(name, "")
        rows = [
            {
                "code": choice.code,
                "label": choice.label,
                "count": choice.count,
                "selected": choice.code == held,
                "topic": choice.code if name == "topic" else None,
                "address": address_with(question, name, "" if choice.code == held else choice.code),
            }
            for choice in choices
        ]
        found += [{"name": names[name], "dimension": name, "choices": rows}] if rows else []
    return found


def address_with(question, name: str, code: str) -> str:
    kept = {**question.asked, name: code}
    return f"?{urlencode({key: value for key, value in kept.items() if value})}"


def told(user, rows) -> list[dict]:
    """The lines of a page, with places and topics in words."""
    countries, topics = vocabulary.country_labels(), vocabulary.topic_labels()
    stages = vocabulary.term_labels("cycle_stage")
    named = evidence.sees_names(user)
    return [
        {
            "title": entry.title,
            "address": entry.address,
            "kind": entry.kind,
            "day": entry.row.day,
            "organisation": entry.row.organisation,
            "countries": [countries.get(code, code) for code in evidence.unpacked(entry.row.countries)],
            "region": entry.row.region,
            "topics": [str(topics.get(code, code)) for code in evidence.unpacked(entry.row.topics)],
            "stages": [str(stages.get(code, code)) for code in evidence.unpacked(entry.row.stages)],
            "person": str(entry.row.person) if named and entry.row.person else "",
            "is_self_declared": entry.row.is_self_declared,
        }
        for entry in evidence.entries(user, rows)
    ]


def head() -> list[str]:
    told = [_("Entry"), _("Kind"), _("Address"), _("Day"), _("Organisation"), _("Countries"), _("Region"), _("Topics")]
    return [*told, _("Stages of the policy cycle"), _("Person"), _("Only self-declared"), _("How many")]


def cells(user, proof):
    """Every entry the reader may see, people by country, what is not shown: the last column adds up to the number."""
    pages = Paginator(proof.entries, AT_ONCE)
    yes, blank = _("yes"), [""] * 9
    for number in pages.page_range:
        for row in told(user, pages.page(number)):
            places = [", ".join(row[name]) for name in ("countries",)] + [row["region"], ", ".join(row["topics"])]
            yield [
                str(row["title"]),
                row["kind"],
                row["address"],
                row["day"].isoformat(),
                str(row["organisation"] or ""),
                *places,
                ", ".join(row["stages"]),
                row["person"],
                yes if row["is_self_declared"] else "",
                1,
            ]
    for choice in proof.people.countries:
        yield [_("people, without names"), "", "", "", "", choice.label, "", "", "", "", "", choice.count]
    if proof.people.rest:
        yield [_("people of countries with too few to be named"), *blank, "", proof.people.rest]
    if proof.people.declared:
        yield [_("of these people, how many only declared it themselves"), *blank, str(proof.people.declared), ""]
    if proof.closed:
        yield [_("not open to you"), *blank, "", proof.closed]
