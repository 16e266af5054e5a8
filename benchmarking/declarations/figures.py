from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import KeptSteps, Thing, TrailKind

from ..selectors import benchmarks, figures as selectors
from ..services import figures as services

STARTING = {
    "record": ("repository.record", "repository.relate_record"),
    "document": ("workinggroups.document", "workinggroups.change_document"),
    "task": ("workinggroups.task", "workinggroups.change_task"),
    "request": ("workinggroups.informationrequest", "workinggroups.ask_information"),
}
figures = [
    Thing(
        label=selectors.LABEL,
        name=_("Figure of a region in a benchmark"),
        title=selectors.title,
        address=lambda figure: figure.get_absolute_url(),
        visible=selectors.figures,
        public=True,
        route="benchmarking:reading_region",
        gone=selectors.gone,
        at=selectors.at,
        keep=services.keep,
    ),
    KeptSteps(labels=(selectors.LABEL, benchmarks.LABEL), steps=selectors.steps),
    *(
        TrailKind(
            code=f"benchmarking.{name}_starts",
            name=_("starts from the figure"),
            inverse=_("is the start of"),
            sources=(source,),
            targets=(selectors.LABEL,),
            right=right,
            order=31,
        )
        for name, (source, right) in STARTING.items()
    ),
]
