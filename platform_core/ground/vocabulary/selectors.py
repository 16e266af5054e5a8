"""Reference rows change only with a release, so they are read once per process."""

from functools import cache

from platform_core.ground.texts.codes import active_code
from platform_core.ground.texts.sorting import sort_key

from .models import Country, Region, Term, Topic


@cache
def topics() -> tuple[Topic, ...]:
    return tuple(Topic.objects.all())


@cache
def countries() -> tuple[Country, ...]:
    return tuple(Country.objects.all())


@cache
def regions() -> tuple[Region, ...]:
    return tuple(Region.objects.select_related("country"))


@cache
def terms(scheme: str) -> tuple[Term, ...]:
    return tuple(Term.objects.filter(scheme=scheme))


def topic(number: int) -> Topic | None:
    return next((topic for topic in topics() if topic.number == number), None)


def country(code: str) -> Country | None:
    return next((country for country in countries() if country.code == code), None)


def region(code: str) -> Region | None:
    return next((region for region in regions() if region.code == code), None)


def term_name(scheme: str, code: str) -> str:
    """The term's words in the active language; the code itself when the scheme has no such term."""
    return next((str(term.name) for term in terms(scheme) if term.code == code), code)


def term_choices(scheme: str) -> list[tuple[str, str]]:
    return [(term.code, str(term.name)) for term in terms(scheme)]


def topic_labels() -> dict[str, str]:
    return {str(topic.number): str(topic.short) for topic in topics()}


def country_labels() -> dict[str, str]:
    """Names in the active language, in its alphabetical order."""
    names = {country.code: str(country.name) for country in countries()}
    return dict(sorted(names.items(), key=lambda item: sort_key(item[1])))


def region_labels() -> dict[str, str]:
    return {
        region.code: f"{region.native if native_here(region) else region.name} ({region.code})" for region in regions()
    }


def native_here(region: Region) -> bool:
    return bool(region.native) and active_code() == {"EL": "el", "BG": "bg"}.get(region.country_id)


def term_labels(scheme: str) -> dict[str, str]:
    return dict(term_choices(scheme))


def forget() -> None:
    for question in (topics, countries, regions, terms):
        question.cache_clear()
