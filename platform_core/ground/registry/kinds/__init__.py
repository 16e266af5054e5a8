"""What a room or an app can declare to the platform.

A `declarations.py` holds a module-level list `declarations` of these; `catalogue` collects them. The platform reads the
catalogue and never learns the names of its clients. Labels of things are Django's model labels in lower case
(`repository.record`); people are passed as users, anonymous ones included.
"""

from .exchange import AssessmentKind, CaseAnswer, CaseKind, Evidence, Forum, Outcome
from .happenings import (
    CalendarEntry,
    CalendarSource,
    Counted,
    EventKind,
    IndicatorRule,
    JobKind,
    NoticeContent,
    NoticeKind,
    Overdue,
    Reaction,
    Sweep,
)
from .languages import SourceText, Translatable
from .people import ApiScope, ConsentKind, FileNames, KeptAsItWas, PersonalData, Retention, Right, RoleKind, Standing
from .places import DemoAccount, Demonstration, MenuEntry, Panel, Reference
from .things import (
    DocumentPage,
    Facet,
    KeptSteps,
    Searchable,
    SearchDocument,
    Step,
    Thing,
    Tombstone,
    TrailKind,
)
from .words import Words

__all__ = [
    "ApiScope",
    "AssessmentKind",
    "CalendarEntry",
    "CalendarSource",
    "CaseAnswer",
    "CaseKind",
    "ConsentKind",
    "Counted",
    "DemoAccount",
    "Demonstration",
    "DocumentPage",
    "EventKind",
    "Evidence",
    "Facet",
    "FileNames",
    "Forum",
    "IndicatorRule",
    "JobKind",
    "KeptAsItWas",
    "KeptSteps",
    "MenuEntry",
    "NoticeContent",
    "NoticeKind",
    "Outcome",
    "Overdue",
    "Panel",
    "PersonalData",
    "Reaction",
    "Reference",
    "Retention",
    "Right",
    "RoleKind",
    "SearchDocument",
    "Searchable",
    "SourceText",
    "Standing",
    "Step",
    "Sweep",
    "Thing",
    "Tombstone",
    "TrailKind",
    "Translatable",
    "Words",
]
