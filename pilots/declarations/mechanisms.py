from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.exchange.messaging.selectors.following import followers
from platform_core.ground.registry.kinds import (
    Counted,
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
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.sight import people_of
from platform_core.materials.languages.fields import of_fields
from platform_core.materials.trails.models import Trail

from .. import contents
from ..demonstration import mechanisms as demonstration
from ..models import Mechanism, MechanismVersion, Pilot
from ..permissions import mechanisms as permissions
from ..selectors import mechanisms as selectors
from ..services.pilots import TESTS

NEWEST = 7
VERBS = {
    "mechanism_begun": _("A learning mechanism was begun"),
    "mechanism_changed": _("A learning mechanism was written anew"),
    "mechanism_voided": _("A version of a learning mechanism became void, because it was changed"),
    "mechanism_submitted": _("A version of a learning mechanism was submitted"),
    "mechanism_returned": _("A version of a learning mechanism was returned"),
    "mechanism_approved": _("A version of a learning mechanism was approved"),
    "mechanism_published": _("A learning mechanism was published"),
    "mechanism_withdrawn": _("A published learning mechanism was withdrawn"),
    "mechanism_commented": _("A learning mechanism was commented on"),
    "mechanism_deleted": _("A learning mechanism was deleted"),
    "evidence_drawn": _("It was said what a learning mechanism is based on"),
    "evidence_erased": _("A piece of evidence of a learning mechanism was taken away"),
}
PUBLIC = ("pilots.mechanism_published", "pilots.mechanism_withdrawn")
EVIDENCE = (
    "repository.record",
    "consultations.finding",
    "consultations.consultation",
    "benchmarking.benchmark",
    "benchmarking.run",
    "benchmarking.runfigure",
    "benchmarking.scorecard",
    "benchmarking.swot",
    "benchmarking.swotentry",
    "benchmarking.peerstudy",
    "benchmarking.clustermap",
    "pilots.peerreview",
)


def of_event(event) -> Mechanism | None:
    return Mechanism.objects.select_related("published").filter(pk=event.thing_id).first()


def group_of(event) -> set[int]:
    found = of_event(event)
    return people_of(found.scope, platform_day()) if found else set()


def deciders(event) -> set[int]:
    """Those who can approve it, but who submitted it."""
    found = of_event(event)
    version = selectors.current(found) if found else None
    if version is None:
        return set()
    today = platform_day()
    asked = people_of(f"role:wg_leader@{found.scope}", today) or people_of("role:lead_partner", today)
    if asked == {version.submitted_by_id}:
        asked = people_of("role:lead_partner", today)
    return asked - {version.submitted_by_id}


def authors(event) -> set[int]:
    """Who submitted the version that was answered."""
    found = MechanismVersion.objects.filter(mechanism=event.thing_id, number=event.payload["version"]).first()
    return {found.submitted_by_id} if found and found.submitted_by_id else set()


def readers(event) -> set[int]:
    found = of_event(event)
    return {*group_of(event), *followers(found), *followers(found.group)} if found else set()


def concerned(event) -> set[int]:
    """Beside its readers those of the organisations whose pilots test it."""
    pilots = Trail.shown.filter(kind=TESTS, other_thing=selectors.LABEL, other_id=event.thing_id)
    leads = Pilot.objects.filter(pk__in=pilots.values("object_id")).values_list("lead", flat=True)
    return readers(event).union(*(people_of(f"org:{lead}", platform_day()) for lead in leads))


def facts(event) -> tuple[dict, str]:
    found = of_event(event)
    return {"title": found if event.verb in PUBLIC else found.title}, address(event, found)


def address(event, found: Mechanism) -> str:
    return found.get_absolute_url() if event.verb in PUBLIC else reverse("pilots:mechanism_work", args=[found.pk])


def search_document(pk: int) -> SearchDocument | None:
    found = Mechanism.objects.select_related("published").filter(pk=pk, published__isnull=False).first()
    if found is None:
        return None
    version = found.published
    texts = {name: contents.text_of(found, version, name) for name in contents.TEXTS}
    body: dict[str, str] = {}
    for name in contents.SECTIONS:
        for code, words in texts[name].items():
            body[code] = f"{body[code]}\n{words}" if code in body else words
    terms = [term.split(":") for term in version.content["terms"]]
    return SearchDocument(
        title=texts["title"].stored(),
        summary=texts["summary"].stored(),
        body=body,
        route="pilots:mechanism",
        key=str(pk),
        day=version.published_on,
        facets={
            "topic": [str(found.group_id)],
            **{scheme: [code for kind, code in terms if kind == scheme] for scheme in contents.SCHEMES},
        },
    )


def counted() -> Iterator[Counted]:
    """Each once, from the day on which its first version was published."""
    rows = MechanismVersion.objects.filter(published_on__isnull=False, mechanism__published__isnull=False)
    seen = set()
    for row in rows.select_related("mechanism").order_by("published_on", "number"):
        if row.mechanism_id not in seen:
            seen.add(row.mechanism_id)
            yield Counted(
                thing=selectors.LABEL,
                pk=row.mechanism_id,
                key=f"mechanism:{row.mechanism_id}",
                day=row.published_on,
                topic=row.mechanism.group_id,
                stages=stages_of(row),
            )


def stages_of(version: MechanismVersion) -> list[str]:
    """Of the policy cycle."""
    return [code.partition(":")[2] for code in version.content["terms"] if code.startswith("cycle_stage:")]


def of_the_app(request, **subject) -> dict:
    places = selectors.seven(request.user)
    rows = list(selectors.published(request.user)[: NEWEST + 1])
    told = [(row, contents.text_of(row, row.published, "summary")) for row in rows[:NEWEST]]
    return {"mechanisms": told, "more": len(rows) > NEWEST, "there": selectors.exist(places), "cross": places[-1]}


def of_the_group(request, topic, **subject) -> dict | None:
    rows = list(selectors.published(request.user, topic=str(topic.pk))[:NEWEST])
    return {"mechanisms": rows, "topic": topic} if rows else None


about = teller(facts)
mechanisms = [
    *permissions.RIGHTS,
    Thing(
        label=selectors.LABEL,
        name=_("Policy learning mechanism"),
        title=lambda mechanism: mechanism.headline,
        address=lambda mechanism: mechanism.get_absolute_url(),
        visible=selectors.mechanisms,
        public=True,
        route="pilots:mechanism",
        gone=selectors.gone,
    ),
    Searchable(
        label=selectors.LABEL,
        name=_("Policy learning mechanisms"),
        document=search_document,
        every=lambda: Mechanism.objects.filter(published__isnull=False).values_list("pk", flat=True),
        order=23,
        list_route="pilots:mechanisms",
    ),
    TrailKind(
        code=contents.BASED_ON,
        name=_("is based on"),
        inverse=_("is the basis of"),
        sources=(selectors.LABEL,),
        targets=EVIDENCE,
        right="pilots.draw_evidence",
        order=20,
        has_own_form=True,
    ),
    of_fields(selectors.LABEL, selectors.mechanisms, markdown=contents.SECTIONS, order=16),
    *(EventKind(verb=f"pilots.{verb}", name=name) for verb, name in VERBS.items()),
    NoticeKind(
        code="pilots.mechanism_submitted",
        name=_("A learning mechanism of your group waits for approval"),
        verb="pilots.mechanism_submitted",
        recipients=deciders,
        content=about(_("To approve: %(title)s"), _("A version of “%(title)s” was submitted. Read it, and answer.")),
    ),
    NoticeKind(
        code="pilots.mechanism_commented",
        name=_("Somebody commented on a learning mechanism of your group"),
        verb="pilots.mechanism_commented",
        recipients=group_of,
        content=about(_("Commented: %(title)s"), _("There is a new comment on “%(title)s”.")),
        pace="daily",
    ),
    NoticeKind(
        code="pilots.mechanism_returned",
        name=_("A learning mechanism you submitted is returned"),
        verb="pilots.mechanism_returned",
        recipients=authors,
        content=about(_("Returned: %(title)s"), _("“%(title)s” is returned with remarks. Read there what to change.")),
    ),
    NoticeKind(
        code="pilots.mechanism_approved",
        name=_("A learning mechanism you submitted is approved"),
        verb="pilots.mechanism_approved",
        recipients=authors,
        content=about(_("Approved: %(title)s"), _("“%(title)s” is approved, and can be published.")),
    ),
    NoticeKind(
        code="pilots.mechanism_published",
        name=_("A learning mechanism of a group of yours, or one you follow, is published"),
        verb="pilots.mechanism_published",
        recipients=readers,
        content=about(_("Published: %(title)s"), _("“%(title)s” is published; everybody can read it.")),
        pace="daily",
    ),
    NoticeKind(
        code="pilots.mechanism_withdrawn",
        name=_("A learning mechanism of a group of yours, one you follow or one your pilot tests, was withdrawn"),
        verb="pilots.mechanism_withdrawn",
        recipients=concerned,
        content=about(_("Withdrawn: %(title)s"), _("The mechanism “%(title)s” was withdrawn. Read there why.")),
    ),
    IndicatorRule(
        code="pilots.mechanisms",
        name=_("New policy learning mechanisms developed"),
        once_per=_("learning mechanism, whatever the number of its versions"),
        event=_("its first version is published; one that is withdrawn leaves the list"),
        confirmed_by=_("who approves and who publishes it for a full member"),
        counted=counted,
        verbs=frozenset({"pilots.mechanism_published", "pilots.mechanism_withdrawn"}),
        by_partner=False,
    ),
    MenuEntry(place="public", name=_("Pilots and learning"), route="pilots:index", order=40),
    MenuEntry(
        place="desk",
        name=_("Learning mechanisms"),
        route="pilots:mechanism_desk",
        order=40,
        right="pilots.begin_mechanism",
    ),
    Panel(place="pilots.index", order=10, template="pilots/panel_mechanisms.html", context=of_the_app),
    Panel(place="group.main", order=45, template="pilots/panel_group_mechanisms.html", context=of_the_group),
    Demonstration(order=66, load=demonstration.load),
    PersonalData(
        label=selectors.LABEL,
        fields=("begun_by", "title", "summary", *contents.SECTIONS, "why_withdrawn"),
        holder="begun_by",
        purpose=_("To know who began a learning mechanism"),
        erasure="unlink",
    ),
    PersonalData(
        label="pilots.mechanismversion",
        fields=("submitted_by", "answered_by", "remarks", "content", "note"),
        holder="submitted_by",
        purpose=_("To know who submitted and who approved which version"),
        erasure="unlink",
    ),
]
