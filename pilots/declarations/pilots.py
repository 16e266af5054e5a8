from django.utils.translation import gettext, gettext_lazy as _

from platform_core.exchange.messaging.selectors.following import followers
from platform_core.ground.registry.kinds import (
    CaseAnswer,
    CaseKind,
    Counted,
    Demonstration,
    EventKind,
    IndicatorRule,
    NoticeKind,
    Panel,
    PersonalData,
    Searchable,
    SearchDocument,
    Thing,
    TrailKind,
)
from platform_core.ground.texts.notices import teller
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.sight import people_of, people_with
from platform_core.materials.languages.fields import of_fields

from ..demonstration import pilots as demonstration
from ..models import Pilot, PilotChange
from ..permissions import pilots as permissions
from ..selectors import pilots as selectors
from ..selectors.schemes import band_words
from ..services import pilot_changes, pilots as services

VERBS = {
    "pilot_prepared": _("A pilot action is being prepared"),
    "milestone_set": _("A milestone of a pilot action was set"),
    "milestone_reached": _("A milestone of a pilot action was reached"),
    "indicator_set": _("An indicator of a pilot action was set"),
    "set_up_changed": _("Something was taken out of a pilot action that is being prepared"),
    "risk_named": _("A risk of a pilot action was named"),
    "pilot_begun": _("A pilot action has begun"),
    "pilot_finished": _("A pilot action was finished"),
    "pilot_ended_early": _("A pilot action ended early"),
    "workshop_proposed": _("The final workshop of a pilot action was proposed"),
    "pilot_change_asked": _("A change of a pilot action was asked for"),
    "pilot_change_granted": _("A change of a pilot action was granted"),
    "pilot_change_refused": _("A change of a pilot action was refused"),
    "pilot_change_withdrawn": _("A change of a pilot action was withdrawn"),
}


def facts(event) -> tuple[dict, str]:
    found = Pilot.objects.select_related("lead").get(pk=event.thing_id)
    return {"title": found.title, "lead": found.lead}, found.get_absolute_url()


def told_of_pilot(event) -> list[int]:
    """Lead and partners, and who follows it."""
    found = Pilot.objects.filter(pk=event.thing_id).first()
    if found is None:
        return []
    return sorted({*people_with(permissions.crew(found), platform_day()), *followers(found)})


def looking_after(event) -> list[int]:
    found = Pilot.objects.filter(pk=event.thing_id).select_related("scheme").first()
    if found is None:
        return []
    today = platform_day()
    return sorted(people_of(f"role:wg_leader@{found.scope}", today) | people_of("role:lead_partner", today))


def change_title(change: PilotChange) -> str:
    told = {"title": change.pilot.title, "change": change.get_kind_display()}
    return gettext("%(title)s: %(change)s") % told


def change_facts(change: PilotChange) -> list[tuple]:
    pilot = change.pilot
    told = [(_("Pilot action"), str(pilot.title)), (_("What is to change"), change.get_kind_display())]
    if change.milestone:
        told += [(_("Milestone"), str(change.milestone.title)), (_("Due so far"), change.milestone.due_on)]
        if change.due_on:
            told.append((_("New day"), change.due_on))
    if change.band:
        told.append((_("Budget band so far"), band_words(pilot.scheme.limits, pilot.band)))
        told.append((_("New budget band"), band_words(pilot.scheme.limits, change.band)))
    if change.organisation:
        told.append((_("Organisation"), str(change.organisation)))
    return [*told, (_("Why"), change.why)]


def search_document(pk: int) -> SearchDocument | None:
    found = Pilot.objects.select_related("region").filter(pk=pk, state__in=selectors.PUBLIC_STATES).first()
    if found is None:
        return None
    return SearchDocument(
        title=plain(found.title),
        summary=plain(found.summary),
        body=plain(found.baseline),
        route="pilots:pilot",
        key=str(found.pk),
        day=found.evaluated_on or found.finished_on or found.begun_on,
        facets={
            "topic": [str(found.topic_id)],
            "country": [found.region.country_id],
            "region": [found.region.code],
        },
    )


def plain(text) -> dict[str, str]:
    return {code: words for code, words in text.stored().items() if not code.startswith("_")}


def counted(rows, day: str) -> list[Counted]:
    return [
        Counted(
            thing=selectors.PILOT,
            pk=pilot.pk,
            key=f"pilots.pilot:{pilot.pk}",
            day=getattr(pilot, day),
            organisation=pilot.lead_id,
            country=pilot.region.country_id,
            region=pilot.region.code,
            topic=pilot.topic_id,
            stage="monitoring_evaluation" if day == "evaluated_on" else "implementation",
        )
        for pilot in rows.select_related("region")
    ]


def carried_out() -> list[Counted]:
    """Not those that ended early."""
    rows = Pilot.objects.exclude(finished_on=None)
    return counted(rows.exclude(pk__in=selectors.ended_early(rows).values("pk")), "finished_on")


def evaluated() -> list[Counted]:
    return counted(Pilot.objects.filter(state=Pilot.State.EVALUATED), "evaluated_on")


def newest(request, **subject) -> dict | None:
    rows = list(selectors.listed(request.user)[:5])
    return {"pilots": rows} if rows else None


def of_place(request, region=None, country=None, **subject) -> dict | None:
    chosen = {"region": region.code} if region else {"country": country.code}
    rows = list(selectors.listed(request.user, **chosen)[:5])
    return {"pilots": rows} if rows else None


about = teller(facts)
pilots = [
    *permissions.RIGHTS,
    Demonstration(order=67, load=demonstration.load),
    Thing(
        label=selectors.PILOT,
        name=_("Pilot action"),
        title=lambda pilot: pilot.title,
        address=lambda pilot: pilot.get_absolute_url(),
        visible=selectors.pilots,
        public=True,
        route="pilots:pilot",
    ),
    Thing(
        label=selectors.MILESTONE,
        name=_("Milestone of a pilot action"),
        title=lambda milestone: milestone.title,
        address=lambda milestone: milestone.pilot.get_absolute_url(),
        visible=selectors.milestones_seen,
    ),
    Thing(
        label=selectors.INDICATOR,
        name=_("Indicator of a pilot action"),
        title=lambda indicator: indicator.name,
        address=lambda indicator: indicator.pilot.get_absolute_url(),
        visible=selectors.indicators_seen,
    ),
    Thing(
        label=selectors.CHANGE,
        name=_("Change of a pilot action"),
        title=change_title,
        address=lambda change: change.get_absolute_url(),
        visible=selectors.changes_seen,
    ),
    of_fields(selectors.PILOT, selectors.pilots, order=41),
    of_fields(selectors.MILESTONE, selectors.milestones_seen, order=42),
    of_fields(selectors.INDICATOR, selectors.indicators_seen, order=43),
    Searchable(
        label=selectors.PILOT,
        name=_("Pilot actions"),
        document=search_document,
        every=lambda: Pilot.objects.exclude(state="prepared").values_list("pk", flat=True),
        order=30,
        list_route="pilots:pilots",
    ),
    TrailKind(
        code=services.TESTS,
        name=_("tests"),
        inverse=_("is tested by"),
        sources=(selectors.PILOT,),
        targets=("pilots.mechanism", "benchmarking.benchmark"),
        right="pilots.keep_pilot",
        order=70,
    ),
    TrailKind(
        code="pilots.starts_from",
        name=_("starts from"),
        inverse=_("is the start of"),
        sources=(selectors.PILOT,),
        targets=("benchmarking.runfigure", "consultations.finding", "benchmarking.swotentry"),
        right="pilots.keep_pilot",
        order=70,
    ),
    TrailKind(
        code=services.WORKSHOP,
        name=_("ends with the workshop"),
        inverse=_("is the final workshop of"),
        sources=(selectors.PILOT,),
        targets=("events.calendarevent",),
        right="pilots.hold_workshop",
        order=71,
        leads_on=True,
    ),
    CaseKind(
        code="pilots.pilot_change",
        name=_("Change of a pilot action"),
        verb="pilots.pilot_change_asked",
        handler=pilot_changes.handler,
        days=14,
        title=change_title,
        facts=change_facts,
        needs=("pilot", "milestone", "organisation"),
        organisation=lambda change: change.pilot.lead_id,
        withdraw=pilot_changes.withdraw,
        answers=(
            CaseAnswer(
                code="granted",
                name=_("Grant the change: it is made at once"),
                outcome=_("Granted"),
                perform=pilot_changes.grant,
                right="pilots.grant_change",
            ),
            CaseAnswer(
                code="refused",
                name=_("Refuse the change"),
                outcome=_("Refused"),
                perform=pilot_changes.refuse,
                right="pilots.grant_change",
                tone="secondary",
            ),
        ),
    ),
    *(EventKind(verb=f"pilots.{verb}", name=name) for verb, name in VERBS.items()),
    NoticeKind(
        code="pilots.pilot_begun",
        name=_("A pilot action of your organisation has begun"),
        verb="pilots.pilot_begun",
        recipients=told_of_pilot,
        content=about(
            _("Begun: %(title)s"),
            _("“%(title)s” has begun. Everybody can read it, and its reports fall due by period."),
        ),
    ),
    NoticeKind(
        code="pilots.pilot_finished",
        name=_("A pilot action is finished"),
        verb="pilots.pilot_finished",
        recipients=looking_after,
        content=about(
            _("Finished: %(title)s"),
            _("%(lead)s says that “%(title)s” is finished. When it has assessed it itself, ask the evaluators."),
        ),
    ),
    NoticeKind(
        code="pilots.pilot_ended_early",
        name=_("A pilot action ends early"),
        verb="pilots.pilot_ended_early",
        recipients=told_of_pilot,
        content=about(
            _("Ended early: %(title)s"),
            _(
                "The early end of “%(title)s” was granted. It is evaluated like others: what did not work is worth knowing."
            ),
        ),
    ),
    IndicatorRule(
        code="pilots.implemented",
        name=_("Pilot action carried out"),
        once_per=_("pilot action"),
        event=_("its lead says that it is finished, with every milestone reached or given up with consent"),
        confirmed_by=_("the lead organisation"),
        counted=carried_out,
        verbs=frozenset({"pilots.pilot_finished"}),
    ),
    IndicatorRule(
        code="pilots.evaluated",
        name=_("Pilot action evaluated"),
        once_per=_("pilot action"),
        event=_("its evaluation is concluded"),
        confirmed_by=_("whoever concludes the evaluation, for a full member"),
        counted=evaluated,
        verbs=frozenset({"pilots.pilot_evaluated"}),
    ),
    Panel(place="pilots.index", order=20, template="pilots/panel_pilots.html", context=newest),
    Panel(place="region.main", order=45, template="pilots/panel_pilots.html", context=of_place),
    Panel(place="country.main", order=45, template="pilots/panel_pilots.html", context=of_place),
    PersonalData(
        label=selectors.CHANGE,
        fields=("asked_by", "why"),
        holder="asked_by",
        purpose=_("To know who asked for a change of a pilot action"),
        erasure="unlink",
    ),
]
