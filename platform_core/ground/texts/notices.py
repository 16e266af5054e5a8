"""Notices of a room say the same facts in different words."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

from platform_core.ground.registry.kinds import NoticeContent, Words

Facts = Callable[[Any], tuple[dict[str, Any], str]]
Carried = Callable[[Any], tuple[dict[str, Any], str, str]]
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


def carrier(carried: Carried) -> Callable[..., Content]:
    """The same for notices that carry what they are about, from what gives an event's words, that text and the address.

    What is to be answered anew, `asked`, is told where the event asks for it.
    """

    def about(subject: Words, text: Words = "", asked: Words = "") -> Content:
        def content(event: Any) -> NoticeContent:
            known, body, address = carried(event)
            words = {name: in_words(value) for name, value in known.items()}
            told = [gettext(text) % words] if text else []
            told += [gettext(asked)] if asked and event.payload.get("asked") else []
            return NoticeContent(subject=gettext(subject) % words, text="\n\n".join([*told, body]), address=address)

        return content

    return about


def in_words(value: Any) -> Any:
    """Days as the reader's language writes them."""
    return date_format(value, "DATE_FORMAT") if isinstance(value, date) else value
