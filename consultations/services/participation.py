from django.db import transaction

from ..models import Consultation, Participation, random_key


def note_participation(consultation: Consultation, person) -> None:
    """Kept in a transaction of its own, so that the database's own marks do not pair it with an answer."""
    Participation.objects.get_or_create(consultation=consultation, person=person)


def mix_participations() -> int:
    """Write all participations anew under new random keys, so that neither order nor age of a row tells anything."""
    with transaction.atomic():
        held = list(Participation.objects.select_for_update().values_list("pk", "consultation_id", "person_id"))
        Participation.objects.filter(pk__in=[pk for pk, _place, _person in held]).delete()
        rows = [Participation(consultation_id=place, person_id=person, pk=random_key()) for _pk, place, person in held]
        Participation.objects.bulk_create(sorted(rows, key=lambda row: row.pk))
    return len(rows)
