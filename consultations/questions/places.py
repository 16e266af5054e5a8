"""Countries, regions and organisations, as the platform knows them."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext as _, gettext_lazy

from platform_core.ground.texts.sorting import sort_key
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.people.members import selectors as members

from ..profile import ELSEWHERE, countries
from .kinds import ANSWERED, EQUAL, Question, QuestionType, read_one

LEVELS = (1, 2, 3)
LISTED = "org:"


def check_country(question: Question, value) -> list[str]:
    return [] if value in countries() else [_("Please choose a country from the list.")]


def country_words(question: Question, value) -> str:
    return _("Another country") if value == ELSEWHERE else vocabulary.country_labels().get(value, value)


def regions_of(question: Question) -> dict[str, str]:
    """Codes and names of the regions that can be chosen, in the active language."""
    level = question.get("level")
    labels = vocabulary.region_labels()
    return {code: label for code, label in labels.items() if not level or len(code) == level + 2}


def read_region(question: Question, typed) -> str:
    """The code of the region named; a name may be given with or without its code."""
    value = read_one(question, typed)
    bare = value.rsplit("(", 1)[-1].rstrip(") ").upper()
    if bare in vocabulary.region_labels():
        return bare
    named = [code for code, label in regions_of(question).items() if bare_name(label).casefold() == value.casefold()]
    return named[0] if len(named) == 1 else value


def bare_name(label: str) -> str:
    """The name of a region without its code."""
    return label.rpartition(" (")[0]


def check_region(question: Question, value) -> list[str]:
    if value in regions_of(question) or value == ELSEWHERE:
        return []
    near = [name for name in regions_of(question).values() if value.casefold() in name.casefold()][:5]
    if near:
        return [_("Please choose one region. Did you mean: %(names)s?") % {"names": "; ".join(near)}]
    return [_("Please choose a region from the list.")]


def region_words(question: Question, value) -> str:
    return vocabulary.region_labels().get(value, value)


def define_region(question: Question) -> list[str]:
    if question.get("level") and question["level"] not in LEVELS:
        return [_("regions have the levels 1 to 3")]
    return []


def read_organisation(question: Question, typed) -> str:
    """`org:` and the code of an organisation of the directory, or the name as written."""
    value = read_one(question, typed)
    known = listed().filter(sort_name=sort_key(value)).first() if value else None
    return f"{LISTED}{known.code}" if known else value


def listed():
    """Organisations everybody may see: answering is the same for all."""
    return members.organisations(AnonymousUser())


READ: ContextVar[dict[str, str] | None] = ContextVar("organisations that were read", default=None)


@contextmanager
def organisations_read(values: Iterable[str]) -> Iterator[None]:
    """Within it the names of these organisations come out of one query."""
    wanted = [value.removeprefix(LISTED) for value in values if value.startswith(LISTED)]
    mark = READ.set(names_of(wanted) if wanted else {})
    try:
        yield
    finally:
        READ.reset(mark)


def organisation_words(question: Question, value) -> str:
    if not value.startswith(LISTED):
        return value
    code, read = value.removeprefix(LISTED), READ.get()
    return (names_of([code]) if read is None else read).get(code, code)


def names_of(codes: Collection[str] | None = None) -> dict[str, str]:
    """Names of listed organisations by code, of all or of these; one that was merged has that of the one it became."""
    followed = members.successors(codes)
    rows = listed() if codes is None else listed().filter(Q(code__in=codes) | Q(pk__in=followed.values()))
    rows = list(rows)
    names = {row.pk: row.name for row in rows}
    return {row.code: row.name for row in rows} | {old: names[pk] for old, pk in followed.items() if pk in names}


def check_organisation(question: Question, value) -> list[str]:
    return [] if len(value) <= 200 else [_("The name has more than 200 characters.")]


TYPES = [
    QuestionType(
        code="country",
        name=gettext_lazy("Country"),
        read=read_one,
        check=check_country,
        words=country_words,
        asks=EQUAL,
    ),
    QuestionType(
        code="region",
        name=gettext_lazy("Region"),
        read=read_region,
        check=check_region,
        words=region_words,
        define=define_region,
        asks=EQUAL,
    ),
    QuestionType(
        code="organisation",
        name=gettext_lazy("Organisation"),
        read=read_organisation,
        check=check_organisation,
        words=organisation_words,
        asks=ANSWERED,
    ),
]
