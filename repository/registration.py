"""DOIs for public records, registered with DataCite when the settings name a repository there; otherwise nothing is sent."""

import base64
import json
import urllib.request
from urllib.error import HTTPError

from django.conf import settings
from django.utils.translation import override

from platform_core.identity.audit import services as audit
from platform_core.materials.jobs import services as jobs

from .exports import datacite, relations
from .models import Record

SECONDS = 30


def doi_of(record: Record) -> str:
    """The name a record has, or will have, for good."""
    return record.doi or f"{settings.DATACITE_PREFIX}/{record.code}".lower()


def heed(event) -> None:
    """The reaction to what happens to a record: its registration is brought up to date by a job."""
    if settings.DATACITE_URL and Record.objects.filter(pk=event.thing_id, was_public=True).exists():
        jobs.start("repository.register", record=int(event.thing_id))


def message(record: Record, *, findable: bool) -> dict:
    """DataCite's JSON:API document; what is withdrawn or closed stays registered and is no longer found there."""
    with override(settings.LANGUAGE_CODE):
        address = settings.SITE_URL + record.get_absolute_url()
    doi = doi_of(record)
    related = relations.of_each([record], address)[record.pk]
    told = datacite.payload(record, address, doi, related) | {"event": "publish" if findable else "hide"}
    return {"data": {"id": doi, "type": "dois", "attributes": told}}


def register(run, record: int) -> dict[str, str]:
    """The job: tries again later when DataCite does not answer, and tells its words when it refuses."""
    found = Record.objects.get(pk=record)
    findable = found.state == Record.State.PUBLISHED and not found.for_members
    document = message(found, findable=findable)
    datacite.check(document["data"]["attributes"])
    send(document)
    with run.writing():
        if not found.doi:
            Record.objects.filter(pk=record).update(doi=doi_of(found))
            audit.record("repository.doi_registered", found)
    return {"doi": doi_of(found)}


def send(document: dict) -> None:
    """PUT creates a DOI or changes it, so that sending twice does no harm."""
    name = f"{settings.DATACITE_USER}:{settings.DATACITE_PASSWORD}"
    request = urllib.request.Request(  # noqa: S310 - the address is a setting
        f"{settings.DATACITE_URL}/dois/{document['data']['id']}",
        data=json.dumps(document).encode(),
        headers={
            "Content-Type": "application/vnd.api+json",
            "Authorization": f"Basic {base64.b64encode(name.encode()).decode()}",
        },
        method="PUT",
    )
    try:
        urllib.request.urlopen(request, timeout=SECONDS).close()  # noqa: S310
    except HTTPError as error:
        with error:
            told = error.read(1000).decode("utf-8", "replace")
        raise RuntimeError(f"DataCite answered {error.code}: {told}") from error
