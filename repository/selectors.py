from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.fields.files import FieldFile
from django.http import Http404
from django.shortcuts import get_object_or_404

from platform_core.ground.registry.catalogue import thing_kind
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
from platform_core.ground.vocabulary.linking import prefetch_vocabulary
from platform_core.identity.access.keys import MEMBERS
from platform_core.identity.access.selectors import keys_of, visible
from platform_core.materials.files.models import FilePage, StoredFile
from platform_core.people.members.models import Organisation
from platform_core.people.members.selectors import organisations

from .kinds import names_clusters
from .models import Proposal, Record, RecordFile, RecordVersion

LABEL = "repository.record"
SCHEMES = ("cycle_stage", "level", "axis", "policy_stage", "maturity", "cluster_action")


@dataclass(frozen=True)
class About:
    name: str
    title: str
    address: str


def records(user) -> QuerySet[Record]:
    return visible(Record.objects.all(), user)


def record_for(user, code: str) -> Record:
    """A record a person may see, with everything its page shows."""
    rows, with_files = records(user).select_related("organisation"), RecordFile.objects.select_related("file")
    found = get_object_or_404(rows.prefetch_related(Prefetch("files", with_files)), code=code)
    prefetch_vocabulary([found], "topics", "countries", "regions", "terms", "concepts")
    return found


def clusters_of(record: Record) -> list[Organisation]:
    """The organisations of the directory it names as clusters that took part."""
    return list(record.clusters.order_by("sort_name")) if names_clusters(record.kind) else []


def clusters_to_name(record: Record | None) -> QuerySet[Organisation]:
    """Clusters everybody sees, and those the record names already."""
    known = organisations(AnonymousUser(), kind="cluster_organisation").order_by().values("pk")
    held = [one.pk for one in clusters_of(record)] if record else []
    return Organisation.objects.filter(Q(pk__in=known) | Q(pk__in=held)).order_by("sort_name")


def clusters_offered(record: Record | None) -> dict[str, int]:
    """Keys of the clusters that can be named, by code."""
    return dict(clusters_to_name(record).values_list("code", "pk"))


def clusters_by_country(record: Record | None) -> list[tuple[str, list[tuple[int, str]]]]:
    """Choices under the name of each country."""
    found: dict[str, list[tuple[int, str]]] = {}
    for one in clusters_to_name(record):
        found.setdefault(one.country_id, []).append((one.pk, str(one)))
    return [(name, found[code]) for code, name in vocabulary.country_labels().items() if code in found]


def projects_of(user, organisation: Organisation) -> QuerySet[Record]:
    """What is published of projects it took part in, the newest first."""
    return records(user).filter(state=Record.State.PUBLISHED, clusters=organisation).order_by("-year", "-pk")


def withdrawn(user, code: str) -> Record:
    """A record whose address tells why it is gone, to those who could read it before."""
    rows = Record.objects.filter(state=Record.State.WITHDRAWN, withdrawn_on__isnull=False)
    return get_object_or_404(rows if MEMBERS in keys_of(user) else rows.filter(for_members=False), code=code)


def harvested() -> QuerySet[Record]:
    """What harvesters are told: everything that is or ever was public; `is_open` says whether it still is."""
    seen = visible(Record.objects.filter(state=Record.State.PUBLISHED), AnonymousUser()).filter(pk=OuterRef("pk"))
    return Record.objects.filter(was_public=True).annotate(is_open=Exists(seen))


def is_embargoed(record: Record) -> bool:
    return record.files_from is not None and record.files_from > platform_day()


def has_open_files(record: Record) -> bool:
    """Whether all who see the record have its files."""
    return record.files_for == Record.FilesFor.ALL and not is_embargoed(record)


def sees_files(user, record: Record) -> bool:
    """Files that are not open to all are seen by who deposited or may change the record, and who was given them."""
    if has_open_files(record) or brings_files(user, record):
        return True
    if record.files_for == Record.FilesFor.MEMBERS and not is_embargoed(record) and MEMBERS in keys_of(user):
        return True
    return were_given(user, record)


def brings_files(user, record: Record) -> bool:
    """Who deposited a record or may change it."""
    rights = ("repository.change_draft", "repository.revise_record", "repository.publish_record")
    is_own = user.is_authenticated and record.deposited_by_id == user.pk
    return is_own or any(user.has_perm(right, record) for right in rights)


def right_to_change(user, record: Record) -> str:
    """By which a person changes a record as it stands: a draft, a published one, or through a proposal."""
    if record.state == Record.State.DRAFT:
        return "repository.change_draft"
    may_propose = user.has_perm("repository.propose_change", record)
    if may_propose and not user.has_perm("repository.revise_record", record):
        return "repository.propose_change"
    return "repository.revise_record"


def were_given(user, record: Record) -> bool:
    today = platform_day()
    return user.is_authenticated and record.file_requests.filter(person=user, open_until__gte=today).exists()


def with_files_to_open() -> list[int]:
    return list(Record.objects.filter(files_from__lte=platform_day()).values_list("pk", flat=True))


def version_for(user, code: str, number: int) -> RecordVersion:
    return get_object_or_404(record_for(user, code).versions, number=number)


def version_file(user, code: str, number: int, place: int) -> tuple[RecordVersion, StoredFile, str]:
    """A file of a published state with its name there, `place` counted from 1; kept as long as the version is."""
    kept = version_for(user, code, number)
    held = kept.content["files"][place - 1 :][:1] if place else []
    stored = StoredFile.objects.filter(pk__in=[file["pk"] for file in held]).first()
    if stored is None or held[0] not in files_of_version(user, kept):
        raise Http404
    return kept, stored, held[0]["name"]


def files_of_version(user, kept: RecordVersion) -> list[dict]:
    """Those of its files that a person may have: today's rule holds, and what was not open then stays as it was unless
    the record still has it."""
    record, files = kept.record, kept.content["files"]
    if not sees_files(user, record):
        return []
    if kept.had_open_files or brings_files(user, record):
        return files
    present = set(record.files.values_list("file", flat=True))
    return [file for file in files if file["pk"] in present]


def proposed_file(user, code: str, pk: int) -> tuple[StoredFile, str]:
    """The file that would come with a proposal, for whoever made that and whoever may take it over."""
    rows = Proposal.objects.select_related("record", "file").exclude(file=None)
    found = get_object_or_404(rows, pk=pk, record__code=code)
    if found.person_id != user.pk and not user.has_perm("repository.revise_record", found.record):
        raise Http404
    return found.file, found.name


def file_for(user, code: str, pk: int) -> RecordFile:
    rows = RecordFile.objects.filter(record__in=records(user).filter(code=code)).select_related("file")
    found = rows.select_related("record").filter(pk=pk).first()
    if found is None or not sees_files(user, found.record):
        raise Http404
    return found


def files_of(person) -> list[tuple[str, FieldFile]]:
    """What a person filed, with a name that says to which record it belongs."""
    rows = RecordFile.objects.filter(record__deposited_by=person).select_related("record", "file")
    return [(f"{row.record.code}/{row.pk}-{row.name}", row.file.content) for row in rows]


def drafts_of(user) -> QuerySet[Record]:
    """Drafts a person may see: her own, and all for editors."""
    return records(user).exclude(state=Record.State.PUBLISHED).order_by("-pk")


def terms_of(record: Record) -> list[tuple[str, list[str]]]:
    """The record's terms by scheme, in the order of the schemes."""
    found: dict[str, list[str]] = {}
    for term in record.terms.all():
        found.setdefault(term.scheme, []).append(str(term.name))
    return [(scheme, found[scheme]) for scheme in SCHEMES if scheme in found]


def about(user, record: Record) -> About | None:
    """The thing a record is the result of, when it still exists and the reader may see it."""
    kind = thing_kind(record.about_thing) if record.about_thing else None
    thing = kind.visible(user).filter(pk=record.about_id).first() if kind else None
    return About(str(kind.name), str(kind.title(thing)), kind.address(thing)) if kind and thing else None


def record_about(thing: str, pk) -> Record | None:
    return Record.objects.filter(about_thing=thing, about_id=str(pk)).first()


def attached_pages(record: Record) -> list[tuple[RecordFile, FilePage]]:
    files = {attached.file_id: attached for attached in record.files.all()} if has_open_files(record) else {}
    pages = FilePage.objects.filter(file__in=files).select_related("file").order_by("file_id", "number")
    return [(files[page.file_id], page) for page in pages]


def kind_name(record: Record) -> str:
    return vocabulary.term_name("record_kind", record.kind)


def records_with_file(file: int) -> list[int]:
    return list(Record.objects.filter(files__file=file).values_list("pk", flat=True))


def locked(record: Record) -> Record:
    """The same as it is now, kept from others until the transaction ends."""
    return Record.objects.select_for_update().get(pk=record.pk)
