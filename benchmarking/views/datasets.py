"""Data sets, their versions, what these hold and how they differ."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from platform_core.ground.reports.tables import csv_response
from platform_core.ground.texts.fields import printable
from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.vocabulary import selectors as vocabulary

from ..forms.datasets import CoverageFilter, DataFilter
from ..imports.words import FORMATS, flag_words, notes_said
from ..selectors import areas, comparison, coverage, datasets as selectors

PER_PAGE = 25
AREAS = 40
SHOWN_VERSIONS = 20


@cached_for_guests
def listing(request):
    form = DataFilter(request.GET, topics=vocabulary.topic_labels())
    page = Paginator(selectors.listed(request.user, **form.chosen), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "is_narrowed": any(form.chosen.values()),
        "may_import": request.user.has_perm("benchmarking.view_data_desk"),
    }
    return render(request, "benchmarking/data_sets.html", context)


@cached_for_guests
def data_set(request, code):
    found = selectors.data_set_for(request.user, code)
    page = Paginator(selectors.versions_of(request.user, found), SHOWN_VERSIONS).get_page(request.GET.get("page"))
    context = {
        "data_set": found,
        "page": page,
        "newest": page.object_list[0] if page.number == 1 and page.object_list else None,
        "may": {
            right: request.user.has_perm(f"benchmarking.{right}", found) for right in ("import_data", "publish_data")
        },
        "shows_who": request.user.is_authenticated,
    }
    return render(request, "benchmarking/data_set.html", context)


@cached_for_guests
def version(request, code, number):
    """What a version holds and lacks, a page of areas at a time."""
    found = selectors.version_for(request.user, code, number)
    held = list(coverage.indicators(found))
    form = CoverageFilter(request.GET, version=found, indicators=held, countries=vocabulary.country_labels())
    asked = coverage.Asked(**form.chosen)
    page = Paginator(coverage.areas(found, asked), AREAS).get_page(request.GET.get("page"))
    one = next((row for row in held if row.code == asked.indicator), None)
    shown = Paginator(held, coverage.MOST_INDICATORS).get_page(request.GET.get("columns"))
    context = {
        "version": found,
        "data_set": found.data_set,
        "form": form,
        "page": page,
        "query": request.GET.urlencode(),
        "notes": notes_said(found.report.get("notes", [])),
        "format": FORMATS.get(found.report.get("format", ""), ""),
        "flags": [(flag, flag_words(flag), count) for flag, count in found.report.get("flags", {}).items()],
        "indicator": one,
        "columns": shown,
        "may_publish": request.user.has_perm("benchmarking.publish_data", found.data_set),
        "shows_who": request.user.is_authenticated,
    }
    if one:
        years = coverage.years_of(found, one)
        context |= {
            "places": f"{one.decimals}g",
            "years": years,
            "lines": coverage.by_year(found, list(page), one, years),
        }
    else:
        context["lines"] = coverage.by_indicator(found, list(page), list(shown))
    return render(request, "benchmarking/data_version.html", context)


FIGURES_HEAD = ("indicator", "area", "area_name", "year", "value", "flag", "provenance")
COVERAGE_HEAD = ("area", "area_name", "indicator", "values", "years", "missing", "flagged", "national")
CHANGES_HEAD = ("change", "indicator", "area", "year", "old_value", "old_flag", "value", "flag")


def figures(request, code, number):
    """All of a version, in full precision, as it was stored."""
    found = selectors.version_for(request.user, code, number)
    indicator = printable(request.GET.get("indicator", ""))
    return csv_response(f"{code}-{number}", FIGURES_HEAD, coverage.figures(found, indicator))


def gaps(request, code, number):
    found = selectors.version_for(request.user, code, number)
    form = CoverageFilter(request.GET, version=found, indicators=(), countries={})
    asked = coverage.Asked(level=form.chosen["level"], country=form.chosen["country"])
    return csv_response(f"{code}-{number}-coverage", COVERAGE_HEAD, coverage.gaps(found, asked))


def two_versions(request, code):
    """The versions named in the address; without names the newest two."""
    found = selectors.data_set_for(request.user, code)
    rows = selectors.versions_of(request.user, found)
    named = {name: request.GET.get(name, "") for name in ("old", "new")}
    if all(number.isdecimal() and len(number) < 9 for number in named.values()):
        return found, *(get_object_or_404(rows, number=int(named[name])) for name in ("old", "new"))
    newest = list(rows[:2])
    if len(newest) < 2:
        raise Http404
    return found, newest[1], newest[0]


@cached_for_guests
def compare(request, code):
    """What a version added, dropped and revised; the cells of one indicator at a time."""
    found, old, new = two_versions(request, code)
    kind, indicator = request.GET.get("kind", ""), printable(request.GET.get("indicator", ""))
    words = {"added": _("Added"), "dropped": _("No longer there"), "revised": _("Revised")}
    counts = comparison.told(old, new)
    context = {
        "data_set": found,
        "old": old,
        "new": new,
        "numbers": list(selectors.versions_of(request.user, found).values_list("number", flat=True)[:200]),
        "counts": [(one, [(which, words[which], n) for which, n in found.items()]) for one, found in counts or ()],
        "is_large": counts is None,
        "kind": kind,
        "indicator": indicator,
        "words": words,
    }
    if kind in comparison.KINDS and indicator:
        page = Paginator(comparison.cells(old, new, kind, indicator), AREAS).get_page(request.GET.get("page"))
        context |= {
            "page": page,
            "cells": comparison.with_former(list(page), old, kind),
            "query": request.GET.urlencode(),
        }
    return render(request, "benchmarking/data_compare.html", context)


def changes(request, code):
    _found, old, new = two_versions(request, code)
    return csv_response(f"{code}-{old.number}-{new.number}", CHANGES_HEAD, comparison.lines(old, new))


@cached_for_guests
def former_codes(request):
    """What became of codes of areas."""
    words = printable(request.GET.get("words", "")).strip()[:60]
    page = Paginator(areas.former_codes(words), PER_PAGE * 2).get_page(request.GET.get("page"))
    return render(request, "benchmarking/area_codes.html", {"page": page, "words": words})


@cached_for_guests
def method(request):
    return render(request, "benchmarking/methods/nuts.html")
