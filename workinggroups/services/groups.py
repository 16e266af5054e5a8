from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.ground.texts.codes import active_code
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.keys import MEMBERS, PUBLIC
from platform_core.identity.access.models import RoleAssignment
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.languages.services import note_translations
from platform_core.people.members.models import Asked
from platform_core.programme.governance import services as governance

from .. import presets
from ..models import JoinRequest, WorkingGroup
from ..permissions.groups import JOINED
from . import documents

Visibility = WorkingGroup.Visibility

NAMES = {
    "en": "Working group {number}",
    "it": "Gruppo di lavoro {number}",
    "de": "Arbeitsgruppe {number}",
    "hu": "{number}. munkacsoport",
    "ro": "Grupul de lucru {number}",
    "bg": "Работна група {number}",
    "el": "Ομάδα εργασίας {number}",
    "sk": "Pracovná skupina {number}",
    "sl": "Delovna skupina {number}",
    "hr": "Radna skupina {number}",
    "sr": "Radna grupa {number}",
}


@transaction.atomic
def load_reference() -> None:
    """One group for each topic, and with it what decides in its name."""
    for topic in vocabulary.topics():
        group, new = WorkingGroup.objects.get_or_create(topic=topic)
        if new:
            access.set_audience(group, {"public"})
            audit.record("workinggroups.set_up", group)
        names = {code: words.format(number=group.pk) for code, words in NAMES.items()}
        governance.found_body(
            f"wg-{group.pk}", prefix=f"WG{group.pk}", role="wg_leader wg_representative", scope=group.scope, name=names
        )


@transaction.atomic
def describe(group: WorkingGroup, *, summary: dict, weaknesses: dict, potentials: dict) -> WorkingGroup:
    group.summary, group.weaknesses, group.potentials = summary, weaknesses, potentials
    group.save()
    note_translations(group)
    audit.record("workinggroups.described", group)
    return group


def share(group: WorkingGroup) -> None:
    own = {group.scope, "role:lead_partner"}
    wider = {Visibility.PUBLIC: {PUBLIC}, Visibility.MEMBERS: {MEMBERS, *own}}.get(Visibility(group.visibility), own)
    access.set_audience(group, wider)


@transaction.atomic
def open_up(group: WorkingGroup, *, by, visibility: str, joining: str, participation: str) -> WorkingGroup:
    """Who finds the group, who joins it, and what joining means; links to what everyone may see go on working."""
    group = WorkingGroup.objects.select_for_update().get(pk=group.pk)
    require(by, "workinggroups.set_up_group", group)
    group.visibility, group.joining, group.participation = visibility, joining, participation
    group.save(update_fields=["visibility", "joining", "participation"])
    share(group)
    told = {"visibility": visibility, "joining": joining, "participation": participation}
    audit.record("workinggroups.opened_up", group, by=by, **told)
    return group


@transaction.atomic
def apply_template(group: WorkingGroup, code: str, *, by) -> WorkingGroup:
    """The folders, pages and openness of a template; what the group has already is left as it is."""
    template = next((one for one in presets.TEMPLATES if one.code == code), None)
    if template is None:
        raise ValidationError({"template": _("There is no such template.")})
    group = open_up(group, by=by, **template.openness)
    folders = {}
    for words in template.folders:
        name = str(words)
        held = group.folders.filter(parent=None, name=name).first()
        folders[words] = held or documents.add_folder(group, name, by=by)
    for place, title, text in template.pages:
        folder = folders.get(place)
        if not group.documents.filter(folder=folder, title=str(title), trashed_on=None).exists():
            told = {"title": str(title), "language": active_code(), "text": text()}
            documents.add(group, by=by, folder=folder, **told)
    audit.record("workinggroups.template_applied", group, by=by, template=code)
    return group


@transaction.atomic
def join(group: WorkingGroup, *, by, why: str = "") -> JoinRequest | None:
    """Take part at once where the group is open, else ask its leader; a second click asks nothing more."""
    group = WorkingGroup.objects.select_for_update().get(pk=group.pk)
    require(by, "workinggroups.join_group", group)
    if by.has_perm("workinggroups.enter_group", group):
        raise ValidationError(_("You take part in this group already."))
    if group.joining == WorkingGroup.Joining.OPEN:
        take_in(group, by, by=by)
        return None
    if not why.strip():
        raise ValidationError({"why": _("Please say why you want to take part.")})
    asked, new = JoinRequest.objects.get_or_create(
        group=group, person=by, state=Asked.OPEN, defaults={"why": why.strip()}
    )
    if new:
        audit.record("workinggroups.join_asked", asked, by=by)
    return asked


def take_in(group: WorkingGroup, person, *, by) -> None:
    access.give_role(person, JOINED, scope=group.scope)
    audit.record("workinggroups.joined", group, by=by, person=person.pk)


def grant_joining(asked: JoinRequest, *, by, reason: str) -> None:
    end_request(asked, Asked.GRANTED)
    take_in(asked.group, asked.person, by=by)


def decline_joining(asked: JoinRequest, *, by, reason: str) -> None:
    end_request(asked, Asked.DECLINED)


def withdraw_joining(asked: JoinRequest, *, by) -> None:
    end_request(asked, Asked.WITHDRAWN)


def end_request(asked: JoinRequest, state: str) -> None:
    asked.state = state
    asked.save(update_fields=["state"])


@transaction.atomic
def leave(group: WorkingGroup, *, by) -> None:
    """Whoever joined by herself leaves by herself; seats are given back through the lead partner."""
    yesterday = platform_day() - timedelta(days=1)
    for held in RoleAssignment.objects.on(platform_day()).filter(person=by, role=JOINED, scope=group.scope):
        if held.begins > yesterday:
            held.delete()
        else:
            held.ends = yesterday
            held.save(update_fields=["ends"])
        audit.record("workinggroups.left", group, by=by)
