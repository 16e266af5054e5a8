from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.exchange.messaging.selectors.following import followers, others, seeing, wishing
from platform_core.ground.registry.kinds import (
    CaseAnswer,
    CaseKind,
    Demonstration,
    EventKind,
    NoticeContent,
    NoticeKind,
    PersonalData,
    Reaction,
    Reference,
)
from platform_core.ground.texts.notices import teller
from platform_core.identity.accounts.models import User
from workinggroups.models import WorkingGroup

from ..demonstration import drafts
from ..models import Approval, Consultation
from ..services import approvals, library

VERBS = {
    "draft_changed": _("The questions of a draft were changed"),
    "version_begun": _("The next version of a questionnaire was begun"),
    "version_dropped": _("The draft of a version was given up"),
    "version_published": _("A new version of open questions was published"),
    "approval_asked": _("Somebody was asked to approve a questionnaire"),
    "review_opened": _("A questionnaire was given to approve"),
    "review_closed": _("All have answered about a questionnaire"),
    "approval_void": _("Approvals became void, since the questionnaire was changed"),
    "taken_back": _("A consultation was taken back into preparation"),
    "set_up": _("The settings of a consultation were changed"),
    "changed": _("The settings of an open consultation were changed"),
    "library_kept": _("A question or scale was kept in the library"),
    "library_removed": _("A question or scale was taken from the library"),
}


def facts(approval: Approval) -> list[tuple]:
    consultation = approval.version.consultation
    return [
        (_("Consultation"), consultation.title),
        (_("Version"), approval.version.number),
        (_("Fingerprint of the questions"), approval.sha256[:16]),
        (_("Where"), consultation.questions_address),
    ]


def title(approval: Approval) -> str:
    told = {"title": approval.version.consultation.title, "number": approval.version.number}
    return gettext("Approval of “%(title)s”, version %(number)s") % told


def makers(event) -> list[int]:
    """Whoever began it and whoever asked for the approval last, for as long as they may read it."""
    found = Consultation.objects.filter(pk=event.thing_id).first()
    if found is None:
        return []
    asked = Approval.objects.filter(version__consultation=found).values_list("asked_by", flat=True)[:1]
    people = User.objects.filter(pk__in=[pk for pk in (found.made_by_id, *asked) if pk])
    return others(event, [one.pk for one in people if one.has_perm("consultations.read_draft", found)])


def those_who_answered(event) -> list[int]:
    rows = Approval.objects.filter(pk__in=event.payload["approvals"], answered_at__isnull=False)
    return others(event, rows.values_list("person", flat=True))


def following(event) -> list[int]:
    found = Consultation.objects.filter(pk=event.thing_id).first()
    return others(event, followers(found)) if found else []


def following_the_group(event) -> list[int]:
    found = Consultation.objects.filter(pk=event.thing_id).first()
    if found is None or found.is_demonstration:
        return []
    group = WorkingGroup.objects.filter(pk=found.topic_id).first()
    if event.is_foreseen:  # once it is open, all of them see it
        return others(event, {*wishing(found), *(wishing(group) if group else ())})
    return others(event, {*followers(found), *(seeing(found, followers(group)) if group else ())})


def at_its_questions(event) -> tuple[dict, str]:
    found = Consultation.objects.get(pk=event.thing_id)
    return {"title": found.title}, found.questions_address


def at_its_page(event) -> tuple[dict, str]:
    found = Consultation.objects.get(pk=event.thing_id)
    return {"title": found.title}, found.get_absolute_url()


def at_its_opening(event) -> tuple[dict, str]:
    found = Consultation.objects.get(pk=event.thing_id)
    opens, zone = found.opens_at.astimezone(ZoneInfo(found.time_zone)), found.time_zone
    moment = f"{date_format(opens, 'DATE_FORMAT')}, {time_format(opens, 'H:i')} ({zone})"
    return {"title": found.title, "moment": moment}, found.get_absolute_url()


to_questions, to_page = teller(at_its_questions), teller(at_its_page)
opens_now = to_page(_("Open: %(title)s"), _("“%(title)s” takes answers now."))
opens_later = teller(at_its_opening)(_("Opens soon: %(title)s"), _("“%(title)s” takes answers from %(moment)s."))


def opening_told(event) -> NoticeContent:
    found = Consultation.objects.get(pk=event.thing_id)
    return (opens_later if found.opens_at > timezone.now() else opens_now)(event)


drafting = [
    CaseKind(
        code="consultations.approval",
        name=_("Approval of a questionnaire"),
        verb="consultations.approval_asked",
        handler=approvals.handler,
        days=14,
        due_on=lambda approval: approval.due_on,
        title=title,
        facts=facts,
        needs=("version__consultation",),
        withdraw=approvals.let_go,
        answers=(
            CaseAnswer(code="approve", name=_("Approve"), outcome=_("Approved"), perform=approvals.approve),
            CaseAnswer(
                code="changes",
                name=_("Ask for changes"),
                outcome=_("Changes are asked for"),
                perform=approvals.ask_changes,
                tone="secondary",
            ),
        ),
    ),
    Demonstration(order=41, load=drafts.load),
    Reference(order=70, load=library.load_reference),
    Reaction(
        code="consultations.end_cases",
        handle=approvals.end_cases,
        verbs=frozenset({"consultations.approval_void"}),
    ),
    *(EventKind(verb=f"consultations.{verb}", name=name) for verb, name in VERBS.items()),
    NoticeKind(
        code="consultations.review_closed",
        name=_("All have answered about a questionnaire you made or had approved"),
        verb="consultations.review_closed",
        recipients=makers,
        content=to_questions(
            _("Approval: %(title)s"),
            _("All have answered about the questions of “%(title)s”. Read there what they say."),
        ),
    ),
    NoticeKind(
        code="consultations.approval_void",
        name=_("A questionnaire you approved was changed"),
        verb="consultations.approval_void",
        recipients=those_who_answered,
        content=to_questions(
            _("Changed since you approved it: %(title)s"),
            _("The questions of “%(title)s” were changed, and what you said of them holds no longer."),
        ),
    ),
    NoticeKind(
        code="consultations.opened",
        name=_("A consultation of a group you follow has opened"),
        verb="consultations.opened",
        recipients=following_the_group,
        content=opening_told,
        pace="daily",
    ),
    NoticeKind(
        code="consultations.changed",
        name=_("An open consultation you follow was changed"),
        verb="consultations.changed",
        recipients=following,
        content=to_page(
            _("Changed: %(title)s"), _("Dates, texts or other settings of “%(title)s” are not the same as before.")
        ),
    ),
    NoticeKind(
        code="consultations.version_published",
        name=_("The questions of a consultation you follow have a new version"),
        verb="consultations.version_published",
        recipients=following,
        content=to_page(
            _("New version of the questions: %(title)s"),
            _("The questions of “%(title)s” have a new version. Its page says what has changed."),
        ),
    ),
    PersonalData(
        label="consultations.consultation",
        fields=("made_by", "contact"),
        holder="made_by",
        purpose=_("To know who began a consultation, and whom to ask"),
        erasure="unlink",
    ),
    PersonalData(
        label="consultations.draftstate",
        fields=("by", "at"),
        holder="by",
        purpose=_("To know who changed which questions, and to take changes back"),
        erasure="unlink",
    ),
    PersonalData(
        label="consultations.approval",
        fields=("person", "asked_by", "answer", "remarks", "answered_at"),
        holder="person",
        purpose=_("To know who approved which questions"),
        erasure="unlink",
    ),
    PersonalData(
        label="consultations.libraryentry",
        fields=("made_by",),
        holder="made_by",
        purpose=_("To know who kept a question for others"),
        erasure="unlink",
    ),
]
