"""What a group and its calls begin with, in every language the catalogues know."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, override, pgettext_lazy

from platform_core.ground.registry.kinds import Words
from platform_core.ground.texts.codes import SOURCE, content_code


def in_all_languages(words: Promise) -> dict[str, str]:
    """A text of the interface as content: English, and every language that says it differently."""
    found: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found[content_code(language)] = str(words)
    return {code: text for code, text in found.items() if code == SOURCE or text != found[SOURCE]}


CONDITIONS = (("tier", "full"), ("tier", "associated"))
QUESTIONS = (
    ("long", _("Why does your organisation want to take part, and what does it bring?"), 3000),
    ("long", _("Which European projects and networks on the topic can the group build on?"), 2000),
)
CRITERIA = (
    ("gate", 1, _("Every person named has competence in the group's topic.")),
    ("core", 3, _("Thematic competence: how well do the people named know the topic?")),
    ("core", 2, _("Policy experience: have they made, carried out or judged cluster policy?")),
    ("core", 2, _("Networks: which projects, networks and initiatives do they bring in?")),
    ("core", 1, _("Commitment: is it told who does what, and with how much time?")),
    ("qualifier", 1, _("Regional balance: does the organisation add a region or country the group lacks?")),
)


def usual_parts() -> dict[str, list[dict]]:
    return {
        "conditions": [{"kind": kind, "value": value} for kind, value in CONDITIONS],
        "questions": [{"kind": kind, "text": in_all_languages(words), "most": most} for kind, words, most in QUESTIONS],
        "criteria": [
            {"kind": kind, "weight": weight, "text": in_all_languages(words)} for kind, weight, words in CRITERIA
        ],
    }


FIELDS = (
    ("text", _("Author"), ()),
    ("date", _("Date of the document"), ()),
    (
        "choice",
        _("Kind of document"),
        (
            _("Agenda or minutes"),
            _("Working paper"),
            pgettext_lazy("a document", "Report"),
            _("Questionnaire"),
            _("Presentation"),
            _("Other"),
        ),
    ),
    ("text", _("Number of the deliverable"), ()),
)


def usual_fields() -> list[dict]:
    return [
        {
            "kind": kind,
            "name": in_all_languages(words),
            "choices": [{"name": in_all_languages(choice)} for choice in choices],
        }
        for kind, words, choices in FIELDS
    ]


@dataclass(frozen=True)
class Section:
    """One part of a concept paper: its heading, what belongs into it, and from how many words on it counts as written."""

    code: str
    heading: Words
    guidance: Words
    words: int = 40
    shows: str = ""


SECTIONS = (
    Section(
        "background",
        _("Background"),
        _("Why the group exists, what it is asked to do in each activity, and who leads it."),
    ),
    Section(
        "topic",
        _("Topic and strategy"),
        _("What the topic is, which questions the group asks, and what it leaves aside."),
    ),
    Section(
        "policy",
        _("Consistency with European policy"),
        _("Which strategies, programmes and projects the group builds on, and what it takes from each."),
    ),
    Section(
        "methodology",
        _("Methodology"),
        _("How the group works step by step: analysis, questionnaires, meetings, tests; who does what."),
    ),
    Section(
        "results",
        _("Expected outputs and results"),
        _("A table with one line for each output and result: its target value and the period in which it is due."),
        words=12,
    ),
    Section(
        "composition",
        _("Composition"),
        _("Which organisations and experts are sought, with which competences, and how they are chosen."),
        words=20,
        shows="composition",
    ),
)
RESULTS = _(
    "| Output | Target value | Period |\n|---|---|---|\n|  |  |  |\n\n"
    "| Result | Target value | Period |\n|---|---|---|\n|  |  |  |"
)


@dataclass(frozen=True)
class Template:
    """What a group is furnished with: folders, pages by folder, and how open it is."""

    code: str
    name: Words
    text: Words
    folders: tuple[Words, ...]
    pages: tuple[tuple[Words, Words, Callable[[], str]], ...] = ()
    openness: dict[str, str] = field(default_factory=dict)


def work_plan() -> str:
    rows: Iterable[Words] = (
        _("Concept paper and call for expressions of interest"),
        _("Collecting practices and questions for stakeholders"),
        _("Policy learning mechanism: first draft, discussion, approval"),
        _("Support of pilot actions and their evaluation"),
        _("Final report and recommendations"),
    )
    head = _("| Step | Who | Until |\n|---|---|---|")
    return "\n".join([str(head), *(f"| {row} |  |  |" for row in rows)]) + "\n"


FOLDERS = (_("Concept"), _("Meetings"), _("Working papers"), _("Deliverables"))
TEMPLATES = (
    Template(
        "thematic",
        _("Thematic group of the partnership"),
        _("Three organisations and two experts by appointment; everyone finds the page; who joins comments."),
        FOLDERS,
        ((_("Concept"), _("Work plan"), work_plan),),
        {"visibility": "public", "joining": "appointment", "participation": "comment"},
    ),
    Template(
        "community",
        _("Community of practice"),
        _("Members join as they like and write together; everyone finds the page."),
        FOLDERS,
        ((_("Working papers"), _("Work plan"), work_plan),),
        {"visibility": "public", "joining": "open", "participation": "write"},
    ),
    Template(
        "drafting",
        _("Drafting committee"),
        _("A small circle that only its own people know; nobody joins by herself."),
        FOLDERS[1:],
        (),
        {"visibility": "hidden", "joining": "appointment", "participation": "read"},
    ),
)
