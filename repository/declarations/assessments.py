from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.registry.kinds import (
    AssessmentKind,
    CaseAnswer,
    CaseKind,
    EventKind,
    Facet,
    NoticeKind,
    Outcome,
    Reference,
    Sweep,
)
from platform_core.ground.texts.notices import teller
from platform_core.identity.access.selectors import holders

from .. import quality, selectors, validation
from ..models import Record


def validation_facts(record: Record) -> list[tuple]:
    lacking = [str(hint.words) for hint in quality.hints(record)]
    return [
        (_("Kind"), selectors.kind_name(record)),
        (_("Version"), record.version),
        (_("What it lacks"), "\n".join(lacking) or _("nothing that is known")),
    ]


def facts_of_record(event) -> tuple[dict, str]:
    record = Record.objects.get(pk=event.thing_id)
    words = {"title": record.title, "level": record.get_merit_display() or gettext("not validated")}
    return words, record.get_absolute_url()


about_record = teller(facts_of_record)


def depositor(event) -> list[int]:
    return [pk for pk in Record.objects.filter(pk=event.thing_id).values_list("deposited_by", flat=True) if pk]


def depositor_and_editors(event) -> list[int]:
    return [*depositor(event), *holders("editor")]


def merit_labels() -> dict[str, str]:
    return {value: str(label) for value, label in reversed(Record.Merit.choices)}


VALIDATION = [
    AssessmentKind(
        code=validation.KIND,
        name=_("Validation"),
        grid=validation.GRID,
        handler=validation.concluder,
        evaluators=validation.experts,
        interested=validation.interested,
        conclude=validation.conclude,
        outcomes=(
            Outcome(code="best", name=_("Best practice"), allowed=validation.best),
            Outcome(code="good", name=_("Good practice, validated"), allowed=validation.good),
            Outcome(code="promising", name=_("Promising practice"), allowed=validation.promising),
            Outcome(code="not", name=_("Not validated"), allowed=lambda record, picture: True),
        ),
    ),
    CaseKind(
        code="repository.validation",
        name=_("Validation of a practice"),
        verb="repository.validation_asked",
        handler=validation.editor,
        days=15,
        title=lambda record: gettext("Validation of %(title)s") % {"title": record.title},
        facts=validation_facts,
        organisation=lambda record: record.organisation_id,
        withdraw=validation.take_back,
        answers=(
            CaseAnswer(
                code="pass",
                name=_("Pass to experts"),
                outcome=_("Passed to experts"),
                perform=validation.pass_on,
                form="repository.forms.validation.PassForm",
                right="repository.screen_record",
            ),
            CaseAnswer(
                code="return",
                name=_("Return to the author"),
                outcome=_("Returned with remarks"),
                perform=validation.return_it,
                right="repository.screen_record",
                tone="secondary",
            ),
        ),
    ),
    EventKind(verb="repository.validation_asked", name=_("The validation of a practice was asked for")),
    EventKind(verb="repository.validation_returned", name=_("A practice was returned instead of being judged")),
    EventKind(verb="repository.validated", name=_("A practice was validated or refused")),
    EventKind(verb="repository.validation_lapsed", name=_("The validation of a practice is two years old")),
    NoticeKind(
        code="repository.validated",
        name=_("Something you deposited was judged"),
        verb="repository.validated",
        recipients=depositor,
        content=about_record(
            _("Judged: %(title)s"),
            _("The validation of “%(title)s” is concluded: %(level)s. Read scores and reasons there."),
        ),
    ),
    NoticeKind(
        code="repository.validation_lapsed",
        name=_("A validation is two years old"),
        verb="repository.validation_lapsed",
        recipients=depositor_and_editors,
        content=about_record(
            _("To be checked again: %(title)s"),
            _("“%(title)s” was validated two years ago. Bring it up to date and ask for its validation again."),
        ),
    ),
    Sweep(code="repository.tell_of_lapse", perform=validation.tell_of_lapse, minutes=720),
    Facet(code="merit", name=_("Validated as"), labels=merit_labels, order=36),
    Reference(order=60, load=validation.load_reference),
]
