import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html

from platform_core.ground.texts.codes import active_code, interface_code, tag
from platform_core.ground.texts.fields import localised
from platform_core.ground.ui.languages import native_name
from platform_core.ground.vocabulary import selectors as vocabulary

from ..answering import words
from ..questions import TYPES, places
from ..questions.batteries import columns_of
from ..questions.kinds import names
from ..questions.statements import ACCEPTED

register = template.Library()
CHANGING = {"organisation"}  # types that offer what somebody may add at any time


@dataclass(frozen=True)
class Blank:
    """A question without an answer: it looks the same to everybody who meets it in this `standing` on the page."""

    place: str
    language: str
    code: str
    standing: str
    context: dict[str, Any] = field(compare=False)


@lru_cache(maxsize=2048)
def drawn(blank: Blank) -> str:
    return render_to_string("consultations/question.html", blank.context)


@register.simple_tag(takes_context=True)
def draw_question(context, asked):
    """A question as HTML. `version` in the context says that its wording is that of a stored version: then it is kept."""
    given = {"asked": asked, "consultation": context.get("consultation")}
    version = context.get("version")
    plain = asked.value is None and not asked.other and not asked.errors
    if version is None or not plain or asked.question["type"] in CHANGING or settings.DEBUG:
        return render_to_string("consultations/question.html", given)
    standing = json.dumps([asked.shown, asked.question["required"], asked.show, asked.require])
    return drawn(Blank(f"{version.pk} {version.sha256}", active_code(), asked.code, standing, given))


@register.filter
def said(texts):
    """A questionnaire's text in the reader's language."""
    return words(texts)


@register.filter
def said_lang(texts):
    """A `lang` value for a text that came in another language, else nothing."""
    found = localised(texts or {})
    return tag(found.language) if found.language != active_code() else ""


@register.simple_tag
def in_language(texts):
    """A `lang` attribute where a text came in another language; for elements that hold no others."""
    found = said_lang(texts)
    return format_html(' lang="{}"', found) if found else ""


@register.filter
def own_name(code: str) -> str:
    """What a language is called in itself."""
    return native_name(interface_code(code))


@register.filter
def type_name(code: str):
    return TYPES[code].name if code in TYPES else code


@register.filter
def rank_of(asked, code):
    return (asked.value or {}).get(code, "") if isinstance(asked.value, dict) else ""


@register.filter
def has(asked, code) -> bool:
    """Whether an option is chosen, in a single or a multiple choice."""
    return code in asked.value if isinstance(asked.value, list) else asked.value == code


@register.filter
def ranks(question):
    return range(1, (question.get("top") or len(question["options"])) + 1)


@register.filter
def number_text(value):
    return "" if value is None else f"{value:.15g}" if isinstance(value, float) else str(value)


@register.filter
def condition(tree) -> str:
    return json.dumps(tree) if tree else ""


@register.filter
def limits(question) -> str:
    """What respondents are told before they answer, in one line."""
    return " ".join(TYPES[question["type"]].limits(question))


@register.filter
def template_of(question) -> str:
    return f"consultations/questions/{question['type']}.html"


@register.filter
def steps_of(question):
    return question.get(columns_of(question)) or []


@register.filter
def points(question):
    return range(1, question["max"] + 1)


@register.filter
def shared(asked) -> int:
    """What the shares make together so far."""
    return sum(share for share in (asked.value or {}).values() if isinstance(share, int))


@register.filter
def chosen_text(asked) -> str:
    """What stands in a searchable field: the text of the option chosen, or what was typed."""
    return names(asked.question).get(asked.value, asked.value or "")


@register.filter
def region_text(asked) -> str:
    return places.region_words(asked.question, asked.value) if asked.value else ""


@register.filter
def organisation_text(asked) -> str:
    return places.organisation_words(asked.question, asked.value) if asked.value else ""


@register.filter
def accepted(question) -> str:
    return ", ".join(f".{kind}" for kind in question.get("accept") or ACCEPTED)


@register.simple_tag
def region_choices(question):
    """Code, label and bare name of each region."""
    return [(code, label, places.bare_name(label)) for code, label in places.regions_of(question).items()]


@register.simple_tag
def organisation_choices():
    return list(places.listed().values_list("name", flat=True))


@register.simple_tag
def country_choices():
    return list(vocabulary.country_labels().items())


@register.filter
def many(question) -> bool:
    return len(question["options"]) > 9
