"""Who took over what a record describes."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from platform_core.ground.vocabulary.models import Country, Region
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.people.members.models import Organisation
from platform_core.people.members.selectors import own_organisations

from . import selectors
from .models import Adoption, Record


def adoptions_of(record: Record) -> QuerySet[Adoption]:
    return record.adoptions.select_related("organisation", "region")


def adoptions_in(reader, *, region: Region | None = None, country: Country | None = None) -> QuerySet[Adoption]:
    """What organisations of a region or a country have taken over of the records the reader sees, the newest first."""
    seen = selectors.records(reader).filter(state=Record.State.PUBLISHED)
    rows = Adoption.objects.filter(record__in=seen).select_related("record", "organisation", "region")
    rows = rows.filter(region=region) if region else rows
    return rows.filter(organisation__country=country) if country else rows


def adopters(user) -> QuerySet[Organisation]:
    """The organisations a person may speak for."""
    return own_organisations(user) if user.has_perm("repository.adopt_record") else Organisation.objects.none()


@transaction.atomic
def adopt(record: Record, organisation: Organisation, *, by, **fields) -> Adoption:
    """Keep or change what an organisation says of its adoption; each says it once of a record."""
    require(by, "repository.adopt_record", record)
    demand_speaker(organisation, by)
    adoption, new = Adoption.objects.update_or_create(record=record, organisation=organisation, defaults=fields)
    count(record)
    verb = {"organisation": organisation.pk, "new": new}
    audit.record("repository.adopted", record, by=by, **verb)
    return adoption


@transaction.atomic
def take_back(record: Record, organisation: Organisation, *, by) -> None:
    demand_speaker(organisation, by)
    if record.adoptions.filter(organisation=organisation).delete()[0]:
        count(record)
        audit.record("repository.adoption_taken_back", record, by=by, organisation=organisation.pk)


def count(record: Record) -> None:
    Record.objects.filter(pk=record.pk).update(adopted=record.adoptions.count())


def demand_speaker(organisation: Organisation, by) -> None:
    if not adopters(by).filter(pk=organisation.pk).exists():
        raise PermissionDenied
