from datetime import timedelta

from django.utils import timezone

from platform_core.identity.access import services as access
from platform_core.programme.governance import services
from platform_core.programme.governance.models import Decision

OPTIONS = [{"code": "o1", "text": "Vienna"}, {"code": "o2", "text": "Sofia"}, {"code": "o3", "text": "Athens"}]


def decision(by, kind: str = "proposal", **fields) -> Decision:
    given = {"body_id": "steering", "title": {"en": "Two peer reviews"}, "text": {"en": "Each group holds two."}}
    options = [] if kind == "proposal" else OPTIONS
    return services.propose(by=by, kind=kind, **{"options": options, **given, **fields})


def discussed(by, **fields) -> Decision:
    return services.begin_discussion(decision(by, **fields), by=by)


def ballot(by, *, seats=(), days: float = 7, **fields) -> Decision:
    """An open vote; `seats` are people who get a seat in the committee first."""
    for person in seats:
        access.give_role(person, "sc_member")
        person.__dict__.pop("_audience_keys", None)
    made = decision(by, **fields)
    return services.open_ballot(made, by=by, closes_at=timezone.now() + timedelta(days=days))


def over(found: Decision) -> Decision:
    """As if its last minute had passed."""
    Decision.objects.filter(pk=found.pk).update(closes_at=timezone.now() - timedelta(seconds=1))
    found.refresh_from_db()
    return found


def taken(by, **fields) -> Decision:
    found = over(ballot(by, **fields))
    services.close(found.pk)
    found.refresh_from_db()
    return found
