"""Learning mechanisms, written, submitted and published."""

from pilots import contents
from pilots.models import Mechanism, MechanismVersion
from pilots.services import mechanisms as services
from tests.factories.repository import record
from workinggroups.models import WorkingGroup

TERMS = {"level": ["regional"], "cycle_stage": ["preparation"]}


def texts(title: str = "Framework agreements", **given: str) -> dict:
    return {name: {"en": given.get(name, f"Words on {name}.")} for name in contents.TEXTS} | {"title": {"en": title}}


def mechanism(by, title: str = "Framework agreements", number: int = 4, *, based: bool = True, **fields) -> Mechanism:
    """One of a group, wholly written, and based on a record unless said otherwise."""
    group = WorkingGroup.objects.get(pk=number)
    made = services.begin(group, by=by, **{"terms": TERMS, **texts(title), **fields})
    if based:
        services.link(made, record(f"Evidence of {title}"), by=by, note="What came of it")
    return Mechanism.objects.get(pk=made.pk)


def approved(found: Mechanism, by, approver) -> MechanismVersion:
    version = services.submit(found, by=by)
    return services.approve(found, version.sha256, by=approver)


def published(by, approver, title: str = "Framework agreements", number: int = 4, **fields) -> Mechanism:
    made = mechanism(by, title, number, **fields)
    approved(made, by, approver)
    services.publish(made, by=approver)
    return Mechanism.objects.get(pk=made.pk)
