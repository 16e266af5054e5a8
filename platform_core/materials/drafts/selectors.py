from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import QueryDict

from .models import Draft


def draft_of(person, kind: str, key: str = "") -> Draft | None:
    return Draft.objects.filter(person=person, kind=kind, key=key).first()


def drafts_of(person) -> QuerySet[Draft]:
    return Draft.objects.filter(person=person)


def initial_of(draft: Draft | None, form: type[BaseForm]) -> dict:
    """What a form begins with to show a draft, in the shape each of its widgets gives."""
    if draft is None:
        return {}
    typed = QueryDict(mutable=True)
    for name, values in draft.fields.items():
        typed.setlist(name, values)
    fields = form().fields
    return {name: field.widget.value_from_datadict(typed, {}, name) for name, field in fields.items() if name in typed}
