"""An evaluation of the project with its pieces."""

from datetime import date, timedelta

from django.utils import timezone

from pilots.models import EvaluationRecommendation, EvaluationReport, ProjectEvaluation
from pilots.services import project_evaluations as services
from platform_core.people.members.models import Organisation

DAYS = {"begins": date(2026, 1, 1), "ends": date(2026, 12, 31)}


def evaluation(by, title: str = "While it runs") -> ProjectEvaluation:
    return services.begin(by=by, title={"en": title}, purpose={"en": "To learn early."}, **DAYS)


def question(made: ProjectEvaluation, by, text: str = "Does it help?", **fields):
    return services.keep(made, "questions", by=by, text={"en": text}, **fields)


def finding(made: ProjectEvaluation, by, text: str = "It helps."):
    asked = made.questions.first() or question(made, by)
    return services.keep(made, "findings", by=by, question=asked, text={"en": text}, found_on=date(2026, 5, 1))


def recommendation(made: ProjectEvaluation, by, owner: str = "org-ana", days: int = 60) -> EvaluationRecommendation:
    told = {"owner": Organisation.objects.get(code=owner), "due_on": timezone.localdate() + timedelta(days=days)}
    return services.keep(made, "recommendations", by=by, text={"en": "Do more of it."}, **told)


def report(made: ProjectEvaluation, by, title: str = "First summary") -> EvaluationReport:
    return services.keep(made, "reports", by=by, kind="interim", title={"en": title}, summary={"en": "In short."})


def reported(people) -> EvaluationReport:
    """With a finding, a recommendation for ana's organisation, and its first summary published."""
    made = evaluation(people.lena)
    finding(made, people.lena), recommendation(made, people.lena)
    return services.publish(report(made, people.lena), by=people.lena)
