from functools import partial

from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.catalogue import find_thing
from platform_core.ground.registry.kinds import (
    Demonstration,
    EventKind,
    JobKind,
    MenuEntry,
    NoticeKind,
    Searchable,
    SearchDocument,
    Sweep,
    Thing,
)
from platform_core.ground.texts.notices import teller
from platform_core.materials.languages.fields import of_fields
from platform_core.people.members.selectors import contact_ids

from ..demonstration import project_evaluations as demonstration
from ..models import EvaluationFinding, EvaluationQuestion, EvaluationRecommendation, EvaluationReport
from ..permissions import project_evaluations as permissions
from ..selectors import project_evaluations as selectors
from ..services import project_evaluations as services

TRANSLATED = {
    "pilots.evaluationquestion": (_("Evaluation question"), EvaluationQuestion),
    "pilots.evaluationfinding": (_("Finding of an evaluation"), EvaluationFinding),
}


def owning(event) -> list[int]:
    found = find_thing(selectors.ADVICE, event.thing_id)
    return sorted(contact_ids(found.owner_id)) if isinstance(found, EvaluationRecommendation) else []


def facts(event) -> tuple[dict, str]:
    found = EvaluationRecommendation.objects.get(pk=event.thing_id)
    return {"title": found.text, "day": found.due_on}, found.get_absolute_url()


def search_document(pk: int) -> SearchDocument | None:
    found = EvaluationReport.objects.filter(pk=pk, state=EvaluationReport.State.PUBLISHED).first()
    if found is None:
        return None
    return SearchDocument(
        title=found.title.stored(),
        summary=found.summary.stored(),
        body={},
        route="pilots:evaluation_report",
        key=str(found.pk),
        day=found.published_on,
    )


told = teller(facts)
VERBS = {
    "evaluation_begun": _("An evaluation of the project was begun"),
    "evaluation_changed": _("An evaluation of the project was changed"),
    "evaluation_written": _("Something was written in an evaluation of the project"),
    "evaluation_piece_removed": _("Something was removed from an evaluation of the project"),
    "evaluation_reported": _("A report of an evaluation of the project was published"),
    "evaluation_files_made": _("The files of a report of an evaluation were made"),
    "recommendation_published": _("A recommendation of an evaluation was published"),
    "recommendation_followed": _("It was said what was done about a recommendation of an evaluation"),
    "recommendation_due": _("A recommendation of an evaluation is due soon"),
}
project_evaluations = [
    *permissions.RIGHTS,
    Thing(
        label=selectors.LABEL,
        name=_("Evaluation of the project"),
        title=lambda evaluation: evaluation.title,
        address=lambda evaluation: evaluation.get_absolute_url(),
        visible=selectors.evaluations,
        public=True,
        route="pilots:project_evaluation",
    ),
    Thing(
        label=selectors.REPORT,
        name=_("Report of an evaluation"),
        title=lambda report: report.title,
        address=lambda report: report.get_absolute_url(),
        visible=selectors.reports,
        route="pilots:evaluation_report",
    ),
    Thing(
        label=selectors.ADVICE,
        name=_("Recommendation of an evaluation"),
        title=lambda recommendation: recommendation.text,
        address=lambda recommendation: recommendation.get_absolute_url(),
        visible=selectors.recommendations,
        route="pilots:evaluation_recommendation",
    ),
    *(
        Thing(
            label=label,
            name=name,
            title=lambda piece: piece.text,
            address=lambda piece: piece.evaluation.get_absolute_url(),
            visible=partial(selectors.of_evaluations, model=model),
        )
        for label, (name, model) in TRANSLATED.items()
    ),
    of_fields(selectors.LABEL, selectors.evaluations, order=26),
    of_fields(selectors.REPORT, selectors.reports, order=27),
    of_fields(selectors.ADVICE, selectors.recommendations, order=28),
    *(
        of_fields(label, partial(selectors.of_evaluations, model=model), order=29)
        for label, (_name, model) in TRANSLATED.items()
    ),
    Searchable(
        label=selectors.REPORT,
        name=_("Reports of evaluations"),
        document=search_document,
        every=lambda: EvaluationReport.objects.filter(state="published").values_list("pk", flat=True),
        order=29,
        list_route="pilots:project_evaluations",
    ),
    *(EventKind(verb=f"pilots.{verb}", name=name) for verb, name in VERBS.items()),
    NoticeKind(
        code="pilots.recommendation_published",
        name=_("An evaluation recommends something to your organisation"),
        verb="pilots.recommendation_published",
        recipients=owning,
        content=told(
            _("Recommended to you: %(title)s"), _("“%(title)s”, until %(day)s. Please say what is done about it.")
        ),
    ),
    NoticeKind(
        code="pilots.recommendation_due",
        name=_("A recommendation to your organisation is due soon"),
        verb="pilots.recommendation_due",
        recipients=owning,
        content=told(_("Until %(day)s: %(title)s"), _("Please say what was done about “%(title)s” by %(day)s.")),
    ),
    Sweep(code="pilots.recommendations_due", perform=services.remind, minutes=60 * 24),
    JobKind(
        code=services.JOB,
        name=_("Writing a report of an evaluation"),
        perform="pilots.services.project_evaluation_files.make",
    ),
    MenuEntry(place="footer", name=_("Evaluation of the project"), route="pilots:project_evaluations", order=47),
    Demonstration(order=72, load=demonstration.load),
]
