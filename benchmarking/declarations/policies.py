import json
from pathlib import Path

from django.utils.translation import gettext, gettext_lazy as _, override

from platform_core.exchange.assessment.services import load_grids
from platform_core.exchange.messaging.selectors.following import followers
from platform_core.ground.registry.kinds import (
    AssessmentKind,
    Demonstration,
    EventKind,
    MenuEntry,
    NoticeKind,
    Outcome,
    Panel,
    PersonalData,
    Reaction,
    Reference,
    Searchable,
    SearchDocument,
    Thing,
)
from platform_core.ground.texts.codes import CODES, interface_code
from platform_core.ground.texts.notices import teller
from platform_core.materials.languages.fields import of_fields

from ..demonstration import policy
from ..models import Measure, Scorecard
from ..permissions import policies as permissions
from ..selectors import policies as selectors
from ..services import policies as services

REFERENCE = Path(__file__).parent.parent / "reference"


def load_rubric() -> None:
    load_grids(json.loads((REFERENCE / "policy_rubric.json").read_text(encoding="utf-8")))


def title(scorecard: Scorecard) -> str:
    return f"{selectors.area_label(scorecard.area)}, {scorecard.period}"


def told(event) -> list[int]:
    found = Scorecard.objects.filter(pk=event.thing_id).first()
    return sorted({*services.told_people(found), *followers(found)}) if found else []


def facts(event) -> tuple[dict, str]:
    found = Scorecard.objects.select_related("area").get(pk=event.thing_id)
    return {"title": title(found)}, found.get_absolute_url()


def search_document(pk: int) -> SearchDocument | None:
    found = Scorecard.objects.select_related("area").filter(pk=pk, state=Scorecard.State.PUBLISHED).first()
    if found is None:
        return None
    measures = found.measures.all()
    return SearchDocument(
        title=titles(found),
        summary={},
        body=joined([measure.title.stored() for measure in measures] + [measure.text.stored() for measure in measures]),
        route="benchmarking:scorecard",
        key=str(found.pk),
        day=found.published_on,
    )


def titles(scorecard: Scorecard) -> dict[str, str]:
    """In every language of the platform."""
    found = {}
    for code in CODES:
        with override(interface_code(code)):
            found[code] = gettext("Cluster policy: %(title)s") % {"title": title(scorecard)}
    return found


def joined(texts: list[dict[str, str]]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for text in texts:
        for code, words in text.items():
            if not code.startswith("_"):
                found.setdefault(code, []).append(words)
    return {code: "\n".join(words) for code, words in found.items()}


def of_place(request, region=None, country=None, **subject) -> dict | None:
    code = region.code if region else country.code
    rows = selectors.of_area(request.user, code)
    return {"scorecard": rows[0], "themes": selectors.themes(rows[0])} if rows else None


def measures_seen(user):
    return Measure.objects.filter(scorecard__in=selectors.scorecards(user).values("pk"))


about = teller(facts)
policies = [
    *permissions.RIGHTS,
    Reference(order=80, load=load_rubric),
    Demonstration(order=48, load=policy.load),
    Thing(
        label=selectors.LABEL,
        name=_("Policy scorecard"),
        title=title,
        address=lambda scorecard: scorecard.get_absolute_url(),
        visible=selectors.scorecards,
        public=True,
        route="benchmarking:scorecard",
    ),
    Thing(
        label="benchmarking.measure",
        name=_("Policy measure"),
        title=lambda measure: measure.title,
        address=lambda measure: f"{measure.scorecard.get_absolute_url()}#measure-{measure.pk}",
        visible=measures_seen,
    ),
    Searchable(
        label=selectors.LABEL,
        name=_("Policy scorecards"),
        document=search_document,
        every=lambda: Scorecard.objects.filter(state="published").values_list("pk", flat=True),
        order=26,
        list_route="benchmarking:policies",
    ),
    of_fields("benchmarking.measure", measures_seen, order=22),
    AssessmentKind(
        code=selectors.KIND,
        name=_("Rating of cluster policy"),
        grid=selectors.GRID,
        handler=services.handler,
        evaluators=services.evaluators,
        interested=services.interested,
        outcomes=(
            Outcome(code="published", name=_("Publish the scorecard"), allowed=services.rated_twice),
            Outcome(
                code="returned",
                name=_("Open the measures again: they do not carry a rating"),
                allowed=lambda scorecard, picture: True,
            ),
        ),
        conclude=services.conclude,
        minimum=services.LEAST,
        evidence=services.evidence,
        asks_all=False,
    ),
    Reaction(
        code="benchmarking.share_with_raters",
        handle=services.share_with_raters,
        verbs=frozenset({"assessment.evaluator_asked", "assessment.abandoned"}),
    ),
    EventKind(verb="benchmarking.scorecard_begun", name=_("A policy scorecard was begun")),
    EventKind(verb="benchmarking.measure_entered", name=_("A policy measure was entered")),
    EventKind(verb="benchmarking.measure_removed", name=_("A policy measure was removed")),
    EventKind(verb="benchmarking.raters_called", name=_("Raters of a policy scorecard were called")),
    EventKind(verb="benchmarking.scorecard_published", name=_("A policy scorecard was published")),
    EventKind(verb="benchmarking.scorecard_returned", name=_("A policy scorecard was opened again")),
    NoticeKind(
        code="benchmarking.scorecard_published",
        name=_("A policy scorecard of your group is published"),
        verb="benchmarking.scorecard_published",
        recipients=told,
        content=about(
            _("Published: %(title)s"), _("The cluster policy of %(title)s was rated. Everybody can read it.")
        ),
    ),
    NoticeKind(
        code="benchmarking.scorecard_returned",
        name=_("The measures of a policy scorecard are open again"),
        verb="benchmarking.scorecard_returned",
        recipients=told,
        content=about(
            _("To be completed: %(title)s"),
            _("What is entered for %(title)s does not carry a rating. Read the reasons, and complete the measures."),
        ),
    ),
    MenuEntry(
        place="desk",
        name=_("Policy scorecards"),
        route="benchmarking:policy_desk",
        order=36,
        right="benchmarking.enter_policies",
    ),
    Panel(place="region.main", order=40, template="benchmarking/panel_policy.html", context=of_place),
    Panel(place="country.main", order=40, template="benchmarking/panel_policy.html", context=of_place),
    PersonalData(
        label="benchmarking.measure",
        fields=("title", "text", "link", "entered_by"),
        holder="entered_by",
        purpose=_("To know who entered a policy measure, so that she does not rate it"),
        erasure="unlink",
    ),
]
