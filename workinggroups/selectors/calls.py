from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.keys import FULL
from platform_core.identity.access.selectors import holders, keys_of, visible
from platform_core.identity.accounts.models import User
from platform_core.people.members import selectors as members
from platform_core.people.members.models import Affiliation, Membership, Organisation, Tier

from ..models import Call, Condition, Expression, WorkingGroup
from ..models.calls import FURTHER_REMINDERS
from .groups import ROLES

LABEL = "workinggroups.call"
SCORING = ("reviewer", "stc_member", "lead_partner")


@dataclass(frozen=True)
class Check:
    """One condition in words; `met` is None while nobody has judged it."""

    words: str
    met: bool | None
    condition: Condition | None = None


def calls(user, *, group: WorkingGroup | None = None, state: str = "") -> QuerySet[Call]:
    """Calls a person may see: those that are open first, then the newest."""
    rows = visible(Call.objects.select_related("group__topic"), user)
    rows = rows.filter(group=group) if group else rows
    rows = rows.filter(state=state) if state else rows
    return rows.alias(is_open=Q(state="open")).order_by("-is_open", "-pk")


def call_for(user, pk: int) -> Call:
    rows = calls(user).prefetch_related("conditions", "questions__options", "criteria")
    return get_object_or_404(rows, pk=pk)


def part_of(call: Call, kind: str, pk: int):
    """One of the questions, conditions or criteria of a call."""
    if kind not in ("questions", "conditions", "criteria"):
        raise Http404
    return get_object_or_404(getattr(call, kind), pk=pk)


def tier_of(organisation: Organisation) -> str:
    held = Membership.objects.on(platform_day()).filter(organisation=organisation, suspended_at=None)
    return held.values_list("tier", flat=True).first() or ""


def automatic_checks(call: Call, organisation: Organisation) -> list[Check]:
    """What the facts on the platform say of an organisation today, kind by kind."""
    facts = {"tier": tier_of(organisation), "type": organisation.kind, "country": organisation.country_id}
    asked: dict[str, list[Condition]] = {}
    for condition in call.conditions.all():
        if condition.kind != Condition.Kind.MANUAL:
            asked.setdefault(condition.kind, []).append(condition)
    return [
        Check(f"{rows[0].get_kind_display()}: {', '.join(map(condition_words, rows))}", facts[kind] in values(rows))
        for kind, rows in asked.items()
    ]


def values(rows: list[Condition]) -> set[str]:
    return {row.value for row in rows}


def condition_words(condition: Condition) -> str:
    kind = Condition.Kind
    if condition.kind == kind.TIER:
        return str(Tier(condition.value).label) if condition.value in Tier.values else condition.value
    if condition.kind == kind.TYPE:
        return vocabulary.term_name("organisation_type", condition.value)
    if condition.kind == kind.COUNTRY:
        return vocabulary.country_labels().get(condition.value, condition.value)
    return str(condition.text)


def may_answer(call: Call, organisation: Organisation) -> bool:
    return all(check.met for check in automatic_checks(call, organisation))


def expressed(call: Call, user) -> list[tuple[Organisation, Expression | None, bool]]:
    """The organisations a person acts for, with what each has sent and whether it may."""
    own = list(members.own_organisations(user)) if user.is_authenticated else []
    sent = call.expressions.exclude(state=Expression.State.WITHDRAWN).filter(organisation__in=own)
    found = {one.organisation_id: one for one in sent}
    return [(one, found.get(one.pk), may_answer(call, one)) for one in own]


def own_organisation(call: Call, user, code: str) -> Organisation:
    """One of those the reader acts for, that may answer."""
    found = get_object_or_404(members.own_organisations(user), code=code)
    if not may_answer(call, found):
        raise Http404
    return found


def invited_organisations(call: Call) -> QuerySet[Organisation]:
    """All that meet the automatic conditions today."""
    rows, asked = Organisation.objects.all(), list(call.conditions.all())
    tiers, kinds, countries = ([one.value for one in asked if one.kind == kind] for kind in ("tier", "type", "country"))
    if tiers:
        held = Membership.objects.on(platform_day()).filter(suspended_at=None, tier__in=tiers)
        rows = rows.filter(pk__in=held.values("organisation"))
    rows = rows.filter(kind__in=kinds) if kinds else rows
    return rows.filter(country__in=countries) if countries else rows


def speakers(organisations: QuerySet[Organisation]) -> list[int]:
    """Who is told of calls: contact persons and those who look after the profile."""
    rows = Affiliation.objects.on(platform_day()).filter(Q(is_contact=True) | Q(is_admin=True))
    people = rows.filter(organisation__in=organisations.values("pk")).values_list("person", flat=True)
    return sorted(set(people))


def silent(call: Call) -> QuerySet[Organisation]:
    """Those that may answer and have not."""
    sent = call.expressions.exclude(state=Expression.State.WITHDRAWN).values("organisation")
    return invited_organisations(call).exclude(pk__in=sent)


def received(call: Call) -> int | None:
    """How many expressions there are; nobody is told before the end."""
    if call.is_sealed:
        return None
    return call.expressions.exclude(state=Expression.State.WITHDRAWN).count()


def can_score(call: Call) -> QuerySet[User]:
    """People of the group, reviewers and the scientific committee, who act for a full member."""
    people = {pk for role in ROLES for pk in holders(role, call.scope)} | {
        pk for role in SCORING for pk in holders(role)
    }
    rows = [one for one in User.objects.filter(pk__in=people, is_active=True) if FULL in keys_of(one)]
    return User.objects.filter(pk__in=[one.pk for one in rows]).order_by("name", "pk")


def over(now: datetime) -> QuerySet[Call]:
    return Call.objects.filter(state=Call.State.OPEN, closes_at__lte=now)


def to_remind(now: datetime) -> list[tuple[int, int]]:
    """Calls with the days before their end whose reminder is due and was not given yet; of several the nearest."""
    rows = Call.objects.filter(state=Call.State.OPEN, closes_at__gt=now, remind_days__gt=0)
    due = [(call, due_reminder(call, now)) for call in rows]
    return [(call.pk, days) for call, days in due if days and (not call.reminded_days or days < call.reminded_days)]


def due_reminder(call: Call, now: datetime) -> int:
    """How many days before the end; 0 for none. A call that opens later than that is not reminded of at once."""
    wanted = {call.remind_days, *(days for days in FURTHER_REMINDERS if days < call.remind_days)}
    passed = (days for days in wanted if call.opened_at <= call.closes_at - timedelta(days=days) <= now)
    return min(passed, default=0)


def between(user, first: datetime, last: datetime) -> QuerySet[Call]:
    """Those whose end lies between two moments, for the calendar."""
    rows = calls(user).exclude(state=Call.State.DRAFT)
    return rows.filter(closes_at__gte=first, closes_at__lte=last).order_by("closes_at", "pk")


def ended_before(day: date | datetime) -> QuerySet[Call]:
    return Call.objects.filter(ended_at__lt=day)


def answered_by(user) -> QuerySet[Call]:
    """Calls that a reader's organisations have answered."""
    sent = Expression.objects.filter(call=OuterRef("pk"), organisation__in=members.own_organisations(user).values("pk"))
    return calls(user).filter(Exists(sent))


def lacks(call: Call) -> list[str]:
    """What a call needs before it can be opened."""
    found = []
    if not any(one.kind in ("core",) for one in call.criteria.all()):
        found.append(_("At least one core criterion, by which expressions are ranked"))
    if not call.representatives and not call.experts:
        found.append(_("At least one seat that is sought"))
    for question in call.questions.all():
        if question.kind == "choice" and len(question.options.all()) < 2:
            found.append(_("At least two options for “%(question)s”") % {"question": question})
    return found
