"""Notices of a room say the same facts in different words."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

from platform_core.ground.registry.kinds import NoticeContent, Words

Facts = Callable[[Any], tuple[dict[str, Any], str]]
Content = Callable[[Any], NoticeContent]


def teller(facts: Facts) -> Callable[[Words, Words], Content]:
    """From what gives an event's words and address: a function that makes a notice's `content` of subject and text.

    Both are marked for translation where they are written and put into the reader's language when the notice is.
    """

    def told(subject: Words, text: Words) -> Content:
        def content(event: Any) -> NoticeContent:
            known, address = facts(event)
            words = {name: in_words(value) for name, value in known.items()}
            return NoticeContent(subject=gettext(subject) % words, text=gettext(text) % words, address=address)

        return content

    return told


def in_words(value: Any) -> Any:
    """Days as the reader's language writes them."""
    return date_format(value, "DATE_FORMAT") if isinstance(value, date) else value
