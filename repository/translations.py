"""The texts of records and collections as translators meet them, and how what they wrote comes in."""

from collections.abc import Mapping

from django.db.models import Min, Q, QuerySet
from django.utils.translation import gettext as _

from platform_core.ground.registry.kinds import SourceText
from platform_core.ground.texts.codes import interface_code
from platform_core.ground.texts.text import Text
from platform_core.ground.ui.languages import native_name
from platform_core.identity.access.keys import MEMBERS
from platform_core.identity.access.selectors import keys_of, require
from platform_core.materials.languages.texts import field_texts

from . import selectors, services
from .kinds import LONG, SHORT, details_of
from .models import Record

EVERYWHERE = {"role:translator", "role:reviewer", "role:editor", "role:lead_partner"}
LED = "role:wg_leader@group:"
DETAIL = "details."


def texts(record: Record) -> list[SourceText]:
    """Title, summary and description, and the answers to what its kind asks."""
    found = field_texts(record, markdown=("description",))
    for detail in details_of(record.kind):
        answer = record.details.get(detail.code)
        if not detail.is_text or not isinstance(answer, dict):
            continue
        found.append(
            SourceText(
                key=f"{DETAIL}{detail.code}",
                texts=Text(answer),
                source=record.title.source,
                place=detail.name,
                section=_("About this kind"),
                form="markdown" if detail.long else "plain",
                max_length=LONG if detail.long else SHORT,
                required=not detail.for_members,
                only_for=MEMBERS if detail.for_members else "",
            )
        )
    return found


def keep(record: Record, language: str, translated: Mapping[str, str], *, by) -> Record:
    require(by, "repository.review_translation", record)
    fields = {
        key: getattr(record, key).with_text(language, words).stored()
        for key, words in translated.items()
        if not key.startswith(DETAIL)
    }
    details = {key.removeprefix(DETAIL): words for key, words in translated.items() if key.startswith(DETAIL)}
    if details:
        held = record.details
        fields["details"] = held | {code: {**held[code], language: words} for code, words in details.items()}
    note = _("Translation: %(language)s") % {"language": native_name(interface_code(language))}
    return services.change(record, by=None, note=note, **fields)


def things(user) -> QuerySet[Record]:
    """What a person may translate: everything she sees for translators and editors, else her own and her groups'."""
    rows, keys = selectors.records(user).exclude(state=Record.State.WITHDRAWN), keys_of(user)
    if EVERYWHERE & keys:
        return rows
    led = [key.removeprefix(LED) for key in keys if key.startswith(LED)]
    ours = Record.objects.annotate(first=Min("topics")).filter(first__in=led)
    return rows.filter(Q(deposited_by=user.pk) | Q(pk__in=ours.values("pk")))
