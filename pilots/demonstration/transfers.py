"""Two practices of the demonstration held against regions, with invented judgements."""

from django.db import transaction

from platform_core.exchange.discussions import services as discussions
from platform_core.people.members.models import Organisation
from repository.models import Record

from ..models import Transfer
from ..services import transfers as services
from .changes import speaker

HELD = (
    (
        "gp-el30-simple-vouchers",
        "siretului",
        "adapt",
        "Invented: the short form would be welcome, but vouchers can only be used where an institute is near. "
        "Let them be used in the whole country.",
        "Invented: could the voucher also pay for a test abroad?",
    ),
    (
        "gp-at12-three-year-framework",
        "podhorsky",
        "adapt",
        "Invented: what it needs is there, but the budget law here binds for two years at most. Two years would do, "
        "with a review in between.",
        "Invented: our budget office would agree to two years if the targets are few.",
    ),
)


@transaction.atomic
def load() -> str:
    if Transfer.objects.exists():
        return ""
    made = sum(add(*row) for row in HELD)
    return f"{made} transfer assessments" if made else ""


def add(code: str, holder: str, verdict: str, reasons: str, said: str) -> int:
    record = Record.objects.filter(code=code, state="published").first()
    organisation = Organisation.objects.filter(code=holder).select_related("region").first()
    by, leader = speaker(organisation), speaker(Organisation.objects.filter(code="donaukreis").first())
    if record is None or organisation is None or organisation.region is None or by is None or leader is None:
        return 0
    made = services.keep(record, organisation.region, organisation, by=by, is_demonstration=True)
    discussions.say(made, said, by=by)
    if leader.has_perm("pilots.judge_transfer", made):
        services.judge(made, verdict, reasons, by=leader)
    return 1
