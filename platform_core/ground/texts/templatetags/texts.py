from django import template
from django.utils.html import format_html

from ..codes import active_code, tag
from ..fields import as_text, localised
from ..markdown import render_markdown

register = template.Library()


@register.simple_tag
def text(value):
    """A translated text; one that came in another language carries its `lang`."""
    found = localised(value)
    if found.language == active_code():
        return found.text
    return format_html('<span lang="{}">{}</span>', tag(found.language), found.text)


@register.simple_tag
def prose(value):
    """A translated Markdown text as HTML, marked with its language when it is another one."""
    found = localised(value)
    html = render_markdown(found.text)
    return (
        html if found.language == active_code() else format_html('<div lang="{}">{}</div>', tag(found.language), html)
    )


@register.filter
def language_tag(code):
    return tag(code)


@register.filter
def plain_text(value):
    return str(as_text(value))


@register.filter
def shown_language(value):
    """The code of the language a text comes in, empty when it is the reader's own."""
    found = localised(value)
    return found.language if found.is_fallback else ""


@register.filter
def as_list(value):
    return [value]


@register.simple_tag
def markdown(value):
    """What somebody wrote, as safe HTML; its language is that of what stands around it."""
    return render_markdown(str(value))
