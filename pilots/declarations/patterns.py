from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Counted, EventKind, IndicatorRule, Panel, PersonalData, Reference, Thing
from platform_core.materials.languages.fields import of_fields

from ..models import Pattern
from ..permissions import patterns as permissions
from ..selectors import patterns as selectors
from ..services import patterns as services


def counted() -> Iterator[Counted]:
    """A pattern counts once, whatever the number of its versions, from the first that somebody published; what comes with
    the program is nobody's output.
    """
    seen = set()
    for row in Pattern.objects.filter(published_on__isnull=False, published_for__isnull=False).order_by(
        "published_on", "number"
    ):
        if row.code not in seen:
            seen.add(row.code)
            yield Counted(thing=selectors.LABEL, pk=row.pk, key=f"pattern:{row.code}", day=row.published_on)


def of_the_app(request, **subject) -> dict | None:
    found = selectors.published()
    return {"pattern": found} if found else None


patterns = [
    *permissions.RIGHTS,
    Thing(
        label=selectors.LABEL,
        name=_("Reflective pattern"),
        title=lambda pattern: pattern.title,
        address=lambda pattern: pattern.get_absolute_url(),
        visible=selectors.patterns,
        public=True,
        route="pilots:pattern",
    ),
    Thing(
        label=selectors.PART,
        name=_("Part of a reflective pattern"),
        title=lambda part: part.text,
        address=lambda part: part.get_absolute_url(),
        visible=selectors.parts,
    ),
    of_fields(selectors.LABEL, selectors.patterns, order=17),
    of_fields(selectors.PART, selectors.parts, order=18),
    Reference(order=90, load=services.load_reference),
    EventKind(verb="pilots.pattern_begun", name=_("The next version of a reflective pattern was begun")),
    EventKind(verb="pilots.pattern_changed", name=_("A reflective pattern was written anew")),
    EventKind(verb="pilots.pattern_published", name=_("A version of a reflective pattern was published")),
    IndicatorRule(
        code="pilots.patterns",
        name=_("Reflective policy making mechanism pattern"),
        once_per=_("pattern, whatever the number of its versions"),
        event=_("its first version is published"),
        confirmed_by=_("the lead partner"),
        without_stage=_("The pattern leads through all stages."),
        counted=counted,
        verbs=frozenset({"pilots.pattern_published"}),
        by_partner=False,
    ),
    Panel(place="pilots.index", order=70, template="pilots/panel_pattern.html", context=of_the_app),
    PersonalData(
        label=selectors.LABEL,
        fields=("begun_by", "title", "purpose", "note"),
        holder="begun_by",
        purpose=_("To know who began a version of a reflective pattern"),
        erasure="unlink",
    ),
]
