from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right


def scope(thing) -> str:
    return thing.scope


IMPORTERS = ("role:lead_partner", "role:editor", "role:wg_leader@")

RIGHTS = [
    Right(code="benchmarking.view_data_set", name=_("See a data set"), who=("audience",)),
    Right(code="benchmarking.view_data_desk", name=_("Look after data sets"), who=IMPORTERS),
    Right(
        code="benchmarking.begin_data_set", name=_("Begin a data set of a working group"), who=IMPORTERS, scope=scope
    ),
    Right(code="benchmarking.change_data_set", name=_("Describe a data set"), who=IMPORTERS, scope=scope),
    Right(code="benchmarking.import_data", name=_("Bring figures into a data set"), who=IMPORTERS, scope=scope),
    Right(
        code="benchmarking.publish_data",
        name=_("Publish a version of a data set"),
        who=IMPORTERS,
        scope=scope,
        decides=True,
    ),
]
