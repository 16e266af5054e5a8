from platform_core.exchange.cases import services
from platform_core.exchange.cases.models import Case
from platform_core.identity.audit.services import dispatch_events
from platform_core.people.members import services as members
from platform_core.people.members.models import Organisation


def looked_after(person) -> Organisation:
    """The organisation of a person, whose profile she looks after from now on."""
    affiliation = person.affiliations.get()
    affiliation.is_admin = True
    affiliation.save()
    return affiliation.organisation


def application_case(person, tier: str = "associated", **fields) -> Case:
    """The case of an application that a person made for her organisation."""
    organisation = looked_after(person)
    person.__dict__.pop("_audience_keys", None)
    given = {"motivation": "To learn from others.", "stances": {4: "gains"}, **fields}
    application = members.apply(by=person, organisation=organisation, tier=tier, **given)
    dispatch_events()
    return Case.objects.get(thing="members.application", object_id=application.pk)


def claim_case(person, organisation: Organisation, function: str = "Adviser") -> Case:
    made = members.claim(organisation, by=person, function=function)
    dispatch_events()
    return Case.objects.get(thing="members.claim", object_id=made.pk)


def answered(case: Case, by, code: str = "decline") -> Case:
    return services.answer(case, code, by=by, reason="Not this time.")
