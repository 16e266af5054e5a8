from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import (
    Demonstration,
    EventKind,
    Panel,
    Reference,
    RoleKind,
    Searchable,
    SearchDocument,
    Thing,
)

from .. import composition, demonstration, selectors, services
from ..models import WorkingGroup


def search_document(pk: int) -> SearchDocument | None:
    group = WorkingGroup.objects.select_related("topic").filter(pk=pk).first()
    if group is None:
        return None
    points = {code: "\n".join([*texts, *group.potentials.get(code, [])]) for code, texts in group.weaknesses.items()}
    return SearchDocument(
        title=group.topic.name,
        summary=group.summary or group.topic.summary,
        body=points,
        route="workinggroups:group",
        key=str(group.pk),
        day=demonstration.BEGINS,
        facets={"topic": [str(group.pk)]},
    )


def card(request, topic, **subject) -> dict | None:
    group = selectors.group_of_topic(request.user, topic.number)
    return {"group": group} if group else None


GROUPS = [
    Reference(order=60, load=services.load_reference),
    Thing(
        label="workinggroups.workinggroup",
        name=_("Working group"),
        title=lambda group: group.topic.name,
        address=lambda group: group.get_absolute_url(),
        visible=selectors.groups,
        public=True,
    ),
    Searchable(
        label="workinggroups.workinggroup",
        name=_("Working groups"),
        document=search_document,
        every=lambda: WorkingGroup.objects.values_list("pk", flat=True),
        order=30,
    ),
    RoleKind(code="wg_leader", scopes=selectors.scopes, check=composition.check_seat, order=50),
    RoleKind(code="wg_representative", scopes=selectors.scopes, check=composition.check_seat, order=51),
    RoleKind(code="wg_expert", scopes=selectors.scopes, check=composition.check_seat, order=52),
    EventKind(verb="workinggroups.set_up", name=_("A working group was set up")),
    EventKind(verb="workinggroups.described", name=_("A working group was described")),
    Panel(place="topic.main", order=10, template="workinggroups/panel_card.html", context=card),
    Demonstration(order=25, load=demonstration.load),
]
