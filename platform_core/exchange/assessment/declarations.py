from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import (
    EventKind,
    MenuEntry,
    NoticeKind,
    PersonalData,
    Reaction,
    Sweep,
    Thing,
)
from platform_core.ground.texts.notices import teller
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.sight import people_of

from . import selectors, services
from .models import Assessment, Evaluation
from .permissions import RIGHTS


def evaluator(event) -> list[int]:
    return list(
        Evaluation.objects.filter(pk=event.thing_id).exclude(evaluator=None).values_list("evaluator", flat=True)
    )


def concluding(event) -> list[int]:
    """Who concludes; for an evaluation, who concludes its assessment."""
    if event.thing == "assessment.evaluation":
        handler = Evaluation.objects.get(pk=event.thing_id).assessment.handler
    else:
        handler = Assessment.objects.get(pk=event.thing_id).handler
    return [pk for pk in people_of(handler, platform_day()) if pk]


def having_evaluated(event) -> list[int]:
    rows = Evaluation.objects.filter(assessment=event.thing_id, state=Evaluation.State.SUBMITTED)
    return list(rows.exclude(evaluator=None).values_list("evaluator", flat=True))


def facts_of_evaluation(event) -> tuple[dict, str]:
    """It leads an evaluator to her form."""
    found = Evaluation.objects.select_related("assessment").get(pk=event.thing_id)
    words = {"title": selectors.title(found.assessment), "day": found.assessment.due_on}
    return words, found.get_absolute_url()


def facts_of_assessment(event) -> tuple[dict, str]:
    """Of an assessment, or of the one an evaluation belongs to."""
    rows = Assessment.objects.filter(evaluations=event.thing_id)
    found = rows.get() if event.thing == "assessment.evaluation" else Assessment.objects.get(pk=event.thing_id)
    words = {"title": selectors.title(found), "outcome": selectors.outcome_name(found)}
    return words, found.get_absolute_url()


about_evaluation, about_assessment = teller(facts_of_evaluation), teller(facts_of_assessment)
declarations = [
    *RIGHTS,
    Thing(
        label="assessment.assessment",
        name=_("Assessment"),
        title=selectors.title,
        address=lambda assessment: assessment.get_absolute_url(),
        visible=selectors.assessments,
    ),
    EventKind(verb="assessment.opened", name=_("An assessment was opened")),
    EventKind(verb="assessment.evaluator_asked", name=_("Somebody was asked to evaluate")),
    EventKind(verb="assessment.stepped_back", name=_("An evaluator stepped back for a conflict of interest")),
    EventKind(verb="assessment.submitted", name=_("An evaluation was submitted")),
    EventKind(verb="assessment.all_in", name=_("All evaluations are in")),
    EventKind(verb="assessment.due_soon", name=_("An evaluation is due soon")),
    EventKind(verb="assessment.concluded", name=_("An assessment was concluded")),
    EventKind(verb="assessment.abandoned", name=_("An assessment was abandoned")),
    Reaction(code="assessment.share", handle=services.share_again),
    Sweep(code="assessment.remind", perform=services.remind, minutes=60),
    NoticeKind(
        code="assessment.evaluator_asked",
        name=_("You are asked to evaluate"),
        verb="assessment.evaluator_asked",
        recipients=evaluator,
        content=about_evaluation(
            _("Please evaluate: %(title)s"), _("You are asked to evaluate “%(title)s” by %(day)s.")
        ),
    ),
    NoticeKind(
        code="assessment.due_soon",
        name=_("An evaluation is due soon"),
        verb="assessment.due_soon",
        recipients=evaluator,
        content=about_evaluation(
            _("Due on %(day)s: your evaluation of %(title)s"), _("Your evaluation of “%(title)s” is due on %(day)s.")
        ),
    ),
    NoticeKind(
        code="assessment.stepped_back",
        name=_("An evaluator stepped back"),
        verb="assessment.stepped_back",
        recipients=concluding,
        content=about_assessment(
            _("An evaluator stepped back: %(title)s"),
            _("An evaluator of “%(title)s” has a conflict of interest. You may have to ask somebody else."),
        ),
    ),
    NoticeKind(
        code="assessment.all_in",
        name=_("All evaluations are in"),
        verb="assessment.all_in",
        recipients=concluding,
        content=about_assessment(
            _("To conclude: %(title)s"), _("All evaluations of “%(title)s” are in. Please draw the conclusion.")
        ),
    ),
    NoticeKind(
        code="assessment.concluded",
        name=_("What you have evaluated was concluded"),
        verb="assessment.concluded",
        recipients=having_evaluated,
        content=about_assessment(
            _("%(outcome)s: %(title)s"), _("The assessment of “%(title)s” is concluded: %(outcome)s.")
        ),
    ),
    MenuEntry(place="person", name=_("My evaluations"), route="assessment:mine", order=6),
    PersonalData(
        label="assessment.evaluation",
        fields=("evaluator", "why_conflict", "remark"),
        holder="evaluator",
        purpose=_("To have things judged by several people, and to keep their reasons"),
        erasure="unlink",
    ),
]
