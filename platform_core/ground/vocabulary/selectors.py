"""Reference rows change only with a release, so they are read once per process."""

from collections.abc import Callable, Mapping
from functools import cache
from itertools import groupby
from types import MappingProxyType
from typing import TypeVar

from platform_core.ground.texts.codes import active_code
from platform_core.ground.texts.sorting import sort_key

from .models import Concept, Country, Region, Term, Topic

Question = TypeVar("Question", bound=Callable)
REGION, COUNTRY = "vocabulary.region", "vocabulary.country"
KEPT: list = []


def kept(question: Question) -> Question:
    """Keeps answers until reference rows are loaded again."""
    KEPT.append(cache(question))
    return KEPT[-1]


@kept
def topics() -> tuple[Topic, ...]:
    return tuple(Topic.objects.all())


@kept
def countries() -> tuple[Country, ...]:
    return tuple(Country.objects.all())


@kept
def regions() -> tuple[Region, ...]:
    return tuple(Region.objects.select_related("country"))


@kept
def all_terms() -> tuple[Term, ...]:
    return tuple(Term.objects.all())


@kept
def terms(scheme: str) -> tuple[Term, ...]:
    return tuple(term for term in all_terms() if term.scheme == scheme)


@kept
def concepts() -> tuple[Concept, ...]:
    return tuple(Concept.objects.all())


def concept_labels() -> Mapping[str, str]:
    """Keywords in the active language, in its alphabetical order."""
    return labels_in(active_code(), "concept")


def topic(number: int) -> Topic | None:
    return next((topic for topic in topics() if topic.number == number), None)


def country(code: str) -> Country | None:
    return next((country for country in countries() if country.code == code), None)


def number_of(country: Country) -> int:
    """Where things are kept by number: its two letters read as one."""
    return int.from_bytes(country.code.encode())


def region(code: str) -> Region | None:
    return next((region for region in regions() if region.code == code), None)


def term_name(scheme: str, code: str) -> str:
    """The term's words in the active language; the code itself when the scheme has no such term."""
    return next((str(term.name) for term in terms(scheme) if term.code == code), code)


def term_choices(scheme: str) -> list[tuple[str, str]]:
    return [(term.code, str(term.name)) for term in terms(scheme)]


def choices_by_topic(scheme: str) -> list[tuple]:
    """As a form offers them: under the name of their topic, what has none as it is."""
    labels, found = topic_labels(), []
    for number, rows in groupby(terms(scheme), key=lambda term: term.topic_id):
        choices = [(term.code, str(term.name)) for term in rows]
        found += [(labels[str(number)], choices)] if number else choices
    return found


def topic_labels() -> Mapping[str, str]:
    return labels_in(active_code(), "topic")


def country_labels() -> Mapping[str, str]:
    """Names in the active language, in its alphabetical order."""
    return labels_in(active_code(), "country")


def region_labels() -> Mapping[str, str]:
    return labels_in(active_code(), "region")


def term_labels(scheme: str) -> Mapping[str, str]:
    return labels_in(active_code(), f"term:{scheme}")


@kept
def labels_in(language: str, kind: str) -> Mapping[str, str]:
    """Names by code; `language` must be the active one."""
    kind, _colon, scheme = kind.partition(":")
    if kind == "topic":
        found = {str(topic.number): str(topic.short) for topic in topics()}
    elif kind == "country":
        names = {country.code: str(country.name) for country in countries()}
        found = dict(sorted(names.items(), key=lambda item: sort_key(item[1])))
    elif kind == "concept":
        labels = {concept.code: str(concept.label) for concept in concepts()}
        found = dict(sorted(labels.items(), key=lambda item: sort_key(item[1])))
    elif kind == "region":
        found = {region.code: region_label(region) for region in regions()}
    elif kind == "place":
        found = {country.code: str(country.name) for country in countries()}
        found |= {region.code: region.native if native_here(region) else region.name for region in regions()}
    else:
        found = dict(term_choices(scheme))
    return MappingProxyType(found)


def region_label(region: Region) -> str:
    return f"{region.native if native_here(region) else region.name} ({region.code})"


def place_name(code: str, otherwise: str) -> str:
    """What readers of the active language call a region or country; `otherwise` where the vocabulary does not know it."""
    return labels_in(active_code(), "place").get(code, otherwise)


def native_here(region: Region) -> bool:
    return bool(region.native) and active_code() == {"EL": "el", "BG": "bg"}.get(region.country_id)


def forget() -> None:
    for question in KEPT:
        question.cache_clear()
