from django.utils.translation import gettext_lazy as _

from platform_core.exchange.messaging.selectors.following import followers, others
from platform_core.ground.registry.kinds import (
    Demonstration,
    EventKind,
    KeptSteps,
    NoticeKind,
    Panel,
    PersonalData,
    Searchable,
    SearchDocument,
    Thing,
    TrailKind,
)
from platform_core.ground.texts.notices import teller
from platform_core.materials.languages.fields import of_fields

from ..demonstration import voices
from ..models import Consultation, Finding
from ..selectors import findings as found_in

SHOWN = 5


def following(event) -> list[int]:
    """Those who follow the consultation."""
    found = Consultation.objects.filter(pk=event.thing_id).first()
    return others(event, followers(found)) if found else []


def following_finding(event) -> list[int]:
    """Those who follow the finding, or the consultation it comes from; one that is not written yet has that alone."""
    if event.is_foreseen and event.thing == found_in.CONSULTATION:
        return following(event)
    found = Finding.objects.select_related("consultation").filter(pk=event.thing_id).first()
    return others(event, {*followers(found), *followers(found.consultation)}) if found else []


def facts(event) -> tuple[dict, str]:
    found = Consultation.objects.get(pk=event.thing_id)
    return {"title": found.title}, found.get_absolute_url()


def facts_of_finding(event) -> tuple[dict, str]:
    found = Finding.objects.select_related("consultation").get(pk=event.thing_id)
    words = {"title": found.title, "consultation": found.consultation.title, "state": found.get_state_display()}
    return words, found.get_absolute_url()


def search_document(pk: int) -> SearchDocument | None:
    found = Finding.objects.select_related("consultation").filter(pk=pk).first()
    if found is None:
        return None
    return SearchDocument(
        title=found.title.stored(),
        summary=found.text.stored(),
        body=found.reason.stored(),
        route="consultations:finding",
        key=str(found.pk),
        day=found.written_on,
        facets={"topic": [str(found.consultation.topic_id)]},
    )


def needs_of(request, topic, **subject) -> dict | None:
    """The newest findings on the page of the group, as a list of needs."""
    rows = list(found_in.needs(request.user, topic=str(topic.pk))[: SHOWN + 1])
    return {"findings": rows[:SHOWN], "more": len(rows) > SHOWN, "topic": topic} if rows else None


CITED = {
    "record": ("repository.record", "repository.relate_record"),
    "document": ("workinggroups.document", "workinggroups.change_document"),
    "task": ("workinggroups.task", "workinggroups.change_task"),
}
about, about_finding = teller(facts), teller(facts_of_finding)
findings = [
    Thing(
        label=found_in.FINDING,
        name=_("Finding of a consultation"),
        title=lambda finding: finding.title,
        address=lambda finding: finding.get_absolute_url(),
        visible=found_in.findings,
        public=True,
        route="consultations:finding",
    ),
    KeptSteps(labels=(found_in.FINDING, found_in.CONSULTATION), steps=found_in.steps),
    Searchable(
        label=found_in.FINDING,
        name=_("Findings of consultations"),
        document=search_document,
        every=lambda: Finding.objects.values_list("pk", flat=True),
        order=22,
        list_route="consultations:needs",
    ),
    *(
        TrailKind(
            code=f"consultations.{name}_answers",
            name=_("takes up the finding"),
            inverse=_("is taken up by"),
            sources=(source,),
            targets=(found_in.FINDING,),
            right=right,
            order=30,
        )
        for name, (source, right) in CITED.items()
    ),
    of_fields(found_in.FINDING, found_in.findings, markdown=("text",), order=12),
    Demonstration(order=42, load=voices.load),
    Panel(place="group.main", order=30, template="consultations/panel_needs.html", context=needs_of),
    EventKind(verb="consultations.finding_written", name=_("A finding of a consultation was written")),
    EventKind(verb="consultations.finding_changed", name=_("A finding of a consultation was changed")),
    EventKind(verb="consultations.finding_settled", name=_("It was said what becomes of a finding")),
    NoticeKind(
        code="consultations.published",
        name=_("Results of a consultation you follow are published"),
        verb="consultations.published",
        recipients=following,
        content=about(_("Results: %(title)s"), _("The results of “%(title)s” are published. Read them there.")),
    ),
    NoticeKind(
        code="consultations.finding_written",
        name=_("A consultation you follow has a new finding"),
        verb="consultations.finding_written",
        recipients=following_finding,
        content=about_finding(_("New finding: %(title)s"), _("“%(title)s” was found in “%(consultation)s”.")),
        pace="daily",
    ),
    NoticeKind(
        code="consultations.finding_settled",
        name=_("It was said what becomes of a finding you follow"),
        verb="consultations.finding_settled",
        recipients=following_finding,
        content=about_finding(
            _("%(state)s: %(title)s"),
            _("What becomes of “%(title)s”, found in the consultation “%(consultation)s”: %(state)s. Read there why."),
        ),
    ),
    PersonalData(
        label="consultations.findingstep",
        fields=("reason",),
        holder="",
        purpose=_("To say in public what became of a finding, and why"),
        erasure="keep",
    ),
    PersonalData(
        label=found_in.FINDING,
        fields=("title", "text", "reason"),
        holder="",
        purpose=_("To say in public what a group found in a consultation"),
        erasure="keep",
    ),
]
