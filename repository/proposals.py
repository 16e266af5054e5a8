"""What the depositor of a published record would have changed, for the leader of its group to take over or not."""

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.exchange.cases import services as cases
from platform_core.ground.registry.catalogue import find_thing
from platform_core.ground.texts.comparison import Change, pieces
from platform_core.ground.texts.fields import as_text
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.identity.audit.models import Event
from platform_core.materials.files import services as files
from platform_core.people.members.models import Organisation

from . import services, versions
from .kinds import details_of
from .models import Proposal, Record
from .permissions import group

Changes = Mapping[str, list]
DAYS = ("begins", "ends", "files_from")
BESIDE = ("files_for", "for_members", "files_from", "organisation", "clusters")


def handler(proposal: Proposal) -> str:
    """The leader of the record's working group, an editor where it has none."""
    scope = group(proposal.record)
    return f"role:wg_leader@{scope}" if scope else "role:editor"


def waiting(record: Record, person) -> Proposal | None:
    return record.proposals.filter(person=person, is_waiting=True).first()


@transaction.atomic
def propose(
    record: Record, *, by, note: str, added: services.NewFile | None, dropped: Iterable[int], **fields
) -> Proposal:
    """Keep what differs from the record as it is, in place of what waited; `fields` as `services.change` has them."""
    record = Record.objects.select_for_update().get(pk=record.pk)
    require(by, "repository.propose_change", record)
    own = set(record.files.values_list("pk", flat=True))
    gone = sorted(set(dropped) & own)
    changes = differing(held(record, fields), flat(fields))
    if not (changes or gone or added):
        raise ValidationError(_("Nothing differs from the record as it is."))
    if earlier := waiting(record, by):
        take_back(earlier, by=by)
    made = Proposal(record=record, person=by, made_on=platform_day(), note=note, changes=changes, dropped=gone)
    if added:
        made.file = files.keep(added.content, added.name, by=by)
        made.name, made.language = added.name, added.language
    made.save()
    audit.record("repository.change_proposed", made, by=by, fields=sorted(changes))
    return made


def held(record: Record, names: Iterable[str]) -> dict[str, Any]:
    """These fields of the record as they are, by path."""
    return flat({name: value_of(record, name) for name in names})


def value_of(record: Record, name: str) -> Any:
    value = getattr(record, name)
    if name == "regions":
        return [region.code for region in value.all()]
    if name == "terms":
        by_scheme: dict[str, list[str]] = {}
        for scheme, code in value.order_by("code").values_list("scheme", "code"):
            by_scheme.setdefault(scheme, []).append(code)
        return by_scheme
    return [one.pk for one in value.all()] if Record._meta.get_field(name).many_to_many else value


def flat(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of a record as plain values by path; texts language by language."""
    found: dict[str, Any] = {}
    for name, value in fields.items():
        if name in versions.TEXTS:
            found |= {f"{name}/{code}": text for code, text in as_text(value).items() if text}
        elif name == "details":
            for code, told in value.items():
                parts = (
                    {f"/{language}": text for language, text in told.items()} if isinstance(told, dict) else {"": told}
                )
                found |= {f"details/{code}{place}": text for place, text in parts.items()}
        elif name != "kind":
            found[name] = plainly(name, value)
    return found


def plainly(name: str, value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Organisation):
        return value.pk
    if name == "terms":
        return {scheme: sorted(codes) for scheme, codes in value.items() if codes}
    return sorted(value) if isinstance(value, list) and name != "creators" else value


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list]:
    """A text that is not told any more differs; a field that was not asked does not."""
    parts = {path for path in before if "/" in path and path not in after}
    both = {path: [before.get(path), value] for path, value in after.items() if before.get(path) != value}
    return both | {path: [before[path], None] for path in parts}


@transaction.atomic
def take(proposal: Proposal, *, by, reason: str) -> None:
    """The record's next version has what was proposed; refused where the same was changed meanwhile."""
    record = Record.objects.select_for_update().get(pk=proposal.record_id)
    proposal = close(proposal)
    require(by, "repository.answer_proposal", proposal)
    if moved := changed_since(record, proposal):
        told = _("Changed meanwhile: %(names)s. Change the record yourself, or ask for a new proposal.")
        raise ValidationError(told % {"names": ", ".join(dict.fromkeys(moved))})
    fields = {"note": proposal.note, "dropped": proposal.dropped, **fields_with(record, proposal.changes)}
    if proposal.file:
        with proposal.file.content.open("rb") as content:
            added = services.NewFile(content, proposal.name, proposal.language)
            services.change(record, by=by, added=added, **fields)
    else:
        services.change(record, by=by, **fields)
    audit.record("repository.proposal_taken", proposal, by=by)


def changed_since(record: Record, proposal: Proposal) -> list[str]:
    """What it would change and is not any more as it was, by name."""
    now = held(record, {path.partition("/")[0] for path in proposal.changes})
    pairs = [(path, before, now.get(path)) for path, (before, _after) in proposal.changes.items()]
    moved = [name for path, before, there in pairs if before != there for name in names_of(record, path, before, there)]
    kept = record.files.filter(pk__in=proposal.dropped).count()
    return moved + ([_("Files")] if kept < len(proposal.dropped) else [])


def names_of(record: Record, path: str, before: Any, after: Any) -> list[str]:
    """What differs at a path, by name; of the terms only those schemes."""
    if path != "terms":
        return [name_of(record, path)]
    before, after, names = before or {}, after or {}, versions.scheme_names()
    schemes = dict.fromkeys([*names, *before, *after])
    return [names.get(scheme, scheme) for scheme in schemes if before.get(scheme) != after.get(scheme)]


@transaction.atomic
def decline(proposal: Proposal, *, by, reason: str) -> None:
    proposal = close(proposal)
    require(by, "repository.answer_proposal", proposal)
    audit.record("repository.proposal_declined", proposal, by=by)


@transaction.atomic
def take_back(proposal: Proposal, *, by) -> None:
    close(proposal)
    audit.record("repository.proposal_taken_back", proposal, by=by)


def close(proposal: Proposal) -> Proposal:
    """As it is under lock, waiting no more; ValidationError when it did not wait any longer."""
    found = Proposal.objects.select_for_update(of=("self",)).select_related("record").get(pk=proposal.pk)
    if not found.is_waiting:
        raise ValidationError(_("This proposal does not wait for an answer any more."))
    found.is_waiting = False
    found.save(update_fields=["is_waiting"])
    return found


def end_case_of_taken_back(event: Event) -> None:
    """The reaction to a proposal taken back, in its own transaction: answering locks the case before the record."""
    if proposal := find_thing(event.thing, event.thing_id):
        cases.end_about(proposal, by=None)


def follow_topics(event: Event) -> None:
    """The reaction to other topics of a record, in its own transaction: cases of what waits go to the leader of now."""
    record = find_thing(event.thing, event.thing_id) if "topics" in event.payload.get("fields", ()) else None
    for proposal in record.proposals.filter(is_waiting=True) if isinstance(record, Record) else ():
        cases.follow_handler(proposal)


def fields_with(record: Record, changes: Changes) -> dict[str, Any]:
    """What `services.change` takes so that the record has the second of each pair."""
    fields: dict[str, Any] = {}
    details = deepcopy(record.details)
    for path, (_before, after) in changes.items():
        name, *rest = path.split("/")
        if name in versions.TEXTS:
            text = as_text(fields.get(name) or getattr(record, name).stored())
            fields[name] = text.with_text(rest[0], after or "").stored()
        elif name == "details":
            set_detail(details, rest, after)
            fields["details"] = details
        elif name in DAYS:
            fields[name] = date.fromisoformat(after) if after else None
        elif name == "organisation":
            fields[name] = Organisation.objects.filter(pk=after).first()
        elif name == "clusters":
            rows = Organisation.everything.filter(pk__in=after or ()).values_list("pk", "merged_into")
            fields[name] = [stays or pk for pk, stays in rows]
        else:
            fields[name] = after
    return fields


def set_detail(details: dict, path: list[str], value: Any) -> None:
    code, languages = path[0], path[1:]
    told = {**details.get(code, {}), languages[0]: value} if languages else value
    told = {language: text for language, text in told.items() if text} if languages else told
    if told:
        details[code] = told
    else:
        details.pop(code, None)


def name_of(record: Record, path: str) -> str:
    name, *rest = path.split("/")
    if name == "details":
        return {detail.code: str(detail.name) for detail in details_of(record.kind)}.get(rest[0], rest[0])
    return str(Organisation._meta.verbose_name if name == "organisation" else Record._meta.get_field(name).verbose_name)


# What would change, in words


def told(proposal: Proposal) -> list[Change]:
    """Field by field what it was and what it would be, other fields as they are now."""
    sides = [dict(words(proposal, side)) for side in (0, 1)]
    names = dict.fromkeys([*sides[0], *sides[1]])
    pairs = [(name, sides[0].get(name, ""), sides[1].get(name, "")) for name in names]
    return [Change(name, pieces(before, after)) for name, before, after in pairs if before != after]


def words(proposal: Proposal, side: int) -> Iterable[tuple[str, str]]:
    record, changes = proposal.record, {path: pair[side] for path, pair in proposal.changes.items()}
    fields = fields_with(record, {path: [None, value] for path, value in changes.items()})
    content = versions.content_of(record) | {name: value for name, value in fields.items() if name not in BESIDE}
    content |= {name: fields[name].isoformat() if fields[name] else "" for name in ("begins", "ends") if name in fields}
    if "terms" in fields:
        content["terms"] = [f"{scheme}:{code}" for scheme, codes in fields["terms"].items() for code in codes]
    content["files"] = filed(proposal, content["files"], side)
    yield from versions.lines(content, members=True).items()
    for name in BESIDE:
        if name in fields:
            yield name_of(record, name), IN_WORDS[name](fields[name])


IN_WORDS: dict[str, Callable[[Any], str]] = {
    "files_for": lambda value: str(dict(Record.FilesFor.choices).get(value, value)),
    "for_members": lambda value: _("Yes") if value else _("No"),
    "files_from": lambda value: versions.in_day(value.isoformat()) if value else "",
    "organisation": lambda value: str(value or ""),
    "clusters": lambda value: versions.named_clusters(Organisation.everything.filter(pk__in=value or ())),
}


def filed(proposal: Proposal, now: list[dict], side: int) -> list[dict]:
    """The files before and after; once it was taken over, the record has the latter."""
    if not side or not proposal.is_waiting:
        return now
    gone = set(proposal.record.files.filter(pk__in=proposal.dropped).values_list("file", flat=True))
    kept = [file for file in now if file["pk"] not in gone]
    if proposal.file:
        kept.append({"name": proposal.name, "sha256": proposal.file.sha256, "pk": proposal.file_id})
    return kept
