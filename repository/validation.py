"""How a practice is validated: an editor looks whether it can be judged, then several experts judge it by a published grid.

What is validated is one version; a later version says so. After two years it counts as not checked since.
"""

import json
from datetime import date, timedelta
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from platform_core.exchange.assessment import services as assessment
from platform_core.exchange.assessment.consolidation import Picture
from platform_core.exchange.assessment.models import Assessment
from platform_core.exchange.assessment.services import load_grids
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import holders, require
from platform_core.identity.access.sight import people_of
from platform_core.identity.audit import services as audit
from platform_core.people.members.selectors import own_organisations

from .models import Record
from .permissions import EXPERTS, group

KIND, GRID = "repository.validation", "practice"
VALIDATED = {"good_practice", "lesson", "policy_mechanism"}
GOOD_FOR = timedelta(days=730)
PROMISING, GOOD, BEST = 40, 60, 80  # percent of the core criteria
QUALIFIERS = 2  # well met, for the best


def load_reference() -> None:
    load_grids(json.loads((Path(__file__).parent / "reference/grids.json").read_text(encoding="utf-8")))


def editor(record: Record) -> str:
    """Who looks first: the editors, or the lead partner where there is none."""
    return "role:editor" if holders("editor") else "role:lead_partner"


def concluder(record: Record) -> str:
    """Who asks the experts and concludes: the leader of the working group of the record's topic, or the lead partner."""
    scope = group(record)
    return f"role:wg_leader@{scope}" if scope and holders("wg_leader", scope) else "role:lead_partner"


def experts(record: Record) -> list[str]:
    """Whoever can be asked: experts and representatives of the record's groups, and reviewers."""
    scopes = [f"group:{topic.pk}" for topic in record.topics.all()]
    return [*(f"role:{role}@{scope}" for scope in scopes for role in EXPERTS), "role:reviewer"]


def interested(record: Record) -> set[int]:
    """Who deposited it with her colleagues, and everybody of the organisation it comes from or that took it over."""
    organisations = {record.organisation_id, *record.adoptions.values_list("organisation_id", flat=True)} - {None}
    if record.deposited_by:
        organisations |= set(own_organisations(record.deposited_by).values_list("pk", flat=True))
    today = platform_day()
    people = {pk for organisation in organisations for pk in people_of(f"org:{organisation}", today)}
    return people | ({record.deposited_by_id} if record.deposited_by_id else set())


def is_lapsed(record: Record, day: date | None = None) -> bool:
    return bool(record.validated_on and record.validated_on + GOOD_FOR < (day or platform_day()))


def is_current(record: Record) -> bool:
    """The version shown is the one that was validated, and that is no longer ago than it is good for."""
    return bool(record.merit) and record.validated_version == record.version and not is_lapsed(record)


def running(record: Record) -> Assessment | None:
    rows = Assessment.objects.filter(kind=KIND, thing="repository.record", object_id=record.pk)
    return rows.filter(state=Assessment.State.OPEN).first()


@transaction.atomic
def ask(record: Record, *, by) -> None:
    """Ask for validation of the published version."""
    record = Record.objects.select_for_update().get(pk=record.pk)
    require(by, "repository.ask_validation", record)
    if record.kind not in VALIDATED:
        raise ValidationError(_("Records of this kind are not validated."))
    if record.validation_asked or running(record):
        raise ValidationError(_("Its validation was asked for already."))
    mark(record, validation_asked=True)
    audit.record("repository.validation_asked", record, by=by, version=record.version)


def can_be_asked(record: Record) -> bool:
    return record.kind in VALIDATED and not record.validation_asked and running(record) is None


def mark(record: Record, **fields) -> None:
    Record.objects.filter(pk=record.pk).update(**fields)


@transaction.atomic
def pass_on(record: Record, *, by, reason: str, evaluators, due_on: date) -> None:
    """The editor finds that it can be judged; experts are asked."""
    require(by, "repository.screen_record", record)
    mark(record, validation_asked=False)
    assessment.open_assessment(KIND, record, list(evaluators), due_on=due_on, version=str(record.version), by=by)


@transaction.atomic
def return_it(record: Record, *, by, reason: str) -> None:
    require(by, "repository.screen_record", record)
    mark(record, validation_asked=False)
    audit.record("repository.validation_returned", record, by=by)


def take_back(record: Record, *, by) -> None:
    mark(record, validation_asked=False)


def conclude(record: Record, concluded: Assessment, *, by) -> None:
    """Keep the level with the version and the day; refusal takes away what an earlier version had."""
    today = platform_day()
    level = "" if concluded.outcome == "not" else concluded.outcome
    mark(
        record,
        merit=level,
        validated_on=today if level else None,
        validated_version=int(concluded.version or 0) if level else 0,
        revalidate_on=today + GOOD_FOR if level else None,
    )
    audit.record("repository.validated", record, by=by, level=concluded.outcome)


def promising(record: Record, picture: Picture) -> bool:
    return picture.passes and (picture.score or 0) >= PROMISING


def good(record: Record, picture: Picture) -> bool:
    return picture.passes and (picture.score or 0) >= GOOD


def best(record: Record, picture: Picture) -> bool:
    return picture.passes and (picture.score or 0) >= BEST and picture.qualified >= QUALIFIERS


def lapsing() -> QuerySet[Record]:
    return Record.objects.filter(revalidate_on__lt=platform_day())


def tell_of_lapse() -> int:
    """Two years after a validation its depositor and the editors are told, once."""
    return sum(lapse(pk) for pk in lapsing().values_list("pk", flat=True))


@transaction.atomic
def lapse(pk: int) -> int:
    lapsed = lapsing().filter(pk=pk).update(revalidate_on=None)
    if lapsed:
        audit.record("repository.validation_lapsed", Record.objects.get(pk=pk))
    return lapsed
