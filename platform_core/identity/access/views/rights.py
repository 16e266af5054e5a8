from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _

from platform_core.ground.reports.tables import asked

from .. import matrix, selectors, sight
from ..forms import MatrixFilter


@login_required
@permission_required("access.read_rights", raise_exception=True)
def rights(request):
    """Right × tier × role, as the program itself asks it."""
    form = MatrixFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    lines = matrix.lines(**chosen)
    names = [name for name, _keys in matrix.STANDINGS.values()]
    if respond := asked(request):
        head = ["right", _("Right"), _("Part of the platform"), *map(str, names), _("Decides")]
        return respond("rights", head, map(row, lines))
    tables: dict[str, list[matrix.Line]] = {}
    for line in lines:
        tables.setdefault(line.room, []).append(line)
    query = urlencode({name: value for name, value in chosen.items() if value})
    context = {"tables": tables.items(), "standings": names, "form": form, "query": query, "number": len(lines)}
    return render(request, "access/rights.html", context)


def row(line: matrix.Line) -> list[str]:
    cells = [cell.text for cell in line.cells.values()]
    return [line.right.code, str(line.right.name), line.room, *cells, _("yes") if line.right.decides else ""]


@login_required
@permission_required("access.read_sight", raise_exception=True)
def who_sees(request, label, pk):
    """Who can see one thing, and the reason for each."""
    kind, thing = selectors.thing_for(request.user, label, pk)
    found = sight.who_sees(thing)
    page = Paginator(found.people, 50).get_page(request.GET.get("page"))
    context = {"kind": kind, "title": kind.title(thing), "address": kind.address(thing), "sight": found, "page": page}
    return render(request, "access/who_sees.html", context | {"viewers": found.viewers(page)})
