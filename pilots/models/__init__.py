from .helpdesk import HelpdeskAsker, HelpdeskQuestion
from .project_evaluations import (
    EvaluationFile,
    EvaluationFinding,
    EvaluationQuestion,
    EvaluationRecommendation,
    EvaluationReport,
    EvaluationSource,
    ProjectEvaluation,
)
from .training import Course, CourseStatement, Participant, Rating
from .usage import MissedWords, Reach, Usefulness

__all__ = [
    "Course",
    "CourseStatement",
    "EvaluationFile",
    "EvaluationFinding",
    "EvaluationQuestion",
    "EvaluationRecommendation",
    "EvaluationReport",
    "EvaluationSource",
    "HelpdeskAsker",
    "HelpdeskQuestion",
    "MissedWords",
    "Participant",
    "ProjectEvaluation",
    "Rating",
    "Reach",
    "Usefulness",
]
