"""What a service found wrong, put where the person typed it."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.forms import BaseForm


def show_problem(problem: ValidationError, *forms: BaseForm, names: Mapping[str, str] | None = None) -> None:
    """Each message beside its field in the first of the forms that has it, else above the first form.

    `names` maps a service's words to those of the form where they differ.
    """
    found = problem.message_dict if hasattr(problem, "error_dict") else {"": problem.messages}
    for name, told in found.items():
        field = (names or {}).get(name, name)
        holder = next((form for form in forms if field in form.fields), None)
        (holder or forms[0]).add_error(field if holder else None, told)
