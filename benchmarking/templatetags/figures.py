from django import template

from ..imports import words

register = template.Library()


@register.filter
def flag_words(flag: str) -> str:
    return words.flag_words(flag)
