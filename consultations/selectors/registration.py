from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.crypto import salted_hmac

from platform_core.identity.access.selectors import require
from platform_core.people.privacy.holdings import own_addresses

from ..models import Consultation, RegisteredPart, Registration, Response


def held(user, consultation: Consultation) -> QuerySet[Response]:
    """Answers somebody has to look at before they count."""
    require(user, "consultations.moderate", consultation)
    rows = Response.objects.filter(questionnaire__consultation=consultation, state=Response.State.HELD)
    return rows.select_related("questionnaire").prefetch_related("files__file").order_by("pk")


def held_one(user, consultation: Consultation, pk: int) -> Response:
    return get_object_or_404(held(user, consultation), pk=pk)


def count_held(consultation: Consultation) -> int:
    return Response.objects.filter(questionnaire__consultation=consultation, state=Response.State.HELD).count()


def count_aside(consultation: Consultation) -> int:
    """Answers somebody looked at and set aside; they are in no figure."""
    return Response.objects.filter(questionnaire__consultation=consultation, state=Response.State.ASIDE).count()


def digest_of(email: str) -> str:
    """The keyed hash a person is counted by."""
    return salted_hmac("consultations.register", email.strip().lower(), algorithm="sha256").hexdigest()


def registrations_of(person) -> QuerySet[Registration]:
    """Entries in the register under any address of hers."""
    return Registration.objects.filter(digest__in=[digest_of(address) for address in own_addresses(person)])


def registered(consultation: Consultation) -> int:
    return RegisteredPart.objects.filter(consultation=consultation).count()


def registered_people() -> int:
    """People counted once over all consultations."""
    return Registration.objects.count()


def not_registered() -> int:
    """Answers that count beyond those who had themselves counted where they gave them: of how many people, nobody knows."""
    counted = Count("versions__responses", filter=Q(versions__responses__state=Response.State.COUNTED), distinct=True)
    rows = Consultation.objects.annotate(sent=counted, parts=Count("registered", distinct=True))
    return sum(max(0, sent - parts) for sent, parts in rows.values_list("sent", "parts"))
