from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from platform_core.ground.texts.comparison import Piece, Row, side_by_side
from platform_core.ground.ui.panels import once

from ..selectors.fields import told

NUMBER = 10**15  # stands where the number of a post belongs
ASKED = ("writes", "may_report", "moderates", "marks")

register = template.Library()


@register.simple_tag(takes_context=True)
def enters(context, group) -> bool:
    """Whether the reader may enter the workspace of a group."""
    return context["request"].user.has_perm("workinggroups.enter_group", group)


@register.simple_tag(takes_context=True)
def deeds(context, post) -> SafeString:
    """What the reader of a thread can do with a post; drawn once for all posts of a page with which she can do the same."""
    request, thread = context["request"], context["thread"]
    own = request.user.pk is not None and request.user.pk == post.author_id
    is_answer = post.pk == thread.answer_id
    values = {name: context[name] for name in ASKED} | {"pk": NUMBER, "own": own, "is_answer": is_answer}
    drawn = once(
        request, f"deeds-{own}-{is_answer}", lambda: render_to_string("workinggroups/post_deeds.html", values, request)
    )
    return SafeString(drawn.replace(str(NUMBER), str(post.pk)))


@register.filter
def rows(pieces: list[Piece]) -> list[Row]:
    """What was compared, as two columns."""
    return side_by_side(pieces)


@register.filter
def told_values(rows) -> list[tuple[str, str]]:
    """Values of fields in words."""
    return told(rows)


@register.filter
def lacks(document, required: set[int]) -> bool:
    """Whether something is not filled in that has to be."""
    return bool(required - {one.field_id for one in document.known_values})
