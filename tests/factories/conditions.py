"""Conditions sheets and transfers."""

from pilots.models import Condition, ConditionSheet, Transfer
from pilots.services import conditions, transfers
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.models import Region
from platform_core.people.members.models import Organisation
from repository.models import Record
from tests.factories.changes import own
from tests.factories.repository import record


def region(code: str = "AT12") -> Region:
    return Region.objects.get(code=code)


def settled(person, code: str = "AT12"):
    """A person whose organisation is in a region, so that she can declare there."""
    organisation = own(person)
    organisation.region = region(code)
    organisation.save()
    person.__dict__.pop("_audience_keys", None)
    return person


def condition(code: str) -> Condition:
    return Condition.objects.get(code=code)


def declared(by, code: str = "AT12", evidence: str = "The office says so.", **values: str) -> ConditionSheet:
    answers = {condition(name).pk: (value, evidence, "") for name, value in values.items()}
    return conditions.declare(vocabulary.region(code), own(by), answers, by=by)


def practice(title: str = "Innovation vouchers", needs=("public_budget", "skilled_staff"), **fields) -> Record:
    made = record(title, **fields)
    made.details = {**made.details, "precondition": list(needs)}
    made.save()
    return made


def kept(by, found: Record, code: str = "AT12", organisation: Organisation | None = None) -> Transfer:
    return transfers.keep(found, region(code), organisation or own(by), by=by)
