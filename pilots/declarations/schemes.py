import json
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from platform_core.exchange.assessment.services import load_grids
from platform_core.ground.registry.kinds import (
    Counted,
    EventKind,
    IndicatorRule,
    MenuEntry,
    NoticeKind,
    Panel,
    PersonalData,
    Reference,
    Thing,
)
from platform_core.ground.texts.notices import teller
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.sight import people_of
from platform_core.materials.languages.fields import of_fields

from ..models import Call, Scheme
from ..permissions import schemes as permissions
from ..selectors import schemes as selectors

REFERENCE = Path(__file__).parent.parent / "reference"
VERBS = {
    "scheme_written": _("A guideline for pilot actions was written"),
    "scheme_changed": _("A guideline for pilot actions was changed"),
    "scheme_approved": _("A guideline for pilot actions was approved"),
    "call_opened": _("A call for pilot actions was opened"),
    "call_extended": _("Proposals for a call for pilot actions are taken longer"),
}


def load_criteria() -> None:
    load_grids(json.loads((REFERENCE / "grids.json").read_text(encoding="utf-8")))


def facts(event) -> tuple[dict, str]:
    found = Call.objects.get(pk=event.thing_id)
    return {"title": found.title, "day": found.closes_on}, found.get_absolute_url()


def members(event) -> list[int]:
    """Everybody of a member organisation: those that can propose."""
    today = platform_day()
    return sorted(people_of("tier:full", today) | people_of("tier:associated", today))


def approved() -> list[Counted]:
    rows = Scheme.objects.filter(state=Scheme.State.APPROVED)
    return [
        Counted(
            thing=selectors.SCHEME,
            pk=scheme.pk,
            key=f"pilots.scheme:{scheme.pk}",
            day=scheme.approved_on,
            organisation=scheme.approved_for_id,
            topic=scheme.group_id,
            stage="preparation",
        )
        for scheme in rows
    ]


def open_now(request, **subject) -> dict | None:
    calls = list(selectors.open_calls(request.user)[:3])
    return {"calls": calls} if calls else None


about = teller(facts)
schemes = [
    *permissions.RIGHTS,
    Reference(order=82, load=load_criteria),
    Thing(
        label=selectors.SCHEME,
        name=_("Guideline for pilot actions"),
        title=lambda scheme: scheme.title,
        address=lambda scheme: scheme.get_absolute_url(),
        visible=selectors.schemes,
        public=True,
        route="pilots:scheme",
    ),
    Thing(
        label=selectors.CALL,
        name=_("Call for pilot actions"),
        title=lambda call: call.title,
        address=lambda call: call.get_absolute_url(),
        visible=selectors.calls,
        public=True,
        route="pilots:call",
    ),
    of_fields(selectors.SCHEME, selectors.approved, markdown=("text",), order=40),
    of_fields(selectors.CALL, selectors.calls, markdown=("text",), order=40),
    *(EventKind(verb=f"pilots.{verb}", name=name) for verb, name in VERBS.items()),
    NoticeKind(
        code="pilots.call_opened",
        name=_("A call for pilot actions is opened"),
        verb="pilots.call_opened",
        recipients=members,
        content=about(
            _("Call: %(title)s"), _("Your organisation can propose pilot actions under “%(title)s” until %(day)s.")
        ),
        pace="daily",
    ),
    NoticeKind(
        code="pilots.call_extended",
        name=_("A call for pilot actions is open longer"),
        verb="pilots.call_extended",
        recipients=members,
        content=about(_("Open longer: %(title)s"), _("Proposals for “%(title)s” are taken until %(day)s now.")),
        pace="daily",
    ),
    IndicatorRule(
        code="pilots.guidelines",
        name=_("Guideline for pilot actions approved"),
        once_per=_("guideline"),
        event=_("it is approved"),
        confirmed_by=_("the leader of the working group or the lead partner, for a full member"),
        counted=approved,
        verbs=frozenset({"pilots.scheme_approved"}),
    ),
    MenuEntry(place="desk", name=_("Pilot actions"), route="pilots:desk", order=45, right="pilots.propose"),
    Panel(place="pilots.index", order=10, template="pilots/panel_calls.html", context=open_now),
    PersonalData(
        label=selectors.SCHEME,
        fields=("made_by",),
        holder="made_by",
        purpose=_("To know who wrote a guideline for pilot actions"),
        erasure="unlink",
    ),
]
