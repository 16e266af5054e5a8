from django.utils.translation import gettext, gettext_lazy as _

from platform_core.exchange.messaging.selectors.following import followers
from platform_core.ground.registry.kinds import (
    CaseAnswer,
    CaseKind,
    Demonstration,
    EventKind,
    IndicatorRule,
    MenuEntry,
    NoticeKind,
    Panel,
    PersonalData,
    Searchable,
    SearchDocument,
    Thing,
    TrailKind,
)
from platform_core.ground.texts.notices import teller
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import holders
from platform_core.identity.access.sight import people_of
from platform_core.materials.languages.fields import of_fields
from platform_core.people.members.selectors import own_organisations

from ..demonstration import changes as demonstration
from ..models import PolicyChange
from ..permissions import changes as permissions
from ..selectors import changes as selectors
from ..services import changes as services

SHOWN = 5
VERBS = {
    "pilots.change_recorded": _("A policy change was recorded"),
    "pilots.change_changed": _("A recorded policy change was changed"),
    "pilots.change_deleted": _("A policy change nobody was asked to confirm was deleted"),
    "pilots.change_asked": _("An authority was asked to confirm a policy change"),
    "pilots.change_confirmed": _("A policy change was confirmed by its authority"),
    "pilots.change_returned": _("A policy change was returned by its authority"),
    "pilots.change_taken_back": _("A request to confirm a policy change was taken back"),
    "pilots.change_withdrawn": _("A policy change was withdrawn"),
}


def case_facts(change: PolicyChange) -> list[tuple]:
    return [
        (_("Region"), str(change.region)),
        (_("Instrument"), change.get_instrument_display()),
        (_("Level"), vocabulary.term_name("level", change.level)),
        (_("In force from"), change.changed_on),
        (_("What changed, and why"), str(change.text)),
        (_("Recorded for"), str(change.recorded_for)),
    ]


def told(event) -> list[int]:
    """The organisation that recorded it, the lead partner, and who follows it."""
    found = PolicyChange.objects.filter(pk=event.thing_id).first()
    if found is None:
        return []
    recorders = people_of(f"org:{found.recorded_for_id}", platform_day())
    return sorted({*recorders, *holders("lead_partner"), *followers(found)})


def facts(event) -> tuple[dict, str]:
    found = PolicyChange.objects.select_related("authority", "region").get(pk=event.thing_id)
    words = {"title": str(found.title), "authority": str(found.authority), "region": str(found.region)}
    return words, found.get_absolute_url()


def search_document(pk: int) -> SearchDocument | None:
    rows = PolicyChange.objects.select_related("region")
    found = rows.filter(pk=pk, state=PolicyChange.State.CONFIRMED).first()
    if found is None:
        return None
    region = found.region
    return SearchDocument(
        title=found.title.stored(),
        summary=found.text.stored(),
        body={},
        route="pilots:change",
        key=str(found.pk),
        day=found.confirmed_on,
        facets={"topic": [str(found.topic_id)], "country": [region.country_id], "region": [region.code]},
    )


def of_region(request, region=None, country=None, **subject) -> dict | None:
    place = {"region": region.code} if region else {"country": country.pk}
    rows = list(selectors.confirmed(request.user, **place)[:SHOWN])
    return {"changes": rows, "query": f"country={country.pk}" if country else ""} if rows else None


def newest(request, **subject) -> dict:
    rows = list(selectors.confirmed(request.user)[:SHOWN])
    may_record = request.user.is_authenticated and request.user.has_perm("pilots.record_change")
    return {"changes": rows, "query": "", "may_record": may_record}


def after_adoption(request, record, **subject) -> dict | None:
    """On a record that the reader's organisation took over: what it changed in policy can be recorded."""
    user = request.user
    if not record.adopted or not user.is_authenticated or not user.has_perm("pilots.record_change"):
        return None
    own = own_organisations(user).values("pk")
    return {"record": record} if record.adoptions.filter(organisation__in=own).exists() else None


about = teller(facts)
changes = [
    *permissions.RIGHTS,
    Thing(
        label=selectors.LABEL,
        name=_("Policy change"),
        title=lambda change: change.title,
        address=lambda change: change.get_absolute_url(),
        visible=selectors.changes,
        public=True,
        route="pilots:change",
        gone=selectors.gone,
    ),
    Searchable(
        label=selectors.LABEL,
        name=_("Policy changes"),
        document=search_document,
        every=lambda: PolicyChange.objects.filter(state="confirmed").values_list("pk", flat=True),
        order=44,
        list_route="pilots:changes",
    ),
    TrailKind(
        code=selectors.LEARNED,
        name=_("was learned from"),
        inverse=_("contributed to the policy change"),
        sources=(selectors.LABEL,),
        targets=selectors.SOURCES,
        right="pilots.change_change",
        order=60,
    ),
    CaseKind(
        code="pilots.change",
        name=_("Confirmation of a policy change"),
        verb="pilots.change_asked",
        handler=lambda change: f"org:{change.authority_id}",
        organisation=lambda change: change.recorded_for_id,
        days=30,
        title=lambda change: gettext("Confirm: %(title)s") % {"title": change.title},
        facts=case_facts,
        needs=("region", "authority", "recorded_for"),
        withdraw=services.take_back,
        answers=(
            CaseAnswer(
                code="confirm",
                name=_("Confirm it, for everybody to read"),
                outcome=_("Confirmed"),
                perform=services.confirm,
                right="pilots.confirm_change",
            ),
            CaseAnswer(
                code="return",
                name=_("Return it"),
                outcome=_("Returned"),
                perform=services.give_back,
                tone="secondary",
            ),
        ),
    ),
    IndicatorRule(
        code="pilots.policies_improved",
        name=_("Regional cluster policies improved"),
        once_per=_("region and instrument"),
        event=_("a policy change of the region is confirmed"),
        confirmed_by=_("the regional or national authority responsible"),
        counted=selectors.improved,
        verbs=frozenset({"pilots.change_confirmed", "pilots.change_withdrawn"}),
    ),
    of_fields(selectors.LABEL, selectors.changes, order=62),
    *(EventKind(verb=verb, name=name) for verb, name in VERBS.items()),
    NoticeKind(
        code="pilots.change_confirmed",
        name=_("A policy change of your organisation, or one you follow, is confirmed"),
        verb="pilots.change_confirmed",
        recipients=told,
        content=about(
            _("Confirmed: %(title)s"),
            _("%(authority)s has confirmed “%(title)s” for %(region)s. Everybody can read it."),
        ),
    ),
    NoticeKind(
        code="pilots.change_withdrawn",
        name=_("A policy change of your organisation, or one you follow, is withdrawn"),
        verb="pilots.change_withdrawn",
        recipients=told,
        content=about(
            _("Withdrawn: %(title)s"),
            _("“%(title)s” was confirmed for %(region)s and counts no more. The reasons stand there."),
        ),
    ),
    MenuEntry(
        place="desk", name=_("Policy changes"), route="pilots:changes_desk", order=64, right="pilots.record_change"
    ),
    Panel(place="pilots.index", order=60, template="pilots/panel_changes.html", context=newest),
    Panel(place="record.main", order=30, template="pilots/panel_adopted.html", context=after_adoption),
    Panel(place="region.main", order=50, template="pilots/panel_changes.html", context=of_region),
    Panel(place="country.main", order=50, template="pilots/panel_changes.html", context=of_region),
    PersonalData(
        label=selectors.LABEL,
        fields=("title", "text", "reason", "file_name", "link", "recorded_by", "confirmed_by"),
        holder="recorded_by",
        purpose=_("To know who recorded and who confirmed a change of policy"),
        erasure="unlink",
    ),
    Demonstration(order=86, load=demonstration.load),
]
