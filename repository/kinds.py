"""What each kind of record asks beside the common core."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
LONG, SHORT = 4000, 300


@dataclass(frozen=True)
class Detail:
    """One question; `text` answers come per language, others are codes of a scheme or, with `link`, an address."""

    code: str
    name: Words
    hint: Words = ""
    required: bool = False
    long: bool = True
    scheme: str = ""
    several: bool = False
    link: bool = False
    for_members: bool = False

    @property
    def is_text(self) -> bool:
        return not self.scheme and not self.link


@dataclass(frozen=True)
class Kind:
    code: str
    hint: Words
    details: tuple[Detail, ...] = ()
    names_clusters: bool = False


COST = Detail("cost_band", _("Cost"), scheme="cost_band")
DIFFERENTLY = Detail("differently", _("What would be done differently"))
PROBLEM = Detail("problem", _("Problem"), _("What was wrong, for whom, and how it was known."), required=True)
AUDIENCE = Detail("audience", _("For whom it is written"), long=False)
METHOD = Detail("method", _("Method"), _("What was looked at, how, and how much of it."))
FINDINGS = Detail("findings", _("Findings"), required=True)
ADDRESS = Detail("address", _("Address"), _("The page this record points to."), link=True)

KINDS = (
    Kind(
        "good_practice",
        _("Something that worked, told so that others can judge whether it would work for them."),
        (
            PROBLEM,
            Detail("solution", _("Solution"), _("What was done, by whom, step by step."), required=True),
            Detail("institution", _("Institution in charge"), long=False, required=True),
            Detail("location", _("Place"), long=False),
            Detail("resources", _("Resources needed"), _("Money, people, time; once and every year."), required=True),
            COST,
            Detail(
                "evidence", _("Evidence of success"), _("Numbers with their source, if there are any."), required=True
            ),
            Detail("evidence_strength", _("How strong the evidence is"), scheme="evidence_strength"),
            Detail("difficulties", _("Difficulties and lessons")),
            Detail("transfer", _("Potential for transfer"), _("What another region could take over."), required=True),
            Detail("precondition", _("What must be there first"), scheme="precondition", several=True),
            DIFFERENTLY,
            Detail("contact", _("Contact"), _("Only members can read it."), long=False, for_members=True),
        ),
    ),
    Kind(
        "lesson",
        _("Something that did not work, and why: worth as much as a success."),
        (
            PROBLEM,
            Detail("attempt", _("What was tried"), required=True),
            Detail("failure", _("What did not work, and why"), required=True),
            COST,
            Detail("evidence_strength", _("How strong the evidence is"), scheme="evidence_strength"),
            DIFFERENTLY,
            Detail("contact", _("Contact"), _("Only members can read it."), long=False, for_members=True),
        ),
    ),
    Kind(
        "policy_mechanism",
        _("A policy, the programme that pays for it and the agency that runs it, each assessed."),
        (
            Detail("policy", _("Policy: objectives and motivation"), required=True),
            Detail("programme", _("Programme: funding scheme and responsibilities"), required=True),
            Detail("agency", _("Implementing agency"), required=True),
            Detail("policy_assessment", _("Assessment of the objectives")),
            Detail("programme_assessment", _("Assessment of the funding")),
            Detail("agency_assessment", _("Assessment of the agency")),
            COST,
        ),
    ),
    Kind(
        "recommendation",
        _("What somebody should do; addressee, axis and what became of it."),
        (
            Detail("addressee", _("Addressed to"), long=False),
            Detail("evidence", _("Evidence")),
            Detail("follow_up", _("What became of it")),
        ),
    ),
    Kind(
        "project",
        _("A project with its lessons and the clusters that took part."),
        (
            Detail("partners", _("Partners")),
            Detail("programme", _("Programme"), long=False),
            Detail("clusters", _("Clusters that took part")),
            Detail("lessons", _("Lessons")),
            ADDRESS,
        ),
        names_clusters=True,
    ),
    Kind("guideline", _("How to do something."), (AUDIENCE,)),
    Kind("report", _("What was found or done."), (METHOD,)),
    Kind(
        "deliverable",
        _("A result that the partnership owes."),
        (
            Detail("work_package", _("Work package"), long=False),
            Detail("number", _("Number"), long=False),
        ),
    ),
    Kind(
        "concept_paper",
        _("What a working group sets out to do."),
        (Detail("aims", _("Aims"), required=True), Detail("outputs", _("Planned outputs and results"))),
    ),
    Kind("strategy", _("Where a partnership, region or country wants to go."), (Detail("scope", _("Scope")),)),
    Kind(
        "paper",
        _("A position or policy brief of an interest group."),
        (
            Detail("interest_group", _("Interest group"), long=False, required=True),
            Detail("position", _("Position"), required=True),
        ),
    ),
    Kind("assessment", _("A judgement before something is done."), (METHOD, FINDINGS)),
    Kind("evaluation", _("A judgement of what was done."), (METHOD, FINDINGS)),
    Kind(
        "dataset",
        _("Figures for others to use."),
        (
            Detail("variables", _("Variables"), required=True),
            Detail("coverage", _("Places and years"), long=False),
            Detail("source", _("Source"), long=False),
        ),
    ),
    Kind(
        "training_material",
        _("Something to learn with."),
        (AUDIENCE, Detail("aims", _("What one can do afterwards")), Detail("duration", _("Duration"), long=False)),
    ),
    Kind("consultation_result", _("What a consultation found.")),
    Kind("benchmark", _("A comparison of regions."), (METHOD, FINDINGS)),
    Kind("link", _("Another initiative worth knowing."), (Detail("carrier", _("Who runs it"), long=False), ADDRESS)),
)
ADOPTED = {
    "good_practice",
    "policy_mechanism",
    "recommendation",
    "lesson",
    "guideline",
    "strategy",
    "project",
    "training_material",
}
BY_CODE = {kind.code: kind for kind in KINDS}


def names_clusters(kind: str) -> bool:
    return kind in BY_CODE and BY_CODE[kind].names_clusters


def details_of(kind: str) -> tuple[Detail, ...]:
    return BY_CODE[kind].details if kind in BY_CODE else ()
