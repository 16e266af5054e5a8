from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import JobKind, MenuEntry, PersonalData, Retention

from ..imports import tables

IMPORTS = [
    JobKind(
        code="repository.check_import", name=_("Checking a table of records"), perform="repository.imports.tables.check"
    ),
    JobKind(
        code="repository.file_import",
        name=_("Filing a table of records"),
        perform="repository.imports.tables.file_import",
    ),
    Retention(code="tables", name=_("Tables of records"), days=30, purge=tables.drop_old),
    PersonalData(
        label="repository.import",
        fields=("name", "file"),
        holder="person",
        purpose=_("To check a table of records before it is filed"),
        erasure="delete",
        files=tables.files_of,
    ),
    MenuEntry(
        place="desk", name=_("Deposit many"), route="repository:imports", order=22, right="repository.deposit_record"
    ),
]
