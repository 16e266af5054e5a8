from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.catalogue import find_thing
from platform_core.ground.registry.kinds import (
    EventKind,
    MenuEntry,
    NoticeKind,
    Overdue,
    Panel,
    PersonalData,
    Reaction,
    Sweep,
    Thing,
)
from platform_core.ground.texts.notices import teller
from platform_core.identity.access.selectors import holders, visible
from platform_core.identity.accounts.selectors import person_behind

from . import selectors, services
from .models import Case
from .permissions import RIGHTS

SHOWN = 5


def title(case: Case) -> str:
    return selectors.titles([case])[case.pk]


def case_of(event) -> Case | None:
    found = find_thing("cases.case", event.thing_id) if event.thing == "cases.case" else None
    return found if isinstance(found, Case) else None


def answering(event) -> list[int]:
    """Whoever took the case, else all who can answer it."""
    case = case_of(event)
    if case is None:
        return []
    able = selectors.handlers(case)
    return [case.assignee_id] if case.assignee_id in able else able


def asking(event) -> list[int]:
    case = case_of(event)
    return [case.opener_id] if case and case.opener_id else []


def other_side(event) -> list[int]:
    """Whoever did not write: the handlers, and who asked unless it is an internal note."""
    case = case_of(event)
    if case is None:
        return []
    people = {*answering(event), *([] if event.payload["internal"] else asking(event))}
    writer = person_behind(event.actor)
    return sorted(people - {writer.pk if writer else None})


def waiting(request, **subject) -> dict:
    """The open cases a person answers, the most urgent first."""
    found = selectors.cases(request.user, mine="answer").filter(state=Case.State.OPEN)
    rows = list(found[:SHOWN])
    words = selectors.titles(rows)
    more = found.count() - SHOWN if len(rows) == SHOWN else 0
    return {"rows": [(case, words[case.pk]) for case in rows], "more_waiting": more}


def late(event) -> list[int]:
    return sorted({*answering(event), *holders("lead_partner")})


def facts_of_case(event) -> tuple[dict, str]:
    case = case_of(event)
    words = {"title": title(case), "kind": selectors.kind_of(case).name, "outcome": selectors.outcome(case)}
    return words | {"day": case.due_on, "reason": case.reason}, case.get_absolute_url()


told = teller(facts_of_case)
declarations = [
    *RIGHTS,
    Thing(
        label="cases.case",
        name=_("Case"),
        title=title,
        titles=selectors.titles,
        address=lambda case: case.get_absolute_url(),
        visible=lambda user: visible(Case.objects.all(), user),
    ),
    Reaction(code="cases.open", handle=services.open_cases),
    Reaction(code="cases.follow_merged", handle=services.follow_merged, verbs=frozenset({"members.merged"})),
    Sweep(code="cases.remind", perform=services.remind, minutes=15),
    Sweep(code="cases.close_orphans", perform=services.close_orphans, minutes=60),
    EventKind(verb="cases.opened", name=_("A case was opened")),
    EventKind(verb="cases.answered", name=_("A case was answered")),
    EventKind(verb="cases.asked_back", name=_("Whoever asked was asked back")),
    EventKind(verb="cases.assigned", name=_("A case was given to somebody")),
    EventKind(verb="cases.handed_over", name=_("A case went to those who answer for its thing now")),
    EventKind(verb="cases.withdrawn", name=_("A case was withdrawn")),
    EventKind(verb="cases.deadline_moved", name=_("A case is to be answered by another day")),
    EventKind(verb="cases.due_soon", name=_("A case is due soon")),
    EventKind(verb="cases.overdue", name=_("A case is overdue")),
    NoticeKind(
        code="cases.opened",
        name=_("Something waits for your answer"),
        verb="cases.opened",
        recipients=answering,
        content=told(_("To answer: %(title)s"), _("%(kind)s: %(title)s. Please answer by %(day)s.")),
    ),
    NoticeKind(
        code="cases.answered",
        name=_("Something you asked for was answered"),
        verb="cases.answered",
        recipients=asking,
        content=told(
            _("%(outcome)s: %(title)s"), _("The answer to your request: %(outcome)s. The reasons: %(reason)s")
        ),
    ),
    NoticeKind(
        code="cases.said",
        name=_("Somebody wrote in a case"),
        verb="discussions.said",
        recipients=other_side,
        content=told(
            _("New in the conversation: %(title)s"), _("Somebody wrote about %(title)s. Read and reply there.")
        ),
    ),
    NoticeKind(
        code="cases.assigned",
        name=_("A case was given to you"),
        verb="cases.assigned",
        recipients=lambda event: [event.payload["person"]] if event.payload["person"] else [],
        content=told(
            _("Yours to answer: %(title)s"), _("%(kind)s: %(title)s was given to you. Please answer by %(day)s.")
        ),
    ),
    NoticeKind(
        code="cases.handed_over",
        name=_("A case has come to you"),
        verb="cases.handed_over",
        recipients=answering,
        content=told(_("To answer: %(title)s"), _("%(kind)s: %(title)s. Please answer by %(day)s.")),
    ),
    NoticeKind(
        code="cases.withdrawn",
        name=_("A case was withdrawn"),
        verb="cases.withdrawn",
        recipients=answering,
        content=told(_("Withdrawn: %(title)s"), _("%(kind)s: %(title)s was withdrawn. Nothing is left to do.")),
    ),
    NoticeKind(
        code="cases.deadline_moved",
        name=_("You have to answer by another day"),
        verb="cases.deadline_moved",
        recipients=answering,
        content=told(_("Until %(day)s: %(title)s"), _("%(kind)s: %(title)s is now to be answered by %(day)s.")),
    ),
    NoticeKind(
        code="cases.due_soon",
        name=_("An answer is due soon"),
        verb="cases.due_soon",
        recipients=answering,
        content=told(_("Due on %(day)s: %(title)s"), _("%(kind)s: %(title)s waits for your answer until %(day)s.")),
    ),
    NoticeKind(
        code="cases.overdue",
        name=_("An answer is overdue"),
        verb="cases.overdue",
        recipients=late,
        content=told(_("Overdue: %(title)s"), _("%(kind)s: %(title)s should have been answered by %(day)s.")),
    ),
    Overdue(code="cases.cases", of=selectors.overdue_of),
    Panel(place="mine.main", order=10, template="cases/panel_mine.html", context=waiting),
    MenuEntry(place="person", name=_("Cases"), route="cases:inbox", order=5),
    PersonalData(
        label="cases.case",
        fields=("opener", "assignee", "answered_by", "reason"),
        holder="opener",
        purpose=_("To answer what you ask, and to keep the answer"),
        erasure="anonymise",
    ),
]
