import json
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _, override

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import Retention
from platform_core.identity.access.selectors import holders
from platform_core.identity.accounts.models import User
from platform_core.identity.audit import services as audit
from platform_core.materials.files import pictures
from platform_core.materials.jobs import services as jobs

from . import holdings, selectors
from .models import Consent, Export, PrivacyNotice

EXPORT_DAYS = 7


def load_reference() -> None:
    for row in json.loads((Path(__file__).parent / "reference" / "notices.json").read_text(encoding="utf-8")):
        PrivacyNotice.objects.get_or_create(number=row["number"], defaults=row)


# Consents


@transaction.atomic
def consent(person, purpose: str) -> Consent:
    """Agree to the version in force today; what was agreed to before stays on record."""
    notice = selectors.current_notice()
    found, new = Consent.objects.get_or_create(person=person, purpose=purpose, notice=notice, withdrawn_at=None)
    if new:
        audit.record("privacy.consented", person, by=person, purpose=purpose, notice=notice.pk)
    return found


def note_sign_up(event) -> None:
    """Whoever signed up has agreed to the privacy notice; the reaction to that event."""
    person = User.objects.filter(pk=event.thing_id).first()
    if person is not None and event.payload.get("consented"):
        Consent.objects.get_or_create(
            person=person, purpose="privacy_notice", notice=selectors.current_notice(), withdrawn_at=None
        )


@transaction.atomic
def withdraw_consent(person, purpose: str) -> int:
    rows = Consent.objects.filter(person=person, purpose=purpose, withdrawn_at__isnull=True)
    withdrawn = rows.update(withdrawn_at=timezone.now())
    if withdrawn:
        audit.record("privacy.withdrew", person, by=person, purpose=purpose)
    return withdrawn


# The copy


@transaction.atomic
def ask_export(person) -> Export:
    """Have everything gathered by a job; the copies of before are taken away."""
    for old in person.exports.all():
        drop(old)
    export = Export.objects.create(person=person)
    jobs.start("privacy.export", by=person, export=export.pk)
    audit.record("privacy.export_asked", person, by=person)
    return export


def gather(run, export: int) -> dict:
    """The job: one zip of JSON for every class and the files that belong to it."""
    found = Export.objects.select_related("person").get(pk=export)
    with override(found.person.language):
        packed, classes = pack(found.person)
    with run.writing():
        found.file.save(f"{found.pk}-{timezone.now():%Y%m%d%H%M%S}.zip", ContentFile(packed), save=False)
        found.made_at, found.expires_at = timezone.now(), timezone.now() + timedelta(days=EXPORT_DAYS)
        found.save()
    return {"classes": classes, "bytes": len(packed)}


def pack(person: User) -> tuple[bytes, int]:
    """A zip with `data.json`, its classes by label, and the files under `files/`."""
    held, told = BytesIO(), {}
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for data, model, rows in holdings.content(person):
            told[data.label] = {"name": str(model._meta.verbose_name), "purpose": str(data.purpose), "rows": rows}
            for name, stored in data.files(person) if data.files else ():
                with stored.open("rb") as file:
                    archive.writestr(f"files/{data.label}/{name}", file.read())
        archive.writestr("data.json", json.dumps(told, ensure_ascii=False, indent=2, default=str))
    return held.getvalue(), len(told)


def drop(export: Export) -> None:
    if export.file:
        export.file.delete(save=False)
    export.delete()


# Erasure


def check_erasure(person: User) -> None:
    if holders("lead_partner") == [person.pk]:
        raise ValidationError(_("You are the only lead partner. Give that role to somebody else first."))


@transaction.atomic
def erase(person: User) -> dict[str, int]:
    """Erase a person: what is hers alone goes, what others need stays without her. Gives how many rows of each class.

    The event is written under a pseudonym that goes with the account, so that the log stays whole and nameless.
    """
    check_erasure(person)
    audit.record("privacy.erased", person, by=person)
    for export in person.exports.all():
        drop(export)
    done = {}
    for data, model in holdings.classes():
        if data.holder != "self" and data.erasure != "keep":
            done[data.label] = forget(data, model, person)
    person.delete()
    return done


def forget(data, model: type[models.Model], person: User) -> int:
    rows = holdings.rows_of(data, model, person)
    if data.erasure == "delete":
        for row in rows:
            forget_files(row)
        number = rows.count()
        rows.delete()
        return number
    number = 0
    for name in holdings.links_to(data, model):
        number += model._base_manager.filter(**{name: person.pk}).update(
            **{name: None}, **dict.fromkeys(data.clear, "")
        )
    return number


def forget_files(row: models.Model) -> None:
    for field in row._meta.fields:
        if isinstance(field, models.FileField):
            pictures.forget(getattr(row, field.name))


# Keeping no longer than needed


def keep_rules() -> int:
    """Apply every declared rule of retention; gives how many rows went."""
    return sum(rule.purge(timezone.now() - timedelta(days=rule.days)) for rule in declared(Retention))


def purge_exports(before) -> int:
    old = Export.objects.filter(made_at__lt=before)
    number = len(old)
    for export in old:
        drop(export)
    return number
