from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.registry.catalogue import find_thing
from platform_core.ground.registry.kinds import (
    CaseAnswer,
    CaseKind,
    Demonstration,
    EventKind,
    MenuEntry,
    NoticeKind,
    Panel,
    PersonalData,
    Reaction,
    Retention,
    Searchable,
    SearchDocument,
    Sweep,
    Thing,
)
from platform_core.ground.texts.notices import teller
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.sight import people_with
from platform_core.materials.languages.fields import of_fields

from ..demonstration import helpdesk as demonstration
from ..models import HelpdeskQuestion
from ..permissions import helpdesk as permissions
from ..selectors import helpdesk as selectors
from ..services import helpdesk as services


def title(question: HelpdeskQuestion) -> str:
    """The published words; before that nothing of what was asked."""
    if question.state == HelpdeskQuestion.State.PUBLISHED:
        return str(question.title)
    return gettext("Question %(number)s to the policy helpdesk") % {"number": question.pk}


def facts(question: HelpdeskQuestion) -> list[tuple]:
    asker = getattr(question, "asker", None)
    rows = [
        (_("Topic"), str(question.topic) if question.topic else gettext("Not named")),
        (_("Situation"), asker.situation if asker else ""),
        (_("Question"), asker.wish if asker else ""),
        (_("Answer"), question.answer),
        (_("Further question"), asker.further if asker else ""),
        (_("May be published"), gettext("yes") if question.agrees else gettext("no")),
    ]
    return [row for row in rows if row[1]]


def search_document(pk: int) -> SearchDocument | None:
    found = HelpdeskQuestion.objects.filter(pk=pk, state=HelpdeskQuestion.State.PUBLISHED).first()
    if found is None:
        return None
    return SearchDocument(
        title=found.title.stored(),
        summary=found.situation.stored(),
        body=found.reply.stored(),
        route="pilots:question",
        key=str(found.pk),
        day=found.published_on,
        facets={"topic": [str(found.topic_id)]} if found.topic_id else {},
    )


def question_of(event) -> HelpdeskQuestion | None:
    found = find_thing(selectors.LABEL, event.thing_id)
    return found if isinstance(found, HelpdeskQuestion) else None


def asking(event) -> list[int]:
    asker = getattr(question_of(event), "asker", None)
    return [asker.person_id] if asker and asker.person_id else []


def answering(event) -> list[int]:
    found = question_of(event)
    return [found.expert_id] if found and found.expert_id else []


def concerned(event) -> list[int]:
    """Who asked and who answered; words that are only mended concern nobody."""
    return sorted({*asking(event), *answering(event)}) if event.payload.get("is_new", True) else []


def publishing(event) -> list[int]:
    """Who can publish it, where whoever asked has agreed."""
    found = question_of(event)
    if found is None or not found.agrees:
        return []
    keys = {"role:editor", "role:lead_partner"} | ({f"role:wg_leader@{found.scope}"} if found.scope else set())
    return sorted(people_with(keys, platform_day()))


def agreed_since(event) -> list[int]:
    """The same, where it was answered before whoever asked agreed."""
    found = question_of(event)
    is_answered = found is not None and found.state == HelpdeskQuestion.State.ANSWERED
    return publishing(event) if is_answered and event.payload.get("agrees") else []


def facts_of(event) -> tuple[dict, str]:
    found = question_of(event)
    return {"title": title(found)}, found.get_absolute_url()


told = teller(facts_of)
TRIAGE = CaseKind(
    code="pilots.helpdesk",
    name=_("Question to the policy helpdesk"),
    verb="pilots.question_asked",
    handler=selectors.handler,
    days=7,
    title=title,
    facts=facts,
    withdraw=services.withdraw_by_case,
    answers=(
        CaseAnswer(
            code="given",
            name=_("Give it to an expert"),
            outcome=_("Given to an expert"),
            perform=services.give_to,
            form="pilots.forms.helpdesk.GiveForm",
        ),
        CaseAnswer(
            code="pointed",
            name=_("Point to what answers it"),
            outcome=_("Answered before"),
            perform=services.point,
            form="pilots.forms.helpdesk.PointForm",
            tone="secondary",
        ),
        CaseAnswer(
            code="declined",
            name=_("Do not answer it"),
            outcome=_("Not answered"),
            perform=services.decline,
            tone="danger",
        ),
    ),
)
ANSWERING = CaseKind(
    code="pilots.helpdesk_answer",
    name=_("Answer for the policy helpdesk"),
    verb="pilots.answer_asked",
    handler=lambda question: f"person:{question.expert_id}",
    days=21,
    due_on=lambda question: question.due_on,
    title=title,
    facts=facts,
    answers=(
        CaseAnswer(
            code="answered",
            name=_("Give the answer"),
            outcome=_("Answered"),
            perform=services.give_answer,
            form="pilots.forms.helpdesk.AnswerForm",
        ),
        CaseAnswer(
            code="returned",
            name=_("I cannot answer it"),
            outcome=_("To be given to somebody else"),
            perform=services.give_back,
            tone="secondary",
        ),
    ),
)
FURTHER = CaseKind(
    code="pilots.helpdesk_further",
    name=_("Further question to the policy helpdesk"),
    verb="pilots.question_asked_back",
    handler=lambda question: f"person:{question.expert_id}" if question.expert_id else selectors.handler(question),
    days=14,
    title=title,
    facts=facts,
    answers=(
        CaseAnswer(
            code="answered",
            name=_("Give the answer"),
            outcome=_("Answered"),
            perform=services.give_second_answer,
            form="pilots.forms.helpdesk.AnswerForm",
        ),
    ),
)
VERBS = {
    "question_typed": _("A question to the helpdesk waits for its confirmation"),
    "question_asked": _("The helpdesk was asked"),
    "question_given": _("A question to the helpdesk was given to an expert"),
    "answer_asked": _("An expert was asked to answer for the helpdesk"),
    "question_returned": _("An expert gave a question of the helpdesk back"),
    "question_pointed": _("A question to the helpdesk was answered before"),
    "question_declined": _("A question to the helpdesk is not answered"),
    "question_withdrawn": _("A question to the helpdesk was withdrawn"),
    "question_answered": _("A question to the helpdesk was answered"),
    "question_asked_back": _("Whoever asked the helpdesk asked back"),
    "further_answered": _("A further question to the helpdesk was answered"),
    "answer_rated": _("An answer of the helpdesk was rated"),
    "question_consent_changed": _("Whoever asked the helpdesk said whether it is published"),
    "question_published": _("A question to the helpdesk was published"),
    "question_taken_down": _("A question to the helpdesk is published no longer"),
}
helpdesk = [
    *permissions.RIGHTS,
    Thing(
        label=selectors.LABEL,
        name=_("Question to the helpdesk"),
        title=title,
        address=lambda question: question.get_absolute_url(),
        visible=selectors.questions,
        public=True,
        route="pilots:question",
    ),
    Searchable(
        label=selectors.LABEL,
        name=_("Questions to the helpdesk"),
        document=search_document,
        every=lambda: HelpdeskQuestion.objects.filter(state="published").values_list("pk", flat=True),
        order=28,
        list_route="pilots:helpdesk",
    ),
    of_fields(selectors.LABEL, selectors.published, order=24),
    TRIAGE,
    ANSWERING,
    FURTHER,
    Reaction(
        code="pilots.end_cases_of_question",
        handle=services.end_cases,
        verbs=frozenset({"pilots.question_withdrawn"}),
    ),
    Sweep(code="pilots.nameless_questions", perform=services.close_nameless, minutes=60),
    Retention(
        code="helpdesk_unconfirmed",
        name=_("Questions to the helpdesk that were not confirmed"),
        days=7,
        purge=services.purge_unconfirmed,
    ),
    Retention(
        code="helpdesk",
        name=_("Who asked the helpdesk, and questions that were not published"),
        days=730,
        purge=services.purge,
    ),
    *(EventKind(verb=f"pilots.{verb}", name=name) for verb, name in VERBS.items()),
    NoticeKind(
        code="pilots.question_answered",
        name=_("Your question to the helpdesk is answered"),
        verb="pilots.question_answered",
        recipients=asking,
        content=told(_("Answered: %(title)s"), _("Your question is answered. Read the answer, rate it, or ask back.")),
    ),
    NoticeKind(
        code="pilots.question_to_publish",
        name=_("An answer of the helpdesk can be published"),
        verb="pilots.question_answered",
        recipients=publishing,
        content=told(
            _("To publish: %(title)s"), _("Whoever asked has agreed that it is published. Word it without names.")
        ),
        pace="daily",
        order=60,
    ),
    NoticeKind(
        code="pilots.question_agreed",
        name=_("An answer of the helpdesk can be published since whoever asked agreed"),
        verb="pilots.question_consent_changed",
        recipients=agreed_since,
        content=told(
            _("To publish: %(title)s"), _("Whoever asked has agreed that it is published. Word it without names.")
        ),
        pace="daily",
        order=60,
    ),
    NoticeKind(
        code="pilots.question_published",
        name=_("What you asked the helpdesk, or answered for it, is published"),
        verb="pilots.question_published",
        recipients=concerned,
        content=told(
            _("Published: %(title)s"), _("Question and answer can be read by everybody now, worded without names.")
        ),
    ),
    NoticeKind(
        code="pilots.question_taken_down",
        name=_("What you asked the helpdesk, or answered for it, is published no longer"),
        verb="pilots.question_taken_down",
        recipients=concerned,
        content=told(
            _("No longer published: %(title)s"),
            _("Question and answer can be read by you and the helpdesk alone from now on."),
        ),
    ),
    NoticeKind(
        code="pilots.answer_rated",
        name=_("Your answer for the helpdesk was rated"),
        verb="pilots.answer_rated",
        recipients=answering,
        content=told(_("Rated: %(title)s"), _("Whoever asked has said how useful your answer is.")),
        pace="daily",
    ),
    Panel(place="pilots.index", order=90, template="pilots/panel_more.html", context=lambda request: {"beside": True}),
    MenuEntry(place="footer", name=_("Helpdesk"), route="pilots:helpdesk", order=12),
    MenuEntry(place="desk", name=_("Helpdesk"), route="pilots:helpdesk_desk", order=38, right="pilots.view_helpdesk"),
    PersonalData(
        label=selectors.LABEL,
        fields=("expert", "answer", "grounds", "second_answer", "reason"),
        holder="expert",
        purpose=_("To know who answered a question to the helpdesk"),
        erasure="unlink",
    ),
    PersonalData(
        label="pilots.helpdeskasker",
        fields=("person", "email", "situation", "wish", "rating", "remark", "further"),
        holder="",
        rows=selectors.askers_of,
        purpose=_("To answer what you ask the helpdesk, and to send you the answer"),
        erasure="delete",
    ),
    Demonstration(order=70, load=demonstration.load),
]
