"""A consultation's texts as translators meet them, and how what they wrote comes into its questionnaire.

Translations go into the version that is not published yet; where there is none, they make the next one.
"""

from collections.abc import Mapping
from dataclasses import replace

from django.db.models import QuerySet
from django.utils.translation import gettext as _, gettext_lazy

from platform_core.ground.registry.kinds import SourceText
from platform_core.ground.texts.text import Text
from platform_core.identity.access.selectors import keys_of, require
from platform_core.materials.languages.services import note_translations
from platform_core.materials.languages.texts import field_texts, translated_fields

from . import selectors, services
from .models import Consultation, DraftState, Questionnaire
from .services import drafting
from .services.versions import open_ready_languages
from .texts import Place, places, put

EVERYWHERE = {"role:translator", "role:reviewer", "role:lead_partner"}
LED = "role:wg_leader@group:"
STATES = (Consultation.State.DRAFT, Consultation.State.OPEN)
WORDS = {
    "section": gettext_lazy("Section"),
    "audience": gettext_lazy("Group of respondents"),
    "question": gettext_lazy("Question"),
    "option": gettext_lazy("Answer"),
    "row": gettext_lazy("Row"),
    "column": gettext_lazy("Column"),
    "step": gettext_lazy("Step of the scale"),
    "help": gettext_lazy("Explanation"),
    "hint": gettext_lazy("Explanation"),
    "title": gettext_lazy("Heading"),
    "unit": gettext_lazy("Unit"),
    "low": gettext_lazy("Lower end"),
    "high": gettext_lazy("Upper end"),
}


def texts(consultation: Consultation) -> list[SourceText]:
    """Title and summary, and everything in the newest version of the questions; no language waits for `OPTIONAL`."""
    version = newest(consultation)
    fields = [replace(text, required=text.key not in OPTIONAL) for text in field_texts(consultation)]
    return [*fields, *(text_at(place) for place in places(version.structure if version else EMPTY))]


EMPTY: dict = {"sections": []}
OPTIONAL = {"language_reason"}


def text_at(place: Place) -> SourceText:
    return SourceText(
        key=place.key,
        texts=Text(place.texts),
        source=place.source,
        place=in_words(place),
        section=str(Text(place.section)) if place.section else "",
        form="markdown" if place.part == "section" and place.name == "text" else "plain",
    )


def in_words(place: Place) -> str:
    part = str(WORDS.get(place.name) or WORDS[place.part])
    if place.part == "section" and place.name == "text":
        part = _("Introduction")
    if not place.number:
        return part
    return _("Question %(number)s · %(part)s") % {"number": place.number, "part": part}


def newest(consultation: Consultation) -> Questionnaire | None:
    return consultation.versions.order_by("-number").first()


def keep(consultation: Consultation, language: str, translated: Mapping[str, str], *, by) -> Consultation:
    require(by, "consultations.review_translation", consultation)
    fields = {name: translated[name] for name in translated_fields(consultation) if name in translated}
    for name, words in fields.items():
        setattr(consultation, name, getattr(consultation, name).with_text(language, words))
    if fields:
        consultation.full_clean()
        consultation.save(update_fields=list(fields))
    asked = {key: words for key, words in translated.items() if key not in fields}
    if asked:
        keep_questions(consultation, language, asked, by=by)
    note_translations(consultation)
    open_ready_languages(consultation, by=by)
    return consultation


def keep_questions(consultation: Consultation, language: str, asked: Mapping[str, str], *, by) -> Questionnaire:
    """In the draft, whose approvals end with it, or in the next version of what is published."""
    version = consultation.versions.select_for_update().order_by("-number").first()
    structure = put(version.structure, language, asked)
    if version.published_at:
        return services.add_version(consultation, structure)
    return drafting.put(version, structure, DraftState.Deed.TRANSLATED, by=by)


def things(user) -> QuerySet[Consultation]:
    """What a person may translate, before it opens and while it is open."""
    rows, keys = selectors.consultations(user).filter(state__in=STATES), keys_of(user)
    if EVERYWHERE & keys:
        return rows
    return rows.filter(topic__in=[key.removeprefix(LED) for key in keys if key.startswith(LED)])
