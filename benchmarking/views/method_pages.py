"""The methods in words: one page lists them, each has its own."""

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from platform_core.ground.ui.guest_cache import cached_for_guests

from ..selectors.methods import OTHERS, STEPS, rows


@cached_for_guests
def listing(request):
    parts = [(_("Composite indicators"), rows(STEPS)), (_("Other methods"), rows(OTHERS))]
    return render(request, "benchmarking/methods.html", {"parts": [part for part in parts if part[1]]})


@cached_for_guests
def method(request, code):
    title, lead = STEPS[code]
    context = {"title": title, "lead": lead, "steps": rows(STEPS)}
    return render(request, f"benchmarking/methods/{code}.html", context)
