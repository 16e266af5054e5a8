"""Who made a record: names, each with what it is and an address, as people type and tables hold them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _, override

PERSON, ORGANISATION = "person", "organisation"
LONGEST = 200


@dataclass(frozen=True)
class Creator:
    """`nature` is empty where it is not said; `unknown` is what was typed and is neither an address nor a nature."""

    name: str
    nature: str = ""
    identifier: str = ""
    unknown: str = ""


def read(line: str) -> Creator:
    """A name, and after bars in any order "person" or "organisation", in any language, and an ORCID or ROR address."""
    name, *more = (part.strip() for part in line.split("|"))
    nature = identifier = unknown = ""
    for part in filter(None, more):
        if told := words().get(part.lower()):
            nature = told
        elif not identifier and part.startswith("http"):
            identifier = part
        else:
            unknown = part
    return Creator(name, nature, identifier, unknown)


@cache
def words() -> dict[str, str]:
    """What is said of a creator in any language, and what it is."""
    found = {PERSON: PERSON, ORGANISATION: ORGANISATION}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found |= {_("person").lower(): PERSON, _("organisation").lower(): ORGANISATION}
    return found


def written(name: str, nature: str, identifier: str) -> str:
    """The line `read` takes, in the language of the reader; what the address says already is not said again."""
    labels = {PERSON: _("person"), ORGANISATION: _("organisation")}
    said = labels.get(nature, "") if nature != by_address(identifier) else ""
    return " | ".join(filter(None, (name, said, identifier)))


def by_address(identifier: str) -> str:
    if "orcid.org" in identifier:
        return PERSON
    return ORGANISATION if "ror.org" in identifier else ""


def nature_of(name: str, identifiers: Mapping[str, str], natures: Mapping[str, str]) -> str:
    """As said, else as its address tells; empty where neither does: a comma in a name tells nothing, since ministries
    have them too."""
    return natures.get(name) or by_address(identifiers.get(name, ""))


def contradicts(creator: Creator) -> bool:
    told = by_address(creator.identifier)
    return bool(creator.nature and told and told != creator.nature)


def fields_of(creators: list[Creator]) -> dict[str, Any]:
    """What a record keeps; what an address tells is not kept besides."""
    return {
        "creators": [one.name for one in creators],
        "identifiers": {one.name: one.identifier for one in creators if one.identifier},
        "natures": {one.name: one.nature for one in creators if one.nature not in ("", by_address(one.identifier))},
    }


def made_by_organisation(name: str) -> dict[str, Any]:
    """The same where an organisation alone made it."""
    return fields_of([Creator(name, ORGANISATION)])
