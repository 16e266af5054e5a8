from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag(takes_context=True)
def rooms(context, consultation) -> list[tuple[str, str]]:
    """The pages of a consultation's desk that the reader may open, with their words."""
    user = context["request"].user
    reads = user.has_perm("consultations.read_draft", consultation)
    manages = user.has_perm("consultations.manage", consultation)
    offered = [
        ("manage", _("Overview"), manages),
        ("questions", _("Questions"), reads),
        ("settings", _("Settings"), user.has_perm("consultations.set_up", consultation)),
        ("preview", _("Preview and test"), reads),
        ("approval", _("Approval"), reads),
        ("versions", _("Versions"), reads),
    ]
    found = [(reverse(f"consultations:{name}", args=[consultation.code]), words) for name, words, may in offered if may]
    if user.has_perm("consultations.view_desk"):
        found.append((reverse("consultations:desk"), _("All consultations")))
    return found


@register.filter
def at(path: str, address: str) -> bool:
    """Whether a page lies at or under an address; the overview is only itself."""
    return path == address or (address.count("/") > 5 and path.startswith(address))
