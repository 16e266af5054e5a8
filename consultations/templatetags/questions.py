import json

from django import template

from platform_core.ground.texts.codes import active_code, tag
from platform_core.ground.texts.fields import as_text
from platform_core.ground.vocabulary import selectors as vocabulary

from ..answering import words

register = template.Library()


@register.filter
def said(texts):
    """A questionnaire's text in the reader's language."""
    return words(texts)


@register.filter
def said_lang(texts):
    """A `lang` value for a text that came in another language, else nothing."""
    found = as_text(texts or {}).localise()
    return tag(found.language) if found.language != active_code() else ""


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
def condition(question) -> str:
    return json.dumps(question["show"]) if question.get("show") else ""


@register.simple_tag
def country_choices():
    return list(vocabulary.country_labels().items())


@register.filter
def many(question) -> bool:
    return len(question["options"]) > 9
