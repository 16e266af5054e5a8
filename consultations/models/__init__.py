from .answers import AnswerDraft, FileAnswer, FormerAnswers, Response
from .approvals import Approval
from .coding import FIRST, SECOND, SETTLED, BookCode, CodeBook, Coder, Coding
from .consultations import THRESHOLD, Consultation, Illustration, Questionnaire
from .drafting import DraftState
from .exchange import AnswerExport, Incoming
from .findings import Finding, FindingQuestion, FindingStep
from .invitations import Invitation, InvitationLetter, InvitationUse, Outreach, Reminder
from .keys import random_key
from .library import LibraryEntry
from .participation import Participation, RegisteredPart, Registration, Trace
from .quotes import LikeText, Quote, TextReading
from .results import ResultReport, ResultSet

__all__ = [
    "FIRST",
    "SECOND",
    "SETTLED",
    "THRESHOLD",
    "AnswerDraft",
    "AnswerExport",
    "Approval",
    "BookCode",
    "CodeBook",
    "Coder",
    "Coding",
    "Consultation",
    "DraftState",
    "FileAnswer",
    "Finding",
    "FindingQuestion",
    "FindingStep",
    "FormerAnswers",
    "Illustration",
    "Incoming",
    "Invitation",
    "InvitationLetter",
    "InvitationUse",
    "LibraryEntry",
    "LikeText",
    "Outreach",
    "Participation",
    "Questionnaire",
    "Quote",
    "RegisteredPart",
    "Registration",
    "Reminder",
    "Response",
    "ResultReport",
    "ResultSet",
    "TextReading",
    "Trace",
    "random_key",
]
