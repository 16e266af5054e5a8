"""Policy changes, and the authority that confirms them."""

from datetime import date

from pilots.models import PolicyChange
from pilots.services import changes as services
from platform_core.exchange.cases import services as cases
from platform_core.exchange.cases.models import Case
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.people.members import services as members
from platform_core.people.members.models import Organisation
from tests.factories.repository import record
from tests.people import add_organisation, add_person
from tests.settling import settle


def own(person) -> Organisation:
    return person.affiliations.get().organisation


def authority(code: str = "land", country: str = "AT", *, name: str = "paula") -> Organisation:
    """One with a person who can confirm."""
    made = Organisation.objects.filter(code=code).first() or add_organisation(code, country=country)
    if not made.affiliations.exists():
        members.affiliate(add_person(name), made)
    return made


def voice(organisation: Organisation):
    return organisation.affiliations.first().person


def recorded(by, title: str = "Vouchers for clusters", **fields) -> PolicyChange:
    given = {
        "title": {"en": title},
        "text": {"en": "It was a grant, now it is a voucher."},
        "instrument": "scheme",
        "level": "regional",
        "changed_on": date(2026, 3, 1),
        "region": vocabulary.region("AT12"),
        "topic": vocabulary.topic(4),
        "link": "https://example.org/law",
    }
    given["authority"] = fields.pop("authority", None) or authority()
    return services.record(own(by), by=by, **{**given, **fields})


def asked(by, **fields) -> PolicyChange:
    learned = fields.pop("learned", None) or [record("What others did")]
    made = services.ask(recorded(by, learned=learned, **fields), by=by)
    settle()
    return made


def case_of(change: PolicyChange) -> Case:
    return Case.objects.filter(thing="pilots.policychange", object_id=change.pk).latest("pk")


def confirmed(by, **fields) -> PolicyChange:
    made = asked(by, **fields)
    cases.answer(case_of(made), "confirm", by=voice(made.authority), reason="It is in force.")
    settle()
    return PolicyChange.objects.get(pk=made.pk)
