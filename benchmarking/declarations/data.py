from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import (
    Demonstration,
    EventKind,
    JobKind,
    MenuEntry,
    PersonalData,
    Retention,
    Searchable,
    SearchDocument,
    Thing,
)
from platform_core.materials.languages.fields import of_fields

from .. import demonstration
from ..models import DataSet
from ..permissions.data import RIGHTS
from ..selectors import datasets as selectors
from ..services import imports


def search_document(pk: int) -> SearchDocument | None:
    """Data sets are found once a version of them is published."""
    found = DataSet.objects.filter(pk=pk).first()
    newest = found and found.versions.filter(published_at__isnull=False).order_by("-number").first()
    if not found or not newest:
        return None
    return SearchDocument(
        title=found.title.stored(),
        summary=found.description.stored(),
        body={"en": found.source},
        route="benchmarking:data_set",
        key=found.code,
        day=newest.imported_at.date(),
        facets={"topic": [str(found.group_id)]},
    )


data = [
    *RIGHTS,
    Thing(
        label=selectors.LABEL,
        name=_("Data set"),
        title=lambda data_set: data_set.title,
        address=lambda data_set: data_set.get_absolute_url(),
        visible=selectors.data_sets,
        public=True,
        route="benchmarking:data_set",
        lookup="code",
    ),
    Thing(
        label=selectors.VERSION,
        name=_("Version of a data set"),
        title=str,
        address=lambda version: version.get_absolute_url(),
        visible=selectors.versions,
        public=True,
    ),
    Searchable(
        label=selectors.LABEL,
        name=_("Data sets"),
        document=search_document,
        every=lambda: DataSet.objects.values_list("pk", flat=True),
        order=41,
        list_route="benchmarking:data_sets",
    ),
    of_fields(selectors.LABEL, selectors.data_sets, order=31),
    JobKind(code=imports.LOOK, name=_("Looking into a file of data"), perform="benchmarking.services.imports.look_at"),
    JobKind(
        code=imports.STORE, name=_("Storing a version of a data set"), perform="benchmarking.services.imports.store"
    ),
    EventKind(verb="benchmarking.data_set_begun", name=_("A data set was begun")),
    EventKind(verb="benchmarking.data_set_changed", name=_("A data set was described anew")),
    EventKind(verb="benchmarking.data_brought", name=_("A file was brought for a data set")),
    EventKind(verb="benchmarking.data_imported", name=_("A version of a data set was stored")),
    EventKind(verb="benchmarking.data_published", name=_("A version of a data set was published")),
    Demonstration(order=60, load=demonstration.load),
    Retention(code="data_brought", name=_("Files of data brought to be stored"), days=7, purge=imports.purge),
    PersonalData(
        label="benchmarking.dataimport",
        fields=("name", "file"),
        holder="person",
        purpose=_("To show what is in a file before it is stored"),
        erasure="delete",
        files=imports.files_of,
    ),
    PersonalData(
        label=selectors.VERSION,
        fields=("imported_at", "note"),
        holder="imported_by",
        purpose=_("To say who brought the figures that others compute with"),
        erasure="unlink",
    ),
    MenuEntry(
        place="desk",
        name=_("Indicators and data"),
        route="benchmarking:data_desk",
        order=45,
        right="benchmarking.view_data_desk",
    ),
]
