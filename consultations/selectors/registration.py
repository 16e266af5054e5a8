from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.crypto import salted_hmac

from platform_core.identity.access.selectors import require
from platform_core.people.privacy.holdings import own_addresses

from ..models import Consultation, Questionnaire, RegisteredPart, Registration, Response
from ..models.consultations import THRESHOLD
from ..profile import AUDIENCE
from ..questions.kinds import words
from ..structure import audiences, questions

LAST = 12  # versions whose names of audiences are read


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


def is_counted(consultation: Consultation, digest: str) -> bool:
    return RegisteredPart.objects.filter(consultation=consultation, registration__digest=digest).exists()


def registered(consultation: Consultation) -> int:
    return RegisteredPart.objects.filter(consultation=consultation).count()


def registered_people() -> int:
    """People counted once over all consultations."""
    return Registration.objects.count()


def registered_by(field: str) -> list[tuple[str, int]]:
    """People counted once, by `audience`, `country` or `org_type`, the largest group first.

    Groups of fewer than the threshold stand together at the end, under no code, with the smallest others until they reach it.
    """
    rows = Registration.objects.values_list(field).annotate(people=Count("pk")).order_by("-people", field)
    told = [(code, people) for code, people in rows if people >= THRESHOLD and code]
    rest = sum(people for _code, people in rows) - sum(people for _code, people in told)
    while told and 0 < rest < THRESHOLD:
        rest += told.pop()[1]
    return [*told, ("", rest)] if rest >= THRESHOLD else told


def not_registered() -> int:
    """Answers that count beyond those who had themselves counted where they gave them: of how many people, nobody knows."""
    counted = Count("versions__responses", filter=Q(versions__responses__state=Response.State.COUNTED), distinct=True)
    rows = Consultation.objects.annotate(sent=counted, parts=Count("registered", distinct=True))
    return sum(max(0, sent - parts) for sent, parts in rows.values_list("sent", "parts"))


def words_of(*codes: str) -> dict[str, dict[str, str]]:
    """What the answers to profile questions are called in the consultations opened last, by the code of the question;
    audiences also where nobody asks for them."""
    held = Questionnaire.objects.filter(published_at__isnull=False).order_by("-published_at")
    found: dict[str, dict[str, str]] = {code: {} for code in codes}
    for structure in held.values_list("structure", flat=True)[:LAST]:
        told = [(AUDIENCE, item) for item in audiences(structure)]
        told += [(question["code"], item) for question in questions(structure) for item in question.get("options", ())]
        for code, item in told:
            if code in found:
                found[code].setdefault(item["code"], words(item["text"]))
    return found
