"""A record's facts in words, for its page."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from platform_core.ground.texts.codes import CODES, active_code, interface_code, tag
from platform_core.ground.texts.sorting import sort_key
from platform_core.ground.texts.text import Text
from platform_core.ground.ui.languages import native_name
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.access.keys import MEMBERS
from platform_core.identity.access.selectors import keys_of

from .kinds import details_of
from .models import Record
from .selectors import kind_name, terms_of


def scheme_names() -> dict[str, str]:
    """What each scheme of terms is called, in the order in which they are told."""
    return {
        "cycle_stage": _("Policy cycle"),
        "level": _("Level"),
        "axis": _("Recommendation axis"),
        "policy_stage": _("Stage of cluster policy"),
        "maturity": _("Maturity of the cluster"),
        "cluster_action": _("Cluster action"),
    }


def facts(record: Record) -> list[tuple[str, str]]:
    """Terms and values in the order a reader looks for them; empty ones are left out."""
    schemes = scheme_names()
    labels = vocabulary.region_labels()
    rows = [
        (_("Kind"), kind_name(record)),
        (_("Topics"), ", ".join(str(topic.short) for topic in record.topics.all())),
        (_("Countries"), ", ".join(sorted((str(country.name) for country in record.countries.all()), key=sort_key))),
        (_("Regions"), ", ".join(labels[region.code] for region in record.regions.all())),
        (_("Year"), str(record.year)),
        *((schemes[scheme], ", ".join(names)) for scheme, names in terms_of(record)),
        (_("Period"), period(record)),
        (_("Funding"), record.funding),
        (_("Creators"), ", ".join(record.creators)),
        (_("Organisation"), str(record.organisation or "")),
        (_("Languages of the document"), ", ".join(native_name(interface_code(code)) for code in record.languages)),
        (_("Licence"), record.licence),
    ]
    return [(term, value) for term, value in rows if value]


def period(record: Record) -> str:
    if not record.begins and not record.ends:
        return ""
    begins, ends = (date_format(day, "SHORT_DATE_FORMAT") if day else "" for day in (record.begins, record.ends))
    return " – ".join((begins, ends or _("goes on"))).strip()


def details(record: Record, reader) -> list[dict]:
    """What the kind asks, answered; what only members may read is left out for others."""
    keys, found = keys_of(reader), []
    for detail in details_of(record.kind):
        value = record.details.get(detail.code)
        if not value or (detail.for_members and MEMBERS not in keys):
            continue
        if detail.is_text:
            found.append({"name": detail.name, "text": Text(value, source=record.title.source), "long": detail.long})
        elif detail.link:
            found.append({"name": detail.name, "link": value})
        else:
            codes = value if isinstance(value, list) else [value]
            found.append({"name": detail.name, "words": [vocabulary.term_name(detail.scheme, code) for code in codes]})
    return found


def language_rows(record: Record, states) -> list[dict]:
    """The languages a record's texts exist in, with their state."""
    names = {"source": _("original"), "complete": _("translated"), "stale": _("older than the original")}
    return [
        {
            "code": tag(state.code),
            "name": native_name(interface_code(state.code)),
            "state": state.state,
            "words": names[state.state],
        }
        for state in states
        if state.state in names
    ]


def shown_in(record: Record) -> str:
    """The language the title comes in when it is not the reader's."""
    found = record.title.localise()
    return found.language if found.language != active_code() and found.language in CODES else ""
