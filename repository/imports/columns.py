"""The columns of a table of records, in their order; what programs send is named the same."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..kinds import KINDS, Detail

SEVERAL = ";"
SCHEMES = ("level", "cycle_stage", "policy_stage", "maturity", "cluster_action", "axis")
NEEDED = ("kind", "language", "title", "summary", "topics", "year", "creators")
CORE = (
    "kind",
    "language",
    "title",
    "summary",
    "description",
    "topics",
    "keywords",
    "countries",
    "regions",
    "begins",
    "ends",
    *SCHEMES,
    "creators",
    "organisation",
    "year",
    "languages",
    "funding",
    "licence",
    "for_members",
    "files_for",
    "files_from",
)


def details() -> dict[str, Detail]:
    """What the kinds ask, by column; kinds that ask the same share a column."""
    return {detail.code: detail for kind in KINDS for detail in kind.details}


def columns() -> list[str]:
    return [*CORE, *details()]


def hints() -> Iterator[tuple[str, str]]:
    """Every column with what belongs into it."""
    words = {
        "kind": _("A code from the sheet “codes”."),
        "language": _("The language the texts of this row are written in: en, it, de, hu, ro, bg, el, sk, sl, hr, sr."),
        "title": _("At most 300 characters."),
        "summary": _("At most 1,200 characters."),
        "description": _("Longer text; headings with ##, lists with -."),
        "topics": _("Numbers from 1 to 6, separated by semicolons."),
        "keywords": _("In any language, separated by semicolons."),
        "countries": _("Codes such as EL, separated by semicolons."),
        "regions": _("NUTS codes of 2021, separated by semicolons."),
        "begins": _("A day such as 2024-05-31."),
        "ends": _("A day; empty while it goes on."),
        "creators": _(
            "Names separated by semicolons, each with | person or | organisation; an ORCID or ROR address may follow "
            "after another |."
        ),
        "organisation": _("The code of an organisation you act for; empty for your only one."),
        "year": _("Four digits."),
        "languages": _("Of the document: codes as in “language”, separated by semicolons; empty for that one."),
        "funding": _("At most 300 characters."),
        "licence": _("An SPDX name; empty for CC-BY-4.0."),
        "for_members": _("yes or no"),
        "files_for": _("Who gets the files: a code from the sheet “codes”; empty for everybody who sees the record."),
        "files_from": _("The day from which the files are open; empty for at once."),
    }
    codes = _("Codes from the sheet “codes”, separated by semicolons.")
    for name in columns():
        detail = details().get(name)
        yield name, words.get(name) or (str(detail.hint or detail.name) if detail and not detail.scheme else codes)
