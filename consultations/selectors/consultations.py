from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.access.selectors import require, visible
from platform_core.materials.files.models import StoredFile

from ..models import Consultation, Questionnaire, Response

LABEL = "consultations.consultation"


def consultations(user) -> QuerySet[Consultation]:
    return visible(Consultation.objects.select_related("topic"), user)


def open_ones(user, topic: int | None = None) -> QuerySet[Consultation]:
    rows = consultations(user).filter(state=Consultation.State.OPEN).order_by("closes_at")
    return rows.filter(topic=topic) if topic else rows


def open_in(user, *, country: str, region: str = "", topic: int | None = None) -> QuerySet[Consultation]:
    """Open ones that ask here, as codes of the vocabulary: those that name the place first, then those that ask everywhere.

    On a country's page, what asks one of its regions is of it too.
    """
    lands, parts = Consultation.countries.through.objects, Consultation.regions.through.objects
    of, here = {"consultation": OuterRef("pk")}, {"region__code": region} if region else {"region__country": country}
    rows = open_ones(user, topic).annotate(
        is_of_country=Exists(lands.filter(country=country, **of)),
        is_of_region=Exists(parts.filter(**here, **of)),
        is_somewhere=Exists(lands.filter(**of)) | Exists(parts.filter(**of)),
    )
    rows = rows.filter(Q(is_of_country=True) | Q(is_of_region=True) | Q(is_somewhere=False))
    return rows.order_by("-is_somewhere", "closes_at", "pk")


def places_asked(consultation: Consultation) -> list[tuple[str, str, str]]:
    """Kind, code and name of each country and region it asks, countries first; empty: it asks everywhere."""
    lands, parts = vocabulary.country_labels(), vocabulary.region_labels()
    found = [("country", one.code, lands[one.code]) for one in consultation.countries.all()]
    return found + [("region", one.code, parts[one.code]) for one in consultation.regions.all()]


def open_counts(user) -> dict[int, int]:
    """Open consultations by topic."""
    rows = consultations(user).filter(state=Consultation.State.OPEN).order_by()
    return dict(rows.values_list("topic").annotate(Count("pk")))


def finished(user) -> QuerySet[Consultation]:
    return consultations(user).filter(state__in=("closed", "published")).order_by("-closes_at")


def consultation_for(user, code: str) -> Consultation:
    return get_object_or_404(consultations(user), code=code)


def managed(user) -> list[Consultation]:
    """Consultations a person may follow."""
    require(user, "consultations.view_desk")
    rows = Consultation.objects.select_related("topic").order_by("-opens_at", "pk")
    return [row for row in rows if user.has_perm("consultations.manage", row)]


def with_sent(page):
    """The same, each with the number of answers that count."""
    rows = Response.objects.filter(questionnaire__consultation__in=list(page), state=Response.State.COUNTED)
    told = dict(rows.order_by().values_list("questionnaire__consultation").annotate(Count("pk")))
    for consultation in page:
        consultation.sent = told.get(consultation.pk, 0)
    return page


def managed_for(user, code: str) -> Consultation:
    found = get_object_or_404(Consultation.objects.select_related("topic"), code=code)
    if not user.has_perm("consultations.manage", found):
        raise PermissionDenied
    return found


def current_version(consultation: Consultation) -> Questionnaire:
    """The newest published questionnaire."""
    version = consultation.versions.filter(published_at__isnull=False).order_by("-number").first()
    if version is None:
        raise Http404
    return version


def version_to_answer(consultation: Consultation) -> Questionnaire:
    """The same without its questions, where only answers to them are begun."""
    rows = consultation.versions.filter(published_at__isnull=False).order_by("-number")
    if (version := rows.defer("structure").first()) is None:
        raise Http404
    return version


def published_versions(consultation: Consultation) -> list[Questionnaire]:
    """All of them, the newest first; the structure of the newest alone is read with them."""
    rows = consultation.versions.filter(published_at__isnull=False).order_by("-number")
    newest = current_version(consultation)
    return [newest, *rows.exclude(pk=newest.pk).defer("structure")]


def illustration(consultation: Consultation, sha256: str) -> StoredFile:
    return get_object_or_404(StoredFile, sha256=sha256, pk__in=consultation.illustrations.values("file"))
