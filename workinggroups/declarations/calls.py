from datetime import datetime, timedelta

from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.registry.kinds import (
    CalendarEntry,
    CalendarSource,
    Demonstration,
    EventKind,
    JobKind,
    MenuEntry,
    NoticeKind,
    PersonalData,
    Retention,
    Searchable,
    SearchDocument,
    Sweep,
    Thing,
)
from platform_core.ground.texts.notices import teller
from platform_core.ground.ui.moments import moment_words
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import keys_of, may_see
from platform_core.identity.access.sight import people_of
from platform_core.identity.accounts.models import User
from platform_core.people.members.models import Organisation

from ..demonstration import calls as demonstration
from ..models import Call
from ..permissions.calls import chair
from ..selectors import calls as selectors
from ..services import calls as services

KEPT_DAYS = 730


def call_of(event) -> Call | None:
    return Call.objects.filter(pk=event.thing_id).select_related("group__topic").first()


def those_who_see(people: list[int], call: Call) -> list[int]:
    return [one.pk for one in User.objects.filter(pk__in=people).order_by("pk") if may_see(one, call)]


def invited(event) -> list[int]:
    call = call_of(event)
    if call is None:
        return []
    people = selectors.speakers(selectors.invited_organisations(call))
    return people if event.is_foreseen else those_who_see(people, call)


def silent(event) -> list[int]:
    call = call_of(event)
    return those_who_see(selectors.speakers(selectors.silent(call)), call) if call else []


def answered(event) -> list[int]:
    """Those of the organisations that answered, when the call they answered ends without a result."""
    call = call_of(event)
    if call is None:
        return []
    sent = call.expressions.exclude(state="withdrawn")
    return selectors.speakers(Organisation.objects.filter(pk__in=sent.values("organisation")))


def chairing(event) -> list[int]:
    call = call_of(event)
    return [pk for pk in people_of(chair(call), platform_day()) if pk] if call else []


def facts(event) -> tuple[dict, str]:
    call = Call.objects.get(pk=event.thing_id)
    closes = moment_words(call.closes_at, call.zone) if call.closes_at else ""
    return {"title": call.title, "group": call.group_id, "closes": closes}, call.get_absolute_url()


told = teller(facts)


def search_document(pk: int) -> SearchDocument | None:
    call = Call.objects.filter(pk=pk).exclude(opened_at=None).first()
    if call is None or call.opened_at is None:
        return None
    return SearchDocument(
        title=call.title,
        summary=call.text,
        body={},
        route="workinggroups:call",
        key=str(call.pk),
        day=call.opened_at.date(),
        facets={"topic": [str(call.group_id)]},
    )


def entries(user, first: datetime, last: datetime) -> list[CalendarEntry]:
    """The ends of calls a reader may see."""
    keys = keys_of(user)
    return [
        CalendarEntry(
            uid=f"call-{call.pk}@clusterpolisee",
            title=gettext("Ends: %(title)s") % {"title": call.title},
            begins=call.closes_at - timedelta(minutes=30),
            ends=call.closes_at,
            zone=call.zone,
            address=call.get_absolute_url(),
            text=gettext("End of the call for expressions of interest"),
            sequence=call.extensions,
            topics=[call.group_id],
            scope=call.scope,
            kind="deadline",
            is_mine=call.scope in keys,
            is_cancelled=call.state == Call.State.CANCELLED,
        )
        for call in selectors.between(user, first, last)
        if call.closes_at
    ]


VERBS = {
    "call_drafted": _("A call for expressions of interest was prepared"),
    "call_changed": _("A call that is being prepared was changed"),
    "call_opened": _("A call for expressions of interest was opened"),
    "call_extended": _("A call was given more time"),
    "call_ending": _("A call ends soon"),
    "call_closed": _("The time to answer a call is over"),
    "call_cancelled": _("A call was cancelled"),
    "call_ranked": _("The ranking of a call was settled"),
    "call_concluded": _("A call was concluded"),
    "evaluation_begun": _("Expressions of interest were given to evaluators"),
    "shortlist_kept": _("A short-list was kept"),
    "letter_reworded": _("The words of letters were changed"),
    "set_up_written": _("A set-up document was written"),
}
CALLS = [
    Thing(
        label=selectors.LABEL,
        name=_("Call for expressions of interest"),
        title=lambda call: call.title,
        address=lambda call: call.get_absolute_url(),
        visible=selectors.calls,
        route="workinggroups:call",
    ),
    Searchable(
        label=selectors.LABEL,
        name=_("Calls for expressions of interest"),
        document=search_document,
        every=lambda: Call.objects.exclude(opened_at=None).values_list("pk", flat=True),
        order=36,
        list_route="workinggroups:calls",
    ),
    CalendarSource(code="workinggroups.calls", name=_("Ends of calls"), entries=entries),
    MenuEntry(place="footer", name=_("Calls for interest"), route="workinggroups:calls", order=32),
    *(EventKind(verb=f"workinggroups.{verb}", name=name) for verb, name in VERBS.items()),
    Demonstration(order=46, load=demonstration.load),
    Sweep(code="workinggroups.close_calls", perform=services.close_due),
    Sweep(code="workinggroups.remind_of_calls", perform=services.remind, minutes=15),
    JobKind(
        code="workinggroups.letters",
        name=_("Letters about expressions of interest"),
        perform="workinggroups.services.letters.draw",
    ),
    JobKind(
        code="workinggroups.set_up_document",
        name=_("Writing the set-up document"),
        perform="workinggroups.services.setups.write_set_up",
    ),
    JobKind(code="workinggroups.export", name=_("A page as a file"), perform="workinggroups.services.setups.build"),
    Retention(
        code="candidates",
        name=_("People named for seats they did not get, after the end of the call"),
        days=KEPT_DAYS,
        purge=services.purge,
    ),
    NoticeKind(
        code="workinggroups.call_opened",
        name=_("A call your organisation may answer is open"),
        verb="workinggroups.call_opened",
        recipients=invited,
        content=told(
            _("Open: %(title)s"),
            _(
                "Working group %(group)s asks for expressions of interest: “%(title)s”. It can be answered until %(closes)s."
            ),
        ),
    ),
    NoticeKind(
        code="workinggroups.call_extended",
        name=_("A call has more time"),
        verb="workinggroups.call_extended",
        recipients=invited,
        content=told(_("More time: %(title)s"), _("“%(title)s” can now be answered until %(closes)s.")),
    ),
    NoticeKind(
        code="workinggroups.call_ending",
        name=_("A call ends soon that your organisation has not answered"),
        verb="workinggroups.call_ending",
        recipients=silent,
        content=told(
            _("Ends soon: %(title)s"),
            _("“%(title)s” ends on %(closes)s, and your organisation has not answered."),
        ),
        urgent=True,
    ),
    NoticeKind(
        code="workinggroups.call_closed",
        name=_("A call you evaluate has ended"),
        verb="workinggroups.call_closed",
        recipients=chairing,
        content=told(
            _("To evaluate: %(title)s"),
            _("The time to answer “%(title)s” is over. Please judge what has come in, first whether it is eligible."),
        ),
    ),
    NoticeKind(
        code="workinggroups.call_cancelled",
        name=_("A call your organisation has answered was cancelled"),
        verb="workinggroups.call_cancelled",
        recipients=answered,
        content=told(_("Cancelled: %(title)s"), _("“%(title)s” was cancelled. Read the reasons there.")),
    ),
    PersonalData(
        label="workinggroups.call",
        fields=("made_by",),
        holder="made_by",
        purpose=_("To know who prepared a call"),
        erasure="unlink",
    ),
    PersonalData(
        label="workinggroups.callevaluator",
        fields=("person",),
        holder="person",
        purpose=_("To know who scores expressions of interest"),
        erasure="delete",
    ),
]
