"""Evidence is an index over domain tables: written by rules, compared with what is held, changed only where it differs."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction

from platform_core.ground.registry.kinds import Counted
from platform_core.identity.audit.models import Event

from ..models import Evidence, Indicator, ManualEvidence
from ..selectors.evidence import MANUAL, packed, rule_of, rules

AT_ONCE = 500
TOLD = (
    "thing",
    "object_id",
    "day",
    "organisation_id",
    "countries",
    "region",
    "topics",
    "stages",
    "person_id",
    "personal",
    "is_self_declared",
)


@dataclass
class Change:
    added: int = 0
    changed: int = 0
    removed: int = 0

    def __add__(self, other: "Change") -> "Change":
        return Change(self.added + other.added, self.changed + other.changed, self.removed + other.removed)


def rebuild(codes: Collection[str] | None = None) -> Change:
    """The evidence of all indicators, or of those with these rules; each rule is read once."""
    found = Change()
    rows = Indicator.objects.order_by("rule", "pk")
    for code in sorted(set(rows.values_list("rule", flat=True)) if codes is None else codes):
        found += rebuild_rule(code)
    return found


@transaction.atomic
def rebuild_rule(code: str) -> Change:
    """One at a time for each indicator, so that two events at once do not write an entry twice."""
    mine = list(Indicator.objects.select_for_update().filter(rule=code).order_by("pk"))
    rule = rule_of(code)
    counted = list(rule.counted()) if rule and mine else []
    found = Change()
    for indicator in mine:
        found += write(indicator, [*counted, *by_hand(indicator)])
    return found


def by_hand(indicator: Indicator) -> Iterator[Counted]:
    for row in indicator.by_hand.filter(state=ManualEvidence.State.APPROVED).select_related("organisation"):
        yield Counted(
            thing=MANUAL,
            pk=row.pk,
            key=f"hand:{row.pk}",
            day=row.day,
            organisation=row.organisation_id,
            country=row.country_id or row.organisation.country_id,
            region=row.region.code if row.region else "",
            topic=row.topic_id,
            stage=row.stage,
        )


def write(indicator: Indicator, counted: Iterable[Counted]) -> Change:
    """What is counted under one key twice counts once: the earliest day holds."""
    wanted: dict[str, Evidence] = {}
    for item in sorted(counted, key=lambda item: (item.key, item.day, item.thing, item.pk)):
        wanted.setdefault(item.key, entry(indicator, item))
    held = {row.key: row for row in indicator.evidence.all()}
    added = [row for key, row in wanted.items() if key not in held]
    gone = [row.pk for key, row in held.items() if key not in wanted]
    changed = []
    for key in wanted.keys() & held.keys():
        if any(getattr(held[key], name) != getattr(wanted[key], name) for name in TOLD):
            wanted[key].pk = held[key].pk
            changed.append(wanted[key])
    for start in range(0, len(gone), AT_ONCE):
        Evidence.objects.filter(pk__in=gone[start : start + AT_ONCE]).delete()
    Evidence.objects.bulk_update(changed, TOLD_FIELDS, batch_size=AT_ONCE // 5)
    Evidence.objects.bulk_create(added, batch_size=AT_ONCE)
    return Change(len(added), len(changed), len(gone))


TOLD_FIELDS = [name.removesuffix("_id") if name in ("organisation_id", "person_id") else name for name in TOLD]


def entry(indicator: Indicator, item: Counted) -> Evidence:
    return Evidence(
        indicator=indicator,
        thing=item.thing,
        object_id=item.pk,
        key=item.key,
        day=item.day,
        organisation_id=item.organisation,
        countries=packed([item.country, *item.countries]),
        region=item.region,
        topics=packed([item.topic, *item.topics]),
        stages=packed([item.stage, *item.stages]),
        person_id=item.person,
        personal=item.is_anonymous or item.person is not None,
        is_self_declared=item.is_self_declared,
    )


def after_event(event: Event) -> None:
    """Write anew what counts by the verb. Of several such events that wait, the last one does it for all."""
    if event.verb in (ERASED, MERGED):
        rebuild()
        return
    if event.thing == MANUAL:
        rebuild(set(Indicator.objects.filter(by_hand=int(event.thing_id)).values_list("rule", flat=True)))
        return
    codes = {rule.code for rule in rules().values() if event.verb in rule.verbs}
    if not codes:
        return
    waiting = Event.objects.filter(dispatched_at__isnull=True, pk__gt=event.pk)
    later = set(waiting.filter(verb__in=rules_verbs(codes)).values_list("verb", flat=True))
    rebuild({code for code in codes if not later & rules()[code].verbs})


def rules_verbs(codes: Collection[str]) -> set[str]:
    return {verb for code in codes for verb in rules()[code].verbs}


ERASED, MERGED = "privacy.erased", "members.merged"


def check_all() -> Change:
    """The nightly look: what no event has told, such as answers without a name, is counted then."""
    return rebuild()
