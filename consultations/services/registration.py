from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit

from ..models import Consultation, RegisteredPart, Registration, Response, Trace, random_key
from ..selectors.registration import digest_of

SALT = "consultations.register"


def entry_token(consultation: Consultation, email: str, **facts: str) -> str:
    """What the link of a mail carries to whoever reads it at this address: a keyed hash of it, and the facts that
    `register` takes. Nothing is stored.
    """
    return signing.dumps([consultation.pk, digest_of(email), facts], salt=SALT, compress=True)


def entry_behind(consultation: Consultation, token: str) -> tuple[str, dict[str, str]] | None:
    """The keyed hash and the facts; None for a link that is not of this consultation."""
    try:
        of, digest, facts = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return (digest, facts) if of == consultation.pk else None


@transaction.atomic
def register(consultation: Consultation, digest: str, *, country: str, org_type: str, audience: str = "") -> bool:
    """Count a person as having taken part, once over all consultations; False when she was counted here before.

    Nothing ties the entry to answers. `audience` is empty where none is told apart.
    """
    facts = {"audience": audience, "country": country, "org_type": org_type}
    entry, _new = Registration.objects.get_or_create(digest=digest, defaults=facts)
    _part, new = RegisteredPart.objects.get_or_create(registration=entry, consultation=consultation)
    return new


def leave_register(digest: str) -> None:
    """A person is counted nowhere any more."""
    Registration.objects.filter(digest=digest).delete()


def mix_register() -> int:
    """Write the parts anew under new random keys, so that neither order nor age of a row tells anything."""
    with transaction.atomic():
        held = list(RegisteredPart.objects.select_for_update().select_related("registration"))
        people = {part.registration_id: part.registration for part in held}
        Registration.objects.filter(pk__in=people).delete()  # and with them their parts
        for entry in people.values():
            entry.pk = random_key()
        Registration.objects.bulk_create(sorted(people.values(), key=lambda row: row.pk))
        rows = [
            RegisteredPart(registration=people[old.registration_id], consultation_id=old.consultation_id)
            for old in held
        ]
        RegisteredPart.objects.bulk_create(sorted(rows, key=lambda row: row.pk))
    return len(held)


def mix_devices() -> int:
    """Write the traces of devices anew under new random keys."""
    with transaction.atomic():
        held = list(Trace.objects.select_for_update())
        Trace.objects.filter(pk__in=[row.pk for row in held]).delete()
        for row in held:
            row.pk = random_key()
        Trace.objects.bulk_create(sorted(held, key=lambda row: row.pk))
    return len(held)


def count_device(consultation: Consultation, digest: str) -> int:
    """How many answers came from a device, this one included; told to nobody and deleted at the closing."""
    row, new = Trace.objects.get_or_create(consultation=consultation, digest=digest, defaults={"times": 1})
    if not new:
        Trace.objects.filter(pk=row.pk).update(times=F("times") + 1)
    return 1 if new else row.times + 1


def forget_devices() -> int:
    return Trace.objects.exclude(consultation__state=Consultation.State.OPEN).delete()[0]


@transaction.atomic
def settle(response: Response, *, counts: bool, by, revision: int = 0) -> Response:
    """After a look: the answers count, or are set aside and told of apart; nothing is deleted.

    `revision` is the one that was looked at.
    """
    require(by, "consultations.moderate", response.questionnaire.consultation)
    response = (
        Response.objects.select_for_update(of=("self",))
        .select_related("questionnaire__consultation")
        .get(pk=response.pk)
    )
    consultation = response.questionnaire.consultation
    if response.state != Response.State.HELD or (revision and revision != response.revision):
        raise ValidationError(_("These answers have changed since you looked at them."))
    response.state = Response.State.COUNTED if counts else Response.State.ASIDE
    response.save(update_fields=["state"])
    audit.record("consultations.answers_settled", consultation, by=by)
    return response
