"""What becomes of a folder once it is there."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit

from ..models import Folder, WorkingGroup
from ..selectors.documents import within_folder


def held(folder: Folder, by) -> Folder:
    """The folder under the lock of its group, so that two moves at once make no circle."""
    group = WorkingGroup.objects.select_for_update().get(pk=folder.group_id)
    require(by, "workinggroups.add_document", group)
    return Folder.objects.get(pk=folder.pk)


@transaction.atomic
def change(folder: Folder, name: str, *, by, parent: Folder | None) -> Folder:
    """Another name, another place in the same group, or both; what lies in it goes with it."""
    found = held(folder, by)
    if parent is not None and parent.group_id != found.group_id:
        raise PermissionDenied
    if parent is not None and parent.pk in within_folder(found):
        raise ValidationError({"parent": _("A folder cannot lie in itself.")})
    if Folder.objects.filter(group=found.group_id, parent=parent, name=name).exclude(pk=found.pk).exists():
        raise ValidationError({"name": _("There is a folder of this name already.")})
    is_renamed, is_moved = found.name != name, found.parent_id != (parent.pk if parent else None)
    found.name, found.parent = name, parent
    found.save()
    if is_renamed:
        audit.record("workinggroups.folder_renamed", found, by=by)
    if is_moved:
        audit.record("workinggroups.folder_moved", found, by=by)
    return found


@transaction.atomic
def remove(folder: Folder, *, by) -> None:
    """An empty one; what was put from it into the trash comes back at the top."""
    found = held(folder, by)
    if found.folders.exists() or found.documents.filter(trashed_on=None).exists():
        raise ValidationError(
            _("Only an empty folder can be deleted; there may be documents in it that you do not see.")
        )
    audit.record("workinggroups.folder_removed", found, by=by)
    found.delete()
