"""Notices of a room say the same facts in different words."""

from collections.abc import Callable
from typing import Any

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
            words, address = facts(event)
            return NoticeContent(subject=gettext(subject) % words, text=gettext(text) % words, address=address)

        return content

    return told
