from .calls import Call, CallCriterion, CallEvaluator, CallOption, CallQuestion, Condition, LetterText
from .documents import Document, DocumentVersion, Folder
from .expressions import CallAnswer, Candidate, Competence, Expression, Finding, Letter
from .fields import DocumentField, FieldChoice, FieldValue
from .groups import Visit, WorkingGroup
from .made_files import MadeFile, MadeFileThing
from .meetings import AgendaItem, DateAnswer, DateOption, Meeting, Participant
from .minutes import Minutes, MinutesRevision, Writing
from .plan import Output, PlanEvidence, PlanPeriod, PlanTarget
from .requests import Asked, GivenAnswer, InformationRequest, RequestChoice, RequestQuestion
from .reviews import Review, Reviewer
from .setups import ConceptPaper, JoinRequest, PageExport, SetUp
from .tasks import Task
from .wiki import WikiFile, WikiLink, WikiName, WikiPage, WikiRevision

__all__ = [
    "AgendaItem",
    "Asked",
    "Call",
    "CallAnswer",
    "CallCriterion",
    "CallEvaluator",
    "CallOption",
    "CallQuestion",
    "Candidate",
    "Competence",
    "ConceptPaper",
    "Condition",
    "DateAnswer",
    "DateOption",
    "Document",
    "DocumentField",
    "DocumentVersion",
    "Expression",
    "FieldChoice",
    "FieldValue",
    "Finding",
    "Folder",
    "GivenAnswer",
    "InformationRequest",
    "JoinRequest",
    "Letter",
    "LetterText",
    "MadeFile",
    "MadeFileThing",
    "Meeting",
    "Minutes",
    "MinutesRevision",
    "Output",
    "PageExport",
    "Participant",
    "PlanEvidence",
    "PlanPeriod",
    "PlanTarget",
    "RequestChoice",
    "RequestQuestion",
    "Review",
    "Reviewer",
    "SetUp",
    "Task",
    "Visit",
    "WikiFile",
    "WikiLink",
    "WikiName",
    "WikiPage",
    "WikiRevision",
    "WorkingGroup",
    "Writing",
]
