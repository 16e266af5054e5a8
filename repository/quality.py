"""What a record still lacks, and what it may be a second copy of."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from platform_core.ground.texts.analysis import fold, words
from platform_core.materials.trails.links import addresses_in, broken

from . import selectors
from .kinds import details_of
from .models import Record

ALIKE = 0.7  # share of the words that two titles have in common
LOOKED_THROUGH = 20_000


@dataclass(frozen=True)
class Hint:
    words: str
    is_needed: bool = False


def hints(record: Record) -> list[Hint]:
    """In the order in which they help a reader most."""
    missing = [detail for detail in details_of(record.kind) if detail.required and not record.details.get(detail.code)]
    found = [Hint(_("Not answered: %(question)s") % {"question": detail.name}, is_needed=True) for detail in missing]
    if "en" not in record.summary:
        found.append(Hint(_("There is no summary in English, which all partners read."), is_needed=True))
    if not record.topics.all():
        found.append(Hint(_("It has no topic, so no topic page shows it."), is_needed=True))
    if not record.creators:
        found.append(Hint(_("Nobody is named as creator, so it cannot be cited."), is_needed=True))
    if not record.concepts.all():
        found.append(Hint(_("It has no keywords; with them it is found in every language.")))
    if not record.countries.all() and not record.regions.all():
        found.append(Hint(_("It names no country or region.")))
    if not record.files.all() and not record.description and not record.details:
        found.append(Hint(_("There is nothing to read beside the summary: add a description or a file.")))
    if any(file.file.state == "unreadable" for file in record.files.all()):
        found.append(Hint(_("No text could be read in one of the files, so search cannot look inside.")))
    found += broken_links(record)
    if record.creators and not record.identifiers:
        found.append(Hint(_("No creator has an ORCID or ROR address, by which the work is credited elsewhere.")))
    return found


def broken_links(record: Record) -> list[Hint]:
    return [Hint(_("This link leads nowhere: %(address)s") % {"address": link.address}) for link in broken(record)]


def links_of(record: Record) -> set[str]:
    """Addresses outside the platform that a record's texts and answers point to."""
    texts = [*record.summary.values(), *record.description.values()]
    for value in record.details.values():
        texts += value.values() if isinstance(value, dict) else [str(value)]
    return {address for text in texts for address in addresses_in(text)}


def key_of(titles: Iterable[str]) -> set[frozenset[str]]:
    """The words of a title in each language, whatever their order, case and accents."""
    return {frozenset(fold(word) for word in words(title)) - {""} for title in titles}


def alike(titles: Iterable[str], reader, *, besides: int | None = None) -> list[Record]:
    """Records the reader may see whose title in any language is nearly one of these, at most five."""
    wanted = {key for key in key_of(titles) if key}
    rows = selectors.records(reader).exclude(pk=besides).order_by("-pk").only("pk", "code", "title")
    found = []
    for record in rows[:LOOKED_THROUGH]:
        if any(share(one, other) >= ALIKE for one in wanted for other in key_of(record.title.values())):
            found.append(record)
        if len(found) == 5:
            break
    return found


def share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def with_same_file(sha256: str, reader, *, besides: int | None = None) -> list[Record]:
    return list(selectors.records(reader).filter(files__file__sha256=sha256).exclude(pk=besides).distinct()[:5])
