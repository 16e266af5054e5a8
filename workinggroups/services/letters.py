import io
import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, override

from platform_core.ground.reports.papers import pages
from platform_core.ground.texts.codes import interface_code
from platform_core.identity.audit import services as audit
from platform_core.materials.files import services as files

from ..models import Call, Expression, Letter, LetterText
from ..presets import in_all_languages
from . import calls

Outcome = LetterText.Outcome
PLACES = ("organisation", "call", "group", "people", "rank", "score", "reason")
PLACE = re.compile(r"\{([^{}]*)\}")
SUBJECTS: dict[str, Promise] = {
    "accept": gettext_lazy("Accepted: {call}"),
    "reserve": gettext_lazy("On the reserve list: {call}"),
    "decline": gettext_lazy("Not chosen: {call}"),
}
TEXTS: dict[str, Promise] = {
    "accept": gettext_lazy(
        "To {organisation}\n\nThank you for your expression of interest. It was accepted, with place {rank} and {score} "
        "percent of the criteria.\n\nSeats in the {group} are offered to: {people}. Each of them is asked to take her seat."
        "\n\nThe reasons: {reason}"
    ),
    "reserve": gettext_lazy(
        "To {organisation}\n\nThank you for your expression of interest. It has place {rank} with {score} percent of the "
        "criteria and stands on the reserve list: when a seat in the {group} is refused or falls free, you may be asked."
        "\n\nThe reasons: {reason}"
    ),
    "decline": gettext_lazy(
        "To {organisation}\n\nThank you for your expression of interest. It could not be chosen this time.\n\nThe reasons: "
        "{reason}\n\nMeetings and activities of the {group} are open to further people, one by one; tell the leader what "
        "you could contribute."
    ),
}


def unknown_places(text: str) -> list[str]:
    return sorted({name for name in PLACE.findall(text) if name not in PLACES})


def wording(call: Call, outcome: str, language: str) -> tuple[str, str]:
    """Subject and text with their places, in a language: the call's own words, else the usual ones."""
    own = call.letter_texts.filter(outcome=outcome).first()
    if own is not None:
        return own.subject.localise(language).text, own.text.localise(language).text
    with override(interface_code(language)):
        return str(SUBJECTS[outcome]), str(TEXTS[outcome])


def facts(expression: Expression, outcome: str) -> dict[str, str]:
    language = expression.language
    chosen = expression.candidates.filter(decision=Outcome.ACCEPT)
    call = expression.call
    with override(interface_code(language)):
        group = _("Working group %(number)s") % {"number": call.group_id}
        return {
            "organisation": expression.organisation.name.localise(language).text,
            "call": call.title.localise(language).text,
            "group": f"{group}, {call.group.topic.name.localise(language).text}",
            "people": ", ".join(str(one) for one in chosen) or "–",
            "rank": str(expression.rank or "–"),
            "score": "–" if expression.score is None else str(expression.score),
            "reason": expression.reason or "–",
        }


def filled(expression: Expression, outcome: str) -> tuple[str, str]:
    """The letter as it would go out. What people typed is never read as a place."""
    told = facts(expression, outcome)

    def put(match: re.Match) -> str:
        return told.get(match[1], match[0])

    subject, text = wording(expression.call, outcome, expression.language)
    return PLACE.sub(put, subject), PLACE.sub(put, text)


@transaction.atomic
def reword(call: Call, outcome: str, *, by, language: str, subject: str, text: str) -> LetterText:
    """Other words for one outcome in one language; the other languages keep theirs."""
    found = calls.locked(call, by, "workinggroups.conclude_call")
    strange = unknown_places(subject + text)
    if strange:
        raise ValidationError({"text": _("Unknown places: %(names)s") % {"names": ", ".join(strange)}})
    row = found.letter_texts.filter(outcome=outcome).first()
    if row is None:
        usual = in_all_languages(SUBJECTS[outcome]), in_all_languages(TEXTS[outcome])
        row = LetterText(call=found, outcome=outcome, subject=usual[0], text=usual[1])
    row.subject, row.text = row.subject.with_text(language, subject), row.text.with_text(language, text)
    row.save()
    audit.record("workinggroups.letter_reworded", found, by=by, outcome=outcome, language=language)
    return row


def write_all(call: Call, *, by) -> None:
    """One letter to each organisation that answered, in the language it wrote in; those found not eligible are declined."""
    rows = call.expressions.filter(state__in=(Expression.State.DECIDED, Expression.State.INELIGIBLE))
    for expression in rows.select_related("organisation", "call__group__topic"):
        outcome = expression.outcome or str(Outcome.DECLINE)
        subject, text = filled(expression, outcome)
        fields = {"outcome": outcome, "language": expression.language, "subject": subject[:200], "text": text}
        letter, new = Letter.objects.get_or_create(expression=expression, defaults=fields | {"sent_at": timezone.now()})
        if new:
            audit.record("workinggroups.letter_sent", letter, by=by, outcome=outcome)


def draw(run, call: int) -> dict[str, int]:
    """The job: every letter of a call as a PDF that is kept; one that has its file is left alone."""
    rows = list(Letter.objects.filter(expression__call=call, file=None).select_related("expression__organisation"))
    for place, letter in enumerate(rows, 1):
        content = io.BytesIO(pages(letter.subject, [letter.text], letter.language))
        with run.writing():
            letter.file = files.keep(content, f"letter-{letter.expression_id}.pdf")
            letter.save(update_fields=["file"])
        run.progress(place, len(rows))
    return {"letters": len(rows)}
